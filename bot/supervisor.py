"""The one place where background tasks are made, kept and, where they fail, started again."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from bot.errors import PASSING_FAILURES, is_passing

logger = logging.getLogger(__name__)

_RESTART_AFTER = 1.0  # seconds
_INSIST_AFTER = 0.1
_BREAKING_OFF_SECONDS = 1.0  # for what is broken off to notice


class Deadline:
    """A span of time that all steps of one business share; it begins with the first look."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end: float | None = None

    def left(self) -> float:
        """Return the seconds that are left."""
        now = asyncio.get_running_loop().time()
        if self._end is None:
            self._end = now + self._seconds
        return max(0.0, self._end - now)


class Supervisor:
    """Owns tasks until `close`."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self._loops: set[asyncio.Task[None]] = set()

    def start(self, name: str, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run something once in the background."""
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._finish)
        return task

    def keep(self, name: str, work: Callable[[], Awaitable[None]], *, to_the_end: bool = False) -> asyncio.Task[None]:
        """Run something for ever: it is started again when it ends or fails.

        `to_the_end`: also after `dismiss`, because what is in hand needs it.
        """
        task = self.start(name, _for_ever(name, work))
        if not to_the_end:
            self._loops.add(task)
        return task

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

    def dismiss(self) -> None:
        """Let the loops take up nothing more; a piece of work that was begun goes on until `close` breaks it off."""
        for task in self._loops:
            task.cancel()

    async def close(self, patience: float = 0.0) -> None:
        """Stop everything: what was dismissed gets `patience` seconds for its last piece, the rest is broken off."""
        if self._loops and patience:
            await asyncio.wait(self._loops, timeout=patience)
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_BREAKING_OFF_SECONDS)

    def _finish(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._loops.discard(task)
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


class Doorbells:
    """Rings at several doors."""

    def __init__(self, *bells: Doorbell) -> None:
        self._bells = bells

    def ring(self) -> None:
        """Say at each that there may be work."""
        for bell in self._bells:
            bell.ring()


async def work_through(step: Callable[[], Awaitable[bool]], bell: Doorbell, *, in_pieces: bool = False) -> None:
    """Do one piece of work after the other; when there is none, wait for the bell.

    When the program ends, a piece that was begun is brought to its end, unless it may be left `in_pieces`.
    """
    while True:
        while await (step() if in_pieces else _whole(step)):
            pass
        await bell.wait()


async def _whole(step: Callable[[], Awaitable[bool]]) -> bool:
    """Bring a piece of work to its end that was begun: one cancellation waits for it, a second breaks it off."""
    piece = asyncio.ensure_future(step())
    try:
        return await asyncio.shield(piece)
    except asyncio.CancelledError:
        try:
            await asyncio.wait([piece])
        finally:
            if not piece.done():
                piece.cancel()
                await asyncio.wait([piece], timeout=_BREAKING_OFF_SECONDS)
            _log_last(piece)
        raise


def _log_last(piece: asyncio.Future[bool]) -> None:
    if piece.done() and not piece.cancelled() and (error := piece.exception()) is not None:
        logger.warning("the last piece of work failed: %s", type(error).__name__)
