"""Quarters of the calendar, and what the academic year calls them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.deadlines.dto import AcademicYear

_MONTHS = 3
_LAST = 4
_AUTUMN = 3  # the calendar quarter in which an academic year begins


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a calendar year: `number` is 1 to 4; the first one ends on 31 March."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """Return the quarter in which a day lies."""
        return cls(day.year, (day.month - 1) // _MONTHS + 1)

    @classmethod
    def parse(cls, number: int) -> "Quarter | None":
        """Read what stands in a button: 20254 is the fourth quarter of 2025."""
        year, quarter = divmod(number, 10)
        return cls(year, quarter) if 2000 <= year <= 2200 and 1 <= quarter <= _LAST else None  # noqa: PLR2004 -- years

    @property
    def packed(self) -> int:
        """What stands in a button."""
        return self.year * 10 + self.number

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, _MONTHS * (self.number - 1) + 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> "Quarter":
        """The one after it."""
        return Quarter(self.year, self.number + 1) if self.number < _LAST else Quarter(self.year + 1, 1)

    @property
    def academic_year(self) -> AcademicYear:
        """The academic year whose plan counts it: that of July to September is the beginning one's."""
        return AcademicYear(self.year if self.number >= _AUTUMN else self.year - 1)

    @property
    def academic_number(self) -> int:
        """Its number in the academic year: the plan's first quarter ends on 30 September."""
        return (self.number - _AUTUMN) % _LAST + 1


def quarters_until(day: date, number: int = _LAST) -> Sequence[Quarter]:
    """Return the quarter of a day and those before it, the newest first."""
    found = [Quarter.of(day)]
    while len(found) < number:
        found.append(Quarter.of(found[-1].first - timedelta(days=1)))
    return found


def academic_year_of(day: date) -> AcademicYear:
    """Return the academic year that a day belongs to; July and August still belong to the one that ended in June."""
    return AcademicYear(day.year if day.month >= 9 else day.year - 1)  # noqa: PLR2004 -- September
