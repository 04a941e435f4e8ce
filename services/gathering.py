"""Questions that come at the same moment are asked together."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Key = TypeVar("Key")
Answer = TypeVar("Answer")


class Unanswered(ConnectionError):  # noqa: N818 -- states a fact
    """The question was asked together with others' and failed; whoever asked for all knows why."""


@dataclass(slots=True)
class _Round(Generic[Key, Answer]):
    """What is asked for at once; `answers` is None until it is answered, and if it was asked in vain."""

    keys: set[Key] = field(default_factory=set)
    over: bool = False
    answers: Mapping[Key, Answer] | None = None


class Gathering(Generic[Key, Answer]):
    """Asks one question at a time; what is asked meanwhile becomes the next question, all of it together.

    So a crowd costs hardly more than one visitor, and never more than one connection. An answer is never older than
    its question: a key joins only a round that has not begun to be asked.
    """

    def __init__(self, ask: Callable[[Collection[Key]], Awaitable[Mapping[Key, Answer]]]) -> None:
        self._ask = ask
        self._turn = asyncio.Lock()
        self._gathered: _Round[Key, Answer] = _Round()

    async def find(self, key: Key) -> Answer | None:
        """Return the answer for a key, None if there is none.

        Raises:
            Unanswered: somebody else asked for all, in vain.
        """
        mine = self._gathered
        mine.keys.add(key)
        async with self._turn:  # those who wait come in the order in which they asked
            if not mine.over:
                await self._ask_all(mine)
        if mine.answers is None:
            raise Unanswered
        return mine.answers.get(key)

    async def _ask_all(self, asked: _Round[Key, Answer]) -> None:
        if self._gathered is asked:
            self._gathered = _Round()
        asked.over = True
        try:
            asked.answers = await self._ask(asked.keys)
        except asyncio.CancelledError:  # only this one has left; the next of them asks
            asked.over = False
            raise
