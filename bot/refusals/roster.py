"""Refusals of the roster's desk."""

from aiogram import html
from aiogram.utils.i18n import gettext as _

from bot.refusals.words import Sentences, Words
from handlers.roster.problems import fault_text
from services.languages import Language
from services.people.errors import DraftDiffers, DraftGone, NothingToUndo, NotTheLastImport, RosterUnreadable


def _unreadable(refusal: RosterUnreadable, _language: Language, _words: Words) -> str:
    return "\n\n".join([html.quote(fault_text(refusal.fault)), _("Nothing was changed. Send the file once more.")])


def _draft_gone(_refusal: DraftGone, _language: Language, _words: Words) -> str:
    return _(
        "This file is not kept any more: it was imported, cancelled, replaced, or is older than a day. Send it again."
    )


def _draft_differs(_refusal: DraftDiffers, _language: Language, _words: Words) -> str:
    return _("The roster has changed since you saw the difference. Nothing was written. Send the file again.")


def _nothing_to_undo(_refusal: NothingToUndo, _language: Language, _words: Words) -> str:
    return _("There is no import of the last seven days that could be undone.")


def _not_the_last(_refusal: NotTheLastImport, _language: Language, _words: Words) -> str:
    return _("This import was undone already, or a newer one came after it. Only the newest can be undone.")


SENTENCES: Sentences = {
    DraftDiffers: _draft_differs,
    DraftGone: _draft_gone,
    NotTheLastImport: _not_the_last,
    NothingToUndo: _nothing_to_undo,
    RosterUnreadable: _unreadable,
}
