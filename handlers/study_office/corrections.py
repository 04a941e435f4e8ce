"""Entering missing facts and correcting wrong ones: choose, type, confirm."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common.filters import TYPED_TEXT
from handlers.common.forms import mark_of
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.common.tap import ANSWERS_TAP
from handlers.study_office.callbacks import (
    ChooseValue,
    EnterFact,
    ListCorrections,
    ListFacts,
    SaveFact,
    WithdrawCorrection,
)
from handlers.study_office.keyboards import (
    corrections_keyboard,
    desk_keyboard,
    facts_keyboard,
    proposal_keyboard,
    value_keyboard,
)
from handlers.study_office.screens import show_card
from handlers.study_office.states import StudyOfficeForm, take_seat
from handlers.study_office.texts import (
    ask_for_value_text,
    corrections_text,
    desk_text,
    facts_text,
    out_of_date_note,
    proposal_text,
    saved_note,
    withdrawn_note,
)
from services.access import Actor
from services.corrections.dto import Fact
from services.corrections.service import CorrectionService
from services.study_office.service import StudyOfficeService


async def list_facts(
    event: CallbackQuery,
    callback_data: ListFacts,
    actor: Actor,
    state: FSMContext,
    study_office: StudyOfficeService,
) -> None:
    """The official wants to enter a fact."""
    card = await study_office.get_card(actor, callback_data.person_id)
    await take_seat(state)
    missing = callback_data.missing
    await show(event, facts_text(card, missing=missing), facts_keyboard(card, missing=missing))


async def enter_fact(
    event: CallbackQuery,
    callback_data: EnterFact,
    actor: Actor,
    state: FSMContext,
    corrections: CorrectionService,
    reader: Reader,
) -> None:
    """The official chooses a fact; the next typed text is its value."""
    question = await corrections.ask(actor, callback_data.person_id, callback_data.fact)
    await take_seat(state)
    await state.update_data({"person": question.person_id, "fact": question.fact.value, "value": None})
    await state.set_state(StudyOfficeForm.value)
    await show(event, ask_for_value_text(question, reader), value_keyboard(question, reader))


async def type_value(
    message: Message,
    actor: Actor,
    state: FSMContext,
    corrections: CorrectionService,
    reader: Reader,
) -> None:
    """The official types the value."""
    await _propose(message, message.text or "", actor, state, corrections, reader)


async def choose_value(
    event: CallbackQuery,
    callback_data: ChooseValue,
    actor: Actor,
    state: FSMContext,
    corrections: CorrectionService,
    reader: Reader,
) -> None:
    """The official chooses from the closed list, or leaves the fact empty."""
    if await state.get_state() != StudyOfficeForm.value.state:
        await _start_anew(event, state)
        return
    await _propose(event, callback_data.value, actor, state, corrections, reader)


async def save_fact(
    event: CallbackQuery,
    callback_data: SaveFact,
    actor: Actor,
    state: FSMContext,
    corrections: CorrectionService,
    study_office: StudyOfficeService,
    reader: Reader,
) -> None:
    """The official confirms what the screen showed, and nothing else."""
    shown = await _shown(callback_data, state)
    if shown is None:
        await _start_anew(event, state)
        return
    person_id, fact, value = shown
    await corrections.correct(actor, person_id, fact, value)
    card = await study_office.get_card(actor, person_id)
    await show_card(event, card, reader, await take_seat(state), done=saved_note(fact))


async def list_corrections(
    event: CallbackQuery,
    callback_data: ListCorrections,
    actor: Actor,
    study_office: StudyOfficeService,
    reader: Reader,
) -> None:
    """The official wants to see what was corrected."""
    card = await study_office.get_card(actor, callback_data.person_id)
    text = corrections_text(card.name, card.corrections, reader)
    await show(event, text, corrections_keyboard(card.id, card.corrections))


async def withdraw_correction(
    event: CallbackQuery,
    callback_data: WithdrawCorrection,
    actor: Actor,
    state: FSMContext,
    corrections: CorrectionService,
    study_office: StudyOfficeService,
    reader: Reader,
) -> None:
    """The official takes a correction back."""
    correction = await corrections.withdraw(actor, callback_data.correction_id)
    card = await study_office.get_card(actor, correction.person_id)
    await show_card(event, card, reader, await take_seat(state), done=withdrawn_note(correction.fact))


async def _propose(
    event: Message | CallbackQuery,
    text: str,
    actor: Actor,
    state: FSMContext,
    corrections: CorrectionService,
    reader: Reader,
) -> None:
    data = await state.get_data()
    fact = Fact(data["fact"])
    proposed = await corrections.review(actor, data["person"], fact, text)
    await state.update_data({"value": proposed.new})
    mark = mark_of(proposed.person_id, fact.value, proposed.new)
    await show(event, proposal_text(proposed, reader), proposal_keyboard(proposed.person_id, mark))


async def _shown(button: SaveFact, state: FSMContext) -> tuple[int, Fact, str] | None:
    """Return person, fact and value of the screen with this button; None if they are not the newest."""
    data = await state.get_data()
    if await state.get_state() != StudyOfficeForm.value.state or data.get("value") is None:
        return None
    person_id, fact, value = data["person"], Fact(data["fact"]), data["value"]
    return (person_id, fact, value) if button.mark == mark_of(person_id, fact.value, value) else None


async def _start_anew(event: CallbackQuery, state: FSMContext) -> None:
    """Answer a button from a screen that was left: nothing is written."""
    await take_seat(state)
    await show(event, f"{out_of_date_note()}\n\n{desk_text()}", desk_keyboard())


def register_on(router: Router) -> None:
    """Add these handlers to the feature's router."""
    taps = router.callback_query
    taps.register(list_facts, ListFacts.filter(), flags=ANSWERS_TAP)
    taps.register(enter_fact, EnterFact.filter(), flags=ANSWERS_TAP)
    taps.register(choose_value, ChooseValue.filter(), flags=ANSWERS_TAP)
    taps.register(save_fact, SaveFact.filter(), flags=ANSWERS_TAP)
    taps.register(list_corrections, ListCorrections.filter(), flags=ANSWERS_TAP)
    taps.register(withdraw_correction, WithdrawCorrection.filter(), flags=ANSWERS_TAP)
    router.message.register(type_value, StudyOfficeForm.value, TYPED_TEXT)
