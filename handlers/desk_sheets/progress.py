"""A message that says how far a long piece of work is."""

import asyncio
from contextlib import suppress

from aiogram.exceptions import TelegramAPIError
from aiogram.types import CallbackQuery, Message

from handlers.common.screens import EditScreen
from handlers.desk_sheets.texts import progress_text

_PACE_SECONDS = 2.0  # Telegram lets a message be changed about twenty times a minute


class ProgressMessage:
    """Changes the message under the pressed button, at once and then every two seconds; what is refused is let go."""

    def __init__(self, event: CallbackQuery) -> None:
        self._event = event
        self._clock = asyncio.get_running_loop().time
        self._told_at: float | None = None

    async def tell(self, done: int, total: int) -> None:
        """Say how many are done, if it is time to."""
        now = self._clock()
        if self._told_at is not None and now - self._told_at < _PACE_SECONDS:
            return
        self._told_at = now
        screen = self._event.message
        if isinstance(screen, Message):
            edit = EditScreen(chat_id=screen.chat.id, message_id=screen.message_id, text=progress_text(done, total))
            with suppress(TelegramAPIError):
                await edit.as_(self._event.bot)
