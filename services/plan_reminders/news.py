"""What a digest and the week's message say: asked at the moment of sending, so only what is still true."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from services.plan_reminders import rules
from services.plan_reminders.dto import Digest, Line, Part, StandingList, Step, Week, WeekFigures
from services.plan_reminders.hearing import Hearing
from services.plan_reminders.loading import book_of, load_days, load_hearing
from services.plan_reminders.planning import Book, Taken, Task, line_of, participation, step_of, urgency
from services.plan_reminders.ports import PlanRemindersUnitOfWork, WorkingCalendar
from services.plan_reminders.rules import WorkingDays
from services.plans.dto import DutyState, Plan, PlannedItem, Standing
from services.plans.rules import standing_of
from services.ports import Calendar, Clock, Factory

#: Of what stands within the year, so many are named.
NEAREST_STANDING = 3
#: What was overdue when reminders of it began is only counted, unless it climbed.
_COUNTED = frozenset({Part.OVERDUE, Part.UNHEARD})
_WAITING = frozenset({DutyState.REPORTED, DutyState.DISPUTED})


class PlanNews:
    """Duties as they are now."""

    def __init__(
        self,
        unit_of_work: Factory[PlanRemindersUnitOfWork],
        reading: Factory[PlanRemindersUnitOfWork],
        clock: Clock,
        calendar: Calendar,
        workdays: WorkingCalendar,
        *,
        administrators: Collection[int],
    ) -> None:
        self._unit_of_work = unit_of_work
        self._reading = reading
        self._clock = clock
        self._calendar = calendar
        self._workdays = workdays
        self._administrators = administrators
        self._days: tuple[date, WorkingDays] | None = None

    async def find_digest(self, account_id: int, day: date, *, listed: bool, asked: bool) -> Digest | None:
        """Return what an account hears on a day; None where nothing of it is left."""
        today = self._today()
        days = await self._count_days(today)
        async with self._reading() as uow:
            hearing = await load_hearing(uow, today, self._administrators)
            codes, coordinates = hearing.codes_of(account_id), account_id in hearing.coordinators
            around = [*codes, ""] if coordinates else list(codes)
            lately = days.several_before(day, rules.MADE_UP_FOR)
            missed = (await uow.plan_reminders.list_dropped(lately, account_id)).get(account_id, [])
            steps = await uow.plan_reminders.list_heard([*missed, day], around, hearing.person_of(account_id))
            plans = await uow.plans.list_plans()
            items = await uow.plan_reminders.list_items({step.instance_id for step in steps})
            said = await uow.plan_reminders.list_said([one.item.id for one in items])
            standing = await _load_standing(uow, plans, hearing, around) if listed else []
        book = book_of(plans, items, hearing, days, said)
        lines = _lines(book, steps, account_id, today)
        shown = [line for line in lines if not (line.arrived and line.part in _COUNTED)]
        listing = _standing(book_of(plans, standing, hearing, days), account_id, today, asks=asked)
        digest = Digest(
            today=today,
            lines=tuple(sorted(shown, key=urgency)),
            arrived=len(lines) - len(shown),
            standing=listing,
            several=len({line.unit_code for line in lines}) > 1 or len(codes) > 1,
            unheard_plans=_unheard_plans(hearing, [*lines, *(listing.nearest if listing else ())]),
        )
        return None if digest.is_empty else digest

    async def find_week(self, account_id: int, posts: Sequence[str]) -> Week | None:
        """Return the week of somebody who leads; None where they do not any more, or have nothing below them."""
        today = self._today()
        days = await self._count_days(today)
        async with self._reading() as uow:
            hearing = await load_hearing(uow, today, self._administrators)
            held = hearing.leaders().get(account_id, ())
            posts = [code for code in posts if code in held]
            plans = [plan for plan in await uow.plans.list_plans() if rules.climbs_in(plan, today)]
            if not posts or not plans:
                return None
            items = await uow.plans.list_planned([plan.id for plan in plans])
            book = book_of(plans, items, hearing, days)
            climbed = await uow.plan_reminders.list_climbed(posts)
        area = hearing.area_of(posts)
        figures, by_unit = _figures(book, area, today)
        escalated = _climbed(book, climbed, today)
        if not figures.whole and not escalated:
            return None
        return Week(
            today=today,
            posts=tuple(hearing.directory[code] for code in posts),
            university=area is None,
            figures=figures,
            by_unit=tuple((hearing.directory[code], one) for code, one in by_unit if code in hearing.directory),
            escalated=tuple(escalated),
        )

    async def keep_picture(self, content: bytes) -> int:
        """Keep a picture for Telegram; return its id as a file of ours."""
        async with self._unit_of_work() as uow:
            file_id = await uow.files.keep(content, "image/png", self._clock.now())
            await uow.commit()
        return file_id

    async def _count_days(self, today: date) -> WorkingDays:
        """Return the working days around today; a thousand digests of a morning count them once."""
        if self._days is None or self._days[0] != today:
            self._days = (today, await load_days(self._workdays, today))
        return self._days[1]

    def _today(self) -> date:
        return self._calendar.today(self._clock.now())


async def _load_standing(
    uow: PlanRemindersUnitOfWork, plans: Sequence[Plan], hearing: Hearing, codes: Collection[str]
) -> list[PlannedItem]:
    """Return the items among which those without a day are that people of these codes hear of.

    Coordinators (an empty code) hear also of what names nobody of the directory, so all are looked through for them.
    """
    if "" in codes:
        return await uow.plan_reminders.list_open([plan.id for plan in plans], date.min, standing=True)
    names = {name for code in hearing.heard_at(codes) for name in hearing.membership.named_as(code)}
    return await uow.plans.list_named(names) if names else []


def _lines(book: Book, steps: Iterable[Step], account_id: int, today: date) -> list[Line]:
    """Return a line for each task of which a step is still true; what climbed stands in one line with its reminder."""
    tasks = {(task.instance.id, task.unit_code): task for task in participation(book)}
    tasks |= {(task.instance.id, task.unit_code): task for task in book.told_tasks()}
    lines: dict[tuple[int, str], Line] = {}
    for step in steps:
        task = tasks.get((step.instance_id, step.unit_code))
        if task is None or task.version != step.due_version:
            continue
        if account_id not in book.hearing.hearers(step, task.duty, overdue=task.is_overdue(today)):
            continue
        line = line_of(book, Taken(step=step, task=task), today)
        before = lines.get((step.instance_id, step.unit_code))
        if before is None or before.part is not Part.ESCALATED:
            lines[step.instance_id, step.unit_code] = line
    return list(lines.values())


def _unheard_plans(hearing: Hearing, lines: Iterable[Line]) -> tuple[int, ...]:
    """Return the plans of what only coordinators hear."""
    unheard = (line for line in lines if line.part is Part.UNHEARD or not hearing.heard_by(line.unit_code))
    return tuple(dict.fromkeys(line.plan_id for line in unheard))


def _standing(book: Book, account_id: int, today: date, *, asks: bool) -> StandingList | None:
    """Return what stands within the year, for the units that an account hears."""
    hearing = book.hearing
    mine = [
        task
        for task in book.told_tasks()
        if task.is_standing
        and not task.is_overdue(today)
        and task.timing.reminds_from <= today
        and account_id in hearing.audience(book.heard_for(task))
    ]
    lines = sorted((_standing_line(book, task, today) for task in mine), key=urgency)
    asks = asks and any(line.own for line in lines)
    return StandingList(count=len(lines), nearest=tuple(lines[:NEAREST_STANDING]), asks=asks) if lines else None


def _standing_line(book: Book, task: Task, today: date) -> Line:
    return line_of(book, step_of(task, "", book.heard_for(task)), today, part=Part.SOON)


def _climbed(book: Book, steps: Iterable[Step], today: date) -> list[Line]:
    """Return what climbed and is still so, the most overdue first."""
    tasks = {(task.instance.id, task.unit_code): task for task in book.told_tasks()}
    lines: dict[tuple[int, str], Line] = {}
    for step in steps:
        task = tasks.get((step.instance_id, step.unit_code))
        if task is not None and task.version == step.due_version and _is_still_silent(task, today):
            lines[step.instance_id, step.unit_code] = line_of(book, Taken(step=step, task=task), today)
    return sorted(lines.values(), key=urgency)


def _is_still_silent(task: Task, today: date) -> bool:
    """Tell whether what climbed is still to be decided: overdue, or not accepted yet."""
    return task.is_overdue(today) or task.duty is None or task.duty.state is DutyState.OPEN


def _figures(book: Book, area: frozenset[str] | None, today: date) -> tuple[WeekFigures, list[tuple[str, WeekFigures]]]:
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for planned in book.items:
        if not rules.is_asked(planned.item):
            continue
        for code in book.units_of(planned.item):
            if area is not None and code not in area:
                continue
            for instance in planned.instances:
                duty = planned.find_duty(instance.id, code)
                standing = standing_of(instance, duty, today)
                counts[code]["whole"] += standing is not Standing.RELEASED
                counts[code][standing.value] += 1
                counts[code]["waiting"] += duty is not None and duty.state in _WAITING
    by_unit = {code: _counted(one) for code, one in counts.items()}
    whole: dict[str, int] = defaultdict(int)
    for one in counts.values():
        for name, number in one.items():
            whole[name] += number
    worst = sorted(by_unit.items(), key=lambda one: (-one[1].overdue, -one[1].near, one[0]))
    return _counted(whole), worst


def _counted(counts: dict[str, int]) -> WeekFigures:
    return WeekFigures(
        whole=counts.get("whole", 0),
        done=counts.get(Standing.DONE.value, 0),
        late=counts.get(Standing.DONE_LATE.value, 0),
        overdue=counts.get(Standing.OVERDUE.value, 0),
        near=counts.get(Standing.NEAR.value, 0),
        waiting=counts.get("waiting", 0),
    )
