"""Steps of reminders, digests, the week in figures, and what is foreseen."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.access import Role
from services.plans.dto import DutyState, NamedUnit


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
    `arrived`: it was overdue when reminders of it began. `own`: the unit's own people hear it, and can act at once.
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
    arrived: bool
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingList:
    """What a person's units have within the year: how many, and the nearest of them. `asks`: how far is it?"""

    count: int
    nearest: tuple[Line, ...]
    asks: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What one person hears on a day. `arrived`: so many were overdue when their plan came, or they came into it.

    `several`: the person hears for several units, so lines name theirs. `unheard_plans`: in which nobody hears of
    something, shown or counted, but the coordinators.
    """

    today: date
    lines: tuple[Line, ...]
    arrived: int
    standing: StandingList | None
    several: bool
    unheard_plans: tuple[int, ...] = ()

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
