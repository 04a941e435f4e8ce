"""What this feature needs from storage."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from services.people.dto import PersonKind, RosterEntry, StoredPerson
from services.ports import Transaction


class PeopleRepository(Protocol):
    """People of the roster."""

    async def lock_roster(self) -> None:
        """Let no other import run until the end of the transaction."""
        ...

    async def list_for_import(self, kinds: Sequence[PersonKind], numbers: Sequence[str]) -> list[StoredPerson]:
        """Return everybody of these kinds or with these numbers, the absent ones too."""
        ...

    async def find_by_number(self, person_no: str) -> StoredPerson | None:
        """Return one person."""
        ...

    async def add(self, entries: Sequence[RosterEntry], units: Mapping[str, int]) -> None:
        """Write new people; `units` gives the unit's id for a text of the file."""
        ...

    async def change(self, entries: Mapping[int, RosterEntry], units: Mapping[str, int]) -> None:
        """Write people anew by id; they are present again."""
        ...

    async def mark_absent(self, person_ids: Sequence[int], now: datetime) -> None:
        """Mark people who are no longer in the roster."""
        ...


class UnitLookup(Protocol):
    """Finding units by what a file calls them."""

    async def resolve(self, texts: Sequence[str]) -> dict[str, int]:
        """Return the unit's id for each text that names exactly one unit."""
        ...


class RosterUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def people(self) -> PeopleRepository:
        """People."""
        ...

    @property
    def units(self) -> UnitLookup:
        """Units."""
        ...
