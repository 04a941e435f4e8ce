"""Answers taps in time and puts refusals into words while the tap is still open."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.dispatcher.flags import get_flag
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, TelegramObject

from bot.plain_text import plain_text
from bot.refusals import RefusalSentences
from handlers.common.tap import Tap
from services.errors import Refusal

_LONGEST_ALERT = 200  # characters Telegram shows in an alert


class AnsweringMiddleware(BaseMiddleware):
    """Inner middleware of taps: answered before the handler, unless the handler answers itself."""

    def __init__(self, sentences: RefusalSentences) -> None:
        self._sentences = sentences

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:  # noqa: ANN401 -- whatever the handler returns
        """Answer, serve, and turn a refusal into an alert or a message."""
        if not isinstance(event, CallbackQuery):
            return await handler(event, data)
        tap = data["tap"] = Tap(event)
        if not get_flag(data, "answers_tap"):
            await tap.answer()
        try:
            result = await handler(event, data)
        except Refusal as refusal:
            sentence = self._sentences.sentence(refusal, data["actor"].language)
            await self._refuse(event, tap, sentence, self._sentences.keyboard(refusal))
            return None
        await tap.answer()
        return result

    async def _refuse(
        self, event: CallbackQuery, tap: Tap, sentence: str, keyboard: InlineKeyboardMarkup | None
    ) -> None:
        plain = plain_text(sentence)
        if len(plain) <= _LONGEST_ALERT and await tap.answer(plain, alert=True):
            return
        await tap.answer()
        if event.bot is not None:
            await event.bot.send_message(event.from_user.id, sentence, reply_markup=keyboard)
