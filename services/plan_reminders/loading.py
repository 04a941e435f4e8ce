"""Everything that reminders are planned from, read at once."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from services.plan_reminders.dto import SaidRow
from services.plan_reminders.hearing import Hearing
from services.plan_reminders.planning import Book
from services.plan_reminders.ports import PlanRemindersUnitOfWork, WorkingCalendar
from services.plan_reminders.rules import WorkingDays
from services.plans.dto import Plan, PlannedItem

#: Years around a day whose working days are counted.
_YEARS = 2


async def load_days(calendar: WorkingCalendar, *around: date) -> WorkingDays:
    """Return the working days of some years around days."""
    first, last = date(min(around).year - _YEARS, 1, 1), date(max(around).year + _YEARS, 12, 31)
    return WorkingDays(await calendar.list_working(first, last))


async def load_hearing(uow: PlanRemindersUnitOfWork, today: date, administrators: Collection[int]) -> Hearing:
    """Return who hears today. `administrators`: of the settings, who coordinate where nobody else does."""
    coordinators = await uow.plan_reminders.list_coordinators(today)
    return Hearing(
        seats=await uow.plan_reminders.list_seats(today),
        accounts=await uow.plan_reminders.list_accounts(),
        coordinators=frozenset(coordinators or administrators),
        membership=await uow.plans.load_membership(),
        directory=await uow.plans.list_units(),
    )


async def load_book(
    uow: PlanRemindersUnitOfWork,
    plans: Sequence[Plan],
    hearing: Hearing,
    days: WorkingDays,
    last: date = date.max,
    *,
    standing: bool = True,
) -> Book:
    """Return the items of plans that are not done and due by a day, with what was told of them.

    `standing`: also those without a day, and with one that is only a convention.
    """
    items = await uow.plan_reminders.list_open([plan.id for plan in plans], last, standing=standing)
    said = await uow.plan_reminders.list_said([one.item.id for one in items])
    asking = await uow.plan_reminders.list_asking()
    return book_of(plans, items, hearing, days, said, asking)


def within_reach(plans: Sequence[Plan], day: date, days: WorkingDays) -> date:
    """Return the last day that a ladder comes to on a day."""
    farthest = max((step for plan in plans for step in plan.ladder), default=0)
    return days.at(days.index(day) + farthest + 2)


def book_of(
    plans: Sequence[Plan],
    items: Sequence[PlannedItem],
    hearing: Hearing,
    days: WorkingDays,
    said: Sequence[SaidRow] = (),
    asking: Collection[tuple[int, str]] = (),
) -> Book:
    """Return a book of these items."""
    told: dict[tuple[int, str], list[SaidRow]] = defaultdict(list)
    for row in said:
        told[row.instance_id, row.unit_code].append(row)
    known = {plan.id: plan for plan in plans}
    return Book(plans=known, items=items, hearing=hearing, said=told, days=days, asking=asking)
