"""A day before it happens, the year in a dry run, and whom nobody would hear; over a book, without storage."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from services.plan_reminders import rules
from services.plan_reminders.ahead import (
    Crowded,
    DayMoved,
    Forecast,
    ForecastRow,
    ForeseenMessage,
    MonthAhead,
    Silence,
    SilentUnit,
    Unclear,
)
from services.plan_reminders.planning import Book, Taken, Task, line_of, step_of, urgency
from services.plan_reminders.rules import MOST_A_DAY, WorkingDays
from services.plans.dto import Plan, PlannedItem
from services.responsibles.dto import Share

#: Earlier than any plan: nothing is left out as having been before its reminders began.
LONG_AGO = date(1900, 1, 1)


def as_if_always(plans: Sequence[Plan], items: Sequence[PlannedItem]) -> tuple[list[Plan], list[PlannedItem]]:
    """Return plans and items of which reminders have always been on, to look at days long past."""
    return (
        [replace(plan, reminds_from=LONG_AGO) for plan in plans],
        [replace(one, item=replace(one.item, reminds_from=None)) for one in items],
    )


def messages_of(book: Book, taken: Iterable[Taken], day: date) -> list[ForeseenMessage]:
    """Return what units are told, by unit and by who hears; what nobody hears but the weekly message is left out."""
    grouped: dict[tuple[str, str], list[Taken]] = defaultdict(list)
    for one in taken:
        if one.step.step != rules.TO_LEADERSHIP or not one.step.heard_by:
            grouped[one.step.unit_code, one.step.heard_by].append(one)
    return [
        ForeseenMessage(
            unit_code=code,
            heard_by=heard_by or None,
            accounts=len(
                {
                    account
                    for one in ones
                    for account in book.hearing.hearers(one.step, one.task.duty, overdue=one.task.is_overdue(day))
                }
            ),
            lines=tuple(sorted((line_of(book, one, day) for one in ones), key=urgency)),
        )
        for (code, heard_by), ones in sorted(grouped.items())
    ]


def silent_units(book: Book) -> list[SilentUnit]:
    """Return the units, posts and empty groups with something to do that nobody of their own would hear."""
    open_at: dict[str, list[Task]] = defaultdict(list)
    for task in book.tasks():
        if task.unit_code:
            open_at[task.unit_code].append(task)
        for party in task.item.parties:
            if party.share is Share.RESPONSIBLE and not book.hearing.membership.expand(party.code):
                open_at[party.code].append(task)
    found = ((code, _silence(book, code), tasks) for code, tasks in sorted(open_at.items()))
    silent = [_silent(book, code, silence, tasks) for code, silence, tasks in found if silence is not None]
    return sorted(silent, key=lambda one: (one.nearest or date.max, one.code))


def unclear_items(book: Book) -> list[Unclear]:
    """Return the items of which a piece of the responsible parties stands for nobody."""
    found = {}
    for planned in book.items:
        pieces = tuple(one.text for one in planned.item.unresolved if one.share is Share.RESPONSIBLE)
        if rules.is_asked(planned.item) and pieces:
            item = planned.item
            found[item.id] = Unclear(item_id=item.id, number=item.number, title=item.title, pieces=pieces)
    return list(found.values())


def forecast(book: Book, plan: Plan | None, today: date, next_run: date) -> Forecast:
    """Return what will be told from the next run on, each task as if it were reported on its last day."""
    rows, overdue = [], 0
    for task in book.tasks():
        overdue += task.is_overdue(today)
        if rules.is_disputed(task.duty):
            continue
        for day, step in _days_of(book, task, next_run):
            taken = step_of(task, str(step), book.heard_for(task))
            rows.append(ForecastRow(day=day, line=line_of(book, taken, day), heard_by=taken.step.heard_by))
    rows.sort(key=lambda row: (row.day, row.line.unit_code, urgency(row.line)))
    return Forecast(
        plan=plan,
        today=today,
        rows=tuple(rows),
        months=tuple(_months(rows)),
        crowded=tuple(_crowded(book, rows)),
        overdue=overdue,
        names=dict(book.hearing.directory),
    )


def weigh_day(book: Book, day: date, today: date, was: WorkingDays, now: WorkingDays) -> DayMoved:
    """Return what becomes of open items when a day is worked otherwise than it was."""
    reminders, dues = 0, set()
    for task in book.tasks():
        due = task.timing.due
        if due is None or due < max(day, today):
            continue
        for step in rules.rungs_of(task.timing):
            before, after = (days.at(rules.fires_at(task.timing, step, days)) for days in (was, now))
            reminders += before != after and max(before, after) >= today
        if due == day and not now.is_working(day):
            dues.add(task.instance.id)
    return DayMoved(day=day, reminders=reminders, dues=len(dues))


def _days_of(book: Book, task: Task, next_run: date) -> Iterator[tuple[date, int]]:
    """Return when the steps of the ladder are told: the next run tells the nearest, later ones come on their days."""
    timing, said, days = task.timing, book.said_of(task), book.days
    if timing.due is None or timing.due < next_run:
        return
    first = rules.step_to_tell(timing, said, next_run, days)
    if first is not None:
        yield next_run, first
    for index, step in rules.steps_to_come(timing, said, next_run, days).items():
        yield days.at(index), step


def _months(rows: Sequence[ForecastRow]) -> Iterator[MonthAhead]:
    by_month: dict[date, list[ForecastRow]] = defaultdict(list)
    for row in rows:
        by_month[row.day.replace(day=1)].append(row)
    for month, ones in sorted(by_month.items()):
        days, units = {row.day for row in ones}, {row.line.unit_code for row in ones}
        yield MonthAhead(month=month, items=len(ones), days=len(days), units=len(units))


def _crowded(book: Book, rows: Sequence[ForecastRow]) -> Iterator[Crowded]:
    counts: dict[tuple[date, str], int] = defaultdict(int)
    for row in rows:
        counts[row.day, row.line.unit_code] += 1
    for (day, code), items in sorted(counts.items()):
        if code and items > MOST_A_DAY:
            yield Crowded(day=day, unit_code=code, unit=book.hearing.directory.get(code), items=items)


def _silence(book: Book, code: str) -> Silence | None:
    if not book.hearing.membership.expand(code):
        return Silence.EMPTY_GROUP
    return book.hearing.why_silent(code)


def _silent(book: Book, code: str, silence: Silence, tasks: Sequence[Task]) -> SilentUnit:
    hearing = book.hearing
    dues = [task.timing.due for task in tasks if task.timing.due is not None]
    return SilentUnit(
        code=code,
        unit=hearing.directory.get(code),
        silence=silence,
        heard_by=hearing.directory.get("" if silence is Silence.EMPTY_GROUP else hearing.heard_by(code)),
        items=len({task.item.id for task in tasks}),
        nearest=min(dues, default=None),
    )
