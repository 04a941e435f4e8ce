"""Days that are worked, and days that are not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from services.languages import Trilingual


class DayKind(StrEnum):
    """How a day is worked; a short one is a working day that ends earlier."""

    OFF = "off"
    WORKING = "working"
    SHORT = "short"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """What a day off is called; `estimated`: nobody has fixed the day yet (it goes by the moon)."""

    name: Trilingual
    estimated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicYear:
    """A year as the country's calendar has it: days off, and days of rest that are worked instead of others."""

    holidays: Mapping[date, Holiday] = field(default_factory=dict)
    worked: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkdayChange:
    """A day that is worked otherwise than the calendar says; `source`: the order that says so, of `decided_on`."""

    day: date
    kind: DayKind
    source: str
    decided_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """A day with everything that speaks about it."""

    day: date
    kind: DayKind
    holiday: Holiday | None = None
    change: WorkdayChange | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkPeriod:
    """Days from the first to the last: how many are worked, and those that the week alone does not explain."""

    first: date
    last: date
    working: int
    notable: tuple[CalendarDay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesDifference:
    """What an import of changes did."""

    added: int
    changed: int
    unchanged: int
