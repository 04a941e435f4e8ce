"""Refusals about personal talks."""

from aiogram.utils.i18n import gettext as _

from bot.refusals.words import Keyboards, Sentences, Words
from handlers.trust.keyboards import back_keyboard, to_desk_keyboard
from services.languages import Language
from services.trust.errors import (
    NobodyFree,
    NoSuchSlot,
    PlaceNeeded,
    SlotBooked,
    SlotTaken,
    TalkOpenAlready,
    TalkOver,
    TimesOverlap,
    TimesPast,
    TimesUnreadable,
)


def _nobody_free(_refusal: NobodyFree, _language: Language, _words: Words) -> str:
    return _("There is no free time here any more. Whom you can call stands under /trust.")


def _slot_taken(_refusal: SlotTaken, _language: Language, _words: Words) -> str:
    return _("This time is not free any more. Please choose another one: /trust")


def _open_already(refusal: TalkOpenAlready, language: Language, words: Words) -> str:
    moment = words.dates.moment(refusal.starts_at, language)
    return _(
        "You have a meeting with this person already: {moment}. Another one can be booked the day after it, or when "
        "you have cancelled it: /trust"
    ).format(moment=moment)


def _talk_over(_refusal: TalkOver, _language: Language, _words: Words) -> str:
    return _("This meeting was cancelled already, or it has begun.")


def _no_such_slot(_refusal: NoSuchSlot, _language: Language, _words: Words) -> str:
    return _("This time is not in your list any more.")


def _slot_booked(_refusal: SlotBooked, _language: Language, _words: Words) -> str:
    return _("Somebody has booked this time meanwhile. Open it to see who comes, or to cancel the meeting.")


def _unreadable(_refusal: TimesUnreadable, _language: Language, _words: Words) -> str:
    return _(
        "I do not understand this as times, or no talk fits in. Write it like this: "
        "<code>25.11 14:00-16:00 Main Building, room 214</code>"
    )


def _past(refusal: TimesPast, _language: Language, _words: Words) -> str:
    return _("The times must lie ahead, at most {days} days from today. Write others.").format(days=refusal.farthest)


def _overlap(_refusal: TimesOverlap, _language: Language, _words: Words) -> str:
    return _("You offer some of these times already. Write others.")


def _place_needed(refusal: PlaceNeeded, _language: Language, _words: Words) -> str:
    return _("Write the place behind the times, in at most {limit} signs.").format(limit=refusal.longest)


SENTENCES: Sentences = {
    NobodyFree: _nobody_free,
    SlotTaken: _slot_taken,
    TalkOpenAlready: _open_already,
    TalkOver: _talk_over,
    NoSuchSlot: _no_such_slot,
    SlotBooked: _slot_booked,
    TimesUnreadable: _unreadable,
    TimesPast: _past,
    TimesOverlap: _overlap,
    PlaceNeeded: _place_needed,
}

KEYBOARDS: Keyboards = {
    NobodyFree: back_keyboard,
    SlotTaken: back_keyboard,
    TalkOpenAlready: back_keyboard,
    TalkOver: back_keyboard,
    NoSuchSlot: to_desk_keyboard,
    SlotBooked: to_desk_keyboard,
    TimesUnreadable: to_desk_keyboard,
    TimesPast: to_desk_keyboard,
    TimesOverlap: to_desk_keyboard,
    PlaceNeeded: to_desk_keyboard,
}
