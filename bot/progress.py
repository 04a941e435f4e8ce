"""Messages in which somebody watches an announcement go out, kept up to date until the end."""

import logging
from datetime import datetime, timedelta
from typing import Protocol

from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNotFound,
    TelegramRetryAfter,
)
from aiogram.types import InlineKeyboardMarkup
from aiogram.utils.i18n import I18n
from aiohttp import ClientError

from bot.localtime import LocalTime
from bot.telegram import without_patience
from handlers.announcements.keyboards import card_keyboard
from handlers.announcements.texts import card_text
from handlers.common.screens import EditScreen
from services.announcements.rules import ENDED
from services.announcements.sending_dto import Card, Watched
from services.languages import Language
from services.ports import Clock

logger = logging.getLogger(__name__)

_UNCHANGED = "message is not modified"
_REQUEST_SECONDS = 10
#: The message is gone, cannot be changed any more, or nobody can be reached there.
_LOST = (TelegramBadRequest, TelegramForbiddenError, TelegramNotFound)


class WatchedMessages(Protocol):
    """Messages that are watched, and what is to stand in them."""

    async def take_watched(self, fallback: Language) -> tuple[Watched, Card] | None:
        """Take up one that is due; None if none is."""
        ...

    async def note_shown(self, watched: Watched, shown: str, *, ended: bool) -> None:
        """Note what stands in it now; `ended`: it will not change any more."""
        ...

    async def rest(self, watched: Watched, until: datetime) -> None:
        """Leave it alone for a while."""
        ...


class ProgressBoard:
    """Changes them. The engine's pace is not touched: when Telegram asks for silence only the message waits."""

    def __init__(
        self, bot: Bot, cards: WatchedMessages, i18n: I18n, dates: LocalTime, clock: Clock, default_language: Language
    ) -> None:
        self._bot = bot
        self._cards = cards
        self._i18n = i18n
        self._dates = dates
        self._clock = clock
        self._default_language = default_language

    async def show(self) -> None:
        """Change every message that is due; on several replicas everyone takes what no other has in hand."""
        while (taken := await self._cards.take_watched(self._default_language)) is not None:
            await self._show(*taken)

    async def _show(self, watched: Watched, card: Card) -> None:
        ended, language = card.state in ENDED, watched.language
        with self._i18n.context(), self._i18n.use_locale(language.value):
            text, keyboard = card_text(card, language, self._dates), card_keyboard(card, watched=not ended)
        if text == watched.shown and not ended:
            return
        try:
            await self._change(watched, text, keyboard)
        except TelegramRetryAfter as error:
            await self._cards.rest(watched, self._clock.now() + timedelta(seconds=error.retry_after))
            return
        except _LOST as error:
            if _UNCHANGED not in error.message:
                logger.info("the message about announcement %d cannot be changed any more", watched.announcement_id)
                ended = True
        except (AiogramError, ClientError, OSError, TimeoutError) as error:
            logger.warning("the message about announcement %d waits: %s", watched.announcement_id, type(error).__name__)
            return
        await self._cards.note_shown(watched, text, ended=ended)

    async def _change(self, watched: Watched, text: str, keyboard: InlineKeyboardMarkup) -> None:
        edit = EditScreen(chat_id=watched.chat_id, message_id=watched.message_id, text=text, reply_markup=keyboard)
        with without_patience():
            await self._bot(edit, request_timeout=_REQUEST_SECONDS)
