"""An announcement as a message: the text for a reader with its photo or document, its links and its buttons."""

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import ConfirmReading
from services.announcements.dto import Announcement, ChosenText, Media
from services.delivery.dto import OutgoingButton, OutgoingMessage
from services.languages import Language


def announcement_message(announcement: Announcement, text: ChosenText, reader: Language) -> OutgoingMessage:
    """Return what a reader gets, in the language of the moment."""
    file = announcement.content.file
    buttons = [OutgoingButton(text=link.label(reader), address=link.address) for link in announcement.content.links]
    if announcement.options.asks_reading:
        data = ConfirmReading(announcement_id=announcement.id).pack()
        buttons.append(OutgoingButton(text=_("I have read it ✓"), data=data))
    return OutgoingMessage(
        text=announcement_text(text, reader),
        file_id=file.file_id if file else None,
        file_name=file.file_name if file else "",
        photo=file is not None and file.media is Media.PHOTO,
        buttons=tuple(buttons),
    )


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
