"""Telegram as the sender of the outbox sees it: one request, one receipt."""

from collections.abc import Sequence
from typing import Any, cast

from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramForbiddenError, TelegramRetryAfter
from aiogram.methods import SendDocument, SendMessage
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup
from aiohttp import ClientConnectorError

from bot.telegram import without_patience
from services.delivery.dto import Attachment, Outcome, OutgoingButton, OutgoingMessage, Receipt

_REQUEST_SECONDS = 20
_NOT_REACHED_SECONDS = 5.0
_STALE_FILE = "wrong file identifier"


class _Message(SendMessage):
    """sendMessage whose answer is read leniently: what Telegram added to it since must not make it unread."""

    __returning__ = dict[str, Any]
    __api_method__ = "sendMessage"


class _Document(SendDocument):
    """sendDocument, likewise."""

    __returning__ = dict[str, Any]
    __api_method__ = "sendDocument"


class TelegramMessenger:
    """Sends through the Bot API; what Telegram and the network do becomes a receipt, never an exception."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    @property
    def bot_id(self) -> int:
        """The bot whose copies of files are meant."""
        return self._bot.id

    async def send(self, chat_id: int, message: OutgoingMessage, attachment: Attachment | None) -> Receipt:
        """Send one message."""
        try:
            with without_patience():
                sent = await self._request(chat_id, message, attachment)
        except TelegramRetryAfter as error:
            return Receipt(outcome=Outcome.TRY_LATER, retry_after=error.retry_after, error="429")
        except TelegramForbiddenError as error:
            return Receipt(outcome=Outcome.BLOCKED, error=error.message)
        except TelegramBadRequest as error:
            stale = attachment is not None and attachment.telegram_file_id and _STALE_FILE in error.message
            return Receipt(outcome=Outcome.STALE_FILE if stale else Outcome.FAILED, error=error.message)
        except (AiogramError, TimeoutError) as error:
            if isinstance(error.__cause__, ClientConnectorError):  # Telegram was not reached, so nothing was sent
                return Receipt(outcome=Outcome.TRY_LATER, retry_after=_NOT_REACHED_SECONDS, error="not reached")
            return Receipt(outcome=Outcome.UNKNOWN, error=type(error).__name__)
        document = sent.get("document") or {}
        return Receipt(
            outcome=Outcome.SENT,
            telegram_message_id=sent.get("message_id"),
            telegram_file_id=document.get("file_id"),
        )

    async def _request(self, chat_id: int, message: OutgoingMessage, attachment: Attachment | None) -> dict[str, Any]:
        keyboard = _keyboard(message.buttons)
        if attachment is None:
            return await self._raw(_Message(chat_id=chat_id, text=message.text, reply_markup=keyboard))
        file = attachment.telegram_file_id or BufferedInputFile(attachment.content or b"", attachment.name)
        document = _Document(chat_id=chat_id, document=file, caption=message.text, reply_markup=keyboard)
        return await self._raw(document)

    async def _raw(self, method: SendMessage | SendDocument) -> dict[str, Any]:
        return cast("dict[str, Any]", await self._bot(method, request_timeout=_REQUEST_SECONDS))


def _keyboard(buttons: Sequence[OutgoingButton]) -> InlineKeyboardMarkup | None:
    if not buttons:
        return None
    rows = [[InlineKeyboardButton(text=button.text, callback_data=button.data)] for button in buttons]
    return InlineKeyboardMarkup(inline_keyboard=rows)
