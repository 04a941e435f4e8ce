"""What a plan's file would change, and what a person must look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from services.deadlines.dto import AcademicYear, Deadline
from services.plan_files.dto import PlanRow, SkippedRow
from services.plans.dto import NamedUnit, PlannedItem
from services.responsibles.dto import Alias, Party, Share, Unresolved

_PARTS_APART = 1_000_000  # no file has so many rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person said about a doubtful item; what is None was not asked or not answered.

    `dates`: the days it is due, empty for an item without a day; with `confirmed` its reading is right as it is.
    `pieces`: for a piece of the responsible parties the codes it stands for, none for somebody outside the directory.
    `codes`: who is responsible as a whole, whatever the cell was read as. `left_out`: the row is no item of the plan.
    `passed`: whatever is still doubtful of it stays so for now.
    """

    dates: tuple[date, ...] | None = None
    confirmed: bool = False
    pieces: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    codes: tuple[str, ...] | None = None
    left_out: bool = False
    passed: bool = False


class Changed(StrEnum):
    """What of an item another printing changed."""

    SECTION = "section"
    NUMBER = "number"
    TITLE = "title"
    DEADLINE = "deadline"
    RESPONSIBLE = "responsible"
    DOCUMENT = "document"
    INDICATOR = "indicator"
    BUDGET = "budget"
    BACK = "back"  # an earlier file had taken it out of the plan
    MEANING = "meaning"  # printed alike, but a person says now that it means something else


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadItem:
    """A row of the file as it is understood, decisions included. `confirmed`: nobody need look at its days.

    `decided`: what of it (its deadline, its responsible parties) a person decided now: that wins over what is stored.
    """

    row: PlanRow
    key: str
    deadline: Deadline
    confirmed: bool
    parties: tuple[Party, ...]
    unresolved: tuple[Unresolved, ...]
    count_target: int | None
    state_language: bool
    decided: frozenset[Changed] = frozenset()

    @property
    def mark(self) -> int:
        """Return the number by which a screen knows it: its row; another item of the same row has one of its own."""
        return self.row.row + self.row.part * _PARTS_APART

    @property
    def needs_review(self) -> bool:
        """Tell whether a person should look: its days are doubtful, or nobody or somebody unknown answers for it."""
        return not self.confirmed or bool(self.unresolved) or not (self.has_responsible or self.is_of_outsiders)

    @property
    def is_of_outsiders(self) -> bool:
        """Tell whether somebody said that who is printed is not in the directory: no piece of the cell is left."""
        return bool(self.row.responsible.strip()) and not self.parties and not self.unresolved

    @property
    def has_responsible(self) -> bool:
        """Tell whether anybody answers for it."""
        return any(party.share is Share.RESPONSIBLE for party in self.parties)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPlan:
    """A file, understood. `learned`: what the decisions teach. `left_out`: rows that a person said are no items."""

    year: AcademicYear
    items: tuple[ReadItem, ...]
    skipped: tuple[SkippedRow, ...]
    left_out: tuple[ReadItem, ...] = ()
    learned: tuple[Alias, ...] = ()
    other_year: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedItem:
    """An item of the plan that the file has otherwise. `meant`: its days or parties as they will be, kept or read."""

    stored: PlannedItem
    read: ReadItem
    changed: frozenset[Changed]

    @property
    def needs_review(self) -> bool:
        """Tell whether a person should look: what was settled of an item stays so while it is printed alike."""
        item = self.stored.item
        if not self.read.confirmed and (Changed.DEADLINE in self.changed or not item.confirmed):
            return True
        if Changed.RESPONSIBLE in self.changed or item.unresolved:
            return replace(self.read, confirmed=True).needs_review
        is_answered = any(party.share is Share.RESPONSIBLE for party in item.parties)
        return not is_answered and (bool(item.parties) or not item.responsible_text.strip())

    @property
    def clearer(self) -> frozenset[Changed]:
        """What of an item is understood otherwise though it is printed alike: doubts about it are settled now."""
        item, found = self.stored.item, set()
        if Changed.DEADLINE not in self.changed and self.read.confirmed and not item.confirmed:
            found.add(Changed.DEADLINE)
        if Changed.RESPONSIBLE not in self.changed and item.unresolved:
            said = (set(self.read.parties), len(self.read.unresolved))
            if said != (set(item.parties), len(item.unresolved)):
                found.add(Changed.RESPONSIBLE)
        return frozenset(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDifference:
    """What an import does. `unchanged`: printed alike; what is understood of these may still have become clearer.

    `removed`: items that a file brought and this one lacks; they stay unless that was said with a word.
    """

    added: tuple[ReadItem, ...]
    changed: tuple[ChangedItem, ...]
    unchanged: tuple[ChangedItem, ...]
    removed: tuple[PlannedItem, ...]

    @property
    def reprinted(self) -> tuple[ChangedItem, ...]:
        """The items that the file prints otherwise."""
        return tuple(one for one in self.changed if one.changed != {Changed.MEANING})

    @property
    def clearer(self) -> tuple[ChangedItem, ...]:
        """The items that are printed as before and understood otherwise: by what a person said, or as doubts went."""
        meant = (one for one in self.changed if one.changed == {Changed.MEANING})
        return (*meant, *(one for one in self.unchanged if one.clearer))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanImport:
    """An import, done or only tried. `plan_id`: None for a new plan that was not written."""

    plan_id: int | None
    name: str
    is_new: bool
    read: ReadPlan
    difference: PlanDifference
    removed: bool

    @property
    def doubtful(self) -> tuple[ReadItem, ...]:
        """The items that a person should look at, in the file's order: those new and not sure, those never settled."""
        pairs = (*self.difference.changed, *self.difference.unchanged)
        settled = {one.read.mark for one in pairs if one.read.needs_review and not one.needs_review}
        return tuple(item for item in self.read.items if item.needs_review and item.mark not in settled)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDraft:
    """A file to be kept."""

    year: AcademicYear
    name: str
    file_name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDraft:
    """A file that waits for its review and confirmation. `version` grows with every decision."""

    id: int
    year: AcademicYear
    name: str
    file_name: str
    content: bytes
    decisions: Mapping[str, Decision]
    digest: bytes | None
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A draft as it stands: what it would do, and which items a person should still look at, in their order.

    `units`: the directory, by codes.
    """

    draft_id: int
    version: int
    file_name: str
    planned: PlanImport
    decisions: Mapping[str, Decision]
    units: Mapping[str, NamedUnit]

    @property
    def doubtful(self) -> tuple[ReadItem, ...]:
        """The items to look at, without those that were passed over."""
        passed = {key for key, decision in self.decisions.items() if decision.passed}
        return tuple(item for item in self.planned.doubtful if item.key not in passed)

    def next_doubtful(self, after: int) -> ReadItem | None:
        """Return the first item to look at whose mark is higher, else the first of all."""
        doubtful = self.doubtful
        return next((item for item in doubtful if item.mark > after), next(iter(doubtful), None))

    def find_item(self, mark: int) -> ReadItem | None:
        """Return an item by its mark."""
        return next((item for item in self.planned.read.items if item.mark == mark), None)
