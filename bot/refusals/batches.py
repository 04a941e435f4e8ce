"""Refusals of whole groups."""

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from bot.refusals.words import Keyboards, Sentences, Words
from handlers.batches.keyboards import begin_anew_keyboard
from handlers.roster.problems import fault_text
from services.batches.errors import (
    BatchDiffers,
    BatchListUnreadable,
    BatchNotReady,
    BatchTooLong,
    ListedTwice,
    NobodyCanHaveIt,
    NobodyInBatch,
    NoSuchBatch,
    NothingToCancel,
    PersonNotInRoster,
    ValuesMissing,
)
from services.languages import Language


def _no_such_batch(_refusal: NoSuchBatch, _language: Language, _words: Words) -> str:
    return _("This is not there any more. Open the desk and choose anew.")


def _unreadable(refusal: BatchListUnreadable, _language: Language, _words: Words) -> str:
    if refusal.fault is not None:
        return html.quote(fault_text(refusal.fault))
    return _(
        "Row {row} of the list cannot be read: its number is empty, or a cell holds a formula or a date where none "
        "belongs. Nothing was issued; put the row right and send the list again."
    ).format(row=refusal.row)


def _nobody(_refusal: NobodyInBatch, _language: Language, _words: Words) -> str:
    return _("No students are in such a group, or the list is empty. Look how the group is written and try again.")


def _too_long(refusal: BatchTooLong, _language: Language, _words: Words) -> str:
    return ngettext(
        "These are too many people: {limit} at most. Send the list in parts.",
        "These are too many people: {limit} at most. Send the list in parts.",
        refusal.limit,
    ).format(limit=refusal.limit)


def _nobody_can(_refusal: NobodyCanHaveIt, _language: Language, _words: Words) -> str:
    return _("Nobody of them can have this certificate, so nothing was issued.")


def _differs(_refusal: BatchDiffers, _language: Language, _words: Words) -> str:
    return _("Something has changed since this was shown, so nothing was issued. Look at it once more.")


def _not_ready(refusal: BatchNotReady, _language: Language, _words: Words) -> str:
    return _("Not everything is printed yet: {printed} of {rows}. You will be told when the archive is ready.").format(
        printed=refusal.printed, rows=refusal.rows
    )


def _nothing_to_cancel(_refusal: NothingToCancel, _language: Language, _words: Words) -> str:
    return _("There is nothing left to stop: everything is issued, or it was stopped before.")


def _values_missing(refusal: ValuesMissing, language: Language, words: Words) -> str:
    labels = ", ".join(words.labels.label(refusal.kind.id, fact, language) for fact in refusal.facts)
    return _("No value was given for: {facts}").format(facts=html.quote(labels))


def _listed_twice(refusal: ListedTwice, _language: Language, _words: Words) -> str:
    return _("This person stands in the list before already, in row {row}.").format(row=refusal.row)


def _not_in_roster(refusal: PersonNotInRoster, _language: Language, _words: Words) -> str:
    return _("Nobody in the roster has the number {number}.").format(number=html.quote(refusal.person_no))


SENTENCES: Sentences = {
    BatchDiffers: _differs,
    BatchListUnreadable: _unreadable,
    BatchNotReady: _not_ready,
    BatchTooLong: _too_long,
    ListedTwice: _listed_twice,
    NoSuchBatch: _no_such_batch,
    NobodyCanHaveIt: _nobody_can,
    NobodyInBatch: _nobody,
    NothingToCancel: _nothing_to_cancel,
    PersonNotInRoster: _not_in_roster,
    ValuesMissing: _values_missing,
}
KEYBOARDS: Keyboards = dict.fromkeys(
    (BatchListUnreadable, BatchTooLong, NobodyInBatch, NoSuchBatch), begin_anew_keyboard
)
