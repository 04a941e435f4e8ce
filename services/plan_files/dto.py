"""What a plan's file says, before anybody has understood its deadlines and responsibles."""

from dataclasses import dataclass
from enum import StrEnum


class PlanField(StrEnum):
    """What a column of a plan holds."""

    NUMBER = "number"
    TITLE = "title"
    DEADLINE = "deadline"
    RESPONSIBLE = "responsible"
    PARTICIPANTS = "participants"
    DOCUMENT = "document"
    INDICATOR = "indicator"
    BUDGET = "budget"
    TASK = "task"  # the strategic task above the item: context, not the item itself
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an item stands in its file: table (or sheet) and row, both from 0; a status is written back there."""

    table: int
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """An item as printed. `row`: its order in the document, from 1. Texts keep their lines; empty says not printed.

    `section`: the headings above it, the nearest last, joined by " / ". `period`: a month or sitting row above it in
    the table, its deadline where it has none of its own. `shared`: fields whose cell it shares with other rows.
    """

    row: int
    place: Place
    section: str
    period: str
    number: str
    title: str
    task: str
    deadline: str
    responsible: str
    participants: str
    document: str
    indicator: str
    budget: str
    shared: frozenset[PlanField] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedRow:
    """A row of a plan's table that is no item, and why (a sentence of ours, in English, for the operator's JSON)."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDocument:
    """A plan's file, read."""

    rows: tuple[PlanRow, ...]
    skipped: tuple[SkippedRow, ...]
