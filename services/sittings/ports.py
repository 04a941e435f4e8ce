"""What sittings need from storage."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, Protocol

from services.attachments import KeptFiles
from services.plan_desk.ports import DeskUnitOfWork
from services.sittings.dto import Sitting


class SittingRepository(Protocol):
    """Sittings."""

    async def list_sittings(self, plan_id: int) -> list[Sitting]:
        """Return a plan's sittings, by month and day."""
        ...

    async def find(self, sitting_id: int) -> Sitting | None:
        """Return a sitting."""
        ...

    async def lock(self, sitting_id: int) -> None:
        """Let others who change a sitting wait until the end of the transaction."""
        ...

    async def lock_plan(self, plan_id: int) -> None:
        """Let others who make sittings of a plan wait until the end of the transaction."""
        ...

    async def add(self, plan_id: int, title: str, month: date | None, now: datetime) -> int:
        """Write a sitting; return its id."""
        ...

    async def change(self, sitting_id: int, now: datetime, values: Mapping[str, Any]) -> None:
        """Write columns of a sitting; its version grows."""
        ...

    async def tie(self, item_ids: Collection[int], sitting_id: int | None, now: datetime) -> None:
        """Let items go by a sitting, or by none."""
        ...

    async def list_tied(self, sitting_id: int) -> list[int]:
        """Return the ids of a sitting's items, in order."""
        ...

    async def find_paper(self, sitting_id: int, column: str) -> int | None:
        """Return the file of a paper."""
        ...

    async def list_coming(self, first: date, last: date) -> list[Sitting]:
        """Return the planned sittings of open plans whose day is set and lies between these, both included."""
        ...


class SittingsUnitOfWork(DeskUnitOfWork, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def plan_sittings(self) -> SittingRepository:
        """Sittings."""
        ...

    @property
    def files(self) -> KeptFiles:
        """Papers."""
        ...
