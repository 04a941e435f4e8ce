"""The answer to a tap on an inline button: Telegram waits for exactly one, and not for long."""

from aiogram.exceptions import TelegramAPIError
from aiogram.types import CallbackQuery

#: Flag of handlers that answer their tap themselves; all others are answered before the handler runs.
ANSWERS_TAP = {"answers_tap": True}


class Tap:
    """A tap and whether it was answered."""

    def __init__(self, callback: CallbackQuery) -> None:
        self._callback = callback
        self.is_open = True

    async def answer(self, text: str | None = None, *, alert: bool = False) -> bool:
        """Answer once; False if that was too late or was lost on the way: the person saw nothing, or may have.

        What the tap was for goes on in any case.
        """
        if not self.is_open:
            return False
        self.is_open = False
        try:
            await self._callback.answer(text, show_alert=alert)
        except TelegramAPIError:  # mostly because it is older than Telegram remembers
            return False
        return True
