"""The first screen: the language once, then the menu."""

from aiogram.types import Message

from handlers.common.keyboards import menu_keyboard
from handlers.common.language_choice import language_keyboard, language_question
from handlers.common.screens import show
from handlers.common.texts import menu_text
from services.access import Actor
from services.university import UniversityCard


async def show_first_screen(message: Message, actor: Actor, university: UniversityCard) -> None:
    """Ask who never chose a language; show the others what they can do."""
    if actor.language_chosen:
        await show(message, menu_text(actor, university), menu_keyboard(actor))
    else:
        await show(message, language_question(), language_keyboard())
