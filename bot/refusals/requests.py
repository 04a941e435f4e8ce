"""Refusals of requests for certificates, to who asks and to the desk that answers."""

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from bot.refusals.words import Keyboards, Sentences, Words
from handlers.requests.keyboards import mine_keyboard
from services.languages import Language
from services.requests.dto import RequestState
from services.requests.errors import (
    AnotherDesk,
    AskedAlready,
    DeskUnknown,
    FactNotAsked,
    FactsNotEntered,
    HeldByAnother,
    IssuedAtOnce,
    NoCopyOfThis,
    NoReceipt,
    NoSuchRequest,
    NotAtThisStage,
    NotForPerson,
    NotHeld,
    NothingFree,
    ReceiptUnreadable,
    RequestChanged,
    RequestClosed,
    SameIssuedToday,
    TooManyRequests,
    WordsUnreadable,
)


def _no_such_request(_refusal: NoSuchRequest, _language: Language, _words: Words) -> str:
    return _("There is nothing of this kind any more. Open the list anew.")


def _closed(refusal: RequestClosed, _language: Language, _words: Words) -> str:
    sentences = {
        RequestState.APPROVED: _("This request is closed: the certificate was issued."),
        RequestState.REFUSED: _("This request is closed: it was refused."),
        RequestState.WITHDRAWN: _("This request is closed: the person took it back."),
    }
    return sentences[refusal.state]


def _changed(_refusal: RequestChanged, _language: Language, _words: Words) -> str:
    return _("The request has changed since this screen was shown. Look at it once more and decide then.")


def _not_at_this_stage(refusal: NotAtThisStage, _language: Language, _words: Words) -> str:
    sentences = {
        RequestState.UNPAID: _("The request waits for the fee: first the receipt is sent, then the desk confirms it."),
        RequestState.WAITING: _("The request waits in the queue; this cannot be done with it now."),
        RequestState.TAKEN: _("The request is being worked on; this cannot be done with it now."),
        RequestState.ASKED: _("The request waits for an answer of the person who asked."),
        RequestState.APPROVED: _("The certificate was issued; this cannot be done any more."),
        RequestState.REFUSED: _("The request was refused; this cannot be done any more."),
        RequestState.WITHDRAWN: _("The request was taken back; this cannot be done any more."),
    }
    return sentences[refusal.state]


def _held(refusal: HeldByAnother, _language: Language, _words: Words) -> str:
    if not refusal.holder:
        return _("A colleague is working on this request.")
    return _("A colleague is working on this request: {person}").format(person=html.quote(refusal.holder))


def _not_held(_refusal: NotHeld, _language: Language, _words: Words) -> str:
    return _("Take the request first, so that nobody else works on it meanwhile.")


def _nothing_free(_refusal: NothingFree, _language: Language, _words: Words) -> str:
    return _("No request waits here at the moment.")


def _another_desk(_refusal: AnotherDesk, _language: Language, _words: Words) -> str:
    return _("This request is answered by another desk.")


def _desk_unknown(_refusal: DeskUnknown, _language: Language, _words: Words) -> str:
    return _("The request cannot be handed over there. Choose another desk.")


def _asked_already(_refusal: AskedAlready, _language: Language, _words: Words) -> str:
    return _("You have asked for the very same already, and it is not decided yet. See your requests.")


def _too_many(refusal: TooManyRequests, _language: Language, _words: Words) -> str:
    sentence = ngettext(
        "You have {count} open request; more are not possible at once. Wait for an answer, or take one back.",
        "You have {count} open requests; more are not possible at once. Wait for an answer, or take one back.",
        refusal.limit,
    )
    return sentence.format(count=refusal.limit)


def _fact_not_asked(_refusal: FactNotAsked, _language: Language, _words: Words) -> str:
    return _("This is not asked for any more. Open the request anew.")


def _issued_at_once(refusal: IssuedAtOnce, language: Language, _words: Words) -> str:
    return _("The certificate “{kind}” is issued at once now: open /certificate and choose it there.").format(
        kind=html.quote(refusal.kind.name.get(language))
    )


def _not_entered(refusal: FactsNotEntered, language: Language, words: Words) -> str:
    lines = [_("The certificate cannot be issued yet. This is still to be entered:")]
    lines += [f"• {html.quote(words.labels.label(refusal.kind.id, fact, language))}" for fact in refusal.facts]
    return "\n".join(lines)


def _not_for_person(refusal: NotForPerson, language: Language, _words: Words) -> str:
    if refusal.kind is None:
        return _("This kind of certificate is not issued any more. Refuse the request and say why.")
    return _(
        "The certificate “{kind}” is not for this person, or not any more. Refuse the request and say why."
    ).format(kind=html.quote(refusal.kind.name.get(language)))


def _same_today(refusal: SameIssuedToday, _language: Language, _words: Words) -> str:
    return _(
        "The very same certificate was issued to this person today: No. {number}. Refuse the request and say so."
    ).format(number=html.quote(refusal.number))


def _words_unreadable(refusal: WordsUnreadable, _language: Language, _words: Words) -> str:
    return _("Write it with at most {limit} signs, or /cancel.").format(limit=refusal.limit)


def _receipt_unreadable(refusal: ReceiptUnreadable, _language: Language, _words: Words) -> str:
    return _("Send the receipt as a photo, a picture or a PDF of at most {limit} MB.").format(limit=refusal.megabytes)


def _no_receipt(_refusal: NoReceipt, _language: Language, _words: Words) -> str:
    return _("There is no receipt to be looked at; the person has not sent one, or not yet another.")


def _no_copy(_refusal: NoCopyOfThis, _language: Language, _words: Words) -> str:
    return _("This certificate was revoked or replaced, so it is not given out again. Order a new one: /certificate")


SENTENCES: Sentences = {
    AnotherDesk: _another_desk,
    AskedAlready: _asked_already,
    DeskUnknown: _desk_unknown,
    FactNotAsked: _fact_not_asked,
    FactsNotEntered: _not_entered,
    HeldByAnother: _held,
    IssuedAtOnce: _issued_at_once,
    NoCopyOfThis: _no_copy,
    NoReceipt: _no_receipt,
    NoSuchRequest: _no_such_request,
    NotAtThisStage: _not_at_this_stage,
    NotForPerson: _not_for_person,
    NotHeld: _not_held,
    NothingFree: _nothing_free,
    ReceiptUnreadable: _receipt_unreadable,
    RequestChanged: _changed,
    RequestClosed: _closed,
    SameIssuedToday: _same_today,
    TooManyRequests: _too_many,
    WordsUnreadable: _words_unreadable,
}

KEYBOARDS: Keyboards = {
    AskedAlready: mine_keyboard,
    TooManyRequests: mine_keyboard,
}
