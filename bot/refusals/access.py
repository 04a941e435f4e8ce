"""Refusals of all features: no right, no link."""

from aiogram.utils.i18n import gettext as _

from bot.refusals.words import Sentences, Words
from services.access import NotAllowed, NotLinked
from services.languages import Language


def _not_allowed(_refusal: NotAllowed, _language: Language, _words: Words) -> str:
    return _("You have no right to do this.")


def _not_linked(_refusal: NotLinked, language: Language, words: Words) -> str:
    return _("This account is not linked to a student or an employee. A one-time code is given by: {office}").format(
        office=words.office(language)
    )


SENTENCES: Sentences = {NotAllowed: _not_allowed, NotLinked: _not_linked}
