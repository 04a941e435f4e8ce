"""A unit's calendar."""

from dataclasses import dataclass
from datetime import date, datetime

from services.plans.dto import NamedUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """What a unit has to do by a day. `sequence` grows whenever the day changes; `soft`: the day is a convention."""

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
    """Whether a unit has a calendar, and since when."""

    unit: NamedUnit
    made_at: datetime | None
