"""The head of every day: written when the day has ended, and posted where everybody can keep it."""

from datetime import date, time, timedelta
from typing import Protocol

from services.ports import Calendar, Clock, Factory
from services.register.dto import Head
from services.register.ports import RegisterUnitOfWork

#: A later head covers the earlier ones; what is older than this is not posted any more.
_STILL_POSTED = timedelta(days=7)
_DAY = timedelta(days=1)


class HeadChannel(Protocol):
    """Where heads are published."""

    async def post(self, head: Head) -> bool:
        """Publish a head; False if that is to be tried again later."""
        ...


class DailyHeads:
    """Keeps the heads. To be asked by one process at a time; a head may be posted twice, never not at all."""

    def __init__(
        self, unit_of_work: Factory[RegisterUnitOfWork], clock: Clock, calendar: Calendar, channel: HeadChannel | None
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar
        self._channel = channel

    async def post_next(self) -> bool:
        """Write the heads of the days that have ended, and post the oldest that is not posted; False if none is.

        Nothing is written while a restored register waits for `services.register.fence`.
        """
        today = self._calendar.today(self._clock.now())
        if not await self._write(today) or self._channel is None:
            return False
        async with self._unit_of_work() as uow:
            head = await uow.heads.find_unposted(today - _STILL_POSTED)
        if head is None or not await self._channel.post(head):
            return False
        async with self._unit_of_work() as uow:
            await uow.heads.note_posted(head.day, self._clock.now())
            await uow.commit()
        return True

    async def _write(self, today: date) -> bool:
        async with self._unit_of_work() as uow:
            if await uow.fence.find_halted() is not None:
                return False
            last = await uow.heads.find_last_day()
            day = today - _DAY if last is None else last + _DAY
            while day < today:
                tail = await uow.heads.find_tail(self._calendar.moment_of(day + _DAY, time(0)))
                if tail is not None:
                    await uow.heads.add(day, tail)
                day += _DAY
            await uow.commit()
        return True
