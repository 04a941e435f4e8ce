"""What the features of plans hand to each other."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from services.deadlines.dto import AcademicYear, Deadline
from services.languages import Trilingual
from services.plan_files.dto import Place
from services.responsibles.dto import Party, Unresolved


class ItemState(StrEnum):
    """Whether an item is still to be done: cancelled with a reason, or no longer in the plan's file."""

    ACTIVE = "active"
    CANCELLED = "cancelled"
    REMOVED = "removed"


class Origin(StrEnum):
    """How an item came into the plan: by its file, by a coordinator, by a decision of the Academic Council."""

    FILE = "file"
    ADDED = "added"
    DECISION = "decision"


class DutyState(StrEnum):
    """How far a unit is with its duty; without a word of the unit it is open.

    `disputed`: it says that this is not its business; `released`: the coordinator agreed. `reported`: the coordinator
    has not looked yet. `returned`: the report was not enough.
    """

    OPEN = "open"
    ACCEPTED = "accepted"
    DISPUTED = "disputed"
    RELEASED = "released"
    REPORTED = "reported"
    RETURNED = "returned"
    DONE = "done"


class Standing(StrEnum):
    """How a duty stands on a day, as lists and pictures show it."""

    DONE = "done"
    DONE_LATE = "done_late"
    REPORTED = "reported"
    OVERDUE = "overdue"
    NEAR = "near"
    AHEAD = "ahead"
    UNDATED = "undated"
    RELEASED = "released"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan. `ladder`: working days before the last day on which units are reminded, the farthest first."""

    id: int
    year: AcademicYear
    name: str
    file_id: int | None
    file_name: str
    ladder: tuple[int, ...]
    overdue_every: int
    escalates: bool
    reminds_from: date
    version: int
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanItem:
    """An item as printed, and as understood. `confirmed`: its days are sure, or a person said what is meant.

    `reminds_from`: nothing before that day is made up for; None where the plan's own day says it all.
    """

    id: int
    plan_id: int
    key: str
    position: int
    place: Place | None
    section: str
    number: str
    title: str
    task: str
    deadline: Deadline
    confirmed: bool
    responsible_text: str
    participants_text: str
    parties: tuple[Party, ...]
    unresolved: tuple[Unresolved, ...]
    document: str
    indicator: str
    budget: str
    count_target: int | None
    state_language: bool
    origin: Origin
    sitting_id: int | None
    state: ItemState
    reason: str
    version: int
    reminds_from: date | None = None

    @property
    def programme(self) -> str:
        """The first of the headings above it."""
        return self.section.partition(" / ")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """One time that an item is due. `first_due` is what the plan said; `due` holds now; `soft`: only a convention."""

    id: int
    item_id: int
    ordinal: int
    starts_on: date | None
    first_due: date | None
    due: date | None
    soft: bool
    due_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What a unit has to do with an instance, once it said a word. `due`: extended for this unit alone."""

    id: int
    instance_id: int
    unit_code: str
    state: DutyState
    due: date | None
    due_version: int
    person_id: int | None
    reason: str
    accepted_at: datetime | None
    done_on: date | None
    reported_on: date | None
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedItem:
    """An item with its instances and what units said of them."""

    item: PlanItem
    instances: tuple[Instance, ...]
    duties: tuple[Duty, ...] = ()

    def find_duty(self, instance_id: int, unit_code: str) -> Duty | None:
        """Return the duty of a unit; None while it has said nothing."""
        return next((one for one in self.duties if (one.instance_id, one.unit_code) == (instance_id, unit_code)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewInstance:
    """An instance to be written."""

    starts_on: date | None
    due: date | None
    soft: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """Which units and posts stand in which groups, and what is above each unit; by codes.

    `members`: of every group; what is none has no entry. `parents`: of a unit or post.
    """

    members: dict[str, tuple[str, ...]] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)

    def expand(self, code: str) -> tuple[str, ...]:
        """Return the units and posts that a code means: itself, or the members of the group, each once."""
        found: dict[str, None] = {}
        seen: set[str] = set()
        self._gather(code, found, seen)
        return tuple(found)

    def _gather(self, code: str, found: dict[str, None], seen: set[str]) -> None:
        if code in seen:
            return
        seen.add(code)
        if not self.members.get(code):
            found[code] = None
        for member in self.members.get(code, ()):
            self._gather(member, found, seen)

    def named_as(self, code: str) -> frozenset[str]:
        """Return the codes by which a plan may mean a unit or post: its own, and the groups that it stands in."""
        around = {code}
        while True:
            wider = {group for group, members in self.members.items() if around & set(members)} - around
            if not wider:
                return frozenset(around)
            around |= wider


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedUnit:
    """What a unit or post is called. `is_post`: a post, or a group of posts."""

    id: int
    code: str
    name: Trilingual
    abbreviation: str
    is_post: bool
