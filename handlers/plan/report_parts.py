"""The parts of a report that is being written: words, day, numbers; taking evidence out."""

from datetime import date

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from handlers.common.filters import TYPED_TEXT
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.common.tap import ANSWERS_TAP, Tap
from handlers.plan.callbacks import ChangePart, DropEvidence, HeldToday, ReportPart, ShowDraft
from handlers.plan.form import Draft, keep, read_draft
from handlers.plan.keyboards import back_keyboard, draft_keyboard, held_keyboard, part_keyboard
from handlers.plan.states import ReportForm
from handlers.plan.texts import (
    ask_attendance_text,
    ask_count_text,
    ask_held_text,
    ask_new_words_text,
    draft_text,
    earlier_step_toast,
    not_a_day_text,
    words_wanted_text,
)
from services.days import read_date
from services.duties.rules import LONGEST_WORDS, read_number, read_words
from services.duties.service import DutyService

_STEPS: dict[ReportPart, State] = {
    ReportPart.WORDS: ReportForm.words,
    ReportPart.HELD_ON: ReportForm.held_on,
    ReportPart.COUNT: ReportForm.count,
    ReportPart.ATTENDANCE: ReportForm.attendance,
}


async def type_words(message: Message, state: FSMContext, reader: Reader) -> None:
    """The unit writes what was done."""
    draft = await read_draft(state)
    draft.words = read_words(message.text or "", LONGEST_WORDS)
    await _show(message, state, draft, reader)


async def change_part(event: CallbackQuery, callback_data: ChangePart, state: FSMContext) -> None:
    """The unit wants to write a part of the report."""
    await state.set_state(_STEPS[callback_data.part])
    text, keyboard = _question(callback_data.part)
    await show(event, text, keyboard)


async def type_held_on(message: Message, state: FSMContext, duties: DutyService, reader: Reader) -> None:
    """The unit writes on which day it was held."""
    day = read_date(message.text or "")
    if day is None:
        await show(message, not_a_day_text(), held_keyboard())
        return
    await _hold(message, day, state, duties, reader)


async def hold_today(event: CallbackQuery, state: FSMContext, duties: DutyService, reader: Reader) -> None:
    """It was held today."""
    await _hold(event, duties.today(), state, duties, reader)


async def type_count(message: Message, state: FSMContext, reader: Reader) -> None:
    """The unit writes how many."""
    draft = await read_draft(state)
    draft.count = read_number(message.text or "", least=1)
    await _show(message, state, draft, reader)


async def type_attendance(message: Message, state: FSMContext, reader: Reader) -> None:
    """The unit writes how many people came."""
    draft = await read_draft(state)
    draft.attendance = read_number(message.text or "", least=0)
    await _show(message, state, draft, reader)


async def drop_evidence(event: CallbackQuery, state: FSMContext, reader: Reader) -> None:
    """The unit takes the last piece out."""
    draft = await read_draft(state)
    del draft.pieces[-1:]
    await _show(event, state, draft, reader)


async def show_draft(event: CallbackQuery, state: FSMContext, reader: Reader) -> None:
    """The unit comes back to the report."""
    await _show(event, state, await read_draft(state), reader)


async def press_late(event: CallbackQuery, tap: Tap) -> None:  # noqa: ARG001 -- every handler takes its event
    """Somebody taps on a report that was given or left."""
    await tap.answer(earlier_step_toast())


async def send_no_words(message: Message, state: FSMContext) -> None:
    """The unit sends something else where words are waited for."""
    draft = await read_draft(state)
    await show(message, words_wanted_text(), part_keyboard() if draft.words else back_keyboard(draft.key))


async def _hold(
    event: Message | CallbackQuery, day: date, state: FSMContext, duties: DutyService, reader: Reader
) -> None:
    duties.check_held(day)
    draft = await read_draft(state)
    draft.held_on = day.isoformat()
    await _show(event, state, draft, reader)


async def _show(event: Message | CallbackQuery, state: FSMContext, draft: Draft, reader: Reader) -> None:
    await keep(state, ReportForm.draft, draft)
    await show(event, draft_text(draft, reader), draft_keyboard(draft))


def _question(part: ReportPart) -> tuple[str, InlineKeyboardMarkup]:
    questions = {
        ReportPart.WORDS: ask_new_words_text,
        ReportPart.HELD_ON: ask_held_text,
        ReportPart.COUNT: ask_count_text,
        ReportPart.ATTENDANCE: ask_attendance_text,
    }
    return questions[part](), held_keyboard() if part is ReportPart.HELD_ON else part_keyboard()


def register_on(router: Router) -> None:
    """Add these handlers to the feature's router."""
    taps, messages = router.callback_query, router.message
    parts = (ReportForm.draft, ReportForm.held_on, ReportForm.count, ReportForm.attendance)
    for step in parts:
        taps.register(change_part, step, ChangePart.filter(), flags=ANSWERS_TAP)
        taps.register(show_draft, step, ShowDraft.filter(), flags=ANSWERS_TAP)
    taps.register(show_draft, ReportForm.words, ShowDraft.filter(), flags=ANSWERS_TAP)
    taps.register(hold_today, ReportForm.held_on, HeldToday.filter(), flags=ANSWERS_TAP)
    taps.register(drop_evidence, ReportForm.draft, DropEvidence.filter(), flags=ANSWERS_TAP)
    for late in (ChangePart, ShowDraft, HeldToday, DropEvidence):
        taps.register(press_late, late.filter(), flags=ANSWERS_TAP)
    messages.register(type_words, ReportForm.words, TYPED_TEXT)
    messages.register(type_held_on, ReportForm.held_on, TYPED_TEXT)
    messages.register(type_count, ReportForm.count, TYPED_TEXT)
    messages.register(type_attendance, ReportForm.attendance, TYPED_TEXT)
    for form in (ReportForm.words, ReportForm.held_on, ReportForm.count, ReportForm.attendance):
        messages.register(send_no_words, form, ~F.text)
