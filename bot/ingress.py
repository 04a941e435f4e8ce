"""From Telegram to a handler: stored first, then served in order, one person's updates after another.

    Telegram -> accept -> inbox (one statement for a batch) -> acknowledged -> one queue a person -> dispatcher

What wrote something is marked done in the transaction of its effect (`services.db.uow`); what wrote nothing is marked
here, many at a time.
"""

import asyncio
import json
import logging
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.types import Update
from pydantic import ValidationError

from bot.errors import PASSING_FAILURES, IncidentReporter
from bot.supervisor import Doorbell, Supervisor
from services.inbox.current import serving
from services.inbox.dto import ServedUpdate, StoredUpdate
from services.inbox.errors import UpdateTakenOver
from services.inbox.service import Inbox

logger = logging.getLogger(__name__)

_AT_ONCE = 1_000  # updates in handlers at the same time: a rush of five hundred does not keep out who comes after
_MOST_WAITING = 5_000  # updates in memory; beyond, nothing more is taken from Telegram until there is room
_GATHER_SECONDS = 0.003  # how long updates that wrote nothing wait to be marked together
_HANDLER_SECONDS = 120.0
_AGAIN_AFTER_SECONDS = 0.5  # the pause after the first failure that may pass


@dataclass(frozen=True, slots=True)
class _Returned:
    """Updates of a person that go back to the table at `due` (the loop's time), the failed one and all behind it."""

    due: float
    update_ids: list[int]


class Ingress:
    """The way in, for polling and webhook alike."""

    def __init__(
        self, inbox: Inbox, dispatcher: Dispatcher, bot: Bot, supervisor: Supervisor, incidents: IncidentReporter
    ) -> None:
        self._inbox = inbox
        self._incidents = incidents
        self._dispatcher = dispatcher
        self._bot = bot
        self._supervisor = supervisor
        self._queues: dict[int, deque[StoredUpdate]] = {}
        self._left_behind: set[int] = set()  # people whose older updates come from the table, one by one
        self._returned: dict[int, _Returned] = {}  # what failed, by person
        self._failures: Counter[int] = Counter()  # in a row, by person
        self._places = asyncio.Semaphore(_AT_ONCE)
        self._finished: list[int] = []
        self._finished_bell = Doorbell()
        self.claim_bell = Doorbell()
        self._room = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()

    async def accept(self, updates: Sequence[Mapping[str, Any]]) -> None:
        """Store updates as Telegram sent them; after the return they may be acknowledged."""
        known = [stored for update in updates if (stored := _stored(update)) is not None]
        if not known:
            return
        while sum(map(len, self._queues.values())) >= _MOST_WAITING:
            self._room.clear()
            await self._room.wait()
        mine = await self._inbox.accept(known)
        for stored in mine:
            if (returned := self._returned.get(stored.person_key)) is not None:
                returned.update_ids.append(stored.update_id)  # an older one is to be tried again first
            else:
                self._enqueue(stored)
        if len(mine) < len(known):  # waits for another worker, or came twice
            self.claim_bell.ring()

    async def claim(self) -> None:
        """Serve what dead workers left and what failed here; runs for ever, woken by the clock and by `accept`."""
        while True:
            await self._give_back()
            claimed = await self._inbox.claim()
            for stored in claimed:
                if self._is_in_hand(stored):  # our own life sign was lost for a moment
                    continue
                self._left_behind.add(stored.person_key)
                self._enqueue(stored)
            for parked in await self._inbox.park() if not claimed else ():
                work = self._incidents.report_given_up(parked, self._bot)
                self._supervisor.start(f"apology for update {parked.update_id}", work)
            await self.claim_bell.wait()

    async def keep_leases(self) -> None:
        """Prolong the leases of what is in hand here, of nothing else: what got lost is free when its lease ends."""
        held = [stored.update_id for queue in self._queues.values() for stored in queue]
        held += [update_id for returned in self._returned.values() for update_id in returned.update_ids]
        await self._inbox.renew(held + self._finished)

    async def mark_finished(self) -> None:
        """Mark updates that wrote nothing as done, many in one statement; runs for ever."""
        while True:
            await self._finished_bell.wait()
            await asyncio.sleep(_GATHER_SECONDS)
            await self._flush()

    async def drain(self, patience: float) -> None:
        """Let what is in hand come to its end (seconds at most); the rest is left to the next worker."""
        try:
            async with asyncio.timeout(patience):
                await self._idle.wait()
        except TimeoutError:
            logger.warning("%d people's updates are left to the next worker", len(self._queues))
        await self._flush()

    def _is_in_hand(self, stored: StoredUpdate) -> bool:
        return any(stored.update_id == known.update_id for known in self._queues.get(stored.person_key, ()))

    def _enqueue(self, stored: StoredUpdate) -> None:
        queue = self._queues.get(stored.person_key)
        if queue is not None:
            queue.append(stored)
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
                    if not await self._serve(queue[0]):
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
        if not served.done:
            self._finished.append(stored.update_id)
            self._finished_bell.ring()
        return True

    async def _feed(self, stored: StoredUpdate) -> None:
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
            returned = self._returned[person_key]
            while returned.update_ids:
                await self._inbox.give_back(returned.update_ids[-1])
                returned.update_ids.pop()
            del self._returned[person_key]

    async def _flush(self) -> None:
        if not self._finished:
            return
        finished, self._finished = self._finished, []
        try:
            await self._inbox.finish(finished)
        except BaseException:
            self._finished = finished + self._finished
            self._finished_bell.ring()
            raise


def _stored(update: Mapping[str, Any]) -> StoredUpdate | None:
    """Return the update for the inbox; None for what is none."""
    update_id = update.get("update_id")
    if not isinstance(update_id, int):
        return None
    return StoredUpdate(
        update_id=update_id,
        person_key=_person_key(update),
        # ASCII only, so that half of a surrogate pair in one update does not stop a whole batch from being stored.
        payload=json.dumps(update, separators=(",", ":")),
    )


def _person_key(update: Mapping[str, Any]) -> int:
    """Return the Telegram id whose updates are served in order."""
    for event in update.values():
        if isinstance(event, Mapping):
            sender = event.get("from") or event.get("chat")
            if isinstance(sender, Mapping) and isinstance(sender.get("id"), int):
                return int(sender["id"])
    return 0
