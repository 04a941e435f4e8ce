"""What certificates are made of: kinds, facts, the printed paper, the register's entry, the verdict."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from services.certificates.pictures import PictureFinding
from services.languages import Language, Trilingual


class Publicity(StrEnum):
    """How a printed fact is shown on the public verification page."""

    YES = "yes"
    MASKED = "masked"
    NO = "no"


class Requirement(StrEnum):
    """What an empty fact means for the paper.

    `REQUIRED`: no paper without it. `IF_IN_ROSTER`: the person has it, so it must exist in the paper's language.
    `OPTIONAL`: its line is left out.
    """

    REQUIRED = "required"
    IF_IN_ROSTER = "if_in_roster"
    OPTIONAL = "optional"


class FactType(StrEnum):
    """How a fact is kept and written on paper.

    Kept as texts: a date as `YYYY-MM-DD`, a number or an amount of money (som) with a point (`85.5`), a choice by its
    key, a table as a JSON list of rows, each a list of texts in the order of its columns, an academic year as
    `2025-26`, a country by its ISO 3166 code of two letters or, where that is not known, as it was written.
    """

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    CHOICE = "choice"
    MONEY = "money"
    TABLE = "table"
    ACADEMIC_YEAR = "academic_year"
    COUNTRY = "country"


class Source(StrEnum):
    """Where a fact comes from: the roster, the person who asks, the desk that answers, or a rule over other facts."""

    ROSTER = "roster"
    ASKED = "asked"
    DESK = "desk"
    COMPUTED = "computed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: text, number or choice."""

    name: str
    type: FactType
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRule:
    """One fact of a kind: its name (also that of the roster's field), its type, its source and who may see it.

    `choices` are the keys that the university has words for, in the order of the file; only for `FactType.CHOICE`.
    `longest`: signs of a text. `least`, `most`, `decimals`: of a number or an amount.
    `needed_when`: a required fact that is needed only if each of these facts has one of the values.
    `not_before`: the date that this one must not precede, by name. `past`: not after today.
    `days_between`: the two dates whose distance, both included, a computed number is.
    """

    name: str
    type: FactType
    requirement: Requirement
    public: Publicity
    source: Source = Source.ROSTER
    choices: tuple[str, ...] = ()
    longest: int = 300
    least: Decimal | None = None
    most: Decimal | None = None
    decimals: int = 0
    columns: tuple[Column, ...] = ()
    needed_when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    not_before: str = ""
    past: bool = False
    days_between: tuple[str, str] | None = None


class Audience(StrEnum):
    """For whom a kind is. A student is one who studies now; a person may be several of these at once."""

    STUDENT = "student"
    FOREIGN_STUDENT = "foreign_student"
    EXTRAMURAL = "extramural"
    ON_LEAVE = "on_leave"
    GRADUATE = "graduate"
    FORMER_STUDENT = "former_student"
    STAFF = "staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """What a certificate costs (som), and how it is paid; the desk looks at the receipt."""

    amount: Decimal
    how_to_pay: Trilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateKind:
    """A kind of certificate as `UNIVERSITY_FILE` describes it; the wording itself stays with the documents.

    `only`: facts of the roster that must have one of the values (`funding` = `contract`).
    `approved`: a desk decides; otherwise it is issued at once. `promised_days`: working days in which the desk answers.
    `confirmed_while`: while its holder is one of these, the university still confirms it; None: those it is for; empty:
    it states what is past and stays true.
    Its validity ends `validity_days` after issue, or on the day that the fact `valid_until_fact` names, or never.
    """

    id: str
    name: Trilingual
    desk: str
    desk_name: Trilingual
    languages: tuple[Language, ...]
    validity_days: int | None
    facts: tuple[FactRule, ...]
    audience: frozenset[Audience] = frozenset({Audience.STUDENT})
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    confirmed_while: frozenset[Audience] | None = None
    approved: bool = False
    promised_days: int = 3
    valid_until_fact: str = ""
    fee: Fee | None = None

    @property
    def confirmed_for(self) -> frozenset[Audience]:
        """While its holder is one of these, it is confirmed; for ever if there are none."""
        return self.audience if self.confirmed_while is None else self.confirmed_while

    def fact(self, name: str) -> FactRule | None:
        """Return the rule of a fact."""
        return next((rule for rule in self.facts if rule.name == name), None)

    def facts_from(self, source: Source) -> tuple[FactRule, ...]:
        """Return the facts that come from one source, in the order of the file."""
        return tuple(rule for rule in self.facts if rule.source is source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """The certificate in whose place another stands."""

    id: int
    number: str
    issued_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperOrder:
    """All that a paper says, before it is put into sentences.

    `facts` holds only filled facts, by name, as `FactType` keeps them; texts are in the paper's language.
    """

    kind: str
    language: Language
    number: str
    code: str
    issued_on: date
    valid_until: date | None
    facts: Mapping[str, str]
    replaces: Replaced | None = None


#: The paper put into sentences: JSON-ready, all that the template prints (see `bot.documents.paper`).
Paper = Mapping[str, Any]


class Check(StrEnum):
    """The separate lights of a verdict, in the order in which they are shown."""

    REGISTERED = "registered"
    SIGNED_BY_US = "signed_by_us"
    UNCHANGED = "unchanged"
    KEY_VALID_THEN = "key_valid_then"
    NOT_REVOKED = "not_revoked"
    WITHIN_VALIDITY = "within_validity"
    STILL_CONFIRMED = "still_confirmed"


class VerdictKind(StrEnum):
    """What is said of a certificate or a file."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    ALTERED = "altered"
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFact:
    """A printed fact as strangers may see it: `value` is masked already where `masked` says so."""

    name: str
    type: FactType
    value: str
    masked: bool


class RevocationReason(StrEnum):
    """Why a certificate is revoked; `OTHER` comes with the official's own words."""

    ISSUED_IN_ERROR = "issued_in_error"
    FACTS_WRONG = "facts_wrong"
    LEFT = "left"
    MISUSED = "misused"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicCertificate:
    """What anybody who holds the code may see; the reason of a revocation is not for strangers.

    `replaced_by` is the number of the certificate that took its place, where that is known.
    """

    kind: str
    kind_name: Trilingual
    language: Language
    number: str
    code: str
    issued_on: date
    valid_until: date | None
    facts: tuple[PublicFact, ...]
    revoked_on: date | None = None
    replaced_by: str | None = None
    replaced_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer of a verification, the same on the page, in the chat and on the command line.

    A check is `None` where it could not be made (a bare code has no file checks). `picture` says what was seen if a
    picture was sent; it is judged by the code in it.
    """

    kind: VerdictKind
    checks: Mapping[Check, bool | None]
    certificate: PublicCertificate | None
    picture: PictureFinding | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFinding:
    """What a file says of itself, before the register is asked.

    `signed_by_us`: a signature stands in the file whose certificate chains to one of our authorities.
    `unchanged`: that signature is intact and nothing stands outside it; `None` where there is no signature of ours.
    `key_valid_then`: the signing certificate was within its validity at the claimed time of signing; for a file of the
    register that counts only at the registered time, between `key_from` and `key_until`.
    `revision_sha256`: digest of the bytes up to the end of our signature, by which the register knows the file even
    after something was appended to it.
    """

    readable: bool
    signed_by_us: bool
    unchanged: bool | None
    key_valid_then: bool | None
    sha256: str
    revision_sha256: str | None
    key_from: datetime | None = None
    key_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedPaper:
    """A finished document."""

    content: bytes
    sha256: str
    signed_at: datetime
