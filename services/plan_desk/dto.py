"""Plans as their coordinator sees them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from services.duties.dto import DutyReport
from services.plans.dto import Duty, Instance, NamedUnit, PlanItem, PlannedItem, Standing
from services.plans.rules import due_of


class DeskAct(StrEnum):
    """What coordinators do about an item, as its history names it."""

    REPORT_ACCEPTED = "report_accepted"
    REPORT_RETURNED = "report_returned"
    EXTENSION_GRANTED = "extension_granted"
    EXTENSION_REFUSED = "extension_refused"
    RELEASED = "released"
    KEPT = "kept"
    GIVEN = "given"
    CONFIRMED = "confirmed"
    MOVED = "moved"
    DAY_ADDED = "day_added"
    PARTIES_CHANGED = "parties_changed"
    COUNT_SET = "count_set"
    LANGUAGE_MARKED = "language_marked"
    CANCELLED = "cancelled"
    RESTORED = "restored"
    ADDED = "added"
    TIED = "tied"
    UNTIED = "untied"


class DecisionKind(StrEnum):
    """What waits for a coordinator's word."""

    REPORT = "r"
    EXTENSION = "e"
    DISPUTE = "d"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionKey:
    """Which decision: the report's, the extension's or the duty's id. `version`: of a disputed duty, else 0."""

    kind: DecisionKind
    id: int
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLine:
    """A decision that waits since a moment."""

    key: DecisionKey
    item_id: int
    instance_id: int
    unit_code: str
    title: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPage:
    """A page of what waits, the oldest first; `counts`: of all of it."""

    lines: tuple[WaitingLine, ...]
    counts: Mapping[DecisionKind, int]
    units: Mapping[str, NamedUnit]
    kind: DecisionKind | None
    page: int
    pages: int

    @property
    def total(self) -> int:
        """How many decisions wait in all."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a unit asks a coordinator. `wanted`: the later day of an extension; `reason`: its words."""

    key: DecisionKey
    instance_id: int
    unit_code: str
    since: datetime
    who: str
    wanted: date | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionCard:
    """A decision with everything around it. `reports`: of the duty, the newest first; `total`: how many wait."""

    asked: Asked
    planned: PlannedItem
    instance: Instance
    duty: Duty
    unit: NamedUnit
    standing: Standing
    today: date
    reports: tuple[DutyReport, ...]
    said: int
    total: int

    @property
    def item(self) -> PlanItem:
        """The item."""
        return self.planned.item

    @property
    def due(self) -> date | None:
        """The last day that holds for the unit."""
        return due_of(self.instance, self.duty)

    @property
    def report(self) -> DutyReport | None:
        """The report to be decided."""
        if self.asked.key.kind is not DecisionKind.REPORT:
            return None
        return next((one for one in self.reports if one.id == self.asked.key.id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskLine:
    """A line of an item's history that is told to units; `details`: what the act wrote."""

    id: int
    item_id: int
    instance_id: int | None
    unit_code: str
    act: str
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskNews:
    """What a unit is told: an act of the coordinator, and how the item stands for the unit."""

    line: DeskLine
    item: PlanItem
    unit: NamedUnit
    instance: Instance | None
    duty: Duty | None
    standing: Standing | None
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitNews:
    """How many decisions wait, and since when the oldest does."""

    counts: Mapping[DecisionKind, int] = field(default_factory=dict)
    since: datetime | None = None

    @property
    def total(self) -> int:
        """How many in all."""
        return sum(self.counts.values())
