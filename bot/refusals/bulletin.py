"""Refusals to readers of announcements."""

from aiogram.utils.i18n import gettext as _

from bot.refusals.words import Keyboards, Sentences, Words
from handlers.bulletin.keyboards import bulletin_keyboard
from services.bulletin.errors import AnnouncementWithdrawn, NotARecipient, NotInBulletin, OnlyPreview
from services.languages import Language


def _not_in_bulletin(_refusal: NotInBulletin, _language: Language, _words: Words) -> str:
    return _("This announcement is not to be found any more. /announcements shows the last ones.")


def _only_preview(_refusal: OnlyPreview, _language: Language, _words: Words) -> str:
    return _("This is a preview, so nothing is noted. Once the announcement is out, this button works.")


def _not_a_recipient(_refusal: NotARecipient, _language: Language, _words: Words) -> str:
    return _("This announcement was not sent to you, so there is nothing for you to confirm.")


def _withdrawn(_refusal: AnnouncementWithdrawn, _language: Language, _words: Words) -> str:
    return _("This announcement was withdrawn, so there is nothing to confirm any more.")


SENTENCES: Sentences = {
    AnnouncementWithdrawn: _withdrawn,
    NotARecipient: _not_a_recipient,
    NotInBulletin: _not_in_bulletin,
    OnlyPreview: _only_preview,
}

KEYBOARDS: Keyboards = dict.fromkeys(SENTENCES, bulletin_keyboard)
