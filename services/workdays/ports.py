"""What the calendar of working days needs from storage."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from services.audit.ports import AuditLog
from services.ports import Transaction
from services.workdays.dto import WorkdayChange


class WorkdayRepository(Protocol):
    """Days that are worked otherwise than the country's calendar says."""

    async def list_changes(self) -> list[WorkdayChange]:
        """Return all, by day."""
        ...

    async def put(self, changes: Sequence[WorkdayChange], now: datetime, by: int | None) -> None:
        """Write changes; what was noted about the same day before gives way."""
        ...

    async def remove(self, day: date) -> bool:
        """Forget what was noted about a day; False if nothing was."""
        ...


class WorkdaysUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def audit(self) -> AuditLog:
        """Acts of officials."""
        ...

    @property
    def workdays(self) -> WorkdayRepository:
        """Changes of the calendar."""
        ...
