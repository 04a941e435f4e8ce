"""What certificates can take from the roster."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from services.certificates.dto import FactType

_TEXT = frozenset({FactType.TEXT})
_DATE = frozenset({FactType.DATE})
_CHOICE = frozenset({FactType.CHOICE})

#: The facts of the roster by name, each with the types as which a kind may print it.
ROSTER_FACTS: Final[Mapping[str, frozenset[FactType]]] = MappingProxyType(
    {
        "name": _TEXT,
        "name_latin": _TEXT,
        "birth_date": _DATE,
        "citizenship": frozenset({FactType.COUNTRY}),
        "unit": _TEXT,
        "programme": _TEXT,
        "degree": _CHOICE,
        "course": frozenset({FactType.TEXT, FactType.NUMBER, FactType.CHOICE}),
        "group": _TEXT,
        "study_form": _CHOICE,
        "funding": _CHOICE,
        "status": _CHOICE,
        "admission_date": _DATE,
        "admission_order": _TEXT,
        "expected_graduation": _DATE,
        "visa_expires": _DATE,
        "registration_expires": _DATE,
        "post": _TEXT,
    }
)

#: Those whose few values may decide for whom a kind is (`CertificateKind.only`).
DECIDING_FACTS: Final = ("degree", "study_form", "funding", "course", "status")
