"""Words of plans that several features share: units, deadlines, how a duty stands."""

from datetime import date

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.reader import Reader
from services.languages import Language
from services.plans.dto import NamedUnit, Standing

#: Colours say the same in lists, on cards and in pictures.
MARKS = {
    Standing.DONE: "✅",
    Standing.DONE_LATE: "☑️",
    Standing.REPORTED: "📨",
    Standing.OVERDUE: "🔴",
    Standing.NEAR: "🟡",
    Standing.AHEAD: "🟢",
    Standing.UNDATED: "⚪",
    Standing.RELEASED: "➖",
}


def unit_name(unit: NamedUnit, language: Language) -> str:
    """Return what a unit is called in a language, else in Kyrgyz, else its code; not quoted for HTML."""
    return unit.name.get(language) or unit.name.ky or unit.code


def standing_words(standing: Standing) -> str:
    """Return how a duty stands, in a word."""
    words = {
        Standing.DONE: _("done in time"),
        Standing.DONE_LATE: _("done late"),
        Standing.REPORTED: _("reported, not looked at yet"),
        Standing.OVERDUE: _("overdue"),
        Standing.NEAR: _("due soon"),
        Standing.AHEAD: _("ahead"),
        Standing.UNDATED: _("without a date"),
        Standing.RELEASED: _("not this unit’s business"),
    }
    return words[standing]


def due_words(due: date | None, printed: str, reader: Reader, *, soft: bool, doubtful: bool = False) -> str:
    """Return a last day; of one that is only a convention, or is being clarified, also what the plan prints."""
    if doubtful:
        return _("being clarified; as printed: {text}").format(text=html.quote(printed))
    if due is None:
        return _("no date; as printed: {text}").format(text=html.quote(printed)) if printed else _("no date")
    if soft:
        return _("as printed: {text}; counted to {date}").format(text=html.quote(printed), date=reader.day(due))
    return reader.day(due)


def days_left_words(due: date, today: date) -> str:
    """Return how many days are left, or for how many it is overdue."""
    left = (due - today).days
    if left == 0:
        return _("today is the last day")
    if left > 0:
        return ngettext("{count} day left", "{count} days left", left).format(count=left)
    return ngettext("overdue by {count} day", "overdue by {count} days", -left).format(count=-left)
