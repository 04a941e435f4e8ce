"""The menu, /help and /cancel: they work everywhere, also in the middle of a form."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common.callbacks import GoTo, Place
from handlers.common.keyboards import back_to_menu_keyboard, menu_keyboard
from handlers.common.screens import show
from handlers.common.texts import cancelled_text, help_text, menu_text
from services.access import Actor
from services.university import UniversityCard


async def open_menu(event: CallbackQuery, actor: Actor, university: UniversityCard, state: FSMContext) -> None:
    """The person goes back to the menu; a form that was open is left."""
    await state.clear()
    await show(event, menu_text(actor, university), menu_keyboard(actor))


async def ask_for_help(event: Message | CallbackQuery, actor: Actor, university: UniversityCard) -> None:
    """The person asks what the bot can do."""
    await show(event, help_text(actor, university), back_to_menu_keyboard())


async def cancel(message: Message, actor: Actor, state: FSMContext) -> None:
    """The person leaves whatever was begun."""
    something = await state.get_state() is not None
    await state.clear()
    await show(message, cancelled_text(something=something), menu_keyboard(actor))


def create_router() -> Router:
    """Commands that no form may eat."""
    router = Router(name="common")
    router.message.register(ask_for_help, Command("help"))
    router.message.register(cancel, Command("cancel"))
    router.callback_query.register(ask_for_help, GoTo.filter(F.place == Place.HELP))
    router.callback_query.register(open_menu, GoTo.filter(F.place == Place.MENU))
    return router
