"""Refusals of audiences and of lists of people."""

from aiogram import html
from aiogram.utils.i18n import gettext as _

from bot.refusals.words import Keyboards, Sentences, Words
from handlers.common.keyboards import back_to_menu_keyboard
from handlers.roster.problems import fault_text
from services.audience.dto import TermFault
from services.audience.errors import AudienceUnknown, AudienceUnreadable, ListEmpty, ListNameUnusable, ListUnreadable
from services.audience.rules import LONGEST_EXPRESSION
from services.languages import Language
from services.tables.dto import FaultKind


def _unreadable(refusal: AudienceUnreadable, _language: Language, _words: Words) -> str:
    sentences = {
        TermFault.EMPTY: _("This says nobody. Write “all”, or terms such as “role:student unit:mti”."),
        TermFault.TOO_LONG: _("This is longer than {limit} signs. Whoever means so many people brings a list."),
        TermFault.BARE_WORD: _("“{term}” is no term: it lacks a colon. Write it like “role:student”."),
        TermFault.UNKNOWN_KEY: _("“{term}” begins with no word that I know. These are possible: {allowed}."),
        TermFault.NO_VALUE: _("“{term}” lacks a value. No space may stand after the colon: “course:1,2”."),
        TermFault.IMPOSSIBLE_VALUE: _("“{term}” has a value that cannot be. These are possible: {allowed}."),
        TermFault.OPEN_QUOTE: _("From here on a quotation mark is missing: {term}"),
        TermFault.NOBODY: _("“{term}” would leave out everybody."),
        TermFault.ACCOUNT: _(
            "“{term}” names Telegram accounts, which a unit’s announcement cannot. Name people by their numbers "
            "(“person:…”), or bring a list."
        ),
    }
    if refusal.reason is TermFault.IMPOSSIBLE_VALUE and not refusal.allowed:
        sentence = _("“{term}” has a value that cannot be. Look how it is written, and write it once more.")
    else:
        sentence = sentences[refusal.reason]
    limit = f"{LONGEST_EXPRESSION:,}".replace(",", "\u00a0")
    return sentence.format(term=html.quote(refusal.term), allowed=", ".join(refusal.allowed), limit=limit)


def _unknown(refusal: AudienceUnknown, _language: Language, _words: Words) -> str:
    sentence = _(
        "The audience names what does not exist: {names}. Nobody can tell who is meant, so nothing was done. Put the "
        "audience right, or cancel the announcement and announce it anew."
    )
    return sentence.format(names=html.quote(" ".join(refusal.terms)))


def _list_unreadable(refusal: ListUnreadable, _language: Language, _words: Words) -> str:
    if refusal.fault is None:
        return _(
            "Row {row} of the list cannot be read: its number is empty, or a cell holds a formula or a date where none "
            "belongs. Nothing was changed; put the row right and send the list again."
        ).format(row=refusal.row)
    if refusal.fault.kind is FaultKind.MISSING_COLUMNS:
        return _(
            "The list has no column “person_no” with the numbers of people in the roster. Nothing was changed; add the "
            "column and send the list again."
        )
    return html.quote(fault_text(refusal.fault))


def _list_empty(_refusal: ListEmpty, _language: Language, _words: Words) -> str:
    return _(
        "Nobody in the roster has any of the numbers in the list, so nothing was changed. Look at its column "
        "“person_no”."
    )


def _list_name(refusal: ListNameUnusable, _language: Language, _words: Words) -> str:
    return _(
        "No list can be called so: {name}. A name has at most 100 signs and no quotation marks. Rename the file and "
        "send it again."
    ).format(name=html.quote(refusal.name[:100]))


SENTENCES: Sentences = {
    AudienceUnknown: _unknown,
    AudienceUnreadable: _unreadable,
    ListEmpty: _list_empty,
    ListNameUnusable: _list_name,
    ListUnreadable: _list_unreadable,
}

KEYBOARDS: Keyboards = dict.fromkeys(SENTENCES, back_to_menu_keyboard)
