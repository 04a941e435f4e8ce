"""Why a certificate is not issued."""

from collections.abc import Sequence
from datetime import datetime

from services.certificates.dto import CertificateKind
from services.errors import Refusal
from services.languages import Language
from services.people.dto import PersonStatus


class KindNotOffered(Refusal):
    """The kind does not exist any more, or not for this person (a button from long ago)."""


class KindNotForYou(Refusal):
    """The kind exists, but for others: for foreign students, say, or for those who study by contract."""

    def __init__(self, kind: CertificateKind) -> None:
        super().__init__(kind.id)
        self.kind = kind


class NeedsADesk(Refusal):
    """The kind is not issued by a tap: something is asked, or a desk decides."""

    def __init__(self, kind: CertificateKind) -> None:
        super().__init__(kind.id)
        self.kind = kind


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


class AnswersMissing(Refusal):
    """The person has not answered what is asked for this kind (a button from before it was asked)."""

    def __init__(self, kind: CertificateKind, facts: Sequence[str]) -> None:
        super().__init__(f"{kind.id}: {', '.join(facts)}")
        self.kind = kind
        self.facts = tuple(facts)


class FactsUnprintable(Refusal):
    """A fact holds signs that the paper's font does not have."""

    def __init__(self, kind: CertificateKind, facts: Sequence[str]) -> None:
        super().__init__(f"{kind.id}: {', '.join(facts)}")
        self.kind = kind
        self.facts = tuple(facts)


class IssuingHalted(Refusal):
    """After a restore no numbers are given until an operator has looked which are given already."""


class FileNotOurs(Refusal):
    """The file is no PDF that carries a signature of ours."""


class FileAltered(Refusal):
    """The file was changed after we signed it."""


class KeyNotTrusted(Refusal):
    """The key was not valid when it signed the file, or somebody else may have it."""


class FileCarriesNothing(Refusal):
    """The file does not carry what it says for machines; those of before the register's chain do not."""


class UnknownHolder(Refusal):
    """Nobody has the number of the person."""

    def __init__(self, person_no: str) -> None:
        super().__init__(person_no)
        self.person_no = person_no


class NumberTaken(Refusal):
    """The register knows another certificate, or another file, under the number or the code."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


class NoSuchCertificate(Refusal):
    """The certificate a button stands for does not exist."""


class RevokedAlready(Refusal):
    """The certificate was revoked before; nothing is changed."""

    def __init__(self, number: str, at: datetime) -> None:
        super().__init__(number)
        self.number = number
        self.at = at


class ReplacedAlready(Refusal):
    """Another certificate stands in the place of this one already."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


class NothingToReplace(Refusal):
    """A new certificate would say what the old one, or one of today, says already."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


class ReasonNeeded(Refusal):
    """A certificate is not revoked without saying why."""


class ReasonTooLong(Refusal):
    """The reason is longer than a person is asked to read."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit
