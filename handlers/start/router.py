"""/start: the language once, then the menu."""

from aiogram import Router
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.common.first_screen import show_first_screen
from handlers.common.forms import leave_form
from services.access import Actor
from services.university import UniversityCard


async def start(
    message: Message, actor: Actor, state: FSMContext, raw_state: str | None, university: UniversityCard
) -> None:
    """The person starts the bot; a form that was open is left."""
    await leave_form(state, raw_state)
    await show_first_screen(message, actor, university)


def create_router() -> Router:
    """Included first: it is what people send most. Links (`/start v_…`) belong to their features."""
    router = Router(name="start")
    router.message.register(start, CommandStart(deep_link=False))
    return router
