"""What the Study Office finds and sees."""

from dataclasses import dataclass
from datetime import date, datetime

from services.certificates.register import RegisterStatus
from services.corrections.dto import Correction, Fact
from services.languages import Language, Trilingual
from services.linking.dto import LinkWay
from services.people.dto import PersonKind, PersonStatus, RosterEntry
from services.roles.dto import Grant


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPerson:
    """A person in a list: where they study, or what their post is."""

    id: int
    person_no: str
    full_name: str
    kind: PersonKind
    status: PersonStatus
    absent: bool
    group_name: str
    post: Trilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """One page of what was found, whoever is in the roster first; pages are counted from 0.

    `total` people were counted; there are more of them where not `counted`.
    """

    text: str
    people: tuple[FoundPerson, ...]
    total: int
    counted: bool
    page: int
    has_next: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingFact:
    """A fact without which a kind of certificate is not issued; `name` is the paper's own word for it.

    `fact`: what officials can enter; None where only the source of the roster can give it.
    """

    kind: str
    name: str
    fact: Fact | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LackingLanguage:
    """What stands between a student and certificates in a language."""

    language: Language
    facts: tuple[MissingFact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkState:
    """An account that is the person's now (`in_force`), or that was and is frozen; `hold`: as in `AccountStanding`."""

    id: int
    account_id: int
    way: LinkWay
    linked_at: datetime
    in_force: bool
    hold: int | None
    disowned_at: datetime | None

    @property
    def frozen(self) -> bool:
        """Whether the account is on hold."""
        return self.hold is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedCertificate:
    """A certificate in a list."""

    id: int
    number: str
    kind_name: Trilingual
    language: Language
    issued_on: date
    valid_until: date | None
    status: RegisterStatus
    status_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificatePage:
    """A person's certificates, the newest first; pages are counted from 0."""

    person_id: int
    person_name: str
    certificates: tuple[IssuedCertificate, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCard:
    """All that the Study Office sees of a person. `today`: the university's day, by which visas are near or past.

    `unprintable`: facts with signs that no paper can show; they stop every certificate.
    """

    id: int
    name: str
    entry: RosterEntry
    unit_name: Trilingual | None
    absent_since: datetime | None
    first_linked_at: datetime | None
    today: date
    lacking: tuple[LackingLanguage, ...]
    unprintable: tuple[Fact, ...]
    corrections: tuple[Correction, ...]
    links: tuple[LinkState, ...]
    roles: tuple[Grant, ...]
    certificates: CertificatePage
