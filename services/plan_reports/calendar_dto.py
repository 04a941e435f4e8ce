"""A unit's calendar."""

from dataclasses import dataclass
from datetime import date, datetime

from services.plans.dto import NamedUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """What a unit has to do by a day. `soft`: the day is a convention.

    `sequence` grows with every change and never shrinks: calendar programs pass over what seems older.
    """

    instance_id: int
    plan: str
    number: str
    title: str
    deadline_text: str
    document: str
    due: date
    soft: bool
    sequence: int
    cancelled: bool
    done: bool
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCalendar:
    """All that stands in a unit's calendar."""

    unit: NamedUnit
    entries: tuple[CalendarEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarState:
    """Whether a unit has a calendar, and since when. `mark`: stands for its address, 0 for none."""

    unit: NamedUnit
    mark: int = 0
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeCalendar:
    """An address as it is said once. `mark`: stands for it in buttons."""

    unit: NamedUnit
    mark: int
    address: str
