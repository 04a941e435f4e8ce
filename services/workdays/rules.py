"""Which days are worked: the week, then the country's calendar over it, then what was noted over both."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from services.workdays.dto import CalendarDay, DayKind, PublicYear, WorkdayChange, WorkPeriod
from services.workdays.errors import DayOutOfReach, DecidedLater, SourceNeeded, SourceTooLong

LONGEST_SOURCE = 200
#: Monday to Friday, as `date.weekday` counts them.
FIVE_DAYS = frozenset(range(5))

_YEARS_BEFORE, _YEARS_AHEAD = 1, 3
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """The calendar at a moment. `public_year` returns a year of the country; `week`: the weekdays that are worked."""

    public_year: Callable[[int], PublicYear]
    changes: Mapping[date, WorkdayChange] = field(default_factory=dict)
    week: frozenset[int] = FIVE_DAYS

    def look_at(self, day: date) -> CalendarDay:
        """Return a day with everything that speaks about it."""
        holiday, change = self.public_year(day.year).holidays.get(day), self.changes.get(day)
        kind = change.kind if change is not None else self._usual(day)
        return CalendarDay(day=day, kind=kind, holiday=holiday, change=change)

    def is_working(self, day: date) -> bool:
        """Tell whether a day is worked; a short one is."""
        change = self.changes.get(day)
        return (change.kind if change is not None else self._usual(day)) is not DayKind.OFF

    def add(self, day: date, days: int) -> date:
        """Return the day that ends a term of so many working days; the day itself does not count.

        A term of none ends on the day itself, or on the first working day after it.
        """
        end = day
        while days > 0 or not self.is_working(end):
            end += _DAY
            days -= self.is_working(end)
        return end

    def before(self, day: date, days: int) -> date:
        """Return the day so many working days before; of none, the day itself or the last working day before it."""
        start = day
        while days > 0 or not self.is_working(start):
            start -= _DAY
            days -= self.is_working(start)
        return start

    def count(self, first: date, last: date) -> int:
        """Count the working days from the first day to the last, both included."""
        return sum(self.is_working(day) for day in _days(first, last))

    def list_working(self, first: date, last: date) -> list[date]:
        """Return the days that are worked from the first to the last."""
        return [day for day in _days(first, last) if self.is_working(day)]

    def look_over(self, first: date, last: date) -> WorkPeriod:
        """Return the days from the first to the last; notable are holidays, days moved and days noted."""
        notable = [self.look_at(day) for day in _days(first, last) if self._is_notable(day)]
        return WorkPeriod(first=first, last=last, working=self.count(first, last), notable=tuple(notable))

    def _usual(self, day: date) -> DayKind:
        year = self.public_year(day.year)
        if day in year.worked:
            return DayKind.WORKING
        return DayKind.WORKING if day.weekday() in self.week and day not in year.holidays else DayKind.OFF

    def _is_notable(self, day: date) -> bool:
        year = self.public_year(day.year)
        return day in self.changes or day in year.holidays or day in year.worked


def check_change(change: WorkdayChange, today: date) -> WorkdayChange:
    """Return a change as it is stored, or refuse it."""
    check_reach(change.day, today)
    if change.decided_on is not None and change.decided_on > today:
        raise DecidedLater
    return WorkdayChange(
        day=change.day, kind=change.kind, source=check_source(change.source), decided_on=change.decided_on
    )


def check_reach(day: date, today: date) -> None:
    """Refuse a day that is too long ago or too far ahead."""
    first, last = date(today.year - _YEARS_BEFORE, 1, 1), date(today.year + _YEARS_AHEAD, 12, 31)
    if not first <= day <= last:
        raise DayOutOfReach(first, last)


def check_source(text: str) -> str:
    """Return a source on one line, or refuse it."""
    source = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    if not source:
        raise SourceNeeded
    if len(source) > LONGEST_SOURCE:
        raise SourceTooLong(LONGEST_SOURCE)
    return source


def _days(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += _DAY
