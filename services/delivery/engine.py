"""The engine: what waits is taken and prepared ahead, and each message goes out at its slot."""

import asyncio
import logging

from services.delivery.pace import Pace
from services.delivery.ports import Crew
from services.delivery.rounds import Rounds
from services.delivery.sending import Prepared, Sending
from services.delivery.weather import Weather

logger = logging.getLogger(__name__)

_AHEAD = 14  # messages taken at once, and prepared ahead of their slots: half a second of the usual pace
_IN_FLIGHT = 32  # requests without an answer: where each takes more than a second the pace goes down, not this up
_LEAD = 0.03  # seconds before its slot in which a message is started
_LEAST_LEAD = 0.01
_TOLERANCE = 0.012  # seconds after the slot in which it may still be used
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
        await self._weather.is_calm()
        taken = await self._rounds.take(_AHEAD)
        for message in taken:
            prepared = await self._sending.prepare(message)
            if prepared is not None:
                await self._ready.put(prepared)
        return bool(taken)

    async def dispatch(self) -> None:
        """Send what is prepared, each message at its slot; runs for ever."""
        while True:
            prepared = await self._ready.get()
            await self._weather.clears()
            await self._places.acquire()
            try:
                sent = await self._meet_slot(prepared)
            except BaseException:
                self._places.release()
                self._weather.note_unsent()
                self._crew.start("giving a message back", self._give_back(prepared))
                raise
            if sent:
                self._in_flight += 1
                self._landed.clear()
                self._crew.start(f"message {prepared.message.id}", self._fly(prepared))
            else:
                self._places.release()
                self._weather.note_unsent()
                await self._give_back(prepared)

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

    async def _meet_slot(self, prepared: Prepared) -> bool:
        """Start a message a moment before its slot and wait for the slot; False if it must not go out.

        A slot that was missed, because this process was busy, is lost: used late it would come too close to the next.
        """
        loop = asyncio.get_running_loop()
        slot = await self._pace.next_slot(loop.time() + _LEAST_LEAD)
        await asyncio.sleep(slot - _LEAD - loop.time())
        if not await self._sending.start(prepared):
            return False
        stale_at = loop.time() + _STARTED_FOR
        while slot < stale_at:
            await asyncio.sleep(slot - loop.time())
            if loop.time() <= slot + _TOLERANCE:
                return True
            slot = await self._pace.next_slot(loop.time())
        return False

    async def _fly(self, prepared: Prepared) -> None:
        """Make the request, learn from its outcome and note it, however long the database is away meanwhile."""
        try:
            receipt = await self._sending.request(prepared)
            self._weather.note(receipt.outcome)
            self._places.release()
            await self._crew.insist(lambda: self._sending.settle(prepared, receipt))
        finally:
            self._in_flight -= 1
            if not self._in_flight:
                self._landed.set()

    async def _give_back(self, prepared: Prepared) -> None:
        await self._crew.insist(lambda: self._sending.give_back(prepared))
