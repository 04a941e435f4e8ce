"""Rules of corrections, without I/O."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from services.certificates.dto import CertificateKind
from services.corrections.dto import Correction, Fact, FactForm
from services.corrections.errors import FactMalformed, FactNeeded, FactNotPrintable, FactTooLong, GroupsUnknown
from services.days import read_date
from services.people.dto import RosterEntry
from services.people.facts import DAYS, fact_text, fact_value, says_the_same
from services.people.rules import curated_groups, group_key, phone_keys, written_groups

LONGEST_TEXT = 300
#: Nobody is without these.
NEEDED = frozenset({Fact.LAST_NAME, Fact.FIRST_NAME})
_FORMS: Mapping[Fact, FactForm] = {
    **dict.fromkeys(map(Fact, DAYS), FactForm.DATE),
    **dict.fromkeys((Fact.DEGREE, Fact.STUDY_FORM, Fact.FUNDING), FactForm.CHOICE),
    **dict.fromkeys((Fact.PROGRAMME_EN, Fact.POST_EN), FactForm.ENGLISH),
    Fact.NAME_LATIN: FactForm.LATIN,
    Fact.PHONE: FactForm.PHONE,
    Fact.EMAIL: FactForm.EMAIL,
    Fact.CURATOR_OF: FactForm.GROUPS,
}
_ROSTER_CHOICES = {Fact.STUDY_FORM: ("full_time", "part_time"), Fact.FUNDING: ("budget", "contract")}
_LATIN_NAME = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ][A-Za-zÀ-ÖØ-öø-ɏ '’-]*")
_CYRILLIC = re.compile(r"[Ѐ-ԯ]")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_INVISIBLE = {"Cc", "Cf", "Cn", "Co", "Cs"}


def form_of(fact: Fact) -> FactForm:
    """Return how a fact is written."""
    return _FORMS.get(fact, FactForm.TEXT)


def choices_of(kinds: Iterable[CertificateKind]) -> dict[Fact, tuple[str, ...]]:
    """Return the possible values of facts with a closed list: what the roster takes and papers have words for."""
    degrees = {choice for kind in kinds for rule in kind.facts if rule.name == Fact.DEGREE for choice in rule.choices}
    return _ROSTER_CHOICES | {Fact.DEGREE: tuple(sorted(degrees))}


def read_value(fact: Fact, text: str, choices: Collection[str]) -> str:
    """Return what somebody typed in the form in which it is stored; refuse what cannot be the fact."""
    value = " ".join(unicodedata.normalize("NFC", text).split())
    if not value and fact in NEEDED:
        raise FactNeeded(fact)
    if len(value) > LONGEST_TEXT:
        raise FactTooLong(fact, LONGEST_TEXT)
    if hidden := [sign for sign in value if unicodedata.category(sign) in _INVISIBLE]:
        raise FactNotPrintable(fact, list(dict.fromkeys(hidden)))
    if not value:
        return ""
    if form_of(fact) is FactForm.DATE:
        return _date(fact, value)
    if not _fits(form_of(fact), value, choices):
        raise FactMalformed(fact, form_of(fact))
    return value


def known_groups(fact: Fact, text: str, known: Mapping[str, str]) -> str:
    """Return groups in the roster's spelling; `known`: names by their key. Refuse those that nobody is in."""
    names = curated_groups(text)
    if unknown := [name for name in names if group_key(name) not in known]:
        raise GroupsUnknown(fact, unknown)
    return written_groups(known[group_key(name)] for name in names)


def value_of(entry: RosterEntry, fact: Fact) -> str:
    """Return a fact of a person as the text that is stored of it; empty where nothing is known."""
    return fact_text(getattr(entry, fact))


def with_values(entry: RosterEntry, texts: Mapping[Fact, str]) -> RosterEntry:
    """Return the person with other values; the opposite of `value_of`."""
    return replace(entry, **{fact: fact_value(fact, text) for fact, text in texts.items()}) if texts else entry


def roster_view(entry: RosterEntry, corrections: Iterable[Correction]) -> RosterEntry:
    """Return the person as the source has them: without the officials' corrections."""
    return with_values(entry, {correction.fact: correction.roster_value for correction in corrections})


def corrected(entry: RosterEntry, corrections: Iterable[Correction]) -> RosterEntry:
    """Return the person with the officials' corrections laid over what the source says."""
    return with_values(entry, {correction.fact: correction.value for correction in corrections})


def is_adopted(correction: Correction, told: RosterEntry) -> bool:
    """Tell whether the source says by now what the officials said."""
    return says_the_same(correction.fact, fact_value(correction.fact, correction.value), getattr(told, correction.fact))


def _date(fact: Fact, value: str) -> str:
    day = read_date(value)
    if day is None:
        raise FactMalformed(fact, FactForm.DATE)
    return day.isoformat()


def _fits(form: FactForm, value: str, choices: Collection[str]) -> bool:
    match form:
        case FactForm.LATIN:
            return _LATIN_NAME.fullmatch(value) is not None
        case FactForm.ENGLISH:
            return _CYRILLIC.search(value) is None
        case FactForm.CHOICE:
            return value in choices
        case FactForm.PHONE | FactForm.GROUPS:
            return bool(phone_keys(value) if form is FactForm.PHONE else curated_groups(value))
        case FactForm.EMAIL:
            return _EMAIL.fullmatch(value) is not None
        case _:
            return True
