"""Long polling through the inbox; one replica polls at a time."""

import asyncio
import logging
from typing import Any

from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramConflictError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import DeleteWebhook, GetUpdates

from bot.dispatcher import ALLOWED_UPDATES
from bot.ingress import Ingress
from services.db.presence import WorkerPresence

logger = logging.getLogger(__name__)

POLLING_DUTY = 1
_POLL_SECONDS = 25
_ANSWER_SECONDS = 20  # over the time that Telegram itself may wait
_LONGEST_PAUSE = 30.0
_CONFLICT_PAUSE = 2.0
_STANDBY_SECONDS = 0.5  # how long nobody polls when the one who did is gone


class GetRawUpdates(GetUpdates):
    """getUpdates whose updates stay as Telegram sent them: they are stored before anybody reads them."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"


class Poller:
    """Fetches updates as long as it has the duty."""

    def __init__(self, bot: Bot, ingress: Ingress, presence: WorkerPresence) -> None:
        self._bot = bot
        self._ingress = ingress
        self._presence = presence
        self._offset: int | None = None

    async def run(self) -> None:
        """Poll for ever; waits as a stand-by while another replica has the duty."""
        pause = 0.0
        await self._take_duty()
        while True:
            try:
                updates = await self._bot(self._request(), request_timeout=_POLL_SECONDS + _ANSWER_SECONDS)
            except TelegramUnauthorizedError:
                logger.error("Telegram does not know this BOT_TOKEN")  # noqa: TRY400 -- the trace says nothing more
                pause = _LONGEST_PAUSE
            except TelegramConflictError:
                logger.warning("another program polls with this BOT_TOKEN, or a webhook is set; waiting")
                await self._bot(DeleteWebhook())
                await self._take_duty()  # lost with the connection to the database, and another replica has it now
                pause = _CONFLICT_PAUSE
            except TelegramRetryAfter as error:
                pause = float(error.retry_after)
            except TelegramAPIError as error:
                logger.warning("Telegram cannot be reached: %s", error)
                pause = min(max(1.0, pause * 2), _LONGEST_PAUSE)
            else:
                pause = 0.0
                await self._accept(updates)  # type: ignore[arg-type]  # raw updates, see GetRawUpdates
            if pause:
                await asyncio.sleep(pause)

    def _request(self) -> GetRawUpdates:
        return GetRawUpdates(offset=self._offset, limit=100, timeout=_POLL_SECONDS, allowed_updates=ALLOWED_UPDATES)

    async def _accept(self, updates: list[dict[str, Any]]) -> None:
        """Store first; the next request's offset is the acknowledgement."""
        if not updates:
            return
        await self._ingress.accept(updates)
        self._offset = max(update["update_id"] for update in updates) + 1

    async def _take_duty(self) -> None:
        waited = False
        while not await self._presence.take_duty(POLLING_DUTY):
            if not waited:
                logger.info("another replica polls; this one stands by")
                waited = True
            await asyncio.sleep(_STANDBY_SECONDS)
