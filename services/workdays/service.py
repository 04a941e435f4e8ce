"""Counting working days, and noting which are worked otherwise than the country's calendar says."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, timedelta

from services.access import Actor, Role
from services.audit.dto import Act
from services.ports import Calendar, Clock, Factory
from services.workdays.almanac import public_year
from services.workdays.dto import CalendarDay, ChangesDifference, DayKind, PublicYear, WorkdayChange, WorkPeriod
from services.workdays.errors import NoSuchChange
from services.workdays.ports import WorkdaysUnitOfWork
from services.workdays.rules import FIVE_DAYS, WorkCalendar, check_change, check_reach, check_source

#: What another replica noted is known here after this time at the latest.
KNOWN_FOR = timedelta(seconds=30)
#: A month and its neighbour are looked at together.
_MONTHS = 2


class WorkdayService:
    """The calendar of working days. Anybody may count; only administrators note.

    Changes are some dozens of rows, kept for half a minute; whoever notes one sees it at once.
    """

    def __init__(
        self,
        unit_of_work: Factory[WorkdaysUnitOfWork],
        reading: Factory[WorkdaysUnitOfWork],
        clock: Clock,
        calendar: Calendar,
        *,
        week: Collection[int] = FIVE_DAYS,
        almanac: Callable[[int], PublicYear] = public_year,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._reading = reading
        self._clock = clock
        self._local = calendar
        self._week = frozenset(week)
        self._almanac = almanac
        self._known: WorkCalendar | None = None
        self._known_at: datetime | None = None

    async def add(self, day: date, days: int) -> date:
        """Return the day on which a promise of so many working days made on `day` ends; the day itself does not count.

        A promise of none ends on the same working day, or on the next.
        """
        return (await self._calendar()).add(day, days)

    async def before(self, day: date, days: int) -> date:
        """Return the working day that lies so many working days before `day`; of none, the same or the last before."""
        return (await self._calendar()).before(day, days)

    async def is_working(self, day: date) -> bool:
        """Tell whether a day is worked."""
        return (await self._calendar()).is_working(day)

    async def count(self, first: date, last: date) -> int:
        """Count the working days from the first day to the last, both included."""
        return (await self._calendar()).count(first, last)

    async def list_working(self, first: date, last: date) -> list[date]:
        """Return the days that are worked from the first to the last."""
        return (await self._calendar()).list_working(first, last)

    async def list_year(self, year: int) -> WorkPeriod:
        """Return a year: how many days are worked, and the days that the week alone does not explain."""
        return (await self._calendar()).look_over(date(year, 1, 1), date(year, 12, 31))

    async def look_at(self, day: date) -> CalendarDay:
        """Return a day with everything that speaks about it."""
        return (await self._calendar()).look_at(day)

    async def list_months(self, actor: Actor, start: date | None = None) -> list[WorkPeriod]:
        """Return the month of a day (without one: this month) and the month after it."""
        self.enter(actor)
        first = (start or self._today()).replace(day=1)
        calendar, months = await self._calendar(), []
        for _ in range(_MONTHS):
            following = (first + timedelta(days=31)).replace(day=1)
            months.append(calendar.look_over(first, following - timedelta(days=1)))
            first = following
        return months

    async def get_change(self, actor: Actor, day: date) -> WorkdayChange:
        """Return what is noted about a day."""
        self.enter(actor)
        change = (await self._calendar()).changes.get(day)
        if change is None:
            raise NoSuchChange(day)
        return change

    def enter(self, actor: Actor) -> None:
        """Refuse whoever may not note days."""
        actor.require(Role.ADMIN)

    def check_day(self, actor: Actor, day: date) -> None:
        """Refuse a day about which nothing can be noted."""
        self.enter(actor)
        check_reach(day, self._today())

    def check_source(self, actor: Actor, text: str) -> str:
        """Return a source as it would be noted, or refuse it."""
        self.enter(actor)
        return check_source(text)

    async def note(self, actor: Actor, day: date, kind: DayKind, source: str, decided_on: date | None) -> WorkdayChange:
        """Note how a day is worked, and who decided it when; what was noted about it before gives way."""
        self.enter(actor)
        change = WorkdayChange(day=day, kind=kind, source=source, decided_on=decided_on)
        checked = check_change(change, self._today())
        await self._put(actor, [checked])
        return checked

    async def import_changes(self, actor: Actor, changes: Sequence[WorkdayChange]) -> ChangesDifference:
        """Note many at once; days that are not among them stay as they are."""
        self.enter(actor)
        checked = [check_change(change, self._today()) for change in changes]
        async with self._reading() as uow:
            stored = {change.day: change for change in await uow.workdays.list_changes()}
        written = [change for change in checked if stored.get(change.day) != change]
        if written:
            await self._put(actor, written)
        added = sum(change.day not in stored for change in written)
        return ChangesDifference(added=added, changed=len(written) - added, unchanged=len(checked) - len(written))

    async def remove(self, actor: Actor, day: date) -> None:
        """Let the country's calendar hold for a day again."""
        self.enter(actor)
        async with self._unit_of_work() as uow:
            if not await uow.workdays.remove(day):
                raise NoSuchChange(day)
            await uow.audit.add(actor, Act.WORKDAY_FORGOTTEN, f"day:{day.isoformat()}", self._clock.now())
            await uow.commit()
        self._known = None

    async def _put(self, actor: Actor, changes: Sequence[WorkdayChange]) -> None:
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            await uow.workdays.put(changes, now, actor.account_id)
            for change in changes:
                subject = f"day:{change.day.isoformat()}"
                await uow.audit.add(actor, Act.WORKDAY_NOTED, subject, now, kind=change.kind.value)
            await uow.commit()
        self._known = None

    async def _calendar(self) -> WorkCalendar:
        now = self._clock.now()
        if self._known is None or self._known_at is None or not now - KNOWN_FOR < self._known_at <= now:
            async with self._reading() as uow:
                changes = await uow.workdays.list_changes()
            # The library of holidays is loaded beside the event loop, the first time; afterwards its years are there.
            await asyncio.to_thread(self._almanac, self._local.today(now).year)
            self._known = WorkCalendar(
                public_year=self._almanac, changes={change.day: change for change in changes}, week=self._week
            )
            self._known_at = now
        return self._known

    def _today(self) -> date:
        return self._local.today(self._clock.now())
