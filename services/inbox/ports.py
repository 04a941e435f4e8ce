"""What the inbox needs from storage."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from services.inbox.dto import ParkedUpdate, StoredUpdate


class InboxStore(Protocol):
    """The table of updates; each call is a transaction of its own."""

    async def insert(self, updates: Sequence[StoredUpdate], worker: int, lease: timedelta) -> dict[int, bool]:
        """Store new updates; return for each id that was new whether the worker may serve it now."""
        ...

    async def claim(self, worker: int, lease: timedelta, attempts: int, limit: int) -> list[StoredUpdate]:
        """Take the oldest waiting update of each person that nobody serves any more."""
        ...

    async def renew(self, update_ids: Sequence[int], worker: int, lease: timedelta) -> None:
        """Prolong the lease of what the worker has in hand."""
        ...

    async def finish(self, update_ids: Sequence[int], worker: int) -> None:
        """Mark updates that had no effect as handled."""
        ...

    async def release(self, update_id: int, worker: int) -> None:
        """Give an update back after a failure that may pass."""
        ...

    async def park(self, attempts: int) -> list[ParkedUpdate]:
        """Set aside what was tried too often; return it, to one caller only."""
        ...

    async def purge(self, older_than: timedelta) -> int:
        """Forget handled updates that Telegram will not deliver again; return how many."""
        ...
