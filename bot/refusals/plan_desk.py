"""Refusals of the coordinator's desk of plans."""

from aiogram.utils.i18n import gettext as _

from bot.refusals.words import Keyboards, Sentences, Words
from handlers.plan_desk.decision_keyboards import waiting_button_keyboard
from handlers.plan_desk.words import desk_keyboard
from services.languages import Language
from services.plan_desk.errors import (
    DayUnusable,
    DecisionGone,
    DeskWordsNeeded,
    ItemChanged,
    NoSuchItem,
    NoSuchUnit,
)


def _decision_gone(_refusal: DecisionGone, _language: Language, _words: Words) -> str:
    return _("This waits no more: another coordinator has decided, or the unit took it back. Look at what waits now.")


def _no_such_item(_refusal: NoSuchItem, _language: Language, _words: Words) -> str:
    return _("This is not in the plans any more. Open the plan anew.")


def _item_changed(_refusal: ItemChanged, _language: Language, _words: Words) -> str:
    return _("Somebody else changed this meanwhile. Nothing was written; open it anew and decide then.")


def _words_needed(refusal: DeskWordsNeeded, _language: Language, _words: Words) -> str:
    return _("Write it in words, at most {limit} signs.").format(limit=refusal.limit)


def _day_unusable(refusal: DayUnusable, language: Language, words: Words) -> str:
    return _("The day must not be before {first} nor after {last}. Write another one.").format(
        first=words.dates.date(refusal.first, language), last=words.dates.date(refusal.last, language)
    )


def _no_such_unit(_refusal: NoSuchUnit, _language: Language, _words: Words) -> str:
    return _("This unit cannot be taken: it is gone, or it is the one that this is about. Choose another one.")


SENTENCES: Sentences = {
    DayUnusable: _day_unusable,
    DecisionGone: _decision_gone,
    DeskWordsNeeded: _words_needed,
    ItemChanged: _item_changed,
    NoSuchItem: _no_such_item,
    NoSuchUnit: _no_such_unit,
}
KEYBOARDS: Keyboards = {
    **dict.fromkeys(SENTENCES, desk_keyboard),
    DecisionGone: waiting_button_keyboard,
    DayUnusable: waiting_button_keyboard,
    DeskWordsNeeded: waiting_button_keyboard,
    NoSuchUnit: waiting_button_keyboard,
}
