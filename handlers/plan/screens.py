"""Screens that several handlers of this feature show."""

from dataclasses import replace

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.common.tap import Tap
from handlers.plan.card_texts import card_text
from handlers.plan.form import Asked, ask
from handlers.plan.keyboards import card_keyboard, resend_keyboard
from handlers.plan.states import DutyForm
from handlers.plan.texts import earlier_step_toast, resend_text
from services.access import Actor
from services.duties.dto import DutyCard
from services.duties.service import DutyService


async def show_card(event: Message | CallbackQuery, card: DutyCard, reader: Reader, note: str = "") -> None:
    """Show a duty, with a word about what was just done."""
    await show(event, card_text(card, reader, note), card_keyboard(card))


async def give_back(
    event: Message | CallbackQuery,
    asked: Asked,
    actor: Actor,
    state: FSMContext,
    duties: DutyService,
    reader: Reader,
) -> None:
    """Somebody else was quicker: show the duty as it is now, keep what was typed and offer to send it again."""
    card = await duties.open(actor, asked.key)
    await ask(state, DutyForm.resend, replace(asked, stamp=card.stamp))
    await show(event, resend_text(card, asked.words, reader), resend_keyboard(asked.key))


async def press_late(event: CallbackQuery, tap: Tap) -> None:  # noqa: ARG001 -- every handler takes its event
    """Somebody taps on a screen of an earlier step; what is on the screen stays."""
    await tap.answer(earlier_step_toast())
