"""Refusals of corrections and recalls."""

from aiogram.utils.i18n import gettext as _

from bot.refusals.words import Keyboards, Sentences, Words
from handlers.common.keyboards import back_to_menu_keyboard
from services.languages import Language
from services.revisions.errors import (
    AlreadyWithdrawn,
    CorrectionChanged,
    CorrectionNotSeen,
    NothingCorrected,
    NotOutYet,
    OwnCorrection,
)


def _not_out_yet(_refusal: NotOutYet, _language: Language, _words: Words) -> str:
    return _("Nobody has got this announcement yet, so there is nothing to correct. Change its draft instead.")


def _withdrawn(_refusal: AlreadyWithdrawn, _language: Language, _words: Words) -> str:
    return _("This announcement was taken back already. To tell people after all, announce it anew.")


def _nothing_corrected(_refusal: NothingCorrected, _language: Language, _words: Words) -> str:
    return _("The new text is the same as the one that is out, so nothing was sent. Write what is to change.")


def _changed(_refusal: CorrectionChanged, _language: Language, _words: Words) -> str:
    return _("This correction was changed, sent or dropped meanwhile, so nothing was done. Open it once more.")


def _own(_refusal: OwnCorrection, _language: Language, _words: Words) -> str:
    return _("You wrote in this correction or submitted it. Another approver has to look at it.")


def _not_seen(_refusal: CorrectionNotSeen, _language: Language, _words: Words) -> str:
    return _(
        "Please look at the correction first: press “👁 Look at it in every language” in the message that asked you."
    )


SENTENCES: Sentences = {
    AlreadyWithdrawn: _withdrawn,
    CorrectionChanged: _changed,
    CorrectionNotSeen: _not_seen,
    NotOutYet: _not_out_yet,
    NothingCorrected: _nothing_corrected,
    OwnCorrection: _own,
}

KEYBOARDS: Keyboards = dict.fromkeys(SENTENCES, back_to_menu_keyboard)
