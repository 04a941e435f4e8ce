"""Showing a screen: the message under the pressed button changes; a typed message gets a new one."""

from contextlib import suppress
from typing import Any

from aiogram.exceptions import TelegramAPIError, TelegramBadRequest
from aiogram.methods import EditMessageReplyMarkup, EditMessageText, SendDocument, SendMessage, SendPhoto
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardMarkup,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

_UNCHANGED = "message is not modified"


class SendScreen(SendMessage):
    """sendMessage whose answer nobody reads: building it into models takes a sixth of an update's processor time."""

    __returning__ = dict[str, Any]
    __api_method__ = "sendMessage"


class EditScreen(EditMessageText):
    """editMessageText, likewise."""

    __returning__ = dict[str, Any] | bool
    __api_method__ = "editMessageText"


class EditKeyboard(EditMessageReplyMarkup):
    """editMessageReplyMarkup, likewise."""

    __returning__ = dict[str, Any] | bool
    __api_method__ = "editMessageReplyMarkup"


async def show(event: Message | CallbackQuery, text: str, keyboard: InlineKeyboardMarkup | None = None) -> None:
    """Show a screen where the person looks now."""
    if isinstance(event, CallbackQuery) and isinstance(event.message, Message):
        await _change(event, event.message, text, keyboard)
    else:  # typed, or the pressed button stands under a message too old to be changed
        await _send(event, text, keyboard)


async def show_below(
    event: Message | CallbackQuery,
    text: str,
    keyboard: InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove,
) -> None:
    """Write a new message: below a file, or to change the keyboard below the input field."""
    await _send(event, text, keyboard)


async def send_file(
    event: Message | CallbackQuery,
    content: bytes,
    name: str,
    caption: str,
    keyboard: InlineKeyboardMarkup | None = None,
) -> None:
    """Send a file that is made for this one answer."""
    file = BufferedInputFile(content, name)
    await SendDocument(chat_id=_chat_of(event), document=file, caption=caption, reply_markup=keyboard).as_(event.bot)


async def send_picture(
    event: Message | CallbackQuery,
    content: bytes,
    name: str,
    caption: str,
    keyboard: InlineKeyboardMarkup | None = None,
) -> None:
    """Send a picture that is made for this one answer; as a file where Telegram cannot show it."""
    photo = BufferedInputFile(content, name)
    try:
        await SendPhoto(chat_id=_chat_of(event), photo=photo, caption=caption, reply_markup=keyboard).as_(event.bot)
    except TelegramBadRequest:  # damaged, or its sides are too long
        await send_file(event, content, name, caption, keyboard)


async def show_progress(event: CallbackQuery, text: str) -> None:
    """Change the message under the pressed button while something is done; what Telegram refuses is let go."""
    if isinstance(event.message, Message):
        edit = EditScreen(chat_id=event.message.chat.id, message_id=event.message.message_id, text=text)
        with suppress(TelegramAPIError):
            await edit.as_(event.bot)


async def change_keyboard(event: CallbackQuery, keyboard: InlineKeyboardMarkup) -> None:
    """Change the buttons under a message and nothing else, however old it is; what Telegram refuses is let go."""
    if event.message is not None:
        chat, message = event.message.chat.id, event.message.message_id
        with suppress(TelegramAPIError):
            await EditKeyboard(chat_id=chat, message_id=message, reply_markup=keyboard).as_(event.bot)


async def _change(event: CallbackQuery, screen: Message, text: str, keyboard: InlineKeyboardMarkup | None) -> None:
    edit = EditScreen(chat_id=screen.chat.id, message_id=screen.message_id, text=text, reply_markup=keyboard)
    try:
        await edit.as_(event.bot)
    except TelegramBadRequest as error:
        if _UNCHANGED not in error.message:
            await _send(event, text, keyboard)


async def _send(
    event: Message | CallbackQuery,
    text: str,
    keyboard: InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None,
) -> None:
    await SendScreen(chat_id=_chat_of(event), text=text, reply_markup=keyboard).as_(event.bot)


def _chat_of(event: Message | CallbackQuery) -> int:
    return event.chat.id if isinstance(event, Message) else event.from_user.id
