"""What reminders of plans need from storage and from the calendar."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol

from services.delivery.dto import NewNotice
from services.plan_reminders.dto import SaidRow, Seat, Step
from services.plans.dto import PlannedItem
from services.plans.ports import PlanRepository
from services.ports import Transaction


class WorkingCalendar(Protocol):
    """The calendar of working days."""

    async def is_working(self, day: date) -> bool:
        """Tell whether a day is worked."""
        ...

    async def list_working(self, first: date, last: date) -> list[date]:
        """Return the days that are worked from the first to the last."""
        ...


class PlanReminderRepository(Protocol):
    """Steps that were taken, and who hears."""

    async def is_halted(self) -> bool:
        """Tell whether nothing goes out since a restore."""
        ...

    async def begin_sweep(self, day: date, now: datetime) -> bool:
        """Note that a day's reminders are planned; False if somebody did it. Others wait meanwhile."""
        ...

    async def find_last_sweep(self, before: date) -> date | None:
        """Return the last day before this one whose reminders were planned."""
        ...

    async def was_swept(self, day: date) -> bool:
        """Tell whether a day's reminders were planned."""
        ...

    async def list_open(self, plan_ids: Collection[int], last: date, *, standing: bool) -> list[PlannedItem]:
        """Return the items that somebody may be reminded of and that are due by a day, as far as they are not done.

        `standing`: also those without a day, and with one that is only a convention.
        """
        ...

    async def list_said(self, item_ids: Collection[int]) -> list[SaidRow]:
        """Return what was told of items."""
        ...

    async def list_asking(self) -> set[tuple[int, str]]:
        """Return the instances and units that asked for a later day and wait for the decision."""
        ...

    async def take(self, steps: Sequence[Step], day: date) -> set[tuple[int, str, str, int]]:
        """Write the steps of a day; return those that were not taken before, by instance, unit, step and version."""
        ...

    async def list_taken(self, day: date) -> list[Step]:
        """Return the steps of a day."""
        ...

    async def list_dropped(self, days: Collection[date], account_id: int | None = None) -> dict[int, list[date]]:
        """Return whose last digests of these days an outage dropped (of everybody or of one), and of which days."""
        ...

    async def list_heard(self, days: Collection[date], codes: Collection[str], person_id: int | None) -> list[Step]:
        """Return the steps of days that people of these units hear, or this colleague; in the order of days."""
        ...

    async def list_climbed(self, codes: Collection[str]) -> list[Step]:
        """Return what climbed up to these posts, of any day."""
        ...

    async def list_seats(self, today: date) -> list[Seat]:
        """Return who sits where; also whom nobody can write to."""
        ...

    async def list_accounts(self) -> dict[int, int]:
        """Return the accounts of colleagues to whom duties were handed on, by person."""
        ...

    async def list_coordinators(self, today: date) -> list[int]:
        """Return the accounts of coordinators of plans; where there are none, of administrators."""
        ...

    async def list_items(self, instance_ids: Collection[int]) -> list[PlannedItem]:
        """Return items by their instances."""
        ...

    async def forget_before(self, day: date) -> None:
        """Forget sweeps before a day."""
        ...


class ManyNotices(Protocol):
    """The outbox, for many at once."""

    async def add_all(self, notices: Sequence[NewNotice], now: datetime) -> int:
        """Leave notices that are due at once; return how many, without those whose occasion was told before."""
        ...


class Files(Protocol):
    """Files of ours."""

    async def keep(self, content: bytes, mime: str, now: datetime) -> int:
        """Keep bytes, once; return their id."""
        ...


class PlanRemindersUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def plans(self) -> PlanRepository:
        """Plans and their items."""
        ...

    @property
    def plan_reminders(self) -> PlanReminderRepository:
        """Steps and hearers."""
        ...

    @property
    def outbox(self) -> ManyNotices:
        """Where messages are left."""
        ...

    @property
    def files(self) -> Files:
        """Files of ours."""
        ...
