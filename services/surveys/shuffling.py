"""Marks and sealed replies are written anew every night, so that no copy of them tells who came when.

Both lie in the order in which people finished, under the same transactions: one plain copy of both tables, and the key,
would name everybody. Written anew, marks lie in the order of people and replies in that of their random keys, each
table under one transaction. What is left to see are those who finished since last night.

One table at a time, each in a transaction of its own: whoever finishes needs both, and nobody is to wait in a circle.
"""

from datetime import date, time
from typing import Final

from services.ports import Calendar, Clock, Factory
from services.surveys.dto import ShuffledTable
from services.surveys.ports import ClosingUnitOfWork

#: By the university's clocks, when hardly anybody answers.
HOUR: Final = time(4)


async def shuffle_replies(unit_of_work: Factory[ClosingUnitOfWork]) -> bool:
    """Write both tables anew; False if one of them could not be had, because a backup reads or a survey is closed."""
    for table in ShuffledTable:
        async with unit_of_work() as uow:
            if not await uow.closing.take_turn() or not await uow.closing.shuffle(table):
                return False
            await uow.commit()
    return True


class NightlyShuffle:
    """Asked every minute, done once a day by every process; the next minute tries again."""

    def __init__(self, unit_of_work: Factory[ClosingUnitOfWork], clock: Clock, calendar: Calendar) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar
        self._done: date | None = None

    async def run(self) -> bool:
        """Do it, if that is due; tells whether it was."""
        now = self._clock.now()
        today = self._calendar.today(now)
        if self._done == today or self._calendar.time_of_day(now) < HOUR:
            return False
        if not await shuffle_replies(self._unit_of_work):
            return False
        self._done = today
        return True
