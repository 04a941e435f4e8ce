"""What comes twice is done once: a form that is sent again because the answer to it was lost on the way."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final
from weakref import WeakValueDictionary

_REMEMBERED_SECONDS: Final = 900.0
_MOST: Final = 50_000


class Once:
    """Remembers for a quarter of an hour, in memory only, what is done."""

    def __init__(self, *, now: Callable[[], float] = time.monotonic, most: int = _MOST) -> None:
        self._now = now
        self._most = most
        self._done: OrderedDict[bytes, float] = OrderedDict()
        self._turns: WeakValueDictionary[bytes, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def turn(self, key: bytes) -> AsyncIterator[bool]:
        """Let one at a time do what a key stands for; yields whether it is done already."""
        lock = self._turns.get(key)
        if lock is None:
            lock = self._turns[key] = asyncio.Lock()
        async with lock:
            self._forget()
            yield key in self._done

    def note(self, key: bytes) -> None:
        """Remember that it is done."""
        self._done[key] = self._now()

    def _forget(self) -> None:
        before = self._now() - _REMEMBERED_SECONDS
        while self._done and (len(self._done) >= self._most or next(iter(self._done.values())) < before):
            self._done.popitem(last=False)
