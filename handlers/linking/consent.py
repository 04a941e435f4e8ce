"""The text about personal data stands before every way of linking; what was asked for is remembered meanwhile."""

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common.screens import show
from handlers.linking.keyboards import consent_keyboard
from handlers.linking.states import LinkingForm
from handlers.linking.texts import consent_text
from services.access import Actor
from services.linking.rules import CONSENT_VERSION
from services.university import UniversityCard


async def ask_for_consent(
    event: Message | CallbackQuery, actor: Actor, state: FSMContext, university: UniversityCard, **asked: str
) -> None:
    """Show the text. `asked`: `way` to go on with, or the `digest` of a code in hex; never the code itself."""
    await state.set_state(LinkingForm.consent)
    await state.set_data(asked)
    text = consent_text(university, CONSENT_VERSION, actor.language)
    await show(event, text, consent_keyboard(CONSENT_VERSION, actor.language))
