"""How often one client may ask, and how much of uploads is in memory at once."""

import asyncio
import time
from collections import Counter, OrderedDict
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

_MOST_CLIENTS = 20_000
_ROUNDING = 1e-6  # seconds: the difference of two large numbers is not exact


class TokenBuckets:
    """A bucket of tokens for each client: `burst` at once, then one every `seconds`.

    Kept is one number a client, the moment at which its bucket will be full again; the clients seen longest ago are
    forgotten when there are too many.
    """

    def __init__(
        self,
        burst: int,
        seconds: float,
        *,
        now: Callable[[], float] = time.monotonic,
        most_clients: int = _MOST_CLIENTS,
    ) -> None:
        self._seconds = seconds
        self._patience = burst * seconds
        self._now = now
        self._most_clients = most_clients
        self._full_at: OrderedDict[str, float] = OrderedDict()

    def take(self, client: str) -> float:
        """Take a token; returns 0, or the seconds to wait if there is none."""
        now = self._now()
        full_at = max(self._full_at.get(client, now), now) + self._seconds
        wait = full_at - now - self._patience
        if wait > _ROUNDING:
            return wait
        self._full_at[client] = full_at
        self._full_at.move_to_end(client)
        if len(self._full_at) > self._most_clients:
            self._full_at.popitem(last=False)
        return 0.0


class Busy(Exception):  # noqa: N818 -- states a fact
    """Too much is in hand; the client may come again in a moment."""


class UploadDesk:
    """Keeps the memory that uploads take within bounds, and inspects only a few at once."""

    def __init__(self, *, most_bytes: int, most_per_client: int, inspected_at_once: int) -> None:
        self._most_bytes = most_bytes
        self._most_per_client = most_per_client
        self._bytes = 0
        self._clients: Counter[str] = Counter()
        self._places = asyncio.Semaphore(inspected_at_once)

    @contextmanager
    def hand_in(self, client: str) -> Iterator[Callable[[int], None]]:
        """Count one upload while it is in hand; yields what is to be told the size of each chunk.

        Raises `Busy` if the client has others in hand, or (from the yielded function) if all together are too large.
        """
        if self._clients[client] >= self._most_per_client:
            raise Busy
        self._clients[client] += 1
        mine = 0

        def add(size: int) -> None:
            nonlocal mine
            if self._bytes + size > self._most_bytes:
                raise Busy
            mine += size
            self._bytes += size

        try:
            yield add
        finally:
            self._bytes -= mine
            self._clients[client] -= 1
            if not self._clients[client]:
                del self._clients[client]

    @asynccontextmanager
    async def inspecting(self) -> AsyncIterator[None]:
        """Wait for one of the places where files are inspected."""
        async with self._places:
            yield
