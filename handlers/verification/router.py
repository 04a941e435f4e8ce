"""A certificate's code comes by a deep link, with /verify, typed alone, in a picture, or its file is sent."""

import asyncio
from collections.abc import Awaitable, Callable

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Document, Message, PhotoSize

from handlers.common.callbacks import GoTo, Place
from handlers.common.downloads import LIMIT_MEGABYTES, FileNotHandedOverError, FileTooLargeError, download
from handlers.common.filters import TYPED_TEXT, HoldsCertificateCode
from handlers.common.forms import leave_form
from handlers.common.keyboards import back_to_menu_keyboard
from handlers.common.ports import Links
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.verification.states import VerificationForm
from handlers.verification.texts import (
    ask_for_code_text,
    neither_pdf_nor_picture_text,
    not_a_code_text,
    send_again_text,
    too_large_text,
    verdict_text,
)
from services.certificates.dto import Verdict
from services.certificates.verification import VerificationService

_PREFIX = "v_"
_AT_ONCE = 2  # files in memory; whoever comes meanwhile waits
_PDF = "application/pdf"
_PICTURE = "image/"
_SUFFIXES = (".pdf", ".jpg", ".jpeg", ".png", ".webp", ".heic")


async def ask_to_verify(event: Message | CallbackQuery, state: FSMContext, links: Links) -> None:
    """The person wants to check a certificate."""
    await state.set_state(VerificationForm.code)
    await show(event, ask_for_code_text(links), back_to_menu_keyboard())


async def follow_link(
    message: Message,
    command: CommandObject,
    state: FSMContext,
    raw_state: str | None,
    verification: VerificationService,
    reader: Reader,
    links: Links,
) -> None:
    """The person scanned the QR code, or wrote the code behind the command."""
    await leave_form(state, raw_state)
    verdict = await verification.verify_code((command.args or "").removeprefix(_PREFIX))
    await show(message, verdict_text(verdict, reader, links), back_to_menu_keyboard())


async def type_code(
    message: Message,
    code: str,
    state: FSMContext,
    verification: VerificationService,
    reader: Reader,
    links: Links,
) -> None:
    """The person types a code."""
    verdict = await verification.verify_code(code)
    await state.clear()
    await show(message, verdict_text(verdict, reader, links), back_to_menu_keyboard())


async def type_something_else(message: Message) -> None:
    """The person types what cannot be a code."""
    await show(message, not_a_code_text(), back_to_menu_keyboard())


class FileChecks:
    """Files and photographs that people send to be checked, a few at a time."""

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(_AT_ONCE)

    async def send_photo(
        self,
        message: Message,
        photo: list[PhotoSize],
        bot: Bot,
        state: FSMContext,
        verification: VerificationService,
        reader: Reader,
        links: Links,
    ) -> None:
        """The person sends a photograph or a screenshot: the QR code in it is read, of the largest size."""
        verdict = await self._check(message, bot, photo[-1], verification.verify_picture)
        if verdict is not None:
            await _leave(state, verdict)
            await show(message, verdict_text(verdict, reader, links), back_to_menu_keyboard())

    async def send_file(
        self,
        message: Message,
        document: Document,
        bot: Bot,
        state: FSMContext,
        verification: VerificationService,
        reader: Reader,
        links: Links,
    ) -> None:
        """The person sends a file, a PDF or a picture; others are refused before they are asked for."""
        if not _is_checkable(document):
            await show(message, neither_pdf_nor_picture_text(), back_to_menu_keyboard())
            return
        verdict = await self._check(message, bot, document, verification.verify_file)
        if verdict is not None:
            await _leave(state, verdict)
            await show(message, verdict_text(verdict, reader, links), back_to_menu_keyboard())

    async def _check(
        self,
        message: Message,
        bot: Bot,
        sent: Document | PhotoSize,
        verify: Callable[[bytes], Awaitable[Verdict]],
    ) -> Verdict | None:
        """Fetch and judge; None if Telegram did not hand it over, which is said then."""
        try:
            async with self._places:
                return await verify(await download(bot, sent))
        except FileTooLargeError:
            await show(message, too_large_text(LIMIT_MEGABYTES), back_to_menu_keyboard())
        except FileNotHandedOverError:
            await show(message, send_again_text(), back_to_menu_keyboard())
        return None


async def _leave(state: FSMContext, verdict: Verdict) -> None:
    """End the form that was open, unless it was only a picture of something else."""
    if verdict.picture is None or verdict.picture.code is not None:
        await state.clear()


def _is_checkable(document: Document) -> bool:
    mime, name = document.mime_type or "", (document.file_name or "").lower()
    return mime == _PDF or mime.startswith(_PICTURE) or name.endswith(_SUFFIXES)


def create_router() -> Router:
    """Handlers of this feature."""
    router = Router(name="verification")
    router.message.register(follow_link, CommandStart(deep_link=True, magic=F.args.startswith(_PREFIX)))
    router.message.register(follow_link, Command("verify", magic=F.args))
    router.message.register(ask_to_verify, Command("verify"))
    router.callback_query.register(ask_to_verify, GoTo.filter(F.place == Place.VERIFICATION))
    router.message.register(type_code, HoldsCertificateCode())
    router.message.register(type_something_else, VerificationForm.code, TYPED_TEXT)
    checks = FileChecks()
    router.message.register(checks.send_photo, F.photo.as_("photo"))
    router.message.register(checks.send_file, F.document.as_("document"))
    return router
