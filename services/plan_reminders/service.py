"""What coordinators look at: whom nobody hears, a day before it happens, the year in a dry run."""

import asyncio
from collections.abc import Collection, Sequence
from datetime import date

from services.access import Actor, Role
from services.plan_reminders import rules
from services.plan_reminders.ahead import Basis, DayMoved, Forecast, ForeseenMessage, Foresight, Letter, Unheard
from services.plan_reminders.dto import Step
from services.plan_reminders.errors import NoSuchPlan, NothingToWrite
from services.plan_reminders.foreseeing import (
    as_if_always,
    forecast,
    messages_of,
    silent_units,
    unclear_items,
    weigh_day,
)
from services.plan_reminders.loading import book_of, load_book, load_days, load_hearing, within_reach
from services.plan_reminders.planning import (
    Book,
    Taken,
    foresee_day,
    line_of,
    participation,
    plan_day,
    step_of,
    urgency,
)
from services.plan_reminders.ports import PlanRemindersUnitOfWork, WorkingCalendar
from services.plan_reminders.rules import WorkingDays
from services.plans.dto import Plan
from services.ports import Calendar, Clock, Factory


class PlanReminderService:
    """Nothing here sends or writes anything. Coordinators and administrators ask."""

    def __init__(
        self,
        reading: Factory[PlanRemindersUnitOfWork],
        clock: Clock,
        calendar: Calendar,
        workdays: WorkingCalendar,
        *,
        administrators: Collection[int],
    ) -> None:
        self._reading = reading
        self._clock = clock
        self._calendar = calendar
        self._workdays = workdays
        self._administrators = administrators

    async def find_unheard(self, actor: Actor, plan_id: int) -> Unheard:
        """Return whom of a plan nobody would hear, and what of it stands for nobody."""
        _enter(actor)
        plan, book = await self._book_of(plan_id)
        return Unheard(plan=plan, silent=tuple(silent_units(book)), unclear=tuple(unclear_items(book)))

    async def write_letter(self, actor: Actor, plan_id: int, unit_id: int) -> Letter:
        """Return what is printed for a unit that nobody hears for: all that it has to do, by last days."""
        _enter(actor)
        plan, book = await self._book_of(plan_id)
        unit = next((one for one in book.hearing.directory.values() if one.id == unit_id), None)
        if unit is None:
            raise NothingToWrite
        today = self._today()
        lines = {
            task.instance.id: line_of(book, step_of(task, "", unit.code), today)
            for task in book.tasks()
            if task.unit_code == unit.code
            or (not task.unit_code and unit.code in {party.code for party in task.item.parties})
        }
        if not lines:
            raise NothingToWrite
        return Letter(plan=plan, unit=unit, today=today, lines=tuple(sorted(lines.values(), key=urgency)))

    async def forecast(self, actor: Actor, plan_id: int) -> Forecast:
        """Return what will be sent until the end of a plan (0: of all plans)."""
        _enter(actor)
        today = self._today()
        plan, book = await self._book_of(plan_id) if plan_id else (None, await self._book())
        async with self._reading() as uow:
            swept = await uow.plan_reminders.was_swept(today)
        return await asyncio.to_thread(forecast, book, plan, today, _next_run(book.days, today, swept=swept))

    async def foresee(self, actor: Actor, day: date) -> Foresight:
        """Return what is sent on a day: what was, what will be, or of a day long past what the ladder would have said.

        A day to come goes by duties as they stand now, every working day before it run. What silence makes climb is
        foreseen for the next run only: later days depend on what units do meanwhile.
        """
        _enter(actor)
        today = self._today()
        days = await load_days(self._workdays, today, day)
        async with self._reading() as uow:
            plans = await uow.plans.list_plans()
            hearing = await load_hearing(uow, today, self._administrators)
            swept, done = await uow.plan_reminders.was_swept(day), await uow.plan_reminders.was_swept(today)
            steps = await uow.plan_reminders.list_taken(day) if swept else []
            book = await load_book(uow, plans, hearing, days, within_reach(plans, day, days))
            told = await uow.plan_reminders.list_items({step.instance_id for step in steps})
        if swept:
            sent = book_of(plans, told, hearing, days)
            return _foresight(book, day, Basis.SENT, messages_of(sent, _sent(sent, steps), day))
        if day < today:
            past = book_of(*as_if_always(plans, book.items), hearing, days)
            return _foresight(past, day, Basis.AS_IF, messages_of(past, _as_if(past, day), day))
        taken = await asyncio.to_thread(_planned, book, day, _next_run(days, today, swept=done))
        return _foresight(book, day, Basis.PLANNED, messages_of(book, taken, day))

    async def weigh_day(self, actor: Actor, day: date, *, was_working: bool) -> DayMoved | None:
        """Return what the way in which a day is worked now does to reminders; None where nothing changes."""
        actor.require(Role.ADMIN)
        today, now = self._today(), await load_days(self._workdays, self._today(), day)
        if now.is_working(day) == was_working:
            return None
        book = await self._book(now)
        return await asyncio.to_thread(weigh_day, book, day, today, now.turned(day), now)

    async def _book_of(self, plan_id: int) -> tuple[Plan, Book]:
        async with self._reading() as uow:
            plan = await uow.plans.find_plan(plan_id)
        if plan is None or plan.closed:
            raise NoSuchPlan
        return plan, await self._book(plan=plan)

    async def _book(self, days: WorkingDays | None = None, *, plan: Plan | None = None) -> Book:
        today = self._today()
        days = days or await load_days(self._workdays, today)
        async with self._reading() as uow:
            plans = [plan] if plan is not None else await uow.plans.list_plans()
            return await load_book(uow, plans, await load_hearing(uow, today, self._administrators), days)

    def _today(self) -> date:
        return self._calendar.today(self._clock.now())


def _enter(actor: Actor) -> None:
    actor.require_any(Role.PLAN_COORDINATOR, Role.ADMIN)


def _next_run(days: WorkingDays, today: date, *, swept: bool) -> date:
    return today if days.is_working(today) and not swept else days.following(today)


def _sent(book: Book, steps: Sequence[Step]) -> list[Taken]:
    tasks = {(task.instance.id, task.unit_code): task for task in participation(book, settled=True)}
    tasks |= {(task.instance.id, task.unit_code): task for task in book.all_tasks()}
    found = ((step, tasks.get((step.instance_id, step.unit_code))) for step in steps)
    return [Taken(step=step, task=task) for step, task in found if task is not None]


def _as_if(book: Book, day: date) -> list[Taken]:
    return foresee_day(book, day) if book.days.is_working(day) else []


def _planned(book: Book, day: date, next_run: date) -> list[Taken]:
    if day == next_run:
        return plan_day(book, day)
    return foresee_day(book, day) if day > next_run and book.days.is_working(day) else []


def _foresight(book: Book, day: date, basis: Basis, messages: Sequence[ForeseenMessage]) -> Foresight:
    working, before = book.days.is_working(day), book.days.previous(day)
    month = working and rules.begins_month(day, before)
    standing = {task.unit_code for task in book.told_tasks() if task.is_standing} if month else set()
    told = {message.unit_code for message in messages}
    return Foresight(
        day=day,
        working=working,
        basis=basis,
        messages=tuple(messages),
        listed=tuple(sorted(standing - {""})),
        asked=month and rules.begins_quarter(day, before),
        unheard=tuple(one for one in silent_units(book) if one.code in told),
    )
