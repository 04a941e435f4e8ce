"""Refusals about papers that end."""

from aiogram.types import InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from bot.refusals.words import Keyboards, Sentences, Words
from handlers.common.callbacks import Place
from handlers.common.keyboards import menu_button, place_button
from services.expiries.errors import PaperMoved
from services.languages import Language


def _paper_moved(_refusal: PaperMoved, _language: Language, _words: Words) -> str:
    return _("The university has another date for this paper now. Open “My papers” to see it.")


def _to_papers() -> InlineKeyboardMarkup:
    own = place_button(_("🛂 My papers"), Place.OWN_PAPERS)
    return InlineKeyboardMarkup(inline_keyboard=[[own], [menu_button()]])


SENTENCES: Sentences = {PaperMoved: _paper_moved}

KEYBOARDS: Keyboards = {PaperMoved: _to_papers}
