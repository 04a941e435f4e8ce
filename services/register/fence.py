"""The fence around the numbers: after a restore none is given until somebody says with which it goes on."""

import re
from datetime import datetime, time, timedelta

from services.access import Actor, Role
from services.audit.dto import Act
from services.ports import Calendar, Clock, Factory
from services.register.dto import LastNumber, Resumed
from services.register.errors import IssuingNotHalted, NumberGivenAlready, NumberOfAnotherYear, NumberUnreadable
from services.register.ports import RegisterUnitOfWork

_NUMBER = re.compile(r"([0-9]{4})-([0-9]{5,9})")
_SUBJECT = "register"


class IssuingFence:
    """Halting all issuing and printing at a restore, and letting them go on behind the numbers that are lost."""

    def __init__(self, unit_of_work: Factory[RegisterUnitOfWork], clock: Clock, calendar: Calendar) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar

    async def halt(self, actor: Actor) -> None:
        """Let nothing be issued or printed; to be said in a restored database before anybody serves it."""
        actor.require(Role.ADMIN)
        async with self._unit_of_work() as uow:
            await uow.fence.halt(self._clock.now())
            await uow.commit()

    async def resume(self, actor: Actor, text: str) -> Resumed:
        """Let issuing go on; the number in `text` is the next that is given.

        Raises:
            NumberUnreadable, NumberOfAnotherYear: it is no number of this year.
            IssuingNotHalted: nothing was halted.
            NumberGivenAlready: the register has it, or a greater one.
        """
        actor.require(Role.ADMIN)
        now = self._clock.now()
        year, serial = _read_number(text)
        if year != self._calendar.today(now).year:
            raise NumberOfAnotherYear(year)
        async with self._unit_of_work() as uow:
            if await uow.fence.lift() is None:
                raise IssuingNotHalted
            last = await uow.fence.get_last(year)
            if serial <= last.serial:
                raise NumberGivenAlready(number_of(last))
            await uow.fence.reach(year, serial - 1)
            await self._pass_over_heads(uow, now)
            resumed = _resumed(last, serial)
            skipped = list(resumed.skipped or ())
            await uow.audit.add(actor, Act.ISSUING_RESUMED, _SUBJECT, now, number=resumed.number, skipped=skipped)
            await uow.commit()
        return resumed

    async def _pass_over_heads(self, uow: RegisterUnitOfWork, now: datetime) -> None:
        """Post no head of the days that are lost: other ones may have been posted for them."""
        today = self._calendar.today(now)
        tail = await uow.heads.find_tail(self._calendar.moment_of(today, time(0)))
        if tail is not None:
            yesterday = today - timedelta(days=1)
            await uow.heads.add(yesterday, tail)
            await uow.heads.note_posted(yesterday, now)


def number_of(last: LastNumber) -> str:
    """Return a number as it is printed."""
    return f"{last.year}-{last.serial:05d}"


def _read_number(text: str) -> tuple[int, int]:
    found = _NUMBER.fullmatch(text.strip())
    if found is None or not int(found[2]):
        raise NumberUnreadable(text)
    return int(found[1]), int(found[2])


def _resumed(last: LastNumber, serial: int) -> Resumed:
    first, end = (LastNumber(year=last.year, serial=number) for number in (last.serial + 1, serial - 1))
    skipped = (number_of(first), number_of(end)) if first.serial <= end.serial else None
    return Resumed(number=number_of(LastNumber(year=last.year, serial=serial)), skipped=skipped)
