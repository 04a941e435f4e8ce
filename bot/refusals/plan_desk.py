"""Refusals of the coordinator's desk of plans."""

from aiogram.utils.i18n import gettext as _

from bot.refusals.words import Keyboards, Sentences, Words
from handlers.plan_desk.decision_keyboards import waiting_button_keyboard
from handlers.plan_desk.words import desk_keyboard
from handlers.sittings.texts import none_printed_text
from services.languages import Language
from services.plan_desk.errors import (
    CountUnusable,
    DayUnusable,
    DeadlineUnclear,
    DecisionGone,
    DeskWordsNeeded,
    GroupUnusable,
    ItemChanged,
    LadderUnusable,
    NoSuchItem,
    NoSuchUnit,
    RhythmUnusable,
)
from services.sittings.errors import (
    MaterialsUnusable,
    NoPaper,
    NoSittingsPrinted,
    NoSuchSitting,
    PaperUnusable,
    SittingChanged,
    SittingOver,
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


def _count_unusable(refusal: CountUnusable, _language: Language, _words: Words) -> str:
    return _("Write a whole number from 0 to {most}.").format(most=refusal.most)


def _deadline_unclear(_refusal: DeadlineUnclear, _language: Language, _words: Words) -> str:
    return _("I am not sure which day that is. Write a date such as 25.12.2026, or a month with its year.")


def _ladder_unusable(refusal: LadderUnusable, _language: Language, _words: Words) -> str:
    return _("Write at most {most} whole numbers from 0 to {farthest}, such as 30, 14, 7, 3, 1, 0.").format(
        most=refusal.most, farthest=refusal.farthest
    )


def _rhythm_unusable(refusal: RhythmUnusable, _language: Language, _words: Words) -> str:
    return _("Write a whole number from 1 to {longest}.").format(longest=refusal.longest)


def _group_unusable(_refusal: GroupUnusable, _language: Language, _words: Words) -> str:
    return _("That cannot be: the group is gone, or it would stand in itself.")


def _no_such_sitting(_refusal: NoSuchSitting, _language: Language, _words: Words) -> str:
    return _("This sitting or its plan is gone, or the plan is closed.")


def _sitting_changed(_refusal: SittingChanged, _language: Language, _words: Words) -> str:
    return _("Somebody else changed the sitting meanwhile. Nothing was written; open it anew.")


def _sitting_over(_refusal: SittingOver, _language: Language, _words: Words) -> str:
    return _("The sitting was held or cancelled meanwhile, or is planned already. Open it anew.")


def _none_printed(_refusal: NoSittingsPrinted, _language: Language, _words: Words) -> str:
    return none_printed_text()


def _paper_unusable(refusal: PaperUnusable, _language: Language, _words: Words) -> str:
    return _("Only PDF and Word files (DOCX, without macros) of at most {limit} MB are taken.").format(
        limit=refusal.limit_megabytes
    )


def _no_paper(_refusal: NoPaper, _language: Language, _words: Words) -> str:
    return _("This paper is not attached. Open the sitting anew.")


def _materials_unusable(refusal: MaterialsUnusable, _language: Language, _words: Words) -> str:
    return _("Write a whole number from 0 to {most}.").format(most=refusal.most)


SENTENCES: Sentences = {
    CountUnusable: _count_unusable,
    DeadlineUnclear: _deadline_unclear,
    GroupUnusable: _group_unusable,
    LadderUnusable: _ladder_unusable,
    MaterialsUnusable: _materials_unusable,
    NoPaper: _no_paper,
    NoSittingsPrinted: _none_printed,
    NoSuchSitting: _no_such_sitting,
    PaperUnusable: _paper_unusable,
    RhythmUnusable: _rhythm_unusable,
    SittingChanged: _sitting_changed,
    SittingOver: _sitting_over,
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
