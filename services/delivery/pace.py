"""The slots at which one replica may send, out of the one pace of all."""

import asyncio
from collections import deque

from services.delivery.dto import Slots
from services.delivery.ports import AnswerMeter
from services.delivery.storage_ports import DeliveryUnitOfWork
from services.ports import Factory

_MOST_SLOTS = 8
_RESERVE_BELOW = 2  # so that the next slots are known before the last one is used
_SILENCE = 0.25  # seconds until it is asked again whether anything may go out
_KNOWN_OFFSETS = 64
_CALIBRATION = 5  # looks at the database's clock before the first slot
_JUMP = 5.0  # seconds by which no answer is late: the database's clock was put back
_CATCHING_UP = 0.99


class Pace:
    """Reserves slots and hands them out as moments of the loop's clock."""

    def __init__(self, statements: Factory[DeliveryUnitOfWork], meter: AnswerMeter, *, ceiling: int) -> None:
        self._statements = statements
        self._meter = meter
        self._ceiling = ceiling
        self._one_at_a_time = asyncio.Lock()
        self._slots: deque[float] = deque()
        self._offsets: deque[float] = deque(maxlen=_KNOWN_OFFSETS)
        self._last = 0.0

    async def next_slot(self, ready_by: float) -> float:
        """Return the next slot that is not before `ready_by` (the loop's time); those before it are lost."""
        async with self._one_at_a_time:
            while True:
                while self._slots and self._slots[0] < ready_by:
                    self._slots.popleft()
                if len(self._slots) < _RESERVE_BELOW:
                    await self._reserve()
                if self._slots and self._slots[0] >= ready_by:
                    return self._slots.popleft()

    async def _reserve(self) -> None:
        """Reserve a few slots; while nothing may go out, wait a moment instead."""
        while len(self._offsets) < _CALIBRATION:
            async with self._statements() as uow:
                self._compare(await uow.pace.tell_time())
        if (seconds := self._meter.take_silence()) > 0:
            async with self._statements() as uow:
                await uow.pace.pause(seconds, self._ceiling)
        async with self._statements() as uow:
            slots = await uow.pace.reserve(_MOST_SLOTS, self._ceiling, self._meter.take())
        if slots is None:
            self._slots.clear()
            await asyncio.sleep(_SILENCE)
            return
        self._compare(slots.now)
        self._slots.extend(self._local(slots))

    def _compare(self, now: float) -> None:
        offset = asyncio.get_running_loop().time() - now
        if self._offsets and offset - min(self._offsets) > _JUMP:
            self._offsets.clear()
        self._offsets.append(offset)

    def _local(self, slots: Slots) -> list[float]:
        """Translate moments of the database's clock; the answer that came quickest tells best how the clocks differ.

        Where that was learned anew, the slots still do not come closer together.
        """
        first = max(slots.first + min(self._offsets), self._last + slots.gap * _CATCHING_UP)
        local = [first + number * slots.gap for number in range(slots.count)]
        self._last = local[-1]
        return local
