"""What this feature needs from storage."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from services.audit.ports import AuditLog
from services.certificates.register import RegisterStatus
from services.corrections.dto import Correction
from services.languages import Language, Trilingual
from services.people.dto import StoredPerson
from services.ports import Transaction
from services.roles.dto import Grant
from services.study_office.dto import FoundPerson, LinkState
from services.study_office.rules import Wanted

#: People who are found are counted up to here.
COUNTED = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRecord:
    """A person's row with the unit's name."""

    person: StoredPerson
    unit_name: Trilingual | None
    absent_since: datetime | None
    first_linked_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateRecord:
    """A certificate's row."""

    id: int
    number: str
    kind: str
    language: Language
    issued_on: date
    valid_until: date | None
    status: RegisterStatus
    status_at: datetime


class StudyOfficeRepository(Protocol):
    """What officials look at."""

    async def search(self, wanted: Wanted, *, offset: int, limit: int) -> tuple[list[FoundPerson], int]:
        """Return some of the people who are found, the present ones first, and how many there are; not all are counted.

        More than `COUNTED` means: more.
        """
        ...

    async def find_by_certificate(self, *, number: str | None, code: str | None) -> FoundPerson | None:
        """Return whom a certificate was issued to."""
        ...

    async def find_record(self, person_id: int) -> RosterRecord | None:
        """Return a person who is or was in the roster."""
        ...

    async def list_links(self, person_id: int) -> tuple[LinkState, ...]:
        """Return the account in force, and accounts that are frozen since they were the person's; the newest first."""
        ...

    async def list_certificates(
        self, person_id: int, *, offset: int, limit: int
    ) -> tuple[list[CertificateRecord], int]:
        """Return some certificates of a person, the newest first, and how many there are."""
        ...

    async def was_looked_at(self, account_id: int | None, person_id: int, since: datetime) -> bool:
        """Tell whether this official's look at this person was noted since a moment."""
        ...


class CorrectionList(Protocol):
    """Corrections in force."""

    async def list_of_person(self, person_id: int) -> Sequence[Correction]:
        """Return what is in force for a person."""
        ...


class HeldRoles(Protocol):
    """Roles of one person."""

    async def list_of_person(self, person_id: int, today: date) -> Sequence[Grant]:
        """Return what a person, or their account alone, was given and that is not over, in the order of giving."""
        ...


class StudyOfficeUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def study_office(self) -> StudyOfficeRepository:
        """What officials look at."""
        ...

    @property
    def roles(self) -> HeldRoles:
        """Roles."""
        ...

    @property
    def corrections(self) -> CorrectionList:
        """Corrections."""
        ...

    @property
    def audit(self) -> AuditLog:
        """What officials did."""
        ...
