"""Storing updates, serving each once, and finding those whose worker died."""

from collections.abc import Sequence
from datetime import timedelta

from services.inbox.dto import ParkedUpdate, StoredUpdate
from services.inbox.ports import InboxStore

LEASE = timedelta(seconds=60)
ATTEMPTS = 3
#: Telegram keeps an undelivered update for a day; two days cover a clock that is wrong.
MEMORY = timedelta(days=2)
_CLAIM_LIMIT = 100


class Inbox:
    """The inbox as one worker process sees it."""

    def __init__(self, store: InboxStore, worker: int) -> None:
        self._store = store
        self.worker = worker

    async def accept(self, updates: Sequence[StoredUpdate]) -> list[StoredUpdate]:
        """Store what is new and return what this worker serves now, in the order of their ids.

        After the return the updates may be acknowledged to Telegram.
        """
        ordered = sorted({update.update_id: update for update in updates}.values(), key=lambda update: update.update_id)
        mine = await self._store.insert(ordered, self.worker, LEASE)
        return [update for update in ordered if mine.get(update.update_id)]

    async def claim(self) -> list[StoredUpdate]:
        """Take updates that wait or that a dead worker left; the oldest of each person only."""
        return await self._store.claim(self.worker, LEASE, ATTEMPTS, _CLAIM_LIMIT)

    async def renew(self, update_ids: Sequence[int]) -> None:
        """Keep what is in hand; what was lost on the way is free when its lease ends."""
        await self._store.renew(update_ids, self.worker, LEASE)

    async def finish(self, update_ids: Sequence[int]) -> None:
        """Mark updates as done: they had their effect or wrote nothing, and their handlers are through."""
        await self._store.finish(update_ids, self.worker)

    async def give_back(self, update_id: int) -> None:
        """Let an update that failed be tried again, here or elsewhere."""
        await self._store.release([update_id], self.worker, tried=True)

    async def leave(self, update_ids: Sequence[int]) -> None:
        """Leave updates that were not begun to whoever claims them first."""
        await self._store.release(update_ids, self.worker, tried=False)

    async def leave_all_but(self, kept: Sequence[int]) -> None:
        """Leave everything to others: what was not begun or what our end broke off is not counted as tried."""
        await self._store.release_others(kept, self.worker)

    async def park(self) -> list[ParkedUpdate]:
        """Set aside updates that were tried three times; each is returned once, to one worker."""
        return await self._store.park(ATTEMPTS)

    async def purge(self) -> int:
        """Forget updates that were handled two days ago."""
        return await self._store.purge(MEMORY)
