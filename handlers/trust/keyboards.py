"""Keyboards of this feature."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import Place
from handlers.common.keyboards import menu_button, place_button
from handlers.common.reader import Reader
from handlers.common.talk_topics import topic_names
from handlers.trust.callbacks import (
    AskCallOff,
    AskCancel,
    AskTimes,
    BeginTalk,
    BookTalk,
    CallOff,
    CancelTalk,
    ChooseOfficer,
    ChooseSlot,
    ChooseTopic,
    CutTimes,
    OfferAgain,
    OpenSlot,
    WithdrawSlot,
)
from handlers.trust.desk_texts import MOST_SHOWN, mark_of
from handlers.trust.texts import officer_line
from services.access import Actor
from services.trust.dto import DeskSlot, FreeTimes, Officer, SlotState, Talk, Topic, TrustView
from services.trust.rules import LENGTHS, is_officer

_WIDEST = 60
_MOST_SLOTS = 30
_IN_A_ROW = 3


def trust_keyboard(view: TrustView, actor: Actor, reader: Reader) -> InlineKeyboardMarkup:
    """Offer a talk where somebody has time, and to cancel what is booked."""
    return _markup(
        *([_cancel_button(talk, reader)] for talk in view.talks),
        [_button(_("🤝 Ask for a personal talk"), BeginTalk())] if view.offered else [],
        [] if view.linked else [place_button(_("🔑 Link my account"), Place.LINKING)],
        [place_button(_("🗓 My times for talks"), Place.TRUST_DESK)] if is_officer(actor) else [],
        [menu_button()],
    )


def officers_keyboard(officers: Sequence[Officer], reader: Reader) -> InlineKeyboardMarkup:
    """Offer who has time."""
    rows = [[_button(officer_line(one, reader.language), ChooseOfficer(officer_id=one.id))] for one in officers]
    return _markup(*rows, [_back()])


def topics_keyboard(officer_id: int) -> InlineKeyboardMarkup:
    """Offer topics."""
    names = topic_names()
    rows = [[_button(names[topic], ChooseTopic(officer_id=officer_id, topic=topic))] for topic in Topic]
    return _markup(*rows, [_back()])


def slots_keyboard(free: FreeTimes, topic: Topic, reader: Reader) -> InlineKeyboardMarkup:
    """Offer free times."""
    rows = [
        [_button(reader.moment(slot.starts_at), ChooseSlot(slot_id=slot.id, topic=topic))]
        for slot in free.slots[:_MOST_SLOTS]
    ]
    return _markup(*rows, [_back()])


def confirmation_keyboard(slot_id: int, officer_id: int, topic: Topic) -> InlineKeyboardMarkup:
    """Offer to book, or another time."""
    return _markup(
        [_button(_("✅ Yes, book it"), BookTalk(slot_id=slot_id, topic=topic))],
        [_button(_("← Another time"), ChooseTopic(officer_id=officer_id, topic=topic))],
        [_back()],
    )


def booked_keyboard(talk: Talk, reader: Reader) -> InlineKeyboardMarkup:
    """Offer to cancel what was just booked, and the way back."""
    return _markup([_cancel_button(talk, reader)], [_back()], [menu_button()])


def cancel_keyboard(talk_id: int) -> InlineKeyboardMarkup:
    """Ask once more."""
    return _markup([_button(_("✖️ Yes, cancel the meeting"), CancelTalk(talk_id=talk_id))], [_back()])


def back_keyboard() -> InlineKeyboardMarkup:
    """Lead back to /trust."""
    return _markup([_back()], [menu_button()])


def desk_keyboard(slots: Sequence[DeskSlot], reader: Reader) -> InlineKeyboardMarkup:
    """Offer the officer's times, and new ones."""
    buttons = [
        _button(f"{mark_of(one)} {_short(one.slot.starts_at, reader)}", OpenSlot(slot_id=one.slot.id))
        for one in slots[:MOST_SHOWN]
    ]
    rows = [buttons[place : place + _IN_A_ROW] for place in range(0, len(buttons), _IN_A_ROW)]
    return _markup([_button(_("➕ Offer times"), AskTimes())], *rows, [menu_button()])


def slot_keyboard(one: DeskSlot) -> InlineKeyboardMarkup:
    """Offer what can be done with a time."""
    slot_id = one.slot.id
    if one.talk is not None:
        acts = [_button(_("✖️ Cancel the meeting"), AskCallOff(slot_id=slot_id))]
        return _markup(acts, [desk_button()], [menu_button()])
    again = [] if one.slot.state is SlotState.OPEN else [_button(_("↩️ Offer it again"), OfferAgain(slot_id=slot_id))]
    take_back = [_button(_("🗑 Take this time back"), WithdrawSlot(slot_id=slot_id))]
    return _markup(again, take_back, [desk_button()], [menu_button()])


def call_off_keyboard(slot_id: int) -> InlineKeyboardMarkup:
    """Ask once more."""
    return _markup(
        [_button(_("✖️ Yes, cancel the meeting"), CallOff(slot_id=slot_id))],
        [_button(_("← Back"), OpenSlot(slot_id=slot_id))],
    )


def lengths_keyboard() -> InlineKeyboardMarkup:
    """Offer how long a talk takes."""
    buttons = [_button(_("{count} min").format(count=minutes), CutTimes(minutes=minutes)) for minutes in LENGTHS]
    return _markup(buttons, [desk_button()])


def to_desk_keyboard() -> InlineKeyboardMarkup:
    """Lead to the officer's desk."""
    return _markup([desk_button()], [menu_button()])


def desk_button() -> InlineKeyboardButton:
    """Return the button that leads to the officer's desk."""
    return place_button(_("← My times for talks"), Place.TRUST_DESK)


def _cancel_button(talk: Talk, reader: Reader) -> InlineKeyboardButton:
    when = _short(talk.slot.starts_at, reader)
    return _button(_("✖️ Cancel the meeting") + f": {when}", AskCancel(talk_id=talk.id))


def _back() -> InlineKeyboardButton:
    return place_button(_("← Trust and help"), Place.TRUST)


def _short(moment: datetime, reader: Reader) -> str:
    return f"{reader.dates.today(moment):%d.%m} {reader.time(moment)}"


def _markup(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[row for row in rows if row])


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    cut = text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"
    return InlineKeyboardButton(text=cut, callback_data=data.pack())
