"""Steps of reminders, digests, the week in figures, and what is foreseen."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.access import Role
from services.plans.dto import DutyState, NamedUnit, Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """By what a unit's reminders of one last day go. `ladder`, `overdue_every`: working days (see `Plan`)."""

    due: date | None
    soft: bool
    ladder: tuple[int, ...]
    overdue_every: int
    reminds_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a unit was told of an instance. `nearest`, `first_day`: of the last day that holds now.

    `before`: the last day on which it was told of an earlier last day. `informed`: as one that takes part.
    `escalated`, `escalated_again`: when its head, then the leadership was told.
    """

    nearest: int | None = None
    first_day: date | None = None
    before: date | None = None
    informed: bool = False
    escalated: date | None = None
    escalated_again: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidRow:
    """The same of one version of the last day, as it is kept; `last_day`: the last on which it was told of."""

    instance_id: int
    unit_code: str
    due_version: int
    nearest: int | None
    first_day: date | None
    last_day: date | None
    informed: bool
    escalated: date | None
    escalated_again: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step taken for a unit (empty where an item has nobody who answers for it).

    `heard_by`: whose people hear it; empty for the coordinators.
    """

    instance_id: int
    unit_code: str
    step: str
    due_version: int
    heard_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A role on a unit or post in force today, and whether its holder can be written to."""

    code: str
    role: Role
    account_id: int | None
    linked: bool
    blocked: bool

    @property
    def hears(self) -> bool:
        """Whether a message reaches somebody."""
        return self.account_id is not None and self.linked and not self.blocked


class Part(StrEnum):
    """Where a line stands in a digest, the most urgent first."""

    ESCALATED = "escalated"
    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    UNHEARD = "unheard"
    INFORMED = "informed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One instance of an item for one unit, as it stands now. `unit` is None for what is not in the directory.

    `printed`: the deadline as the plan prints it. `step` as in `rules`.
    """

    part: Part
    plan_id: int
    item_id: int
    instance_id: int
    unit_code: str
    unit: NamedUnit | None
    number: str
    title: str
    due: date | None
    soft: bool
    printed: str
    step: str
    state: DutyState


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingList:
    """What a person's units have within the year: how many, and the nearest of them. `asks`: how far is it?"""

    count: int
    nearest: tuple[Line, ...]
    asks: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What one person hears on a day. `arrived`: so many were overdue when their plan came.

    `several`: the person hears for several units, so lines name theirs.
    """

    today: date
    lines: tuple[Line, ...]
    arrived: int
    standing: StandingList | None
    several: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left to be said."""
        return not self.lines and not self.arrived and self.standing is None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekFigures:
    """Duties of an area: five figures, of `whole`."""

    whole: int
    done: int
    late: int
    overdue: int
    near: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What the leadership hears once a week. `posts`: for whom; `university`: everything, not only an area.

    `escalated`: what climbed up to them and is still true; the most overdue first.
    """

    today: date
    posts: tuple[NamedUnit, ...]
    university: bool
    figures: WeekFigures
    by_unit: tuple[tuple[NamedUnit, WeekFigures], ...]
    escalated: tuple[Line, ...]


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
