"""Another day for a duty: one's own where there was only a convention, else asked of the coordinator."""

from dataclasses import replace
from datetime import date

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common.filters import TYPED_TEXT
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.common.tap import ANSWERS_TAP
from handlers.plan.callbacks import BeginAct, ChooseDay, DutyAct, key_of
from handlers.plan.form import Asked, ask, asked_about, read_asked
from handlers.plan.keyboards import back_keyboard, day_keyboard
from handlers.plan.screens import give_back, press_late, show_card
from handlers.plan.states import DutyForm
from handlers.plan.texts import (
    ask_day_reason_text,
    ask_day_text,
    day_asked_note,
    day_set_note,
    not_a_day_text,
)
from services.access import Actor
from services.days import read_date
from services.duties.acting import ActingService
from services.duties.errors import DutyChanged
from services.duties.reporting import ReportingService
from services.duties.service import DutyService


async def begin_day(
    event: CallbackQuery,
    callback_data: BeginAct,
    actor: Actor,
    state: FSMContext,
    duty_reports: ReportingService,
    reader: Reader,
) -> None:
    """The unit wants another day."""
    key = key_of(callback_data)
    card = await duty_reports.begin(actor, key)
    await ask(state, DutyForm.day, asked_about(card))
    await show(event, ask_day_text(card, reader), day_keyboard(card, reader))


async def type_day(
    message: Message,
    actor: Actor,
    state: FSMContext,
    duty_acts: ActingService,
    duties: DutyService,
    reader: Reader,
) -> None:
    """The unit writes a day."""
    asked, wanted = await read_asked(state), read_date(message.text or "")
    if wanted is None:
        await show(message, not_a_day_text(), back_keyboard(asked.key))
        return
    await consider(message, asked, wanted, actor, state, duty_acts, duties, reader)


async def choose_day(
    event: CallbackQuery,
    callback_data: ChooseDay,
    actor: Actor,
    state: FSMContext,
    duty_acts: ActingService,
    duties: DutyService,
    reader: Reader,
) -> None:
    """The unit taps a day."""
    wanted = date.fromordinal(min(max(callback_data.day, 1), date.max.toordinal()))
    await consider(event, await read_asked(state), wanted, actor, state, duty_acts, duties, reader)


async def type_day_reason(
    message: Message,
    actor: Actor,
    state: FSMContext,
    duty_acts: ActingService,
    duties: DutyService,
    reader: Reader,
) -> None:
    """The unit says why it needs more time."""
    asked = replace(await read_asked(state), words=message.text or "")
    await send_day(message, asked, actor, state, duty_acts, duties, reader)


async def consider(
    event: Message | CallbackQuery,
    asked: Asked,
    wanted: date,
    actor: Actor,
    state: FSMContext,
    duty_acts: ActingService,
    duties: DutyService,
    reader: Reader,
) -> None:
    """Set the day where the unit may; else ask why."""
    _card, own = await duty_acts.consider_day(actor, asked.key, wanted)
    asked = replace(asked, day=wanted.isoformat())
    if own:
        await send_day(event, asked, actor, state, duty_acts, duties, reader)
        return
    await ask(state, DutyForm.day_reason, asked)
    await show(event, ask_day_reason_text(wanted, reader), back_keyboard(asked.key))


async def send_day(
    event: Message | CallbackQuery,
    asked: Asked,
    actor: Actor,
    state: FSMContext,
    duty_acts: ActingService,
    duties: DutyService,
    reader: Reader,
) -> None:
    """Set the unit's own day (no words are asked then), or ask the coordinator for a later one."""
    wanted = asked.wanted or date.min
    try:
        if asked.words:
            card = await duty_acts.ask_for_day(actor, asked.key, asked.stamp, wanted, asked.words)
        else:
            card = await duty_acts.set_day(actor, asked.key, asked.stamp, wanted)
    except DutyChanged:
        await give_back(event, asked, actor, state, duties, reader)
        return
    await state.clear()
    await show_card(event, card, reader, day_asked_note() if asked.words else day_set_note(card, reader))


def register_on(router: Router) -> None:
    """Add these handlers to the feature's router."""
    taps, messages = router.callback_query, router.message
    taps.register(begin_day, BeginAct.filter(F.act == DutyAct.DAY), flags=ANSWERS_TAP)
    taps.register(choose_day, DutyForm.day, ChooseDay.filter(), flags=ANSWERS_TAP)
    taps.register(press_late, ChooseDay.filter(), flags=ANSWERS_TAP)
    messages.register(type_day, DutyForm.day, TYPED_TEXT)
    messages.register(type_day_reason, DutyForm.day_reason, TYPED_TEXT)
