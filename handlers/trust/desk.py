"""The desk of an officer: times, and who has booked them."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common.callbacks import GoTo, Place
from handlers.common.discretion import UNNAMED
from handlers.common.filters import TYPED_TEXT
from handlers.common.forms import leave_form, left_if_over
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.trust import desk_texts, keyboards
from handlers.trust.callbacks import AskCallOff, AskTimes, CallOff, CutTimes, OfferAgain, OpenSlot, WithdrawSlot
from handlers.trust.states import TrustForm
from services.access import Actor
from services.trust.desk import TrustDeskService


async def open_desk(
    event: CallbackQuery,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    trust_desk: TrustDeskService,
    reader: Reader,
) -> None:
    """The officer looks at their times; a form that was open is left."""
    slots = await trust_desk.list_slots(actor)
    await leave_form(state, raw_state)
    await show(event, desk_texts.desk_text(slots, reader), keyboards.desk_keyboard(slots, reader))


async def ask_times(event: CallbackQuery, actor: Actor, state: FSMContext, trust_desk: TrustDeskService) -> None:
    """The officer wants to offer times."""
    await trust_desk.list_slots(actor)  # refuses who may not
    await state.set_state(TrustForm.times)
    await state.set_data({})
    await show(event, desk_texts.times_question(), keyboards.to_desk_keyboard())


async def type_times(
    message: Message, actor: Actor, state: FSMContext, trust_desk: TrustDeskService, reader: Reader
) -> None:
    """The officer writes when and where."""
    async with left_if_over(state):
        typed = await trust_desk.read(actor, message.text or "")
    await state.set_data({"times": message.text or ""})
    await show(message, desk_texts.length_question(typed, reader), keyboards.lengths_keyboard())


async def cut_times(
    event: CallbackQuery,
    callback_data: CutTimes,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    trust_desk: TrustDeskService,
    reader: Reader,
) -> None:
    """The officer says how long a talk is; of an old button nothing is left but the desk."""
    typed = str((await state.get_data()).get("times", ""))
    before = await trust_desk.list_slots(actor)
    slots = await trust_desk.offer(actor, typed, callback_data.minutes) if typed else before
    await leave_form(state, raw_state)
    note = desk_texts.offered_note(len(slots) - len(before)) if typed else ""
    await show(event, desk_texts.desk_text(slots, reader, note), keyboards.desk_keyboard(slots, reader))


async def open_slot(
    event: CallbackQuery, callback_data: OpenSlot, actor: Actor, trust_desk: TrustDeskService, reader: Reader
) -> None:
    """The officer looks at a time."""
    one = await trust_desk.open_slot(actor, callback_data.slot_id)
    await show(event, desk_texts.slot_text(one, reader), keyboards.slot_keyboard(one))


async def withdraw(
    event: CallbackQuery, callback_data: WithdrawSlot, actor: Actor, trust_desk: TrustDeskService, reader: Reader
) -> None:
    """The officer takes a time back."""
    slots = await trust_desk.withdraw(actor, callback_data.slot_id)
    text = desk_texts.desk_text(slots, reader, desk_texts.withdrawn_note())
    await show(event, text, keyboards.desk_keyboard(slots, reader))


async def ask_call_off(
    event: CallbackQuery, callback_data: AskCallOff, actor: Actor, trust_desk: TrustDeskService, reader: Reader
) -> None:
    """The officer wants to cancel a talk."""
    one = await trust_desk.open_slot(actor, callback_data.slot_id)
    await show(event, desk_texts.call_off_question(one, reader), keyboards.call_off_keyboard(one.slot.id))


async def call_off(
    event: CallbackQuery, callback_data: CallOff, actor: Actor, trust_desk: TrustDeskService, reader: Reader
) -> None:
    """The officer cancels a talk."""
    one = await trust_desk.call_off(actor, callback_data.slot_id)
    await show(event, desk_texts.slot_text(one, reader, desk_texts.called_off_note()), keyboards.slot_keyboard(one))


async def offer_again(
    event: CallbackQuery, callback_data: OfferAgain, actor: Actor, trust_desk: TrustDeskService, reader: Reader
) -> None:
    """The officer lets a time be booked again."""
    one = await trust_desk.offer_again(actor, callback_data.slot_id)
    await show(event, desk_texts.slot_text(one, reader, desk_texts.offered_again_note()), keyboards.slot_keyboard(one))


def register_desk(router: Router) -> None:
    """Add the handlers of the desk."""
    taps = router.callback_query
    taps.register(open_desk, GoTo.filter(F.place == Place.TRUST_DESK), flags=UNNAMED)
    taps.register(ask_times, AskTimes.filter(), flags=UNNAMED)
    taps.register(cut_times, CutTimes.filter(), flags=UNNAMED)
    taps.register(open_slot, OpenSlot.filter(), flags=UNNAMED)
    taps.register(withdraw, WithdrawSlot.filter(), flags=UNNAMED)
    taps.register(ask_call_off, AskCallOff.filter(), flags=UNNAMED)
    taps.register(call_off, CallOff.filter(), flags=UNNAMED)
    taps.register(offer_again, OfferAgain.filter(), flags=UNNAMED)
    router.message.register(type_times, TrustForm.times, TYPED_TEXT, flags=UNNAMED)
