"""An announcement as a message: the text for a reader with its photo or document, its links and its buttons."""

from dataclasses import replace
from datetime import datetime

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import ConfirmReading, ListWaiting
from handlers.common.ports import LocalDates
from services.announcements.dto import Announcement, ChosenText, Media
from services.delivery.dto import OutgoingButton, OutgoingMessage
from services.html import LONGEST_CAPTION, LONGEST_MESSAGE, visible_length
from services.languages import Language


def announcement_message(announcement: Announcement, text: ChosenText, reader: Language) -> OutgoingMessage:
    """Return what a reader gets, in the language of the moment."""
    file = announcement.content.file
    buttons = [OutgoingButton(text=link.label(reader), address=link.address) for link in announcement.content.links]
    if announcement.options.asks_reading:
        buttons.append(reading_button(announcement))
    return OutgoingMessage(
        text=announcement_text(text, reader),
        file_id=file.file_id if file else None,
        file_name=file.file_name if file else "",
        photo=file is not None and file.media is Media.PHOTO,
        buttons=tuple(buttons),
    )


def reading_button(announcement: Announcement) -> OutgoingButton:
    """Ask for the word that it was read; where it was corrected, for the word anew: the former one counts no more."""
    corrected = announcement.corrected_at is not None
    text = _("I have read the corrected text ✓") if corrected else _("I have read it ✓")
    return OutgoingButton(text=text, data=ConfirmReading(announcement_id=announcement.id).pack())


def all_waiting_button() -> OutgoingButton:
    """Lead an approver to everything that waits."""
    return OutgoingButton(text=_("🖊 All that waits for me"), data=ListWaiting().pack())


def current_message(
    announcement: Announcement, text: ChosenText, reader: Language, dates: LocalDates
) -> OutgoingMessage:
    """Return what a reader gets now: below a text that was corrected stands since when it reads so."""
    message = announcement_message(announcement, text, reader)
    if announcement.corrected_at is None:
        return message
    marked = f"{message.text}\n\n{correction_line(announcement.corrected_at, reader, dates)}"
    longest = LONGEST_MESSAGE if message.file_id is None else LONGEST_CAPTION
    # A text that was not corrected itself may leave no room for the line.
    return replace(message, text=marked) if visible_length(marked) <= longest else message


def correction_line(corrected_at: datetime, reader: Language, dates: LocalDates) -> str:
    """Say when an announcement was corrected; `services.revisions.rules` keeps the place for it."""
    return _("✏️ Corrected: {moment}").format(moment=dates.moment(corrected_at, reader))


def announcement_text(chosen: ChosenText, reader: Language) -> str:
    """Return the announcement; above a text in another language stands what it is about, and in which one it is."""
    if chosen.language is reader:
        return chosen.html
    about = f"{html.quote(chosen.about)}\n" if chosen.about else ""
    return f"{about}<i>{only_in(chosen.language)}</i>\n\n{chosen.html}"


def only_in(language: Language) -> str:
    """Say that there is no text in the reader's language; `services.announcements.rules` keeps the place for it."""
    lines = {
        Language.KY: _("The full text is only in Kyrgyz:"),
        Language.RU: _("The full text is only in Russian:"),
        Language.EN: _("The full text is only in English:"),
    }
    return lines[language]
