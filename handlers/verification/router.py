"""A certificate's code comes by a deep link, with /verify, typed alone, or its file is sent."""

import asyncio
from http import HTTPStatus
from io import BytesIO

from aiogram import Bot, F, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Document, Message
from aiohttp import ClientResponseError

from handlers.common.callbacks import GoTo, Place
from handlers.common.filters import TYPED_TEXT, HoldsCertificateCode
from handlers.common.forms import leave_form
from handlers.common.keyboards import back_to_menu_keyboard
from handlers.common.ports import Links, LocalDates, PaperWords
from handlers.common.screens import show
from handlers.verification.states import VerificationForm
from handlers.verification.texts import (
    ask_for_code_text,
    not_a_code_text,
    not_a_pdf_text,
    not_from_a_picture_text,
    send_again_text,
    too_large_text,
    verdict_text,
)
from services.access import Actor
from services.certificates.verification import VerificationService

_PREFIX = "v_"
_LIMIT_MEGABYTES = 20  # what Telegram lets a bot download
_LIMIT = _LIMIT_MEGABYTES * 1024 * 1024
_TOO_BIG = "file is too big"  # getFile, where the sender's size is not declared
_AT_ONCE = 2  # files in memory; whoever comes meanwhile waits
_PDF = "application/pdf"


async def ask_to_verify(event: Message | CallbackQuery, state: FSMContext, links: Links) -> None:
    """The person wants to check a certificate."""
    await state.set_state(VerificationForm.code)
    await show(event, ask_for_code_text(links), back_to_menu_keyboard())


async def follow_link(
    message: Message,
    command: CommandObject,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    verification: VerificationService,
    paper_words: PaperWords,
    dates: LocalDates,
) -> None:
    """The person scanned the QR code, or wrote the code behind the command."""
    await leave_form(state, raw_state)
    verdict = await verification.verify_code((command.args or "").removeprefix(_PREFIX))
    await show(message, verdict_text(verdict, actor.language, paper_words, dates), back_to_menu_keyboard())


async def type_code(
    message: Message,
    code: str,
    actor: Actor,
    state: FSMContext,
    verification: VerificationService,
    paper_words: PaperWords,
    dates: LocalDates,
) -> None:
    """The person types a code."""
    verdict = await verification.verify_code(code)
    await state.clear()
    await show(message, verdict_text(verdict, actor.language, paper_words, dates), back_to_menu_keyboard())


async def type_something_else(message: Message) -> None:
    """The person types what cannot be a code."""
    await show(message, not_a_code_text(), back_to_menu_keyboard())


async def send_picture(message: Message, links: Links) -> None:
    """The person sends a photograph, perhaps of a certificate: a picture carries no signature."""
    await show(message, not_from_a_picture_text(links), back_to_menu_keyboard())


class _TooLargeError(Exception):
    """Telegram does not hand over a file of this size."""


class _NotHandedOverError(Exception):
    """Telegram does not have the file any more, or refuses it."""


class FileChecks:
    """Files that people send to be checked, a few at a time."""

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(_AT_ONCE)

    async def send_file(
        self,
        message: Message,
        document: Document,
        bot: Bot,
        actor: Actor,
        state: FSMContext,
        verification: VerificationService,
        paper_words: PaperWords,
        dates: LocalDates,
    ) -> None:
        """The person sends a file; it is refused by its declared size before it is asked for."""
        if (document.file_size or 0) > _LIMIT:
            await show(message, too_large_text(_LIMIT_MEGABYTES), back_to_menu_keyboard())
            return
        if document.mime_type != _PDF and not (document.file_name or "").lower().endswith(".pdf"):
            await show(message, not_a_pdf_text(), back_to_menu_keyboard())
            return
        try:
            async with self._places:
                verdict = await verification.verify_file(await _download(bot, document))
        except _TooLargeError:
            await show(message, too_large_text(_LIMIT_MEGABYTES), back_to_menu_keyboard())
            return
        except _NotHandedOverError:
            await show(message, send_again_text(), back_to_menu_keyboard())
            return
        await state.clear()
        await show(message, verdict_text(verdict, actor.language, paper_words, dates), back_to_menu_keyboard())


async def _download(bot: Bot, document: Document) -> bytes:
    try:
        file = await bot.get_file(document.file_id)
    except TelegramBadRequest as error:
        raise (_TooLargeError if _TOO_BIG in error.message else _NotHandedOverError) from error
    if (file.file_size or 0) > _LIMIT:
        raise _TooLargeError
    if file.file_path is None:
        raise _NotHandedOverError
    content = BytesIO()
    try:
        await bot.download_file(file.file_path, content, seek=False)
    except ClientResponseError as error:
        if error.status == HTTPStatus.TOO_MANY_REQUESTS or error.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise  # it passes; the update is tried again
        raise _NotHandedOverError from error
    return content.getvalue()  # no copy: the stream gives its own bytes away


def create_router() -> Router:
    """Handlers of this feature."""
    router = Router(name="verification")
    router.message.register(follow_link, CommandStart(deep_link=True, magic=F.args.startswith(_PREFIX)))
    router.message.register(follow_link, Command("verify", magic=F.args))
    router.message.register(ask_to_verify, Command("verify"))
    router.callback_query.register(ask_to_verify, GoTo.filter(F.place == Place.VERIFICATION))
    router.message.register(type_code, HoldsCertificateCode())
    router.message.register(type_something_else, VerificationForm.code, TYPED_TEXT)
    router.message.register(send_picture, F.photo)
    router.message.register(FileChecks().send_file, F.document.as_("document"))
    return router
