"""Tells those who wait that something happened: open pages by event, tests by "look again"."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

Event = dict[str, Any]
Listener = Callable[[Event], None]
T = TypeVar("T")

# Conditions of tests may also look at things outside of this Telegram (a database), so they are asked now and then.
_LOOK_AGAIN = 0.05


class Board:
    """Listeners by chat and waiting conditions."""

    def __init__(self) -> None:
        self._listeners: dict[int, set[Listener]] = {}
        self._waiting: set[asyncio.Future[None]] = set()

    def listen(self, chat_id: int, listener: Listener) -> Callable[[], None]:
        """Calls the listener with every event of the chat until the returned function is called."""
        self._listeners.setdefault(chat_id, set()).add(listener)

        def stop() -> None:
            listeners = self._listeners.get(chat_id, set())
            listeners.discard(listener)
            if not listeners:
                self._listeners.pop(chat_id, None)

        return stop

    def listened(self) -> list[int]:
        """Chats that somebody looks at."""
        return list(self._listeners)

    def publish(self, chat_id: int, event: Event) -> None:
        """Something happened in a chat."""
        for listener in tuple(self._listeners.get(chat_id, ())):
            listener(event)
        self.changed()

    def changed(self) -> None:
        """Something happened; conditions are asked again."""
        if self._waiting:
            waiting, self._waiting = self._waiting, set()
            for future in waiting:
                if not future.done():
                    future.set_result(None)

    async def wait_for(self, condition: Callable[[], T], timeout: float, describe: Callable[[], str]) -> T:  # noqa: ASYNC109 - the error describes the state at that moment
        """The first truthy value of the condition.

        Raises:
            TimeoutError: with the text of ``describe``.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout
        while not (value := condition()):
            left = deadline - loop.time()
            if left <= 0:
                raise TimeoutError(f"nothing after {timeout} s\n{describe()}")
            future = loop.create_future()
            self._waiting.add(future)
            await asyncio.wait([future], timeout=min(left, _LOOK_AGAIN))
            self._waiting.discard(future)
        return value
