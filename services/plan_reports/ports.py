"""What the state of plans needs from storage and from whoever makes papers."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Protocol

from services.attachments import SentFile
from services.audit.ports import AuditLog
from services.plan_reports.calendar_dto import CalendarEntry
from services.plan_reports.language_dto import Told
from services.plans.ports import PlanRepository
from services.ports import Transaction


class PlanReportRepository(Protocol):
    """What units told, and their calendars."""

    async def list_told(self, item_ids: Collection[int], first: date, last: date) -> list[Told]:
        """Return the reports on items whose event, else whose own day, lies between two days, with their evidence."""
        ...

    async def list_comments(self, item_ids: Collection[int]) -> dict[int, str]:
        """Return by duty why its last report was not enough."""
        ...

    async def find_calendar(self, digest: bytes) -> str | None:
        """Return the code of the unit whose calendar has this address and was not revoked."""
        ...

    async def find_made(self, unit_code: str) -> tuple[int, datetime | None]:
        """Return the id of a unit's calendar and since when it is there; 0 and None while there is none."""
        ...

    async def add_calendar(self, unit_code: str, digest: bytes, account_id: int, now: datetime) -> int:
        """Give a unit a calendar and return its id; 0 if it has one, also since a moment ago."""
        ...

    async def revoke_calendar(self, calendar_id: int, unit_code: str, now: datetime) -> bool:
        """Let a unit's calendar open nothing any more; False if it is not this one."""
        ...

    async def list_calendar(self, unit_code: str, codes: Collection[str]) -> list[CalendarEntry]:
        """Return what a unit, meant by any of the codes, has to do by a day, what was cancelled too."""
        ...


class Files(Protocol):
    """Bytes by id."""

    async def get(self, file_id: int) -> SentFile:
        """Return the bytes and what they are."""
        ...


class PlanReportsUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def plans(self) -> PlanRepository:
        """Plans and their items."""
        ...

    @property
    def plan_reports(self) -> PlanReportRepository:
        """What units told, and their calendars."""
        ...

    @property
    def files(self) -> Files:
        """Files."""
        ...

    @property
    def audit(self) -> AuditLog:
        """The audit."""
        ...
