"""The engine: what waits is taken and prepared ahead, and each message goes out at its slot."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from services.delivery.pace import Pace
from services.delivery.ports import Crew
from services.delivery.rounds import Rounds
from services.delivery.sending import Prepared, Sending
from services.delivery.weather import Weather

logger = logging.getLogger(__name__)

_AHEAD = 14  # messages taken at once, and prepared ahead of their slots: half a second of the usual pace
_IN_FLIGHT = 32  # requests without an answer: where each takes more than a second the pace goes down, not this up
_HORIZON = 0.2  # seconds that slots are given away ahead
_LEAD = 0.15  # seconds before its slot in which a message is started, at the earliest
_LEAST_LEAD = 0.02  # and at the latest
_TOLERANCE = 0.01  # seconds after the slot in which it may still be used
_STARTED_FOR = (
    1.0  # seconds for which a message that was started may still go out; then it is asked again whether it may
)


class DeliveryEngine:
    """Sends everything unasked. `prepare_next` and `dispatch` run side by side, once in each replica."""

    def __init__(self, rounds: Rounds, sending: Sending, pace: Pace, weather: Weather, crew: Crew) -> None:
        self._rounds = rounds
        self._sending = sending
        self._pace = pace
        self._weather = weather
        self._crew = crew
        self._ready: asyncio.Queue[Prepared] = asyncio.Queue(_AHEAD)
        self._places = asyncio.Semaphore(_IN_FLIGHT)
        self._in_flight = 0
        self._landed = asyncio.Event()
        self._landed.set()

    async def prepare_next(self) -> bool:
        """Take a few messages and prepare them ahead of their slots; False if there are none."""
        await self._weather.calms()
        taken = await self._rounds.take(_AHEAD)
        for message in taken:
            prepared = await self._sending.prepare(message)
            if prepared is not None:
                await self._ready.put(prepared)
        return bool(taken)

    async def dispatch(self) -> None:
        """Give each prepared message its slot, a moment ahead; runs for ever."""
        loop = asyncio.get_running_loop()
        while True:
            prepared = await self._ready.get()
            slot = None
            try:
                await self._weather.clears()
                await self._places.acquire()
                slot = await self._pace.next_slot(loop.time() + _LEAST_LEAD)
            finally:
                self._take_off(prepared, slot)
            await asyncio.sleep(slot - _HORIZON - loop.time())

    async def drain(self, patience: float) -> None:
        """Give back what was not begun, and let requests in the air come to their end (seconds at most)."""
        while not self._ready.empty():
            self._ready.get_nowait()
        await self._rounds.release()
        try:
            async with asyncio.timeout(patience):
                await self._landed.wait()
        except TimeoutError:
            logger.warning("%d messages are in the air at the end; they will be unknown", self._in_flight)

    def _take_off(self, prepared: Prepared, slot: float | None) -> None:
        """Let a message go its way in the background; without a slot, because the engine stops, back to the queue."""
        self._in_flight += 1
        self._landed.clear()
        flight = self._give_back(prepared) if slot is None else self._fly(prepared, slot)
        self._crew.start(f"message {prepared.message.id}", self._counted(flight))

    async def _counted(self, flight: Coroutine[Any, Any, None]) -> None:
        try:
            await flight
        finally:
            self._in_flight -= 1
            if not self._in_flight:
                self._landed.set()

    async def _fly(self, prepared: Prepared, slot: float) -> None:
        """Make the request at the slot, learn from its outcome and note it, however long the database is away."""
        try:
            if not await self._meet_slot(prepared, slot):
                self._weather.note_unsent()
                await self._give_back(prepared)
                return
            receipt = await self._sending.request(prepared)
            self._weather.note(receipt.outcome)
        finally:
            self._places.release()
        await self._crew.insist(lambda: self._sending.settle(prepared, receipt))

    async def _meet_slot(self, prepared: Prepared, slot: float) -> bool:
        """Start a message a moment before its slot and wait for the slot; False if it must not go out.

        A slot that was missed, because this process was busy, is lost: used late it would come too close to the next.
        """
        loop = asyncio.get_running_loop()
        await asyncio.sleep(slot - _LEAD - loop.time())
        if not await self._sending.start(prepared):
            return False
        stale_at = loop.time() + _STARTED_FOR
        while slot < stale_at:
            await asyncio.sleep(slot - loop.time())
            if self._weather.is_stormy:
                return False
            if loop.time() <= slot + _TOLERANCE:
                return True
            slot = await self._pace.next_slot(loop.time())
        return False

    async def _give_back(self, prepared: Prepared) -> None:
        await self._crew.insist(lambda: self._sending.give_back(prepared))
