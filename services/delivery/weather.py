"""After an unclear answer nothing goes out until Telegram is seen to answer again."""

import asyncio
import logging

from services.delivery.dto import Outcome
from services.delivery.ports import Crew, Messenger

logger = logging.getLogger(__name__)

_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0  # seconds between probes


class Weather:
    """Calm: all may go out. Stormy: nothing, and Telegram is probed. Then one at a time, until one has a clear end."""

    def __init__(self, messenger: Messenger, crew: Crew) -> None:
        self._messenger = messenger
        self._crew = crew
        self._calm = asyncio.Event()
        self._calm.set()
        self._stormy = self._doubtful = False
        self._pause = _FIRST_PAUSE

    @property
    def is_stormy(self) -> bool:
        """Whether Telegram is being probed."""
        return self._stormy

    async def clears(self) -> None:
        """Wait until this one may go out; after a storm the second waits for the end of the first."""
        await self._calm.wait()
        if self._doubtful:
            self._calm.clear()

    def note(self, outcome: Outcome) -> None:
        """Learn from the outcome of a request."""
        if outcome in {Outcome.UNKNOWN, Outcome.NOT_REACHED}:
            self._begin_storm(outcome)
        elif self._doubtful:
            self._doubtful, self._pause = False, _FIRST_PAUSE
            self._calm.set()

    def note_unsent(self) -> None:
        """The one that went ahead after a storm was not sent at all; another may."""
        if self._doubtful:
            self._calm.set()

    def _begin_storm(self, outcome: Outcome) -> None:
        if self._stormy:
            return
        logger.warning("a message ended as %s; Telegram is probed before anything more goes out", outcome.value)
        self._calm.clear()
        self._stormy, self._doubtful = True, False
        self._crew.start("probing Telegram", self._probe())

    async def _probe(self) -> None:
        while True:
            await asyncio.sleep(self._pause)
            self._pause = min(2 * self._pause, _LONGEST_PAUSE)
            if await self._messenger.probe():
                break
        self._stormy, self._doubtful = False, True
        self._calm.set()
