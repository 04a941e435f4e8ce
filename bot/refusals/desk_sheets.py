"""Refusals of spreadsheets of queues and of their rows."""

from aiogram import html
from aiogram.utils.i18n import gettext as _

from bot.refusals.words import Keyboards, Sentences, Words
from handlers.desk_sheets.keyboards import desks_keyboard
from handlers.roster.problems import fault_text
from services.desk_sheets.errors import (
    ApprovalUnclear,
    BothDecided,
    CellUnusable,
    FactHasNoPlace,
    RowDiffers,
    RowRepeated,
    RowUnknown,
    SheetGone,
    SheetTooLong,
    SheetUnreadable,
)
from services.languages import Language
from services.tables.dto import CellFlaw, FaultKind


def _unreadable(refusal: SheetUnreadable, _language: Language, _words: Words) -> str:
    if refusal.fault.kind is FaultKind.MISSING_COLUMNS:
        return _(
            "This is not a spreadsheet of a queue: the columns with the number of the request and its version are "
            "missing. Take the queue along, fill that spreadsheet and send it."
        )
    return "\n\n".join([html.quote(fault_text(refusal.fault)), _("Nothing was changed. Send the file once more.")])


def _gone(_refusal: SheetGone, _language: Language, _words: Words) -> str:
    return _(
        "This spreadsheet is not kept any more: it was done, cancelled, replaced, or is older than a day. "
        "Send it again."
    )


def _too_long(refusal: SheetTooLong, _language: Language, _words: Words) -> str:
    return _("There are too many rows: at most {limit}. Send the file in parts.").format(limit=refusal.limit)


def _row_unknown(_refusal: RowUnknown, _language: Language, _words: Words) -> str:
    return _("There is no such request. Leave the number and the version in the first columns as they were.")


def _row_repeated(_refusal: RowRepeated, _language: Language, _words: Words) -> str:
    return _("This request stands in an earlier row already. Keep one of them.")


def _both(_refusal: BothDecided, _language: Language, _words: Words) -> str:
    return _("The row approves and refuses at the same time. Empty one of the two cells.")


def _unclear(_refusal: ApprovalUnclear, _language: Language, _words: Words) -> str:
    return _("Write “yes” to approve, or leave the cell empty.")


def _unusable(refusal: CellUnusable, _language: Language, _words: Words) -> str:
    sentences = {
        CellFlaw.DATE: _("The spreadsheet has made a day of it. Write it as a text."),
        CellFlaw.FORMULA: _("There is a formula. Write the value itself."),
        CellFlaw.FORMULA_WITHOUT_VALUE: _("There is a formula. Write the value itself."),
        CellFlaw.ERROR: _("There is an error of the spreadsheet. Write the value itself."),
        CellFlaw.MERGED: _("The cell is merged with others. Split them and fill each."),
        CellFlaw.DIGITS_LOST: _("The spreadsheet has lost digits of it. Write it as a text."),
    }
    return sentences[refusal.flaw]


def _no_place(_refusal: FactHasNoPlace, _language: Language, _words: Words) -> str:
    return _("The certificate does not say this beside the other answers. Empty the cell, or change the others.")


def _row_differs(_refusal: RowDiffers, _language: Language, _words: Words) -> str:
    return _("This was not among what you confirmed. Send the row once more.")


SENTENCES: Sentences = {
    ApprovalUnclear: _unclear,
    BothDecided: _both,
    CellUnusable: _unusable,
    FactHasNoPlace: _no_place,
    RowDiffers: _row_differs,
    RowRepeated: _row_repeated,
    RowUnknown: _row_unknown,
    SheetGone: _gone,
    SheetTooLong: _too_long,
    SheetUnreadable: _unreadable,
}

KEYBOARDS: Keyboards = {SheetGone: desks_keyboard, SheetUnreadable: desks_keyboard, SheetTooLong: desks_keyboard}
