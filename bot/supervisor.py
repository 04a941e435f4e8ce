"""The one place where background tasks are made, kept and, where they fail, started again."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from bot.errors import PASSING_FAILURES, is_passing

logger = logging.getLogger(__name__)

_RESTART_AFTER = 1.0  # seconds
_INSIST_AFTER = 0.1
_LAST_PIECE_SECONDS = 25.0  # a request to Telegram may take twenty


class Supervisor:
    """Owns tasks until `close`."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, name: str, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run something once in the background."""
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._finish)
        return task

    def keep(self, name: str, work: Callable[[], Awaitable[None]]) -> asyncio.Task[None]:
        """Run something for ever: it is started again when it ends or fails."""
        return self.start(name, _for_ever(name, work))

    async def insist(self, step: Callable[[], Awaitable[None]]) -> None:
        """Do something again and again while it fails for reasons that pass, such as a database that is away."""
        pause = _INSIST_AFTER
        while True:
            try:
                return await step()
            except PASSING_FAILURES as error:
                if not is_passing(error):
                    raise
                logger.warning("tried again: %s", type(error).__name__)
            await asyncio.sleep(pause)
            pause = min(2 * pause, _RESTART_AFTER)

    async def close(self) -> None:
        """Stop everything and wait for it."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _finish(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.error("background task %s failed", task.get_name(), exc_info=error)


async def _for_ever(name: str, work: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            await work()
        except Exception as error:  # the one edge of background work: it is logged and goes on
            if is_passing(error):
                logger.warning("background work %s waits: %s", name, type(error).__name__)
            else:
                logger.exception("background work %s failed; it starts again", name)
        await asyncio.sleep(_RESTART_AFTER)


class Doorbell:
    """Wakes a worker that waits; ringing twice wakes once."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Say that there may be work."""
        self._event.set()

    async def wait(self) -> None:
        """Wait until somebody rings."""
        await self._event.wait()
        self._event.clear()


async def work_through(step: Callable[[], Awaitable[bool]], bell: Doorbell) -> None:
    """Do one piece of work after the other; when there is none, wait for the bell."""
    while True:
        while await _whole(step):
            pass
        await bell.wait()


async def _whole(step: Callable[[], Awaitable[bool]]) -> bool:
    """Bring a piece of work to its end that was begun, also when the program ends meanwhile."""
    piece = asyncio.ensure_future(step())
    try:
        return await asyncio.shield(piece)
    except asyncio.CancelledError:
        await asyncio.wait([piece], timeout=_LAST_PIECE_SECONDS)
        raise
