"""Refusals to readers of announcements."""

from aiogram.utils.i18n import gettext as _

from bot.refusals.words import Keyboards, Sentences, Words
from handlers.bulletin.keyboards import bulletin_keyboard
from handlers.common.keyboards import back_to_menu_keyboard
from services.bulletin.errors import (
    AnnouncementWithdrawn,
    NobodyToRemind,
    NotARecipient,
    NothingToConfirm,
    NothingToCount,
    NotInBulletin,
    OnlyPreview,
    RemindedLately,
)
from services.languages import Language


def _not_in_bulletin(_refusal: NotInBulletin, _language: Language, _words: Words) -> str:
    return _("This announcement is not to be found any more. /announcements shows the last ones.")


def _only_preview(_refusal: OnlyPreview, _language: Language, _words: Words) -> str:
    return _("This is a preview, so nothing is noted. Once the announcement is out, this button works.")


def _not_a_recipient(_refusal: NotARecipient, _language: Language, _words: Words) -> str:
    return _("This announcement was not sent to you, so there is nothing for you to confirm.")


def _withdrawn(_refusal: AnnouncementWithdrawn, _language: Language, _words: Words) -> str:
    return _("This announcement was withdrawn, so there is nothing to confirm any more.")


def _nothing_to_count(_refusal: NothingToCount, _language: Language, _words: Words) -> str:
    return _("This announcement has not begun to go out, so it has no readers yet.")


def _nothing_to_confirm(_refusal: NothingToConfirm, _language: Language, _words: Words) -> str:
    return _("This announcement does not ask its readers to confirm it, so nobody is to be reminded.")


def _nobody_to_remind(_refusal: NobodyToRemind, _language: Language, _words: Words) -> str:
    return _("Everybody who got this announcement has confirmed it, so nobody was reminded.")


def _reminded_lately(refusal: RemindedLately, language: Language, words: Words) -> str:
    sentence = _("A reminder went out lately, so nobody was reminded again. The next one may go out from: {moment}")
    return sentence.format(moment=words.dates.moment(refusal.not_before, language))


SENTENCES: Sentences = {
    AnnouncementWithdrawn: _withdrawn,
    NotARecipient: _not_a_recipient,
    NotInBulletin: _not_in_bulletin,
    OnlyPreview: _only_preview,
    NobodyToRemind: _nobody_to_remind,
    NothingToConfirm: _nothing_to_confirm,
    NothingToCount: _nothing_to_count,
    RemindedLately: _reminded_lately,
}

KEYBOARDS: Keyboards = {
    **dict.fromkeys(SENTENCES, bulletin_keyboard),
    **dict.fromkeys((NobodyToRemind, NothingToConfirm, NothingToCount, RemindedLately), back_to_menu_keyboard),
}
