"""The engine: what waits is taken and prepared ahead, and each message goes out at its slot."""

import asyncio
import logging
from collections import deque
from collections.abc import Coroutine
from contextlib import ExitStack, suppress
from functools import partial
from typing import Any

from services.delivery.dto import ClaimedMessage
from services.delivery.pace import Pace
from services.delivery.ports import Crew
from services.delivery.rounds import Rounds
from services.delivery.sending import Prepared, Sending
from services.delivery.weather import Weather

logger = logging.getLogger(__name__)

_AHEAD = 14  # messages taken at once, and prepared ahead of their slots: half a second of the usual pace
_IN_FLIGHT = 32  # requests without an answer: where each takes more than a second the pace goes down, not this up
_HORIZON = 0.2  # seconds that slots are given away ahead
_LEAST_LEAD, _MOST_LEAD = 0.02, 0.15  # seconds before its slot in which a message is started: twice what that takes
_TOLERANCE = 0.008  # seconds after the slot in which it may still be used
_LAST_WORD = 1.0  # seconds for which the end of the program waits for the database once more
_STARTED_FOR = 1.0  # seconds for which a message that was started may still go out without asking again


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
        self._lead = _MOST_LEAD
        self._silent_until = 0.0  # Telegram asked; what was started before does not go out
        self._in_flight = 0
        self._landed = asyncio.Event()
        self._landed.set()

    async def prepare_next(self) -> bool:
        """Take a few messages and prepare them ahead of their slots; False if there are none.

        Where that fails, or is cancelled, what was taken and is not ready yet goes back at once.
        """
        if self._weather.is_stormy:
            await self._rounds.tidy()  # other replicas, and what is late, must not take a storm for an outage
            return False
        taken = await self._rounds.take(_AHEAD)
        waiting = deque(taken)
        try:
            while waiting:
                prepared = await self._sending.prepare(waiting[0])
                if prepared is not None:
                    await self._ready.put(prepared)
                waiting.popleft()
        finally:
            for message in waiting:
                self._begin(message, self._crew.insist(partial(self._sending.let_wait, message)))
        return bool(taken)

    async def dispatch(self) -> None:
        """Give each prepared message its slot, a moment ahead; runs for ever."""
        loop = asyncio.get_running_loop()
        while True:
            prepared = await self._ready.get()
            slot = None
            try:
                slot = await self._wait_for_slot()
            finally:
                flight = self._give_back(prepared) if slot is None else self._fly(prepared, slot)
                self._begin(prepared.message, flight)
            await asyncio.sleep(slot - _HORIZON - loop.time())

    async def drain(self, patience: float) -> None:
        """Give back what was not begun, and let requests in the air come to their end (seconds at most).

        `prepare_next` and `dispatch` have ended before.
        """
        while not self._ready.empty():
            self._ready.get_nowait()
        try:
            async with asyncio.timeout(patience):
                await self._crew.insist(self._rounds.release)
                await self._landed.wait()
        except TimeoutError:
            logger.warning("%d messages are in the air at the end; they will be unknown", self._in_flight)

    async def _wait_for_slot(self) -> float:
        """Wait until one more may go out, and return its slot; where that fails, nothing stays taken for it."""
        await self._weather.clears()
        with ExitStack() as taken:
            taken.callback(self._weather.note_unsent)
            await self._places.acquire()
            taken.callback(self._places.release)
            slot = await self._pace.next_slot(asyncio.get_running_loop().time() + self._lead)
            taken.pop_all()
        return slot

    def _begin(self, message: ClaimedMessage, flight: Coroutine[Any, Any, None]) -> None:
        """Let a message go its way in the background: to Telegram, or, because the engine stops, back to the queue."""
        self._in_flight += 1
        self._landed.clear()
        self._crew.start(f"message {message.id}", self._counted(flight))

    async def _counted(self, flight: Coroutine[Any, Any, None]) -> None:
        try:
            await flight
        finally:
            self._in_flight -= 1
            if not self._in_flight:
                self._landed.set()

    async def _fly(self, prepared: Prepared, slot: float) -> None:
        """Make the request at the slot, learn from its outcome and note it, however long the database is away."""
        receipt = None
        try:
            if await self._goes_out(prepared, slot):
                receipt = await self._sending.request(prepared)
                self._weather.note(receipt.outcome)
                self._silent_until = max(self._silent_until, asyncio.get_running_loop().time() + receipt.retry_after)
        finally:
            self._places.release()
            if receipt is None:
                self._weather.note_unsent()
        if receipt is not None:
            await self._crew.insist(partial(self._sending.settle, prepared, receipt))

    async def _goes_out(self, prepared: Prepared, slot: float) -> bool:
        """Wait for the slot; where it is not met, whatever the reason, the message goes back."""
        met, patience = False, None
        try:
            met = await self._meet_slot(prepared, slot)
        except asyncio.CancelledError:
            patience = _LAST_WORD
            raise
        finally:
            if not met:
                with suppress(TimeoutError):
                    async with asyncio.timeout(patience):
                        await self._give_back(prepared)
        return met

    async def _meet_slot(self, prepared: Prepared, slot: float) -> bool:
        """Start a message a moment before its slot and wait for the slot; False if it must not go out.

        A slot that was missed, because this process was busy, is lost: used late it would come too close to the next.
        """
        loop = asyncio.get_running_loop()
        await asyncio.sleep(slot - self._lead - loop.time())
        begun = loop.time()
        if not await self._sending.start(prepared):
            return False
        self._lead = min(max(_LEAST_LEAD, 0.9 * self._lead, 2 * (loop.time() - begun)), _MOST_LEAD)
        stale_at = loop.time() + _STARTED_FOR
        while slot < stale_at:
            await asyncio.sleep(slot - loop.time())
            if self._weather.is_stormy or loop.time() < self._silent_until:
                return False
            if loop.time() <= slot + _TOLERANCE:
                return True
            try:
                async with asyncio.timeout_at(stale_at):
                    slot = await self._pace.next_slot(loop.time())
            except TimeoutError:  # nothing may go out at this moment
                return False
        return False

    async def _give_back(self, prepared: Prepared) -> None:
        await self._crew.insist(partial(self._sending.give_back, prepared))
