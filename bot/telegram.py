"""The bot's client: HTML by default, patient where Telegram asks for patience."""

import asyncio
import json
import logging
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.exceptions import ClientDecodeError, TelegramRetryAfter, TelegramServerError
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import LinkPreviewOptions

from bot.polling import GetRawUpdates

logger = logging.getLogger(__name__)

_PATIENT_TRIES = 3
_LONGEST_WAIT = 30  # seconds; a longer one is the caller's business
_patient: ContextVar[bool] = ContextVar("patient", default=True)
_counted: ContextVar[bool] = ContextVar("counted", default=True)
#: What Telegram counts as a message to somebody; answering a tap and deleting are free.
_MESSAGES = ("send", "copy", "forward", "edit")
_NO_MESSAGE = "sendChatAction"
_MOST_COUNTED = 64  # messages in a second; more than Telegram allows


@contextmanager
def without_patience(*, counted: bool = False) -> Iterator[None]:
    """Leave a 429 to the caller, who has a rule of its own and other people to serve.

    `counted`: the request answers somebody who asked; else the unasked need not give way to it.
    """
    patience, count = _patient.set(False), _counted.set(counted)
    try:
        yield
    finally:
        _patient.reset(patience)
        _counted.reset(count)


class MeteredAnswers(BaseRequestMiddleware):
    """Counts the messages that go out because somebody asked: the unasked ones give way to them."""

    def __init__(self) -> None:
        self._moments: deque[float] = deque(maxlen=_MOST_COUNTED)
        self._silent_until = 0.0

    def take(self) -> int:
        """Return how many since it was asked last, in the last second."""
        since = time.monotonic() - 1
        count = sum(moment > since for moment in self._moments)
        self._moments.clear()
        return count

    def take_silence(self) -> float:
        """Return for how many seconds Telegram asked to be silent when somebody was answered; it is told once."""
        left, self._silent_until = self._silent_until - time.monotonic(), 0.0
        return max(0.0, left)

    def note_silence(self, seconds: float) -> None:
        """Note that Telegram asks to be silent."""
        self._silent_until = max(self._silent_until, time.monotonic() + seconds)

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        """Count and send."""
        if not _counted.get() or not _is_message(method.__api_method__):
            return await make_request(bot, method)
        self._moments.append(time.monotonic())
        try:
            return await make_request(bot, method)
        except TelegramRetryAfter as error:
            self.note_silence(error.retry_after)
            raise


def _is_message(method: str) -> bool:
    return method.startswith(_MESSAGES) and method != _NO_MESSAGE


class ReadableFailures(BaseRequestMiddleware):
    """Makes a broken proxy's page (502 in HTML) what it is: a failure of the server, not of our reading."""

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        """Send the request."""
        try:
            return await make_request(bot, method)
        except ClientDecodeError as error:
            if not isinstance(error.original, json.JSONDecodeError):
                raise
            raise TelegramServerError(method=method, message="the answer is not JSON") from error


class PatientRequests(BaseRequestMiddleware):
    """Waits out a 429 of an answer, so that a busy moment costs a second and not the answer.

    Only the person who waits for this answer is held up; the outbox has its own rule (`services.delivery`).
    """

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        """Send the request, again if Telegram says when."""
        for _ in range(_PATIENT_TRIES):
            try:
                return await make_request(bot, method)
            except TelegramRetryAfter as error:
                if not _patient.get() or error.retry_after > _LONGEST_WAIT or isinstance(method, GetRawUpdates):
                    raise
                logger.warning("Telegram asks to wait %s s", error.retry_after)
                await asyncio.sleep(error.retry_after)
        return await make_request(bot, method)


def create_bot(token: str, api_url: str, meter: MeteredAnswers | None = None) -> Bot:
    """Create the client of any Bot API server; `meter` counts its answers."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(api_url), limit=200)
    session.middleware(PatientRequests())
    if meter is not None:
        session.middleware(meter)
    session.middleware(ReadableFailures())
    return Bot(
        token,
        session=session,
        default=DefaultBotProperties(parse_mode=ParseMode.HTML, link_preview=LinkPreviewOptions(is_disabled=True)),
    )
