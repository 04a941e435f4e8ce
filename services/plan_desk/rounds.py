"""What coordinators are told by the clock."""

from datetime import date, time
from typing import Protocol

from services.plan_desk.notices import decisions_wait
from services.plan_desk.ports import DecisionsUnitOfWork
from services.ports import Bell, Calendar, Clock, Factory

#: When offices open, by the university's clocks.
MORNING = time(8, 30)
_EVENING = time(17, 0)


class Workdays(Protocol):
    """The calendar of working days."""

    async def is_working(self, day: date) -> bool:
        """Tell whether a day is worked."""
        ...


class PlanDeskRounds:
    """A tick of the clock: it leaves every notice once, however often and wherever it is called."""

    def __init__(
        self,
        unit_of_work: Factory[DecisionsUnitOfWork],
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

    async def tell_what_waits(self) -> int:
        """Tell coordinators on the morning of a working day what waits, once a day; return how many are told."""
        now = self._clock.now()
        today = self._calendar.today(now)
        if self._done == today or not MORNING <= self._calendar.time_of_day(now) < _EVENING:
            return 0
        if not await self._workdays.is_working(today):
            return 0
        async with self._unit_of_work() as uow:
            told = 0
            if await uow.plan_desk.list_waiting():
                coordinators = await uow.plan_desk.list_coordinators(today)
                notices = [decisions_wait(account_id, today, now) for account_id in coordinators]
                told = await uow.outbox.add_all(notices, now) if notices else 0
            await uow.commit()
        self._done = today
        if told:
            self._outbox_bell.ring()
        return told
