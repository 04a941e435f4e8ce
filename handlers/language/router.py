"""/language, and the choice itself."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message
from aiogram.utils.i18n import I18n

from handlers.common.callbacks import GoTo, Place
from handlers.common.forms import leave_form
from handlers.common.keyboards import menu_keyboard
from handlers.common.language_choice import ChooseLanguage, language_keyboard, language_question
from handlers.common.screens import show
from handlers.common.texts import menu_text
from services.access import Actor
from services.accounts.service import AccountService
from services.university import UniversityCard


async def ask_for_languages(event: Message | CallbackQuery) -> None:
    """The person wants another language."""
    await show(event, language_question(), language_keyboard())


async def choose_language(
    event: CallbackQuery,
    callback_data: ChooseLanguage,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    accounts: AccountService,
    i18n: I18n,
    university: UniversityCard,
) -> None:
    """The person chooses; the screen becomes the menu in that language at once."""
    chosen = await accounts.choose_language(actor, callback_data.language)
    await leave_form(state, raw_state)
    with i18n.use_locale(chosen.language.value):
        await show(event, menu_text(chosen, university), menu_keyboard(chosen))


def create_router() -> Router:
    """Handlers of this feature."""
    router = Router(name="language")
    router.message.register(ask_for_languages, Command("language"))
    router.callback_query.register(ask_for_languages, GoTo.filter(F.place == Place.LANGUAGE))
    router.callback_query.register(choose_language, ChooseLanguage.filter())
    return router
