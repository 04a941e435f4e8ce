"""What notices of the desk ask at the moment of sending."""

from collections import Counter
from datetime import date

from services.plan_desk.dto import DeskAct, DeskNews, WaitNews
from services.plan_desk.ports import DecisionsUnitOfWork
from services.plans.dto import ItemState
from services.plans.rules import standing_of, units_of
from services.ports import Calendar, Clock, Factory
from services.responsibles.dto import Share


class PlanDeskNews:
    """Acts of coordinators as they stand; what another act has overtaken is not told any more."""

    def __init__(self, reading: Factory[DecisionsUnitOfWork], clock: Clock, calendar: Calendar) -> None:
        self._reading = reading
        self._clock = clock
        self._calendar = calendar

    async def find_line(self, line_id: int, unit_id: int, account_id: int) -> DeskNews | None:
        """Return an act for somebody who speaks for the unit; None for who does not any more, or what is not so."""
        today = self.today()
        async with self._reading() as uow:
            line, unit = await uow.plan_desk.find_line(line_id), await uow.plans.find_unit(unit_id)
            if line is None or unit is None:
                return None
            if (unit.code, account_id) not in await uow.plan_desk.list_people([unit.code], today):
                return None
            planned = await uow.plans.find_planned(line.item_id)
            if planned is None or planned.item.state is ItemState.REMOVED:
                return None
            named = units_of(planned.item, await uow.plans.load_membership(), Share.RESPONSIBLE)
        instance = next((one for one in planned.instances if one.id == line.instance_id), None)
        instance = instance or next(iter(planned.instances), None)
        duty = planned.find_duty(instance.id, unit.code) if instance is not None else None
        news = DeskNews(
            line=line,
            item=planned.item,
            unit=unit,
            instance=instance,
            duty=duty,
            standing=standing_of(instance, duty, today) if instance is not None else None,
            today=today,
        )
        return news if _is_still_so(news, speaks=unit.code in named) else None

    async def count_waiting(self, account_id: int) -> WaitNews:
        """Return what waits, for a coordinator; nothing for who is none any more."""
        async with self._reading() as uow:
            if account_id not in await uow.plan_desk.list_coordinators(self.today()):
                return WaitNews()
            lines = await uow.plan_desk.list_waiting()
        counts = Counter(line.key.kind for line in lines)
        return WaitNews(counts=counts, since=lines[0].since if lines else None)

    def today(self) -> date:
        """Return the university's day."""
        return self._calendar.today(self._clock.now())


def _is_still_so(news: DeskNews, *, speaks: bool) -> bool:
    """Tell whether an act was not overtaken by another one."""
    act, is_active = news.line.act, news.item.state is ItemState.ACTIVE
    if act == DeskAct.CANCELLED:
        return not is_active
    if act in {DeskAct.GIVEN, DeskAct.RESTORED, DeskAct.DAY_ADDED, DeskAct.ADDED}:
        return is_active and speaks
    if act == DeskAct.MOVED:
        day = news.instance.due if news.instance is not None else None
        return is_active and speaks and day is not None and news.line.details.get("day") == day.isoformat()
    return True
