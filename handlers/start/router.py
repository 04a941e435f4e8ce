"""/start: the language once, then the menu."""

from aiogram import Router
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.common.forms import leave_form
from handlers.common.keyboards import menu_keyboard
from handlers.common.language_choice import language_keyboard, language_question
from handlers.common.screens import show
from handlers.common.texts import menu_text
from services.access import Actor
from services.university import UniversityCard


async def start(
    message: Message, actor: Actor, state: FSMContext, raw_state: str | None, university: UniversityCard
) -> None:
    """The person starts the bot; a form that was open is left."""
    await leave_form(state, raw_state)
    if actor.language_chosen:
        await show(message, menu_text(actor, university), menu_keyboard(actor))
    else:
        await show(message, language_question(), language_keyboard())


def create_router() -> Router:
    """Included first: it is what people send most. Links (`/start v_…`) belong to their features."""
    router = Router(name="start")
    router.message.register(start, CommandStart(deep_link=False))
    return router
