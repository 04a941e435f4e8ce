"""What coordinators look at: whom nobody hears, a day before it happens, the year in a dry run."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.plan_reminders.dto import Line
from services.plans.dto import NamedUnit, Plan


class Silence(StrEnum):
    """Why nobody would hear a unit's reminders."""

    NO_HOLDER = "no_holder"
    NOT_LINKED = "not_linked"
    BLOCKED = "blocked"
    EMPTY_GROUP = "empty_group"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentUnit:
    """A unit, post or group that nobody would hear for; `heard_by`: who hears instead, None for the coordinators.

    `items`: so many of the plan's items stand open there; `nearest`: the nearest last day of them.
    """

    code: str
    unit: NamedUnit | None
    silence: Silence
    heard_by: NamedUnit | None
    items: int
    nearest: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """An item with pieces of its responsible parties that stand for nobody."""

    item_id: int
    number: str
    title: str
    pieces: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unheard:
    """Everything of a plan that nobody would hear."""

    plan: Plan
    silent: tuple[SilentUnit, ...]
    unclear: tuple[Unclear, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is printed for a unit that nobody hears for; lines by their last days."""

    plan: Plan
    unit: NamedUnit
    today: date
    lines: tuple[Line, ...]


class Basis(StrEnum):
    """What is known of a day: it was sent, will be, or is long past and this is what the ladder would have said."""

    SENT = "sent"
    PLANNED = "planned"
    AS_IF = "as_if"


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeseenMessage:
    """What one unit is told on a day; `heard_by`: None for the coordinators; `accounts`: how many people hear it."""

    unit_code: str
    heard_by: str | None
    accounts: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Foresight:
    """A day's reminders. `listed`: units that also get the monthly list; `asked`: it asks how far they are."""

    day: date
    working: bool
    basis: Basis
    messages: tuple[ForeseenMessage, ...]
    listed: tuple[str, ...]
    asked: bool
    unheard: tuple[SilentUnit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastRow:
    """One reminder of the year to come."""

    day: date
    line: Line
    heard_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthAhead:
    """A month of the dry run: so many items told of, on so many days, to so many units."""

    month: date
    items: int
    days: int
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowded:
    """A unit that is told of very many items on one day."""

    day: date
    unit_code: str
    unit: NamedUnit | None
    items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What will be sent until the end of a plan (None: of all), if everything is reported on its last day.

    `overdue`: so many stand overdue now; they are told of again and again until they are reported.
    `names`: units by code, for those who hear.
    """

    plan: Plan | None
    today: date
    rows: tuple[ForecastRow, ...]
    months: tuple[MonthAhead, ...]
    crowded: tuple[Crowded, ...]
    overdue: int
    names: dict[str, NamedUnit]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayMoved:
    """What becomes of reminders when a day is worked otherwise: so many are told on another day.

    `dues`: so many last days fall on that day, which is now off.
    """

    day: date
    reminders: int
    dues: int
