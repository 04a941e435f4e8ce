"""The end of the routing table: nobody is left without an answer."""

from aiogram import F, Router
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message
from aiogram.utils.i18n import gettext as _

from handlers.common.first_screen import show_first_screen
from handlers.common.forms import leave_form
from handlers.common.keyboards import menu_keyboard
from handlers.common.screens import show
from handlers.common.tap import ANSWERS_TAP, Tap
from handlers.common.texts import cannot_read_text, menu_text, not_understood_text
from services.access import Actor
from services.university import UniversityCard


async def press_unknown_button(event: CallbackQuery, tap: Tap, actor: Actor, university: UniversityCard) -> None:
    """The person presses a button of a version long gone."""
    await tap.answer(_("This button is out of date. Here is the menu of today."), alert=True)
    await show(event, menu_text(actor, university), menu_keyboard(actor))


async def follow_unknown_link(
    message: Message, actor: Actor, state: FSMContext, raw_state: str | None, university: UniversityCard
) -> None:
    """The person comes by a link that leads nowhere any more; it is a start like any other."""
    await leave_form(state, raw_state)
    await show_first_screen(message, actor, university)


async def write_something(message: Message, actor: Actor) -> None:
    """The person writes what is neither a command nor a code."""
    await show(message, not_understood_text(), menu_keyboard(actor))


async def send_something(message: Message, actor: Actor) -> None:
    """The person sends a sticker, a voice message, a place."""
    await show(message, cannot_read_text(), menu_keyboard(actor))


def create_router() -> Router:
    """Included last."""
    router = Router(name="fallback")
    router.message.register(follow_unknown_link, CommandStart())
    router.message.register(write_something, F.text)
    router.message.register(send_something)
    router.callback_query.register(press_unknown_button, flags=ANSWERS_TAP)
    return router
