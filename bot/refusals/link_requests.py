"""Refusals of requests to be recognised."""

from aiogram.utils.i18n import gettext as _

from bot.refusals.words import Keyboards, Sentences, Words
from handlers.common.texts import office_line
from handlers.link_requests.keyboards import next_keyboard
from handlers.linking.keyboards import linking_keyboard, ways_keyboard
from services.languages import Language
from services.link_requests.errors import (
    AskerFrozen,
    HolderNeedsCode,
    ReasonUnreadable,
    RequestDecided,
    RequestsExhausted,
    RequestUnreadable,
    RequestWaiting,
)
from services.link_requests.rules import LONGEST, LONGEST_REASON, SHORTEST


def _waiting(refusal: RequestWaiting, language: Language, words: Words) -> str:
    return _("Your request waits at the Study Office already, since: {moment}").format(
        moment=words.dates.moment(refusal.since, language)
    )


def _exhausted(_refusal: RequestsExhausted, language: Language, words: Words) -> str:
    return _("Three requests were refused. Please come in person with your document: {office}").format(
        office=office_line(words.university, language)
    )


def _unreadable(_refusal: RequestUnreadable, _language: Language, _words: Words) -> str:
    return _("Name, group and number are written with {shortest} to {longest} signs each.").format(
        shortest=SHORTEST, longest=LONGEST
    )


def _decided(_refusal: RequestDecided, _language: Language, _words: Words) -> str:
    return _("This request is decided already: by a colleague, or the person took it back or was linked another way.")


def _reason_unreadable(_refusal: ReasonUnreadable, _language: Language, _words: Words) -> str:
    return _("Write the reason with at most {longest} signs, or /cancel.").format(longest=LONGEST_REASON)


def _asker_frozen(_refusal: AskerFrozen, _language: Language, _words: Words) -> str:
    return _("The account that asks is on hold. Lift the hold first.")


def _holder(_refusal: HolderNeedsCode, _language: Language, _words: Words) -> str:
    return _("This person holds roles and is linked by a one-time code only. Give it into their hands.")


SENTENCES: Sentences = {
    AskerFrozen: _asker_frozen,
    HolderNeedsCode: _holder,
    ReasonUnreadable: _reason_unreadable,
    RequestDecided: _decided,
    RequestUnreadable: _unreadable,
    RequestWaiting: _waiting,
    RequestsExhausted: _exhausted,
}

KEYBOARDS: Keyboards = {
    RequestDecided: next_keyboard,
    RequestUnreadable: linking_keyboard,
    RequestWaiting: linking_keyboard,
    RequestsExhausted: ways_keyboard,
}
