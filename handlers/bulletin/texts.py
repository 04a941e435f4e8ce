"""What readers of announcements see."""

from datetime import datetime

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.common.announcing import announcement_text
from handlers.common.categories import category_name
from handlers.common.reader import Reader
from services.announcements.dto import ChosenText
from services.bulletin.dto import BulletinEntry, BulletinPage
from services.html import LONGEST_MESSAGE, MOST_TAGS, visible_length, visible_text

_FIRST_WORDS = 90
_EXCERPT = 200


def page_text(page: BulletinPage, reader: Reader, *, guest: bool) -> str:
    """List a page of the last announcements."""
    head = _("📣 <b>Announcements</b>")
    if not page.entries:
        return f"{head}\n\n{_nothing(guest=guest)}"
    lines = [head]
    if guest:
        lines += ["", _("You see what the university announces to everybody.")]
    for place, entry in enumerate(page.entries, start=1):
        marks = " · ".join([reader.day(reader.dates.today(entry.out.out_since)), *_marks(entry)])
        lines += ["", f"<b>{place}.</b> <i>{marks}</i>", html.quote(first_words(entry.text, _FIRST_WORDS))]
    return "\n".join(lines)


def entry_text(entry: BulletinEntry, reader: Reader) -> str:
    """Return one whole, under a line about it unless that would be too much for a message."""
    marks = " · ".join([reader.moment(entry.out.out_since), *_marks(entry)])
    text = announcement_text(entry.text, reader.language)
    whole = f"📣 <i>{marks}</i>\n\n{text}"
    fits = visible_length(whole) <= LONGEST_MESSAGE and whole.count("</") <= MOST_TAGS
    return whole if fits else text


def comes_below_toast() -> str:
    """Say where one with a file is to be found."""
    return _("📎 It has a file, so it comes as a message of its own.")


def confirmed_toast() -> str:
    """Thank for the word."""
    return _("Thank you! It is noted that you have read it.")


def confirmed_label(read_at: datetime, reader: Reader) -> str:
    """Return what stands on the button from then on."""
    return _("✓ You confirmed it: {moment}").format(moment=reader.moment(read_at))


def reminder_text(entry: BulletinEntry) -> str:
    """Ask somebody once more to say that they have read something."""
    words = html.quote(first_words(entry.text, _EXCERPT))
    return "\n".join(
        [
            _("🔔 <b>Please confirm that you have read this</b>"),
            f"<blockquote>{words}</blockquote>",
            _("The university asks for your word that you know of it. One tap is enough."),
        ]
    )


def first_words(text: ChosenText, most: int) -> str:
    """Return the beginning of an announcement in one line, as plain text."""
    said = " ".join(visible_text(text.html).split())
    return said if len(said) <= most else f"{said[:most].rstrip()}…"


def _marks(entry: BulletinEntry) -> list[str]:
    marks = [category_name(entry.announcement.content.category)]
    if entry.announcement.corrected_at is not None:
        marks.append(_("✏️ corrected"))
    if entry.announcement.options.asks_reading and entry.out.mine:
        marks.append(_("✓ you have read it") if entry.out.read_at else _("please confirm that you have read it"))
    return marks


def _nothing(*, guest: bool) -> str:
    if guest:
        return _(
            "There is nothing for everybody at this moment. Whoever studies or works here sees more: link this account "
            "in the menu."
        )
    return _("Nobody has announced anything to you yet. What is announced comes here by itself, and stays to be read.")
