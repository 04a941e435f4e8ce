"""Refusals of all features: no right, no link."""

from aiogram.utils.i18n import gettext as _

from bot.refusals.words import Keyboards, Sentences, Words
from handlers.common.keyboards import back_to_menu_keyboard
from handlers.common.texts import office_line
from handlers.linking.keyboards import linking_keyboard
from services.access import LinkFrozen, NotAllowed, NotLinked
from services.languages import Language


def _not_allowed(_refusal: NotAllowed, _language: Language, _words: Words) -> str:
    return _("You have no right to do this.")


def _not_linked(_refusal: NotLinked, language: Language, words: Words) -> str:
    return _("This account is not linked to a student or an employee. A one-time code is given by: {office}").format(
        office=words.office(language)
    )


def _link_frozen(_refusal: LinkFrozen, language: Language, words: Words) -> str:
    return _("⛔ The link of this account is on hold. Please come with your document to: {office}").format(
        office=office_line(words.university, language)
    )


SENTENCES: Sentences = {LinkFrozen: _link_frozen, NotAllowed: _not_allowed, NotLinked: _not_linked}
KEYBOARDS: Keyboards = {LinkFrozen: back_to_menu_keyboard, NotLinked: linking_keyboard}
