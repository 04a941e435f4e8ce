"""Dates as people read them: the stored tables of month forms and the university's own time zone.

Chat, pages and papers all take their dates from here. Kyrgyz month forms are stored, never computed: four of the twelve
months break the pattern of the others. After a year ("2026-жылдын") a month always stands in the possessive.
"""

from datetime import UTC, date, datetime, time
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from services.languages import Language


class DateForm(StrEnum):
    """The five forms a Kyrgyz date takes; Russian and English have one each and ignore the form.

    `DAY` stands only before a noun that carries the suffix ("{date} күнүнө чейин"), `POSS` after a label, `DAT` before
    "чейин" and "карата", `LOC` means "on", `ABL` means "from".
    """

    DAY = "day"
    POSS = "poss"
    DAT = "dat"
    LOC = "loc"
    ABL = "abl"


_FORMS: Final = tuple(DateForm)

#: One row a month, in the order of `DateForm`.
KYRGYZ_MONTHS: Final = (
    ("январь", "январы", "январына", "январында", "январынан"),
    ("февраль", "февралы", "февралына", "февралында", "февралынан"),
    ("март", "марты", "мартына", "мартында", "мартынан"),
    ("апрель", "апрели", "апрелине", "апрелинде", "апрелинен"),
    ("май", "майы", "майына", "майында", "майынан"),
    ("июнь", "июну", "июнуна", "июнунда", "июнунан"),
    ("июль", "июлу", "июлуна", "июлунда", "июлунан"),
    ("август", "августу", "августуна", "августунда", "августунан"),
    ("сентябрь", "сентябры", "сентябрына", "сентябрында", "сентябрынан"),
    ("октябрь", "октябры", "октябрына", "октябрында", "октябрынан"),
    ("ноябрь", "ноябры", "ноябрына", "ноябрында", "ноябрынан"),
    ("декабрь", "декабры", "декабрына", "декабрында", "декабрынан"),
)

#: The genitive, as it stands after the day's number.
RUSSIAN_MONTHS: Final = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)

ENGLISH_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_NBSP: Final = "\N{NO-BREAK SPACE}"


class NaiveDatetimeError(ValueError):
    """A datetime without a time zone was given where the instant must be known."""


def _kyrgyz(value: date, form: DateForm) -> str:
    month = KYRGYZ_MONTHS[value.month - 1][_FORMS.index(form)]
    return f"{value.year}-жылдын {value.day}-{month}"


def _russian(value: date, _form: DateForm) -> str:
    return f"{value.day} {RUSSIAN_MONTHS[value.month - 1]} {value.year}{_NBSP}г."


def _english(value: date, _form: DateForm) -> str:
    return f"{value.day} {ENGLISH_MONTHS[value.month - 1]} {value.year}"


_WRITERS: Final = MappingProxyType({Language.KY: _kyrgyz, Language.RU: _russian, Language.EN: _english})


def format_date(value: date, language: Language, form: DateForm = DateForm.POSS) -> str:
    """Write a calendar day in words; needs no time zone.

    Raises:
        TypeError: `value` is a datetime; which day it is depends on the zone, so ask `LocalTime.today` first.
    """
    if isinstance(value, datetime):
        raise TypeError("a datetime has no calendar day without a time zone")
    return _WRITERS[language](value, form)


class LocalTime:
    """Turns instants into days and hours of the university's time zone."""

    def __init__(self, timezone: ZoneInfo) -> None:
        self.timezone = timezone

    def today(self, now: datetime) -> date:
        """Return the calendar day at the university at an instant.

        Raises:
            NaiveDatetimeError: `now` has no time zone.
        """
        return self._local(now).date()

    def time_of_day(self, now: datetime) -> time:
        """Return what the university's clocks show at an instant.

        Raises:
            NaiveDatetimeError: `now` has no time zone.
        """
        return self._local(now).time()

    def moment_of(self, day: date, at: time) -> datetime:
        """Return the moment when the university's clocks show that time of that day, in UTC.

        A time that a change of clocks skips is moved on; of one that comes twice it is the first.
        """
        return datetime.combine(day, at, self.timezone).astimezone(UTC)

    def date(self, value: date, language: Language, form: DateForm = DateForm.POSS) -> str:
        """Write a calendar day in words, as `format_date` does."""
        return format_date(value, language, form)

    def moment(self, value: datetime, language: Language) -> str:
        """Write an instant as date and 24-hour time at the university: "21 November 2026, 14:05".

        Raises:
            NaiveDatetimeError: `value` has no time zone.
        """
        local = self._local(value)
        return f"{format_date(local.date(), language)}, {local:%H:%M}"

    def _local(self, value: datetime) -> datetime:
        if value.utcoffset() is None:
            raise NaiveDatetimeError("a datetime without a time zone")
        return value.astimezone(self.timezone)
