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
    TASK = "task"  # the strategic task and the measure above the item: context, not the item itself
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an item stands in its file: table (or sheet) and row, both from 0; a status is written back there.

    A row that carries several numbers holds several items, and they have one place.
    """

    table: int
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """An item as printed. `row`: its place among the rows of all tables (or sheets), from 1. Texts keep their lines.

    Empty texts are not printed. `task`: what the item belongs to, a line each, the nearest last.
    `section`: the headings above it, the nearest last, joined by " / ". `period`: a month or sitting row above it in
    the table, its deadline where it has none of its own. `shared`: fields whose cell it shares with other rows.
    `part`: which of the items of its row it is, from 0.
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
    part: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedRow:
    """A row of a plan's table that is no item, counted as items are, and why.

    `reason` is a sentence of ours, in English, for the operator's JSON.
    """

    row: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDocument:
    """A plan's file, read.

    `title`: what the document calls itself, above everything. `other_year`: the academic year that its title names, as
    printed, where that is not the year asked for.
    """

    rows: tuple[PlanRow, ...]
    skipped: tuple[SkippedRow, ...]
    title: str = ""
    other_year: str | None = None
