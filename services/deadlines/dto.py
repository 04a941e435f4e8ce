"""A deadline as it is printed and as it is understood, and the academic year in which a plan counts."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_LABEL = re.compile(r"(?P<first>\d{4})\s*[-–—/]\s*(?P<second>\d{4}|\d{2})")
_FIRST_SUMMER_MONTH = 7


class DeadlineKind(StrEnum):
    """What sort of deadline a phrase gives."""

    DATE = "date"
    RANGE = "range"
    MONTH = "month"
    MONTH_RANGE = "month_range"
    YEAR = "year"
    WITHIN_ACADEMIC_YEAR = "within_academic_year"
    WITHIN_CALENDAR_YEAR = "within_calendar_year"
    YEARLY = "yearly"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"
    EACH_SEMESTER = "each_semester"
    SEMESTER1 = "semester1"
    SEMESTER2 = "semester2"
    MULTIPLE = "multiple"
    ON_EVENT = "on_event"
    PER_OTHER_PLAN = "per_other_plan"
    NONE = "none"
    UNKNOWN = "unknown"


#: Days that are a convention, not the plan's word: shown as printed, reminded of late, never escalated before the end.
SOFT_KINDS = frozenset(
    {
        DeadlineKind.WITHIN_ACADEMIC_YEAR,
        DeadlineKind.WITHIN_CALENDAR_YEAR,
        DeadlineKind.YEAR,
        DeadlineKind.YEARLY,
    }
)


@dataclass(frozen=True, slots=True, order=True)
class AcademicYear:
    """An academic year by the calendar year in which it begins: 2025 is 1 September 2025 to 30 June 2026."""

    first: int

    @property
    def start(self) -> date:
        """1 September."""
        return date(self.first, 9, 1)

    @property
    def end(self) -> date:
        """30 June."""
        return date(self.first + 1, 6, 30)

    @property
    def label(self) -> str:
        """As the university writes it: `2025-26`."""
        return f"{self.first}-{(self.first + 1) % 100:02d}"

    @classmethod
    def of(cls, day: date) -> "AcademicYear":
        """Return the year that a day belongs to; July and August belong to the one that begins after them."""
        return cls(day.year if day.month >= _FIRST_SUMMER_MONTH else day.year - 1)

    @classmethod
    def parse(cls, text: str) -> "AcademicYear | None":
        """Read `2025-26`, `2025-2026` or `2025/26`; None for anything else, also for years that do not follow."""
        found = _LABEL.fullmatch(text.strip())
        if found is None:
            return None
        first, second = int(found["first"]), found["second"]
        return cls(first) if second in {str(first + 1), f"{(first + 1) % 100:02d}"} else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A deadline: `text` as printed, `due` the last day by which the work must be done.

    `dates`: every due day of a recurring or multiple deadline, else the one; empty where there is no day.
    `sure`: false where a person must look before anybody is reminded of these days.
    """

    text: str
    kind: DeadlineKind
    start: date | None = None
    due: date | None = None
    dates: tuple[date, ...] = ()
    sure: bool
