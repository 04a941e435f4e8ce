"""What is done about a duty with a tap or a few words: accept, dispute, hand on, note, take back."""

from dataclasses import replace

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common.filters import TYPED_TEXT
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.common.tap import ANSWERS_TAP
from handlers.plan.callbacks import (
    AcceptDuty,
    BeginAct,
    DutyAct,
    HandOn,
    SendAgain,
    TakeBackDispute,
    WithdrawDutyReport,
    key_of,
)
from handlers.plan.days import consider, send_day
from handlers.plan.form import Asked, ask, asked_about, read_asked
from handlers.plan.keyboards import back_keyboard, colleagues_keyboard
from handlers.plan.screens import give_back, press_late, show_card
from handlers.plan.states import DutyForm
from handlers.plan.texts import (
    accepted_note,
    ask_dispute_text,
    ask_note_text,
    changed_note,
    colleagues_text,
    dispute_taken_back_note,
    disputed_note,
    handed_on_note,
    noted_note,
    withdrawn_note,
    words_wanted_text,
)
from services.access import Actor
from services.duties.acting import ActingService
from services.duties.errors import DutyChanged
from services.duties.reporting import ReportingService
from services.duties.service import DutyService


async def accept(
    event: CallbackQuery,
    callback_data: AcceptDuty,
    actor: Actor,
    duty_acts: ActingService,
    duties: DutyService,
    reader: Reader,
) -> None:
    """The unit accepts what the screen showed."""
    key = key_of(callback_data)
    try:
        card = await duty_acts.accept(actor, key, callback_data.stamp)
    except DutyChanged:
        await show_card(event, await duties.open(actor, key), reader, changed_note())
        return
    await show_card(event, card, reader, accepted_note())


async def begin_dispute(
    event: CallbackQuery,
    callback_data: BeginAct,
    actor: Actor,
    state: FSMContext,
    duty_reports: ReportingService,
    reader: Reader,
) -> None:
    """The unit says that it is not its business; the reason is typed next."""
    key = key_of(callback_data)
    card = await duty_reports.begin(actor, key)
    await ask(state, DutyForm.dispute, asked_about(card))
    await show(event, ask_dispute_text(card, reader), back_keyboard(key))


async def type_dispute(
    message: Message,
    actor: Actor,
    state: FSMContext,
    duty_acts: ActingService,
    duties: DutyService,
    reader: Reader,
) -> None:
    """The unit says why."""
    asked = replace(await read_asked(state), words=message.text or "")
    await _dispute(message, asked, actor, state, duty_acts, duties, reader)


async def begin_note(
    event: CallbackQuery,
    callback_data: BeginAct,
    actor: Actor,
    state: FSMContext,
    duties: DutyService,
    reader: Reader,
) -> None:
    """Somebody wants to leave a note."""
    key = key_of(callback_data)
    card = await duties.open(actor, key)
    await ask(state, DutyForm.note, asked_about(card))
    await show(event, ask_note_text(card, reader), back_keyboard(key))


async def type_note(
    message: Message, actor: Actor, state: FSMContext, duty_acts: ActingService, reader: Reader
) -> None:
    """Somebody writes the note."""
    card = await duty_acts.note(actor, (await read_asked(state)).key, message.text or "")
    await state.clear()
    await show_card(message, card, reader, noted_note())


async def choose_colleague(
    event: CallbackQuery, callback_data: BeginAct, actor: Actor, duty_acts: ActingService, reader: Reader
) -> None:
    """Somebody wants to hand a duty on."""
    key = key_of(callback_data)
    card, colleagues = await duty_acts.list_colleagues(actor, key)
    text = colleagues_text(card, reader, anybody=bool(colleagues))
    await show(event, text, colleagues_keyboard(key, colleagues))


async def hand_on(
    event: CallbackQuery, callback_data: HandOn, actor: Actor, duty_acts: ActingService, reader: Reader
) -> None:
    """Somebody hands a duty on."""
    key = key_of(callback_data)
    card = await duty_acts.hand_on(actor, key, callback_data.person_id)
    await show_card(event, card, reader, handed_on_note(card))


async def take_back(
    event: CallbackQuery, callback_data: TakeBackDispute, actor: Actor, duty_acts: ActingService, reader: Reader
) -> None:
    """It is the unit's business after all."""
    key = key_of(callback_data)
    await show_card(event, await duty_acts.take_back_dispute(actor, key), reader, dispute_taken_back_note())


async def withdraw(
    event: CallbackQuery,
    callback_data: WithdrawDutyReport,
    actor: Actor,
    duty_reports: ReportingService,
    reader: Reader,
) -> None:
    """The unit takes a report back."""
    card = await duty_reports.withdraw(actor, callback_data.report_id)
    await show_card(event, card, reader, withdrawn_note())


async def send_again(
    event: CallbackQuery,
    actor: Actor,
    state: FSMContext,
    duty_acts: ActingService,
    duties: DutyService,
    reader: Reader,
) -> None:
    """Somebody has seen what changed, and sends what was typed once more."""
    await _send_again(event, await read_asked(state), actor, state, duty_acts, duties, reader)


async def type_again(
    message: Message,
    actor: Actor,
    state: FSMContext,
    duty_acts: ActingService,
    duties: DutyService,
    reader: Reader,
) -> None:
    """Somebody has seen what changed, and writes it differently; a day that needs no words stays."""
    asked = await read_asked(state)
    if asked.words:
        asked = replace(asked, words=message.text or "")
    await _send_again(message, asked, actor, state, duty_acts, duties, reader)


async def _send_again(
    event: Message | CallbackQuery,
    asked: Asked,
    actor: Actor,
    state: FSMContext,
    duty_acts: ActingService,
    duties: DutyService,
    reader: Reader,
) -> None:
    if asked.wanted is not None and not asked.words:
        await consider(event, asked, asked.wanted, actor, state, duty_acts, duties, reader)
    elif asked.wanted is not None:
        await send_day(event, asked, actor, state, duty_acts, duties, reader)
    else:
        await _dispute(event, asked, actor, state, duty_acts, duties, reader)


async def send_no_words(message: Message, state: FSMContext) -> None:
    """Somebody sends something else where words are waited for."""
    await show(message, words_wanted_text(), back_keyboard((await read_asked(state)).key))


async def _dispute(
    event: Message | CallbackQuery,
    asked: Asked,
    actor: Actor,
    state: FSMContext,
    duty_acts: ActingService,
    duties: DutyService,
    reader: Reader,
) -> None:
    try:
        card = await duty_acts.dispute(actor, asked.key, asked.stamp, asked.words)
    except DutyChanged:
        await give_back(event, asked, actor, state, duties, reader)
        return
    await state.clear()
    await show_card(event, card, reader, disputed_note())


def register_on(router: Router) -> None:
    """Add these handlers to the feature's router."""
    taps, messages = router.callback_query, router.message
    taps.register(accept, AcceptDuty.filter(), flags=ANSWERS_TAP)
    taps.register(begin_dispute, BeginAct.filter(F.act == DutyAct.DISPUTE), flags=ANSWERS_TAP)
    taps.register(begin_note, BeginAct.filter(F.act == DutyAct.NOTE), flags=ANSWERS_TAP)
    taps.register(choose_colleague, BeginAct.filter(F.act == DutyAct.HAND_ON), flags=ANSWERS_TAP)
    taps.register(hand_on, HandOn.filter(), flags=ANSWERS_TAP)
    taps.register(take_back, TakeBackDispute.filter(), flags=ANSWERS_TAP)
    taps.register(withdraw, WithdrawDutyReport.filter(), flags=ANSWERS_TAP)
    taps.register(send_again, DutyForm.resend, SendAgain.filter(), flags=ANSWERS_TAP)
    taps.register(press_late, SendAgain.filter(), flags=ANSWERS_TAP)
    messages.register(type_dispute, DutyForm.dispute, TYPED_TEXT)
    messages.register(type_note, DutyForm.note, TYPED_TEXT)
    messages.register(type_again, DutyForm.resend, TYPED_TEXT)
    for form in (DutyForm.dispute, DutyForm.note, DutyForm.day, DutyForm.day_reason, DutyForm.resend):
        messages.register(send_no_words, form, ~F.text)
