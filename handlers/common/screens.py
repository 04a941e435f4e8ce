"""Showing a screen: the message under the pressed button changes; a typed message gets a new one."""

from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

_UNCHANGED = "message is not modified"


async def show(event: Message | CallbackQuery, text: str, keyboard: InlineKeyboardMarkup | None = None) -> None:
    """Show a screen where the person looks now."""
    if isinstance(event, Message):
        await event.answer(text, reply_markup=keyboard)
        return
    screen = event.message
    if not isinstance(screen, Message):  # too old to be changed
        await _send(event, text, keyboard)
        return
    try:
        await screen.edit_text(text, reply_markup=keyboard)
    except TelegramBadRequest as error:
        if _UNCHANGED not in error.message:
            await _send(event, text, keyboard)


async def _send(event: CallbackQuery, text: str, keyboard: InlineKeyboardMarkup | None) -> None:
    if event.bot is not None:
        await event.bot.send_message(event.from_user.id, text, reply_markup=keyboard)
