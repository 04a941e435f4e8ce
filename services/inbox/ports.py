"""What the inbox needs from storage."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from services.inbox.dto import ParkedUpdate, StoredUpdate


class InboxStore(Protocol):
    """The table of updates; each call is a transaction of its own."""

    async def insert(self, updates: Sequence[StoredUpdate], worker: int, lease: timedelta) -> dict[int, bool]:
        """Store new updates; return for each id that was new whether the worker may serve it now.

        It may not while another worker has an update of that person, be it stored at the same moment.
        """
        ...

    async def claim(self, worker: int, lease: timedelta, attempts: int, limit: int) -> list[StoredUpdate]:
        """Take the oldest waiting update of each person whom nobody serves."""
        ...

    async def renew(self, update_ids: Sequence[int], worker: int, lease: timedelta) -> None:
        """Prolong the lease of what the worker has in hand."""
        ...

    async def finish(self, update_ids: Sequence[int], worker: int) -> None:
        """Mark updates as done whose handlers are through."""
        ...

    async def release(self, update_ids: Sequence[int], worker: int, *, tried: bool) -> None:
        """Give updates back; `tried`: after a failure that may pass, else as if they had never been taken."""
        ...

    async def release_others(self, kept: Sequence[int], worker: int) -> None:
        """Give back everything but `kept`, also what the worker does not know that it has; no try is counted."""
        ...

    async def park(self, attempts: int) -> list[ParkedUpdate]:
        """Set aside what was tried too often; return it, to one caller only."""
        ...

    async def purge(self, older_than: timedelta) -> int:
        """Forget handled updates that Telegram will not deliver again; return how many."""
        ...
