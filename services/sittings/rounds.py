"""Materials of sittings that come near are asked for."""

from datetime import date, time, timedelta
from typing import Protocol

from services.delivery.dto import NewNotice
from services.plan_desk.notices import materials_wanted
from services.plans.dto import ItemState, NamedUnit
from services.ports import Bell, Calendar, Clock, Factory
from services.sittings.dto import MaterialsNews, Sitting, SittingState
from services.sittings.ports import SittingsUnitOfWork
from services.sittings.rules import instance_of, open_units

#: When the day's messages about plans go out, by the university's clocks.
MORNING = time(9)
_EVENING = time(17)
#: Sixty working days are never more than so many days.
_FARTHEST = timedelta(days=120)


class Workdays(Protocol):
    """The calendar of working days."""

    async def is_working(self, day: date) -> bool:
        """Tell whether a day is worked."""
        ...

    async def before(self, day: date, days: int) -> date:
        """Return the working day that lies so many working days before `day`."""
        ...


class MaterialRounds:
    """A tick of the clock, and what its notices ask at the moment of sending."""

    def __init__(
        self,
        unit_of_work: Factory[SittingsUnitOfWork],
        clock: Clock,
        calendar: Calendar,
        workdays: Workdays,
        outbox_bell: Bell,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar
        self._workdays = workdays
        self._outbox_bell = outbox_bell
        self._done: date | None = None

    async def ask_for_materials(self) -> int:
        """Ask each unit once, so many working days before a sitting; return how many messages were left."""
        now = self._clock.now()
        today = self._calendar.today(now)
        if self._done == today or not MORNING <= self._calendar.time_of_day(now) < _EVENING:
            return 0
        if not await self._workdays.is_working(today):
            return 0
        async with self._unit_of_work() as uow:
            notices: list[NewNotice] = []
            for sitting in await uow.plan_sittings.list_coming(today, today + _FARTHEST):
                if sitting.held_on and await self._workdays.before(sitting.held_on, sitting.materials_days) <= today:
                    notices += await self._ask(uow, sitting, today)
            left = await uow.outbox.add_all(notices, now) if notices else 0
            await uow.commit()
        self._done = today
        if left:
            self._outbox_bell.ring()
        return left

    async def find_materials(self, sitting_id: int, unit_id: int, account_id: int) -> MaterialsNews | None:
        """Return what a unit is asked for; None to who does not speak for it any more, or where nothing is open."""
        today = self._calendar.today(self._clock.now())
        async with self._unit_of_work() as uow:
            sitting, unit = await uow.plan_sittings.find(sitting_id), await uow.plans.find_unit(unit_id)
            if sitting is None or unit is None or sitting.state is not SittingState.PLANNED:
                return None
            if (unit.code, account_id) not in await uow.plan_desk.list_people([unit.code], today):
                return None
            titles = (await _wanted(uow, sitting)).get(unit.code, [])
        return MaterialsNews(sitting=sitting, unit=unit, titles=tuple(titles)) if titles else None

    async def _ask(self, uow: SittingsUnitOfWork, sitting: Sitting, today: date) -> list[NewNotice]:
        codes = tuple(await _wanted(uow, sitting))
        units: dict[str, NamedUnit] = await uow.plans.list_units(codes)
        return [
            materials_wanted(sitting.id, code, units[code].id, account_id, self._clock.now())
            for code, account_id in await uow.plan_desk.list_people(codes, today)
            if code in units
        ]


async def _wanted(uow: SittingsUnitOfWork, sitting: Sitting) -> dict[str, list[str]]:
    """Return what each unit has to hand in for a sitting: the titles of its open items."""
    membership = await uow.plans.load_membership()
    wanted: dict[str, list[str]] = {}
    for item_id in await uow.plan_sittings.list_tied(sitting.id):
        one = await uow.plans.find_planned(item_id)
        instance = instance_of(one, sitting.month) if one is not None else None
        if one is None or instance is None or one.item.state is not ItemState.ACTIVE:
            continue
        for code in open_units(one, instance, membership):
            wanted.setdefault(code, []).append(one.item.title or one.item.task)
    return wanted
