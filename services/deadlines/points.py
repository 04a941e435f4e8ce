"""Days, months and years as a phrase gives them, and the years that it leaves out."""

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta

from services.deadlines.dto import AcademicYear
from services.deadlines.kinds import Case

_FIRST_MONTH, _LAST_MONTH = 9, 6
_LATEST_DAY = 31


class NotReadable(Exception):  # noqa: N818 - it never leaves the feature
    """The words cannot be a deadline."""


@dataclass(frozen=True, slots=True)
class Point:
    """A day, some days of a month, a month or a year; 0 is what the phrase leaves out.

    `last`: the last of several days, -1 the month's last. `doubt`: the reading is a guess. `whole`: said as
    "the end of May", which is its last day without doubt. `leading`: the month stands before the day.
    `year_before`: the year does.
    """

    month: int = 0
    day: int = 0
    last: int = 0
    year: int = 0
    case: Case = Case.PLAIN
    doubt: bool = False
    whole: bool = False
    leading: bool = False
    year_before: bool = False

    @property
    def first_day(self) -> date:
        """The first day it covers."""
        return _day(self.year, self.month, self.day or 1)

    @property
    def last_day(self) -> date:
        """The last day it covers."""
        last = self.last or self.day
        return _day(self.year, self.month, last) if last > 0 else month_end(self.year, self.month)

    def in_year(self, year: int) -> "Point":
        """The same in a year."""
        return replace(self, year=year)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise NotReadable from error


def month_end(year: int, month: int) -> date:
    """The last day of a month; one that there is not, as in 13.2025, is not readable."""
    first = _day(year, month, 1)
    return first.replace(day=calendar.monthrange(year, month)[1])


def by_plan(point: Point, plan: AcademicYear) -> Point:
    """Give the year that a plan implies; July and August belong to no academic year, so they stay doubtful."""
    if point.year:
        return point
    summer = _LAST_MONTH < point.month < _FIRST_MONTH
    year = plan.first if point.month >= _FIRST_MONTH else plan.first + 1
    return replace(point, year=year, doubt=point.doubt or summer)


def not_before(point: Point, start: Point) -> Point:
    """Give the first year in which the end does not come before the start."""
    same = point.in_year(start.year)
    if point.month == start.month and same.last_day < start.first_day:
        raise NotReadable  # с 15 по 10 мая
    return same if same.last_day >= start.first_day else point.in_year(start.year + 1)


def not_after(point: Point, end: Point) -> Point:
    """Give the last year in which the start does not come after the end."""
    same = point.in_year(end.year)
    if point.month == end.month and same.first_day > end.last_day:
        raise NotReadable
    return same if same.first_day <= end.last_day else point.in_year(end.year - 1)


_LONGEST = timedelta(days=340)


def span(start: Point, end: Point, plan: AcademicYear) -> tuple[Point, Point]:
    """Give both ends of a range their years; one that ends before it begins is not readable."""
    doubt = start.whole  # from the end of May: which day is not said
    if start.year and not end.year:
        end = not_before(end, start)
    elif end.year and not start.year:
        start = not_after(start, end)
    elif not end.year:
        start = by_plan(start, plan)
        end = not_before(end, start)
        doubt = doubt or end.last_day > plan.end
    if end.last_day < start.first_day:
        raise NotReadable
    doubt = doubt or end.last_day - start.first_day > _LONGEST
    return replace(start, doubt=start.doubt or doubt), end
