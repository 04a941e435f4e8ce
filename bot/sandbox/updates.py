"""The queue of updates and long polling."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from typing import Any

from bot.sandbox.errors import ApiError, conflict

Update = dict[str, Any]

# Delivered only to bots that ask for them by name.
_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_REMEMBERED = 20_000
# First number = the clock in tenths of a second since June 2025: fits 32 bits for years, as Telegram's numbers do.
_EPOCH = 1_750_000_000
_NUMBERS_A_SECOND = 10
_BATCH = 100


class UpdateQueue:
    """What the bot has not confirmed yet, oldest first.

    Numbers start at the clock, so a sandbox started again never repeats one that a bot's database remembers.
    """

    def __init__(self) -> None:
        self.allowed: list[str] = []
        self._next = int((time.time() - _EPOCH) * _NUMBERS_A_SECOND)
        self._pending: OrderedDict[int, Update] = OrderedDict()
        self._again: deque[Update] = deque()
        self._past: OrderedDict[int, Update] = OrderedDict()
        self._poll: asyncio.Future[ApiError | None] | None = None
        self.on_put: Callable[[Update], None] | None = None

    @property
    def waits(self) -> bool:
        """Whether a long poll is waiting now."""
        return self._poll is not None

    def put(self, kind: str, payload: dict[str, Any]) -> int | None:
        """Queues an update and returns its number; None if the bot does not want this kind."""
        if kind not in self.allowed if self.allowed else kind in _ON_REQUEST:
            return None
        update_id = self._next
        self._next += 1
        update = {"update_id": update_id, kind: payload}
        self._pending[update_id] = self._past[update_id] = update
        if len(self._past) > _REMEMBERED:
            self._past.popitem(last=False)
        self._announce(update)
        return update_id

    def put_again(self, update_id: int) -> Update:
        """Queues a known update once more under its old number, whatever the bot has confirmed."""
        update = self._past[update_id]
        self._again.append(update)
        self._announce(update)
        return update

    def pending(self) -> list[Update]:
        """Everything not confirmed."""
        return [*self._again, *self._pending.values()]

    def confirm(self, update: Update) -> None:
        """The bot has taken this one (webhook)."""
        if update in self._again:
            self._again.remove(update)
        else:
            self._pending.pop(update["update_id"], None)

    def clear(self) -> None:
        """Forgets everything that waits."""
        self._pending.clear()
        self._again.clear()

    def interrupt(self, by: str) -> None:
        """Ends a poll that is waiting, with the conflict Telegram reports."""
        hint = "; make sure that only one bot instance is running" if by == "other getUpdates" else ""
        self._wake(conflict(f"terminated by {by} request{hint}"))

    def close(self) -> None:
        """Ends a poll that is waiting with what there is."""
        self._wake(None)

    async def poll(self, offset: int, limit: int, timeout: float) -> Sequence[Update]:  # noqa: ASYNC109 - Telegram's word
        """Long polling: confirms everything before ``offset``, waits until there is something or time is over.

        Raises:
            ApiError: 409 if another poll or a webhook takes over.
        """
        self.interrupt("other getUpdates")
        self._forget_before(offset)
        if not self._pending and not self._again and timeout > 0:
            poll = self._poll = asyncio.get_running_loop().create_future()
            timer = asyncio.get_running_loop().call_later(timeout, self._expire, poll)
            try:
                ended_by = await poll
            finally:
                timer.cancel()
                if self._poll is poll:
                    self._poll = None
            if ended_by is not None:
                raise ended_by
        return self._batch(limit if 0 < limit <= _BATCH else _BATCH)

    def _forget_before(self, offset: int) -> None:
        if offset < 0:
            offset = next(iter(list(self._pending)[offset:]), 0)
        while self._pending and next(iter(self._pending)) < offset:
            self._pending.popitem(last=False)

    def _batch(self, limit: int) -> list[Update]:
        batch = [self._again.popleft() for _ in range(min(limit, len(self._again)))]
        for update in self._pending.values():
            if len(batch) >= limit:
                break
            batch.append(update)
        return batch

    def _announce(self, update: Update) -> None:
        if self.on_put is not None:
            self.on_put(update)
        self._wake(None)

    def _wake(self, result: ApiError | None) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(result)
            self._poll = None

    @staticmethod
    def _expire(poll: asyncio.Future[ApiError | None]) -> None:
        if not poll.done():
            poll.set_result(None)
