"""The counter: receipts that are looked at, copies on paper that are handed out."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common.filters import TYPED_TEXT
from handlers.common.reader import Reader
from handlers.common.screens import send_file, send_picture, show
from handlers.common.tap import ANSWERS_TAP
from handlers.desk import keyboards, texts
from handlers.desk.callbacks import (
    ConfirmPayment,
    CopyGiven,
    CopyReady,
    RefuseReceipt,
    RefuseReceiptBecause,
    SeeReceipt,
)
from handlers.desk.screens import Seat
from handlers.desk.states import DeskForm
from services.access import Actor
from services.requests.counter import CounterService
from services.requests.desk import DeskService
from services.requests.rules import written_reason

_PDF = "application/pdf"
_ENDINGS = {_PDF: "pdf", "image/jpeg": "jpg", "image/png": "png"}


async def see_receipt(
    event: CallbackQuery,
    callback_data: SeeReceipt,
    actor: Actor,
    state: FSMContext,
    desk: DeskService,
    counter: CounterService,
    reader: Reader,
) -> None:
    """The official looks at a receipt."""
    receipt = await counter.get_receipt(actor, callback_data.request_id)
    shown = await desk.open(actor, callback_data.request_id)
    caption = texts.receipt_caption(shown, reader)
    name = f"{shown.request.id}.{_ENDINGS[receipt.mime]}"
    send = send_file if receipt.mime == _PDF else send_picture
    await send(event, receipt.content, name, caption)
    await Seat(event, actor, state, desk, reader).show_card_below(shown)


async def confirm_payment(
    event: CallbackQuery,
    callback_data: ConfirmPayment,
    actor: Actor,
    state: FSMContext,
    desk: DeskService,
    counter: CounterService,
    reader: Reader,
) -> None:
    """The official finds that the fee is paid."""
    seat = Seat(event, actor, state, desk, reader)
    async with seat.at(callback_data.request_id):
        shown = await counter.confirm_payment(actor, callback_data.request_id, callback_data.version)
    await seat.show_card(shown, texts.payment_confirmed_note())


async def begin_receipt_refusal(
    event: CallbackQuery, callback_data: RefuseReceipt, actor: Actor, state: FSMContext, desk: DeskService
) -> None:
    """The official finds something wrong; a ready reason, or what is typed next, is what."""
    shown = await desk.open(actor, callback_data.request_id)
    await state.set_data({"request": shown.request.id})
    await state.set_state(DeskForm.receipt)
    await show(event, texts.receipt_refusal_text(shown), keyboards.receipt_refusal_keyboard(shown.request.id))


async def type_receipt_refusal(
    message: Message, actor: Actor, state: FSMContext, desk: DeskService, counter: CounterService, reader: Reader
) -> None:
    """The official types what is wrong."""
    seat, number = Seat(message, actor, state, desk, reader), (await state.get_data())["request"]
    await _refuse(seat, counter, number, message.text or "")


async def choose_receipt_refusal(
    event: CallbackQuery,
    callback_data: RefuseReceiptBecause,
    actor: Actor,
    state: FSMContext,
    desk: DeskService,
    counter: CounterService,
    reader: Reader,
) -> None:
    """The official chooses a ready reason."""
    seat = Seat(event, actor, state, desk, reader)
    await _refuse(seat, counter, callback_data.request_id, written_reason(callback_data.reason))


async def copy_ready(
    event: CallbackQuery,
    callback_data: CopyReady,
    actor: Actor,
    state: FSMContext,
    desk: DeskService,
    counter: CounterService,
    reader: Reader,
) -> None:
    """The official has printed and stamped the copy."""
    seat = Seat(event, actor, state, desk, reader)
    async with seat.at(callback_data.request_id):
        await counter.paper_ready(actor, callback_data.request_id)
    await seat.show_card(await desk.open(actor, callback_data.request_id), texts.copy_ready_note())


async def copy_given(
    event: CallbackQuery,
    callback_data: CopyGiven,
    actor: Actor,
    state: FSMContext,
    desk: DeskService,
    counter: CounterService,
    reader: Reader,
) -> None:
    """The person has fetched the copy."""
    seat = Seat(event, actor, state, desk, reader)
    async with seat.at(callback_data.request_id):
        await counter.paper_given(actor, callback_data.request_id)
    await seat.show_card(await desk.open(actor, callback_data.request_id), texts.copy_given_note())


async def _refuse(seat: Seat, counter: CounterService, request_id: int, reason: str) -> None:
    async with seat.at(request_id):
        request = await counter.refuse_receipt(seat.actor, request_id, reason)
    await seat.show_queue(request.desk, texts.receipt_refused_note())


def register_on(router: Router) -> None:
    """Add these handlers to the feature's router."""
    taps = router.callback_query
    taps.register(see_receipt, SeeReceipt.filter(), flags=ANSWERS_TAP)
    taps.register(confirm_payment, ConfirmPayment.filter(), flags=ANSWERS_TAP)
    taps.register(begin_receipt_refusal, RefuseReceipt.filter(), flags=ANSWERS_TAP)
    taps.register(choose_receipt_refusal, RefuseReceiptBecause.filter(), flags=ANSWERS_TAP)
    taps.register(copy_ready, CopyReady.filter(), flags=ANSWERS_TAP)
    taps.register(copy_given, CopyGiven.filter(), flags=ANSWERS_TAP)
    router.message.register(type_receipt_refusal, DeskForm.receipt, TYPED_TEXT)
