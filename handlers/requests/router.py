"""My requests: the list, one of them, taking it back, an answer, a receipt, the file again, a copy on paper."""

import asyncio

from aiogram import Bot, F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Document, Message, PhotoSize

from handlers.common.callbacks import GoTo, Place
from handlers.common.downloads import FileNotHandedOverError, FileTooLargeError, download
from handlers.common.filters import TYPED_TEXT
from handlers.common.forms import leave_form
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.common.tap import ANSWERS_TAP, Tap
from handlers.requests import keyboards, texts
from handlers.requests.callbacks import (
    AskWithdraw,
    BeginAnswer,
    BeginReceipt,
    ListMine,
    OpenMyCertificate,
    OpenMyRequest,
    SendFileAgain,
    WantPaperCopy,
    Withdraw,
)
from handlers.requests.states import MyRequestForm
from services.access import Actor
from services.requests.dto import RequestState
from services.requests.errors import NotAtThisStage
from services.requests.papers import PapersService
from services.requests.service import RequestService

_AT_ONCE = 2  # receipts in memory; whoever comes meanwhile waits


async def open_list(
    event: CallbackQuery,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    papers: PapersService,
    reader: Reader,
) -> None:
    """The person wants to see what they asked for; a form that was open is left."""
    await leave_form(state, raw_state)
    mine = await papers.list_mine(actor)
    await show(event, texts.list_text(mine), keyboards.list_keyboard(mine, reader))


async def turn_page(
    event: CallbackQuery, callback_data: ListMine, actor: Actor, papers: PapersService, reader: Reader
) -> None:
    """The person turns a page."""
    mine = await papers.list_mine(actor, callback_data.page)
    await show(event, texts.list_text(mine), keyboards.list_keyboard(mine, reader))


async def open_request(
    event: CallbackQuery,
    callback_data: OpenMyRequest,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    requests: RequestService,
    reader: Reader,
) -> None:
    """The person opens a request."""
    await leave_form(state, raw_state)
    mine = await requests.get_mine(actor, callback_data.request_id)
    await show(event, texts.opened_text(mine, reader), keyboards.request_keyboard(mine))


async def open_certificate(
    event: CallbackQuery, callback_data: OpenMyCertificate, actor: Actor, papers: PapersService, reader: Reader
) -> None:
    """The person opens a certificate."""
    certificate = await papers.get_my_certificate(actor, callback_data.certificate_id)
    await show(event, texts.certificate_text(certificate, reader), keyboards.certificate_keyboard(certificate))


async def ask_to_withdraw(
    event: CallbackQuery, callback_data: AskWithdraw, actor: Actor, requests: RequestService, reader: Reader
) -> None:
    """The person wants to take a request back."""
    mine = await requests.get_mine(actor, callback_data.request_id)
    await show(event, texts.ask_to_withdraw_text(mine, reader), keyboards.withdraw_keyboard(mine.request.id))


async def withdraw(
    event: CallbackQuery, callback_data: Withdraw, actor: Actor, requests: RequestService, reader: Reader
) -> None:
    """The person takes a request back."""
    mine = await requests.withdraw(actor, callback_data.request_id)
    await show(event, texts.withdrawn_text(mine, reader), keyboards.mine_keyboard())


async def begin_answer(
    event: CallbackQuery, callback_data: BeginAnswer, actor: Actor, state: FSMContext, requests: RequestService
) -> None:
    """The person wants to answer the desk's question."""
    mine = await requests.get_mine(actor, callback_data.request_id)
    if mine.request.state is not RequestState.ASKED:
        raise NotAtThisStage(mine.request.state)
    await state.set_data({"request": mine.request.id})
    await state.set_state(MyRequestForm.answer)
    await show(event, texts.ask_for_answer_text(mine), keyboards.form_keyboard(mine.request.id))


async def type_answer(
    message: Message, actor: Actor, state: FSMContext, requests: RequestService, reader: Reader
) -> None:
    """The person writes the answer."""
    mine = await requests.answer(actor, (await state.get_data())["request"], message.text or "")
    await state.clear()
    await show(message, texts.answered_text(mine, reader), keyboards.request_keyboard(mine))


async def send_no_answer(message: Message) -> None:
    """The person sends something else where an answer is waited for."""
    await show(message, texts.not_an_answer_text(), keyboards.mine_keyboard())


async def begin_receipt(
    event: CallbackQuery,
    callback_data: BeginReceipt,
    actor: Actor,
    state: FSMContext,
    requests: RequestService,
    reader: Reader,
) -> None:
    """The person wants to send the receipt of a fee."""
    mine = await requests.get_mine(actor, callback_data.request_id)
    if mine.request.state is not RequestState.UNPAID:
        raise NotAtThisStage(mine.request.state)
    await state.set_data({"request": mine.request.id})
    await state.set_state(MyRequestForm.receipt)
    await show(event, texts.ask_for_receipt_text(mine, reader), keyboards.form_keyboard(mine.request.id))


class Receipts:
    """Receipts that people send, a few in memory at a time."""

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(_AT_ONCE)

    async def send_photo(
        self,
        message: Message,
        photo: list[PhotoSize],
        bot: Bot,
        actor: Actor,
        state: FSMContext,
        requests: RequestService,
        reader: Reader,
    ) -> None:
        """The person sends the receipt as a photo; the largest size counts."""
        await self._take(message, photo[-1], bot, actor, state, requests, reader)

    async def send_file(
        self,
        message: Message,
        document: Document,
        bot: Bot,
        actor: Actor,
        state: FSMContext,
        requests: RequestService,
        reader: Reader,
    ) -> None:
        """The person sends the receipt as a file."""
        await self._take(message, document, bot, actor, state, requests, reader)

    async def _take(
        self,
        message: Message,
        file: Document | PhotoSize,
        bot: Bot,
        actor: Actor,
        state: FSMContext,
        requests: RequestService,
        reader: Reader,
    ) -> None:
        request_id = (await state.get_data())["request"]
        try:
            async with self._places:
                mine = await requests.send_receipt(actor, request_id, await download(bot, file))
        except FileTooLargeError:
            await show(message, texts.too_large_text(), keyboards.form_keyboard(request_id))
        except FileNotHandedOverError:
            await show(message, texts.send_again_text(), keyboards.form_keyboard(request_id))
        else:
            await state.clear()
            await show(message, texts.receipt_taken_text(mine, reader), keyboards.request_keyboard(mine))


async def send_no_receipt(message: Message) -> None:
    """The person sends or writes something else where a receipt is waited for."""
    await show(message, texts.not_a_receipt_text(), keyboards.mine_keyboard())


async def send_file_again(
    event: CallbackQuery, callback_data: SendFileAgain, tap: Tap, actor: Actor, papers: PapersService
) -> None:
    """The person wants the document once more; it comes when it is ready."""
    screen = f"{actor.account_id}:{event.id}"
    await papers.send_file_again(actor, callback_data.certificate_id, screen=screen)
    await tap.answer(texts.coming_toast())


async def want_paper_copy(
    event: CallbackQuery,
    callback_data: WantPaperCopy,
    tap: Tap,
    actor: Actor,
    papers: PapersService,
    reader: Reader,
) -> None:
    """The person wants a copy on paper."""
    certificate = await papers.want_paper_copy(actor, callback_data.certificate_id)
    await tap.answer(texts.copy_wanted_toast())
    await show(event, texts.certificate_text(certificate, reader), keyboards.certificate_keyboard(certificate))


def create_router() -> Router:
    """Stand before verification: here a photo is a receipt while one is waited for."""
    router, receipts = Router(name="requests"), Receipts()
    router.callback_query.register(open_list, GoTo.filter(F.place == Place.MY_REQUESTS), flags=ANSWERS_TAP)
    router.callback_query.register(turn_page, ListMine.filter())
    router.callback_query.register(open_request, OpenMyRequest.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(open_certificate, OpenMyCertificate.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(ask_to_withdraw, AskWithdraw.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(withdraw, Withdraw.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(begin_answer, BeginAnswer.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(begin_receipt, BeginReceipt.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(send_file_again, SendFileAgain.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(want_paper_copy, WantPaperCopy.filter(), flags=ANSWERS_TAP)
    router.message.register(type_answer, MyRequestForm.answer, TYPED_TEXT)
    router.message.register(send_no_answer, MyRequestForm.answer, ~F.text)
    router.message.register(receipts.send_photo, MyRequestForm.receipt, F.photo.as_("photo"))
    router.message.register(receipts.send_file, MyRequestForm.receipt, F.document.as_("document"))
    router.message.register(send_no_receipt, MyRequestForm.receipt, TYPED_TEXT)
    router.message.register(send_no_receipt, MyRequestForm.receipt, ~F.text)
    return router
