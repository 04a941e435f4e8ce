"""Keyboards of this feature."""

from collections.abc import Iterable

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.bulletin.callbacks import OpenEntry, TurnPage
from handlers.bulletin.texts import confirmed_label
from handlers.common.announcing import current_message, reading_button
from handlers.common.callbacks import ConfirmReading, Place
from handlers.common.keyboards import menu_button, place_button
from handlers.common.reader import Reader
from services.announcements.dto import Announcement
from services.bulletin.dto import BulletinEntry, BulletinPage, Confirmation
from services.delivery.dto import OutgoingButton, OutgoingMessage


def page_keyboard(page: BulletinPage, *, guest: bool) -> InlineKeyboardMarkup:
    """Offer what stands on the page, and other pages."""
    numbers = [
        button(str(place), OpenEntry(announcement_id=entry.announcement.id, page=page.number))
        for place, entry in enumerate(page.entries, start=1)
    ]
    turns = []
    if page.number > 0:
        turns.append(button("←", TurnPage(page=page.number - 1)))
    if page.has_more:
        turns.append(button("→", TurnPage(page=page.number + 1)))
    choice = place_button(_("🔑 Link my account"), Place.LINKING) if guest else _choice_button()
    return keyboard(*([row] if (row := numbers) else []), *([turns] if turns else []), [choice], [menu_button()])


def entry_keyboard(entry: BulletinEntry, page: int, reader: Reader) -> InlineKeyboardMarkup:
    """Offer what an announcement offers, and the way back to its page."""
    rows = [[_inline(one)] for one in entry_buttons(entry, announcement_message_of(entry, reader), reader)]
    return keyboard(*rows, [button(_("← Announcements"), TurnPage(page=page)), menu_button()])


def announcement_message_of(entry: BulletinEntry, reader: Reader) -> OutgoingMessage:
    """Return an announcement as its reader gets it now, marked where it was corrected."""
    return current_message(entry.announcement, entry.text, reader.language, reader.dates)


def entry_buttons(entry: BulletinEntry, message: OutgoingMessage, reader: Reader) -> tuple[OutgoingButton, ...]:
    """Return its buttons; nobody confirms what was not sent to them, and whoever has confirmed it sees when."""
    ask = ConfirmReading(announcement_id=entry.announcement.id).pack()
    read_at = entry.out.read_at
    if read_at is not None:
        done = OutgoingButton(text=confirmed_label(read_at, reader), data=ask)
        return tuple(done if one.data == ask else one for one in message.buttons)
    return tuple(one for one in message.buttons if entry.out.mine or one.data != ask)


def confirmed_keyboard(
    shown: InlineKeyboardMarkup | None, confirmation: Confirmation, reader: Reader
) -> InlineKeyboardMarkup:
    """Return the keyboard under which somebody confirmed; `shown`: as it stood, None where Telegram does not say."""
    announcement = confirmation.announcement
    ask = ConfirmReading(announcement_id=announcement.id)
    done = button(confirmed_label(confirmation.read_at, reader), ask)
    if shown is not None:
        rows = [[done if one.callback_data == ask.pack() else one for one in row] for row in shown.inline_keyboard]
        return keyboard(*rows)
    links = [
        InlineKeyboardButton(text=link.label(reader.language), url=link.address) for link in announcement.content.links
    ]
    return keyboard(*([link] for link in links), [done])


def reminder_buttons(announcement: Announcement) -> tuple[OutgoingButton, ...]:
    """Offer to confirm, and to read it whole first."""
    whole = OutgoingButton(text=_("📣 Show it whole"), data=OpenEntry(announcement_id=announcement.id).pack())
    return reading_button(announcement), whole


def bulletin_keyboard() -> InlineKeyboardMarkup:
    """Lead to the last announcements."""
    return keyboard([place_button(_("📣 Announcements"), Place.BULLETIN)], [menu_button()])


def button(text: str, data: CallbackData) -> InlineKeyboardButton:
    """Return a button of this feature."""
    return InlineKeyboardButton(text=text, callback_data=data.pack())


def keyboard(*rows: Iterable[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    """Put rows together."""
    return InlineKeyboardMarkup(inline_keyboard=[list(row) for row in rows])


def _choice_button() -> InlineKeyboardButton:
    return place_button(_("🔕 What comes to me"), Place.ANNOUNCEMENT_CHOICE)


def _inline(one: OutgoingButton) -> InlineKeyboardButton:
    if one.address:
        return InlineKeyboardButton(text=one.text, url=one.address)
    return InlineKeyboardButton(text=one.text, callback_data=one.data)
