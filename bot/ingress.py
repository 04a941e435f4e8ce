"""From Telegram to a handler: stored first, then served in order, one person's updates after another.

    Telegram -> accept -> inbox (one statement for a batch) -> acknowledged -> one queue a person -> dispatcher
                       -> what is a survey's: served at once (`bot.survey_door`), stored nowhere

Of one person one replica serves at a time, the oldest update first of all that stand in the table; one that comes when
later ones are in a replica's hand already is served after those.
That an update had its effect is noted in the transaction of the effect (`services.db.uow`); that its handler is through
is marked here, many at a time, and only then another replica may begin the person's next one.
"""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.types import Update
from pydantic import ValidationError

from bot.errors import PASSING_FAILURES, IncidentReporter
from bot.raw_updates import stored_update
from bot.supervisor import Doorbell, Supervisor
from bot.survey_door import SurveyDoor
from services.inbox.current import serving
from services.inbox.dto import ServedUpdate, StoredUpdate
from services.inbox.errors import UpdateTakenOver
from services.inbox.service import Inbox

logger = logging.getLogger(__name__)

_AT_ONCE = 1_000  # updates in handlers at the same time: a rush of five hundred does not keep out who comes after
_MOST_WAITING = 5_000  # updates in memory; beyond, nothing more is taken from Telegram until there is room
_GATHER_SECONDS = 0.003  # how long updates that are served wait to be marked together
_HANDLER_SECONDS = 120.0
_AGAIN_AFTER_SECONDS = 0.5  # the pause after the first failure that may pass
_ASK_AFTER_SECONDS = 0.02  # how soon to ask for what waits for another replica; doubles until the clock's tick asks
_TICK_SECONDS = 1.0
_LEAVING_SECONDS = 2.0  # for the database to note what is left to others


@dataclass(frozen=True, slots=True)
class _Returned:
    """Updates of a person that go back to the table at `due` (the loop's time), the failed one and all behind it."""

    due: float
    update_ids: list[int]


class Ingress:
    """The way in, for polling and webhook alike."""

    def __init__(
        self,
        inbox: Inbox,
        dispatcher: Dispatcher,
        bot: Bot,
        supervisor: Supervisor,
        incidents: IncidentReporter,
        surveys: SurveyDoor,
    ) -> None:
        self._inbox = inbox
        self._surveys = surveys
        self._incidents = incidents
        self._dispatcher = dispatcher
        self._bot = bot
        self._supervisor = supervisor
        self._queues: dict[int, deque[StoredUpdate]] = {}
        self._begun: set[int] = set()  # people whose first update is with its handler
        self._left_behind: set[int] = set()  # people whose older updates come from the table, one by one
        self._returned: dict[int, _Returned] = {}  # what failed, by person
        self._failures: Counter[int] = Counter()  # in a row, by person
        self._places = asyncio.Semaphore(_AT_ONCE)
        self._finished: list[int] = []
        self._being_marked: set[int] = set()
        self._finished_bell = Doorbell()
        self.claim_bell = Doorbell()
        self._ask_after = _TICK_SECONDS
        self._taking = asyncio.Lock()  # what the table says of an update and what we know of it change together
        self._leaving = False
        self._room = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()

    async def accept(self, updates: Sequence[Mapping[str, Any]]) -> None:
        """Store updates as Telegram sent them, serve those of surveys; after the return they may be acknowledged."""
        surveys, others = self._surveys.part(updates)
        if not surveys:
            await self._store(others)
            return
        stored, _ = await asyncio.gather(self._store(others), self._surveys.serve(surveys), return_exceptions=True)
        if isinstance(stored, BaseException):  # the batch comes again; a tap of a survey may do so
            raise stored

    async def _store(self, updates: Sequence[Mapping[str, Any]]) -> None:
        known = [stored for update in updates if (stored := stored_update(update)) is not None]
        if not known:
            return
        while not self._leaving and sum(map(len, self._queues.values())) >= _MOST_WAITING:
            self._room.clear()
            await self._room.wait()
        async with self._taking:
            mine = await self._inbox.accept(known)
            if self._leaving:
                await self._inbox.leave([stored.update_id for stored in mine])
                return
            for stored in mine:
                if (returned := self._returned.get(stored.person_key)) is not None:
                    returned.update_ids.append(stored.update_id)  # an older one is to be tried again first
                else:
                    self._enqueue(stored)
        if len(mine) < len(known):  # waits for another worker, or came twice
            self._ask_after = _ASK_AFTER_SECONDS
            self.claim_bell.ring()

    async def claim(self) -> None:
        """Serve what waits for its turn, what others left, what failed here; runs for ever, woken by the clock."""
        loop = asyncio.get_running_loop()
        while True:
            await self._give_back()
            async with self._taking:
                claimed = await self._inbox.claim()
                for stored in claimed:
                    if self._is_in_hand(stored):  # our own life sign was lost for a moment
                        continue
                    self._left_behind.add(stored.person_key)
                    self._enqueue(stored)
            for parked in await self._inbox.park() if not claimed else ():
                work = self._incidents.report_given_up(parked, self._bot)
                self._supervisor.start(f"apology for update {parked.update_id}", work)
            if self._ask_after < _TICK_SECONDS:
                loop.call_later(self._ask_after, self.claim_bell.ring)
                self._ask_after *= 2
            await self.claim_bell.wait()

    async def keep_leases(self) -> None:
        """Prolong the leases of what is in hand here, of nothing else: what got lost is free when its lease ends."""
        held = [stored.update_id for queue in self._queues.values() for stored in queue]
        held += [update_id for returned in self._returned.values() for update_id in returned.update_ids]
        await self._inbox.renew(held + self._finished)

    async def mark_finished(self) -> None:
        """Mark what is served as done, many in one statement; runs for ever."""
        while True:
            await self._finished_bell.wait()
            await asyncio.sleep(_GATHER_SECONDS)
            await self._flush()

    async def leave(self) -> None:
        """Begin nothing more: what no handler has yet is given back at once, and so is what still comes in."""
        self._leaving = True
        self._room.set()
        for person_key, queue in self._queues.items():
            while len(queue) > (person_key in self._begun):
                queue.pop()
        self._returned.clear()
        await self._leave_all_but_begun()

    async def drain(self, patience: float) -> None:
        """Let what handlers have come to its end (seconds at most)."""
        try:
            async with asyncio.timeout(patience):
                await self._idle.wait()
        except TimeoutError:
            logger.warning("%d people's updates are left to the next worker", len(self._queues))

    async def hand_over(self) -> None:
        """Mark what is finished and leave the rest to others, when no handler runs any more."""
        try:
            async with asyncio.timeout(_LEAVING_SECONDS):
                await self._flush()
        except PASSING_FAILURES as error:
            logger.warning("what was served last could not be marked: %s", type(error).__name__)
        await self._leave_all_but_begun()

    async def _leave_all_but_begun(self) -> None:
        begun = [queue[0].update_id for person_key, queue in self._queues.items() if person_key in self._begun]
        try:
            async with asyncio.timeout(_LEAVING_SECONDS):
                await self._inbox.leave_all_but([*begun, *self._finished, *self._being_marked])
        except PASSING_FAILURES as error:  # they are free when this process is gone
            logger.warning("what is left to others could not be given back: %s", type(error).__name__)

    def _is_in_hand(self, stored: StoredUpdate) -> bool:
        return any(stored.update_id == known.update_id for known in self._queues.get(stored.person_key, ()))

    def _enqueue(self, stored: StoredUpdate) -> None:
        queue = self._queues.get(stored.person_key)
        if queue is not None:
            place, begun = len(queue), int(stored.person_key in self._begun)
            while place > begun and queue[place - 1].update_id > stored.update_id:
                place -= 1
            queue.insert(place, stored)
            return
        self._queues[stored.person_key] = deque([stored])
        self._idle.clear()
        self._supervisor.start(f"updates of {stored.person_key}", self._serve_person(stored.person_key))

    async def _serve_person(self, person_key: int) -> None:
        """Serve a person's updates in order; one that fails is tried again later, before those that came after it."""
        queue = self._queues[person_key]
        try:
            while queue:
                async with self._places:
                    if not queue or not await self._serve_first(person_key, queue):
                        break
                queue.popleft()
                self._room.set()
                if not queue and person_key in self._left_behind:
                    await self._flush()  # the person's next update can be claimed when this one is marked
        finally:
            del self._queues[person_key]
            self._room.set()
            if queue:
                self._return(person_key, [stored.update_id for stored in queue])
            else:
                self._failures.pop(person_key, None)
            if person_key in self._left_behind:
                self._left_behind.discard(person_key)
                if not queue:
                    self.claim_bell.ring()
            if not self._queues:
                self._idle.set()

    async def _serve_first(self, person_key: int, queue: deque[StoredUpdate]) -> bool:
        self._begun.add(person_key)
        try:
            return await self._serve(queue[0])
        finally:
            self._begun.discard(person_key)

    def _return(self, person_key: int, update_ids: list[int]) -> None:
        """Let updates be tried again after a pause that grows with every failure in a row."""
        loop = asyncio.get_running_loop()
        pause = _AGAIN_AFTER_SECONDS * 4 ** self._failures[person_key]
        self._failures[person_key] += 1
        self._returned[person_key] = _Returned(loop.time() + pause, update_ids)
        loop.call_later(pause, self.claim_bell.ring)

    async def _serve(self, stored: StoredUpdate) -> bool:
        """Serve one update; False if it is to be tried again."""
        with serving(ServedUpdate(update_id=stored.update_id, worker=self._inbox.worker)) as served:
            try:
                async with asyncio.timeout(_HANDLER_SECONDS):
                    await self._feed(stored)
            except UpdateTakenOver:
                logger.warning("update %d was taken over by another worker", stored.update_id)
                return True
            except PASSING_FAILURES as error:
                if not served.done:
                    logger.warning("update %d is tried again: %s", stored.update_id, type(error).__name__)
                    return False
                logger.warning("the answer to update %d was lost: %s", stored.update_id, type(error).__name__)
        self._finished.append(stored.update_id)
        self._finished_bell.ring()
        return True

    async def _feed(self, stored: StoredUpdate) -> None:
        if stored.payload is None:  # only its answer was lost
            return
        try:
            update = Update.model_validate_json(stored.payload, context={"bot": self._bot})
        except ValidationError as error:  # its text quotes the message, so only the places are logged
            places = ", ".join(".".join(map(str, problem["loc"])) for problem in error.errors(include_input=False))
            logger.warning("update %d is of a form unknown to this version: %s", stored.update_id, places)
            return
        await self._dispatcher.feed_update(self._bot, update)

    async def _give_back(self) -> None:
        """Let what failed a moment ago be claimed again; what cannot be given back stays until the database is back."""
        now = asyncio.get_running_loop().time()
        for person_key in [key for key, returned in self._returned.items() if returned.due <= now]:
            async with self._taking:
                failed, *untried = self._returned[person_key].update_ids
                await self._inbox.leave(untried)
                await self._inbox.give_back(failed)
                del self._returned[person_key]

    async def _flush(self) -> None:
        if not self._finished:
            return
        finished, self._finished = self._finished, []
        self._being_marked.update(finished)
        try:
            await self._inbox.finish(finished)
        except BaseException:
            self._finished = finished + self._finished
            self._finished_bell.ring()
            raise
        finally:
            self._being_marked.difference_update(finished)
