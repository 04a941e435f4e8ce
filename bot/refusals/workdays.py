"""Refusals of the calendar of working days."""

from aiogram.utils.i18n import gettext as _

from bot.refusals.words import Sentences, Words
from services.languages import Language
from services.workdays.errors import DayOutOfReach, DecidedLater, NoSuchChange, SourceNeeded, SourceTooLong


def _no_such_change(refusal: NoSuchChange, language: Language, words: Words) -> str:
    return _("Nothing is noted about this day any more: {day}").format(day=words.dates.date(refusal.day, language))


def _day_out_of_reach(refusal: DayOutOfReach, language: Language, words: Words) -> str:
    return _("Days can be noted only from the first to the last of these: {first}, {last}. Write another day.").format(
        first=words.dates.date(refusal.first, language), last=words.dates.date(refusal.last, language)
    )


def _source_needed(_refusal: SourceNeeded, _language: Language, _words: Words) -> str:
    return _("Write who decided it: the order or decree and its number.")


def _source_too_long(refusal: SourceTooLong, _language: Language, _words: Words) -> str:
    return _("This is too long: at most {limit} signs.").format(limit=refusal.limit)


def _decided_later(_refusal: DecidedLater, _language: Language, _words: Words) -> str:
    return _("That day has not come yet. Write the day of the order or decree.")


SENTENCES: Sentences = {
    DayOutOfReach: _day_out_of_reach,
    DecidedLater: _decided_later,
    NoSuchChange: _no_such_change,
    SourceNeeded: _source_needed,
    SourceTooLong: _source_too_long,
}
