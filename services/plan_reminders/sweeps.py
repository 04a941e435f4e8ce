"""Every working day once, all plans are looked through, and everybody's digest is left."""

import asyncio
import logging
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from services.delivery.dto import NewNotice
from services.plan_reminders import rules
from services.plan_reminders.loading import load_book, load_days, load_hearing, within_reach
from services.plan_reminders.notices import digest_notice, weekly_notice
from services.plan_reminders.planning import Book, Taken, plan_day
from services.plan_reminders.ports import PlanRemindersUnitOfWork, WorkingCalendar
from services.ports import Bell, Calendar, Clock, Factory

logger = logging.getLogger(__name__)

#: When reminders go out, by the university's clocks.
MORNING = time(9)
_KEPT = timedelta(days=800)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Day:
    """A working day and what it begins. `late_after`: digests are of no use once the next ones are made."""

    today: date
    now: datetime
    late_after: timedelta
    month: bool
    quarter: bool
    week: bool


@dataclass(slots=True, kw_only=True)
class _Round:
    """What a day leaves: so many steps, and notices."""

    steps: int = 0
    notices: list[NewNotice] = field(default_factory=list)


class PlanSweeps:
    """Asked every minute, does it once a working day from the morning on; of several replicas one does it.

    What an outage of days passed over is caught up with: each duty's nearest step is told, and no other. The halt after
    a restore is such an outage, too: nobody hears of all its days at once when it ends.
    """

    def __init__(
        self,
        unit_of_work: Factory[PlanRemindersUnitOfWork],
        clock: Clock,
        calendar: Calendar,
        workdays: WorkingCalendar,
        outbox_bell: Bell,
        *,
        administrators: Collection[int],
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar
        self._workdays = workdays
        self._outbox_bell = outbox_bell
        self._administrators = administrators
        self._done: date | None = None

    async def sweep(self) -> int:
        """Leave the day's digests; return how many."""
        now = self._clock.now()
        today = self._calendar.today(now)
        if self._done == today or self._calendar.time_of_day(now) < MORNING:
            return 0
        if not await self._workdays.is_working(today):
            return 0
        days = await load_days(self._workdays, today)
        left = _Round()
        async with self._unit_of_work() as uow:
            if await uow.plan_reminders.is_halted():
                return 0
            if await uow.plan_reminders.begin_sweep(today, now):
                left = await self._sweep(uow, await self._day(uow, today, now, days), days)
            await uow.commit()
        self._done = today
        if left.notices:
            self._outbox_bell.ring()
            logger.info("reminded of plans: %d steps, %d messages", left.steps, len(left.notices))
        return len(left.notices)

    async def _day(self, uow: PlanRemindersUnitOfWork, today: date, now: datetime, days: rules.WorkingDays) -> _Day:
        before = await uow.plan_reminders.find_last_sweep(today) or days.previous(today)
        following = self._calendar.moment_of(days.following(today), MORNING)
        return _Day(
            today=today,
            now=now,
            late_after=following - now,
            month=rules.begins_month(today, before),
            quarter=rules.begins_quarter(today, before),
            week=rules.begins_week(today, before),
        )

    async def _sweep(self, uow: PlanRemindersUnitOfWork, day: _Day, days: rules.WorkingDays) -> _Round:
        plans = await uow.plans.list_plans()
        if not plans:
            return _Round()
        hearing = await load_hearing(uow, day.today, self._administrators)
        last = within_reach(plans, day.today, days)
        book = await load_book(uow, plans, hearing, days, last, standing=day.month)
        taken = await asyncio.to_thread(plan_day, book, day.today)  # the conversation goes on meanwhile
        fresh = await uow.plan_reminders.take([one.step for one in taken], day.today)
        told = [one for one in taken if _key(one) in fresh]
        missed = await uow.plan_reminders.list_dropped(days.several_before(day.today, rules.MADE_UP_FOR))
        notices = [*_digests(book, told, day, missed), *_weeklies(book, day)]
        await uow.plan_reminders.forget_before(day.today - _KEPT)
        if notices:
            await uow.outbox.add_all(notices, day.now)
        return _Round(steps=len(told), notices=notices)


def listeners(book: Book) -> set[int]:
    """Return the accounts that get the monthly list: whoever hears of something without a day of its own."""
    codes = {book.heard_for(task) for task in book.told_tasks() if task.is_standing}
    return {account for code in codes for account in book.hearing.audience(code)}


def _digests(book: Book, told: list[Taken], day: _Day, missed: Collection[int]) -> list[NewNotice]:
    """Leave a digest for whoever hears of a step, or gets the list, or whose last one an outage dropped."""
    accounts = {
        account
        for one in told
        for account in book.hearing.hearers(one.step, one.task.duty, overdue=one.task.is_overdue(day.today))
    }
    listed = listeners(book) if day.month else set()
    return [
        digest_notice(
            account, day.today, day.now, day.late_after,
            listed=account in listed, asked=account in listed and day.quarter,
        )
        for account in sorted(accounts | listed | set(missed))
    ]  # fmt: skip


def _weeklies(book: Book, day: _Day) -> list[NewNotice]:
    """Leave the week's messages, as long as silence climbs in any plan."""
    if not day.week or not any(rules.climbs_in(plan, day.today) for plan in book.plans.values()):
        return []
    return [
        weekly_notice(account, posts, day.today, day.now, timedelta(days=7))
        for account, posts in book.hearing.leaders().items()
    ]


def _key(taken: Taken) -> tuple[int, str, str, int]:
    step = taken.step
    return step.instance_id, step.unit_code, step.step, step.due_version
