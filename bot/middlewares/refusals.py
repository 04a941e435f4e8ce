"""Puts the refusal of a typed message into words."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import Message, TelegramObject

from bot.refusals import RefusalSentences
from services.errors import Refusal


class RefusalMiddleware(BaseMiddleware):
    """Inner middleware of messages."""

    def __init__(self, sentences: RefusalSentences) -> None:
        self._sentences = sentences

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:  # noqa: ANN401 -- whatever the handler returns
        """Serve the message; answer a refusal."""
        try:
            return await handler(event, data)
        except Refusal as refusal:
            if isinstance(event, Message):
                sentence = self._sentences.sentence(refusal, data["actor"].language)
                await event.answer(sentence, reply_markup=self._sentences.keyboard(refusal))
            return None
