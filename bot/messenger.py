"""Telegram as the sender of the outbox sees it: one request, one receipt."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import (
    DeleteMessage,
    EditMessageCaption,
    EditMessageText,
    SendDocument,
    SendMessage,
    SendPhoto,
    TelegramMethod,
)
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup
from aiohttp import ClientConnectorError, ClientError, ConnectionTimeoutError

from bot.telegram import without_patience
from services.delivery.dto import Attachment, Outcome, OutgoingButton, OutgoingMessage, Receipt

_REQUEST_SECONDS = 20
_PROBE_SECONDS = 10
#: Answers with 4xx that concern this message: Telegram read the request and did nothing.
_REFUSALS = (TelegramBadRequest, TelegramEntityTooLarge, TelegramMigrateToChat)
#: Answers with 4xx that concern the bot itself: no message goes out before somebody has mended that.
_NOT_SERVED = (TelegramConflictError, TelegramNotFound, TelegramUnauthorizedError)
_TOO_MANY, _USUAL_SILENCE = "Too Many Requests", 5.0  # a 429 that does not say how long
#: No connection was made, so nothing left this machine.
_NOT_CONNECTED = (ClientConnectorError, ConnectionTimeoutError)
#: The copy is gone, or it is one of the other sort: the same file was sent as a picture once and as a document.
_STALE_FILE = ("wrong file identifier", "can't use file of type", "type of file mismatch")
#: It is as it should be: the reader has that text already, or nothing of the message is left.
_DONE_BEFORE = ("message is not modified", "message to delete not found")

#: What Telegram says of a channel or a group in which the bot may not write, beside the usual 403.
_NO_RIGHT = (
    "administrator rights",
    "CHAT_WRITE_FORBIDDEN",
    "CHAT_SEND_PLAIN_FORBIDDEN",
    "CHAT_SEND_PHOTOS_FORBIDDEN",
    "CHAT_SEND_DOCS_FORBIDDEN",
    "CHAT_ADMIN_REQUIRED",
    "chat not found",
    "have no rights to send",
    "not enough rights",
    "group chat was deactivated",
)


class _Message(SendMessage):
    """sendMessage whose answer is read leniently: what Telegram added to it since must not make it unread."""

    __returning__ = dict[str, Any]
    __api_method__ = "sendMessage"


class _Document(SendDocument):
    """sendDocument, likewise."""

    __returning__ = dict[str, Any]
    __api_method__ = "sendDocument"


class _Photo(SendPhoto):
    """sendPhoto, likewise."""

    __returning__ = dict[str, Any]
    __api_method__ = "sendPhoto"


class _EditedText(EditMessageText):
    """editMessageText, likewise."""

    __returning__ = dict[str, Any] | bool
    __api_method__ = "editMessageText"


class _EditedCaption(EditMessageCaption):
    """editMessageCaption, likewise."""

    __returning__ = dict[str, Any] | bool
    __api_method__ = "editMessageCaption"


class TelegramMessenger:
    """Sends through the Bot API; what Telegram and the network do becomes a receipt, never an exception."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    @property
    def bot_id(self) -> int:
        """The bot whose copies of files are meant."""
        return self._bot.id

    async def send(
        self, chat_id: int, message: OutgoingMessage, attachment: Attachment | None, *, asked: bool = False
    ) -> Receipt:
        """Send one message, or change an earlier one."""
        if message.changes_another:
            return await self._change(chat_id, message)
        try:
            with without_patience(counted=asked):
                sent = await self._request(chat_id, message, attachment)
        except (AiogramError, ClientError, OSError, TimeoutError) as error:
            sent_copy = attachment is not None and attachment.telegram_file_id is not None
            return _in_channel(chat_id, _receipt_of(error, sent_copy=sent_copy))
        copies = [sent["document"]] if sent.get("document") else sent.get("photo") or [{}]
        return Receipt(
            outcome=Outcome.SENT,
            telegram_message_id=sent.get("message_id"),
            telegram_file_id=copies[-1].get("file_id"),  # of a photo's sizes the last is the largest
        )

    async def _change(self, chat_id: int, message: OutgoingMessage) -> Receipt:
        number = message.edits if message.deletes is None else message.deletes
        try:
            with without_patience():
                await self._bot(_changing(chat_id, message), request_timeout=_REQUEST_SECONDS)
        except (AiogramError, ClientError, OSError, TimeoutError) as error:
            receipt = _in_channel(chat_id, _receipt_of(error, sent_copy=False))
            if receipt.outcome is Outcome.FAILED and any(words in receipt.error for words in _DONE_BEFORE):
                return Receipt(outcome=Outcome.SENT, telegram_message_id=number)
            return receipt
        return Receipt(outcome=Outcome.SENT, telegram_message_id=number)

    async def probe(self) -> bool:
        """Ask Telegram who the bot is."""
        try:
            with without_patience():
                await self._bot.get_me(request_timeout=_PROBE_SECONDS)
        except TelegramRetryAfter:
            return True  # it answers; how long to be silent, the next message learns
        except (AiogramError, ClientError, OSError, TimeoutError):
            return False
        return True

    async def _request(self, chat_id: int, message: OutgoingMessage, attachment: Attachment | None) -> dict[str, Any]:
        keyboard, silent = _keyboard(message.buttons), message.silent or None
        if attachment is None:
            text = _Message(chat_id=chat_id, text=message.text, reply_markup=keyboard, disable_notification=silent)
            return await self._raw(text)
        file = attachment.telegram_file_id or BufferedInputFile(attachment.content or b"", attachment.name)
        if message.photo:
            photo = _Photo(
                chat_id=chat_id, photo=file, caption=message.text, reply_markup=keyboard, disable_notification=silent
            )
            return await self._raw(photo)
        document = _Document(
            chat_id=chat_id, document=file, caption=message.text, reply_markup=keyboard, disable_notification=silent
        )
        return await self._raw(document)

    async def _raw(self, method: SendMessage | SendDocument | SendPhoto) -> dict[str, Any]:
        return cast("dict[str, Any]", await self._bot(method, request_timeout=_REQUEST_SECONDS))


def _changing(chat_id: int, message: OutgoingMessage) -> TelegramMethod[Any]:
    """Return the request that changes an earlier message; its buttons become those of the new one."""
    if message.deletes is not None:
        return DeleteMessage(chat_id=chat_id, message_id=message.deletes)
    keyboard = _keyboard(message.buttons)
    if message.file_id is not None:
        return _EditedCaption(chat_id=chat_id, message_id=message.edits, caption=message.text, reply_markup=keyboard)
    return _EditedText(chat_id=chat_id, message_id=message.edits, text=message.text, reply_markup=keyboard)


def _keyboard(buttons: Sequence[OutgoingButton]) -> InlineKeyboardMarkup | None:
    if not buttons:
        return None
    return InlineKeyboardMarkup(inline_keyboard=[[_button(button)] for button in buttons])


def _button(button: OutgoingButton) -> InlineKeyboardButton:
    if button.address:
        return InlineKeyboardButton(text=button.text, url=button.address)
    return InlineKeyboardButton(text=button.text, callback_data=button.data)


def _receipt_of(error: Exception, *, sent_copy: bool) -> Receipt:
    """Say what is certain after a failure. Else it is unknown: 5xx, pages in HTML, a broken line, no answer in time."""
    if isinstance(error, TelegramRetryAfter):
        return Receipt(outcome=Outcome.TOO_MANY, retry_after=error.retry_after, error="429")
    cause = error.__cause__ or error
    outcome = _outcome_of(error, cause)
    if outcome is Outcome.UNKNOWN:
        return Receipt(outcome=outcome, error=type(cause).__name__)
    said = error.message if isinstance(error, TelegramAPIError) else type(cause).__name__
    if outcome is Outcome.FAILED and _TOO_MANY in said:
        return Receipt(outcome=Outcome.TOO_MANY, retry_after=_USUAL_SILENCE, error="429")
    if outcome is Outcome.FAILED and sent_copy and any(words in said for words in _STALE_FILE):
        return Receipt(outcome=Outcome.STALE_FILE, error=said)
    moved_to = error.migrate_to_chat_id if isinstance(error, TelegramMigrateToChat) else None
    return Receipt(outcome=outcome, error=said, moved_to=moved_to)


def _in_channel(chat_id: int, receipt: Receipt) -> Receipt:
    """Read a refusal as it is meant in a channel or a group: it moved, or the bot may not write there any more."""
    if chat_id > 0 or receipt.outcome is not Outcome.FAILED:
        return receipt
    if receipt.moved_to is not None:
        return replace(receipt, outcome=Outcome.MOVED)
    no_right = any(words in receipt.error for words in _NO_RIGHT)
    return replace(receipt, outcome=Outcome.BLOCKED) if no_right else receipt


def _outcome_of(error: Exception, cause: BaseException) -> Outcome:
    if isinstance(error, TelegramForbiddenError):
        return Outcome.BLOCKED
    if isinstance(error, _NOT_SERVED) or isinstance(cause, _NOT_CONNECTED):
        return Outcome.NOT_REACHED
    if isinstance(error, _REFUSALS) or type(error) is TelegramAPIError:  # the latter: any other 4xx
        return Outcome.FAILED
    return Outcome.UNKNOWN
