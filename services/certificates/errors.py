"""Why a certificate is not issued."""

from collections.abc import Sequence

from services.certificates.dto import CertificateKind
from services.errors import Refusal
from services.languages import Language
from services.people.dto import PersonStatus


class KindNotOffered(Refusal):
    """The kind does not exist any more, or not for this person (a button from long ago)."""


class LanguageNotOffered(Refusal):
    """The kind exists, but not in this language."""


class NotAStudent(Refusal):
    """The person is in the roster, but not as a student."""


class NotStudying(Refusal):
    """The student is on leave, expelled or graduated."""

    def __init__(self, status: PersonStatus) -> None:
        super().__init__(status)
        self.status = status


class FactsMissing(Refusal):
    """The roster lacks facts that the paper must state in its language."""

    def __init__(self, kind: CertificateKind, language: Language, facts: Sequence[str]) -> None:
        super().__init__(f"{kind.id}/{language}: {', '.join(facts)}")
        self.kind = kind
        self.language = language
        self.facts = tuple(facts)


class FactsUnprintable(Refusal):
    """A fact holds signs that the paper's font does not have."""

    def __init__(self, kind: CertificateKind, facts: Sequence[str]) -> None:
        super().__init__(f"{kind.id}: {', '.join(facts)}")
        self.kind = kind
        self.facts = tuple(facts)
