"""What this feature needs from storage."""

from collections.abc import Sequence
from typing import Protocol

from services.ports import Transaction
from services.units.dto import UnitEntry


class UnitRepository(Protocol):
    """Units and posts."""

    async def list_entries(self) -> list[UnitEntry]:
        """Return all, as entries."""
        ...

    async def put(self, entries: Sequence[UnitEntry]) -> None:
        """Write units by code."""
        ...

    async def relink_people(self) -> None:
        """Find anew the unit of everybody in the roster."""
        ...


class UnitsUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def units(self) -> UnitRepository:
        """Units."""
        ...
