"""Whose screen it is."""

from dataclasses import dataclass
from datetime import date, datetime

from handlers.common.ports import LocalDates, PaperWords
from services.languages import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads a screen, and the words that the university itself has for things."""

    language: Language
    words: PaperWords
    dates: LocalDates

    def day(self, value: date) -> str:
        """Return a calendar day."""
        return self.dates.date(value, self.language)

    def time(self, value: datetime) -> str:
        """Return a time of day at the university."""
        return f"{self.dates.time_of_day(value):%H:%M}"

    def moment(self, value: datetime) -> str:
        """Return a day and a time of day."""
        return self.dates.moment(value, self.language)
