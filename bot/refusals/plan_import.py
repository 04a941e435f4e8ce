"""Refusals of plans' files and of their review."""

from aiogram import html
from aiogram.utils.i18n import gettext as _

from bot.refusals.words import Keyboards, Sentences, Words
from handlers.plan_import.keyboards import desk_keyboard, sheet_again_keyboard
from handlers.roster.problems import fault_text
from services.languages import Language
from services.plan_import.errors import (
    DecisionsOutdated,
    DecisionsUnreadable,
    OtherYear,
    PlanClosed,
    PlanDraftDiffers,
    PlanDraftGone,
)


def _other_year(refusal: OtherYear, _language: Language, _words: Words) -> str:
    return _("The title of the file names {printed}, not {asked}. Nothing was saved.").format(
        printed=html.quote(refusal.printed), asked=refusal.asked
    )


def _closed(_refusal: PlanClosed, _language: Language, _words: Words) -> str:
    return _("This plan is closed. Nothing was saved.")


def _gone(_refusal: PlanDraftGone, _language: Language, _words: Words) -> str:
    return _("This file does not wait any more: it was taken over, forgotten, replaced, or is older than a week.")


def _differs(_refusal: PlanDraftDiffers, _language: Language, _words: Words) -> str:
    return _("Something changed since this screen was shown. Nothing was saved; open the file once more.")


def _unreadable(refusal: DecisionsUnreadable, _language: Language, _words: Words) -> str:
    if refusal.fault is not None:
        return "\n\n".join([html.quote(fault_text(refusal.fault)), _("Nothing was saved. Send the file once more.")])
    return _(
        "These rows of the spreadsheet cannot be understood: {rows}. Write days as 2026-03-12 and units by their "
        "codes, and leave the grey columns as they were. Nothing was saved."
    ).format(rows=", ".join(map(str, refusal.rows[:20])))


def _outdated(refusal: DecisionsOutdated, _language: Language, _words: Words) -> str:
    return _(
        "These rows of the spreadsheet were decided otherwise since it was made: {rows}. Nothing was saved. Take a new "
        "spreadsheet and correct that."
    ).format(rows=", ".join(map(str, refusal.rows[:20])))


SENTENCES: Sentences = {
    OtherYear: _other_year,
    PlanClosed: _closed,
    PlanDraftGone: _gone,
    PlanDraftDiffers: _differs,
    DecisionsUnreadable: _unreadable,
    DecisionsOutdated: _outdated,
}
KEYBOARDS: Keyboards = dict.fromkeys(SENTENCES, desk_keyboard) | {
    DecisionsUnreadable: sheet_again_keyboard,
    DecisionsOutdated: sheet_again_keyboard,
}
