"""What notices ask at the moment of sending."""

from services.duties.dto import HandedOn
from services.duties.ports import DutiesUnitOfWork
from services.duties.rules import UNFINISHED
from services.plans.dto import ItemState
from services.plans.rules import counted, due_of, standing_of
from services.ports import Calendar, Clock, Factory


class DutyNews:
    """Duties as they are now."""

    def __init__(self, reading: Factory[DutiesUnitOfWork], clock: Clock, calendar: Calendar) -> None:
        self._reading = reading
        self._clock = clock
        self._calendar = calendar

    async def find_handed_on(self, instance_id: int, unit_id: int, person_id: int, account_id: int) -> HandedOn | None:
        """Return a duty that was handed to a colleague; None where it is theirs no more, or nothing is left to do."""
        today = self._calendar.today(self._clock.now())
        async with self._reading() as uow:
            unit, instance = await uow.plans.find_unit(unit_id), await uow.plans.find_instance(instance_id)
            if unit is None or instance is None:
                return None
            planned = await uow.plans.find_planned(instance.item_id)
            duty = planned.find_duty(instance_id, unit.code) if planned is not None else None
            if planned is None or duty is None or planned.item.state is not ItemState.ACTIVE:
                return None
            if duty.person_id != person_id or duty.state not in UNFINISHED:
                return None
            colleagues = await uow.duties.list_colleagues(unit.code, today)
        if (person_id, account_id) not in {(one.person_id, one.account_id) for one in colleagues}:
            return None
        held_to = counted(instance, confirmed=planned.item.confirmed)
        due = due_of(held_to, duty)
        return HandedOn(
            item=planned.item,
            instance_id=instance_id,
            unit=unit,
            due=due,
            soft=held_to.soft and duty.due is None,
            standing=standing_of(held_to, duty, today),
            doubtful=due is None and instance.due is not None,
            today=today,
        )
