"""What this feature needs from storage."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from services.audit.ports import AuditLog
from services.corrections.dto import Correction, CorrectionEnd, Fact
from services.people.dto import RosterEntry, StoredPerson
from services.ports import Transaction


class CorrectionRepository(Protocol):
    """Corrections in force."""

    async def find(self, correction_id: int) -> Correction | None:
        """Return a correction that is in force."""
        ...

    async def list_of_person(self, person_id: int) -> tuple[Correction, ...]:
        """Return what is in force for a person, in the order of the facts' names."""
        ...

    async def put(
        self, person_id: int, fact: Fact, roster_value: str, value: str, now: datetime, by: int | None
    ) -> Correction:
        """Write a correction, or another value into the one in force; that one keeps its `roster_value`."""
        ...

    async def end(self, correction_id: int, now: datetime, how: CorrectionEnd) -> None:
        """End a correction."""
        ...


class CorrectedPeople(Protocol):
    """People, one at a time."""

    async def share_roster(self) -> bool:
        """Keep imports waiting until the end of the transaction; False if one is at work now."""
        ...

    async def find(self, person_id: int) -> StoredPerson | None:
        """Return a person."""
        ...

    async def name_groups(self, keys: Collection[str]) -> dict[str, str]:
        """Return the groups with these keys that somebody of the roster is in now, as the roster spells them."""
        ...

    async def lock(self, person_id: int) -> StoredPerson | None:
        """Return a person whom nobody else changes until the end of the transaction."""
        ...

    async def rewrite(self, person_id: int, entry: RosterEntry) -> None:
        """Write a person's facts anew; their unit, and whether they are in the roster, stay."""
        ...


class CorrectionsUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def corrections(self) -> CorrectionRepository:
        """Corrections."""
        ...

    @property
    def people(self) -> CorrectedPeople:
        """People."""
        ...

    @property
    def audit(self) -> AuditLog:
        """What officials did."""
        ...
