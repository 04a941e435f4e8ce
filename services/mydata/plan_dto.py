"""What the university's plans keep about a person who speaks for a unit."""

from dataclasses import dataclass
from datetime import date, datetime

from services.duties.dto import Outcome
from services.languages import Trilingual
from services.plans.dto import DutyState


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOnData:
    """An item that was handed on to the person; `due` is None where it has no day. `changed_at`: the duty's."""

    title: str
    unit: Trilingual | None
    due: date | None
    state: DutyState
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReportData:
    """A report that the account gave for a unit. `evidence`: names of files and addresses put beside it.

    `accepted` is None until the coordinator has looked at it.
    """

    title: str
    unit: Trilingual | None
    reported_at: datetime
    outcome: Outcome
    words: str
    evidence: tuple[str, ...]
    accepted: bool | None
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionData:
    """A later day that the account asked for; `granted` is None while nobody has decided, and where it was refused."""

    title: str
    unit: Trilingual | None
    asked_at: datetime
    wanted: date
    reason: str
    refused: bool
    granted: date | None
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanActData:
    """A line of an item's history: by the account, or that the item was handed on to the person.

    `act` is the name under which it is kept; `words`: what was typed.
    """

    title: str
    at: datetime
    act: str
    words: str
    by_me: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDraftData:
    """A plan's file that the account sent and did not confirm."""

    file_name: str
    sent_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlansData:
    """Everything of plans; of the history the newest lines, and how many there are in all."""

    handed: tuple[HandedOnData, ...] = ()
    reports: tuple[PlanReportData, ...] = ()
    extensions: tuple[ExtensionData, ...] = ()
    newest: tuple[PlanActData, ...] = ()
    acts: int = 0
    drafts: tuple[PlanDraftData, ...] = ()
