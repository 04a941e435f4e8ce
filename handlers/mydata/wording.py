"""How dates and empty cells are written in the report."""

from dataclasses import dataclass
from datetime import date, datetime

from handlers.common.ports import LocalDates
from services.languages import Language, Trilingual

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Wording:
    """The reader's language and dates."""

    language: Language
    dates: LocalDates

    def day(self, value: date | None) -> str:
        """Write a day; a dash for none."""
        return NOTHING if value is None else self.dates.date(value, self.language)

    def moment(self, value: datetime | None) -> str:
        """Write a moment; a dash for none."""
        return NOTHING if value is None else self.dates.moment(value, self.language)

    def name(self, value: Trilingual | None) -> str:
        """Write a name in the reader's language, else in whichever it has; a dash for none."""
        if value is None:
            return NOTHING
        return value.get(self.language) or value.ky or value.ru or value.en or NOTHING
