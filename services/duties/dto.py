"""Duties as units see them, and what they say about them."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from services.duties.evidence_dto import Evidence, SentEvidence
from services.plans.dto import Duty, DutyState, Instance, ItemState, NamedUnit, PlanItem, PlannedItem, Standing
from services.plans.rules import counted, due_of, due_version_of
from services.responsibles.dto import Share


class Group(StrEnum):
    """The parts of a unit's list. `UNDATED`: without a day, or with one that is only a convention and far off.

    `INFORMED`: what the unit takes part in, without answering for it.
    """

    OVERDUE = "o"
    MONTH = "m"
    LATER = "l"
    UNDATED = "u"
    DONE = "d"
    INFORMED = "i"


class HistoryAct(StrEnum):
    """What units do about an item, as its history names it."""

    ACCEPTED = "accepted"
    DISPUTED = "disputed"
    DISPUTE_TAKEN_BACK = "dispute_taken_back"
    HANDED_ON = "handed_on"
    NOTED = "noted"
    EXTENSION_ASKED = "extension_asked"
    DAY_SET = "day_set"
    REPORTED = "reported"
    REPORT_WITHDRAWN = "report_withdrawn"


class Outcome(StrEnum):
    """What a report says: it is done, or a part of it."""

    DONE = "done"
    PARTLY = "partly"


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyKey:
    """Which duty: that of a unit or post (by its id) for an instance."""

    instance_id: int
    unit_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """One time that an item is due, as far as a list needs it. `shares`: by the code of the party that is named.

    `confirmed`: as of the item. `duties`: what was said so far, by the code of the unit.
    """

    title: str
    printed: str
    confirmed: bool
    instance: Instance
    shares: Mapping[str, Share]
    duties: Mapping[str, Duty]


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyLine:
    """A line of a unit's list. `mine`: it was handed to whoever looks. `doubtful`: its day is being clarified."""

    key: DutyKey
    unit: NamedUnit
    title: str
    due: date | None
    printed: str
    soft: bool
    standing: Standing
    mine: bool
    doubtful: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which part of the list is looked at: a group (None: the first that is not empty), one unit, one's own."""

    group: Group | None = None
    unit_id: int | None = None
    only_mine: bool = False
    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyPage:
    """A page of a group of the list; `counts`: of all groups. Without `units` nobody is asked anything."""

    units: tuple[NamedUnit, ...]
    group: Group
    unit_id: int | None
    only_mine: bool
    lines: tuple[DutyLine, ...]
    counts: Mapping[Group, int]
    mine: int
    page: int
    pages: int
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyReport:
    """A report. `accepted`: by the coordinator (True), returned (False), or not decided yet."""

    id: int
    outcome: Outcome
    words: str
    held_on: date | None
    count: int | None
    attendance: int | None
    reported_on: date
    reported_at: datetime
    accepted: bool | None
    comment: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """The last wish for another day. `accepted`: the coordinator's word, None while there is none."""

    wanted: date
    granted: date | None
    accepted: bool | None
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody who holds a role in the unit and can be handed a duty."""

    person_id: int
    account_id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyCard:
    """A duty with everything around it. `units`: names of all codes that the card mentions.

    `said`: of what is counted so far, by all units. `holder`: the colleague it was handed on to,
    as long as they speak for the unit.
    """

    planned: PlannedItem
    instance: Instance
    duty: Duty | None
    unit: NamedUnit
    share: Share
    standing: Standing
    today: date
    units: Mapping[str, NamedUnit]
    reports: tuple[DutyReport, ...] = ()
    extension: Extension | None = None
    said: int = 0
    holder: str = ""
    open_plan: bool = True

    @property
    def item(self) -> PlanItem:
        """The item."""
        return self.planned.item

    @property
    def key(self) -> DutyKey:
        """Which duty it is."""
        return DutyKey(instance_id=self.instance.id, unit_id=self.unit.id)

    @property
    def state(self) -> DutyState:
        """How far the unit is."""
        return self.duty.state if self.duty is not None else DutyState.OPEN

    @property
    def due(self) -> date | None:
        """The last day that holds for the unit."""
        return due_of(self._held_to, self.duty)

    @property
    def soft(self) -> bool:
        """Whether the last day is only a convention."""
        return self._held_to.soft and (self.duty is None or self.duty.due is None)

    @property
    def doubtful(self) -> bool:
        """Whether a day was read that nobody has confirmed yet: the unit is not held to it."""
        return self.due is None and self.instance.due is not None

    @property
    def _held_to(self) -> Instance:
        return counted(self.instance, confirmed=self.item.confirmed)

    @property
    def can_act(self) -> bool:
        """Whether anything can be said about it at all."""
        return self.share is Share.RESPONSIBLE and self.item.state is ItemState.ACTIVE and self.open_plan

    @property
    def stamp(self) -> int:
        """Stands for what was shown: another one says that somebody changed the item or the duty meanwhile."""
        duty = (self.state.value, self.duty.version if self.duty is not None else 0)
        shown = (self.item.version, self.item.state.value, due_version_of(self.instance, self.duty), *duty)
        return zlib.crc32("\0".join(map(str, shown)).encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Why a unit got an item: the printed piece, what it stands for, and whether the unit stands in that group."""

    printed: str
    named: NamedUnit
    is_group: bool
    share: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """Something that happened to an item. `act`: one of `HistoryAct`, or what a coordinator or the import did."""

    at: datetime
    act: str
    unit: str
    who: str
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    """A part of an item's history, the newest first."""

    lines: tuple[HistoryLine, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReport:
    """A report to be given. `bare`: done without a document though the plan asks for one, and said so."""

    outcome: Outcome
    words: str
    held_on: date | None = None
    count: int | None = None
    attendance: int | None = None
    evidence: Sequence[SentEvidence] = ()
    bare: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOn:
    """A duty as the colleague is told of it to whom it was handed on. `doubtful`: its day is being clarified."""

    item: PlanItem
    instance_id: int
    unit: NamedUnit
    due: date | None
    soft: bool
    standing: Standing
    today: date
    doubtful: bool = False
