"""Which columns a table of a plan has: by its heading, and where that is silent, by what stands in them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from services.deadlines.dto import AcademicYear
from services.plan_files.contents import Contents
from services.plan_files.dto import PlanField
from services.plan_files.due import is_deadline
from services.plan_files.errors import PlanFault, PlanFileUnreadable
from services.plan_files.grid import Cell, Grid, own_cells
from services.plan_files.headings import Meaning, flat, meaning_of
from services.plan_files.heads import texts_of

_FEWEST_MONTHS = 3
MARKS = "marks"
_OFTEN = 0.6
_SPLIT = 0.3
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Column:
    """Columns `left` to `right` (not included) of the grid that mean one thing; None: nobody knows what."""

    left: int
    right: int
    heading: str
    meaning: Meaning | None
    label: str = ""  # the lowest text of the heading alone

    @property
    def field(self) -> PlanField | None:
        """What it holds."""
        return self.meaning.field if self.meaning is not None else None

    @property
    def has_deadline(self) -> bool:
        """Whether deadlines stand in it, alone or beside something else."""
        return self.meaning is not None and (self.meaning.with_deadline or self.field is PlanField.DEADLINE)


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a table, and the texts of its heading's rows, by which a repeated heading is known."""

    columns: tuple[Column, ...]
    widths: tuple[int, ...]
    headings: frozenset[tuple[str, ...]] = frozenset()

    @property
    def sizes(self) -> frozenset[int]:
        """How many cells the rows of the heading have."""
        return frozenset(map(len, self.headings))

    def has(self, field: PlanField) -> bool:
        """Tell whether a column holds it."""
        return any(column.field is field for column in self.columns)

    @property
    def is_plan(self) -> bool:
        """Whether it says what is to be done, and when or by whom."""
        return self.has(PlanField.TITLE) and (
            self.has(PlanField.RESPONSIBLE) or any(column.has_deadline for column in self.columns)
        )

    def column_of(self, cell: Cell) -> Column | None:
        """Return the column that most of a cell stands in; borders are seldom exactly below each other."""
        best, most = None, 0
        for column in self.columns:
            shared = sum(self.widths[max(cell.left, column.left) : min(cell.left + cell.width, column.right)])
            if shared > most:
                best, most = column, shared
        return best

    def covered(self, cell: Cell) -> list[Column]:
        """Return the columns that at least half lie under a cell."""
        return [
            column
            for column in self.columns
            if sum(self.widths[max(cell.left, column.left) : min(cell.left + cell.width, column.right)])
            >= _HALF * sum(self.widths[column.left : column.right])
        ]


def read_layout(grid: Grid, heading: tuple[int, int], year: AcademicYear) -> Layout:
    """Return the columns under a heading.

    Raises:
        PlanFileUnreadable: two columns claim to hold the deadline.
    """
    first, last = heading
    contents = Contents(grid, last + 1, year)
    headed = _with_marks(list(_headed(grid, first, last)), year)
    columns = [part for column in headed for part in _divided(column, contents)]
    headings = frozenset(texts_of(own_cells(grid.rows[index], index)) for index in range(first, last + 1))
    return Layout(tuple(_settled(columns, contents)), tuple(grid.widths), headings)


def guess_layout(grid: Grid, year: AcademicYear) -> Layout:
    """Return the columns of a table without a heading, by what stands in them."""
    contents = Contents(grid, 0, year)
    columns = [Column(left, left + 1, "", None) for left in range(grid.width)]
    return Layout(tuple(_settled(columns, contents)), tuple(grid.widths))


def continued(layout: Layout, grid: Grid, year: AcademicYear) -> Layout | None:
    """Return the columns of a table that goes on where another ended; None if it is another table.

    It has as many columns, numbers and deadlines stand where they stood.
    """
    if grid.width == len(layout.widths):
        same = replace(layout, widths=tuple(grid.widths))
    else:
        cells = list(grid.rows[0].distinct()) if grid.rows else []
        if len(cells) != len(layout.columns):
            return None
        columns = tuple(
            replace(column, left=cell.left, right=cell.left + cell.width)
            for column, cell in zip(layout.columns, cells, strict=True)
        )
        same = replace(layout, columns=columns, widths=tuple(grid.widths))
    contents = Contents(grid, 0, year)
    checked = {
        column.field: share
        for column in same.columns
        if contents.filled(column.left, column.right)
        and (share := contents.agreement(column.field, column.left, column.right)) is not None
    }
    telling = [share for field, share in checked.items() if field is not PlanField.NUMBER]
    is_other = bool(telling) and max(telling) < _SPLIT
    return same if checked and max(checked.values()) >= _HALF and not is_other else None


def _headed(grid: Grid, first: int, last: int) -> Iterator[Column]:
    """Yield columns under the same cells of the heading together."""
    begun, above = 0, _above(grid, first, last, 0)
    for place in range(1, grid.width + 1):
        cells = _above(grid, first, last, place) if place < grid.width else ()
        if place == grid.width or cells != above:
            heading = " ".join(dict.fromkeys(flat(cell.text) for cell in above if cell.text))
            yield Column(begun, place, heading, _meaning(above), flat(above[-1].text) if above else "")
            begun, above = place, cells


def _with_marks(columns: list[Column], year: AcademicYear) -> list[Column]:
    """Give columns that are headed by months their meaning: a mark in them says when an item is due."""
    months = [column for column in columns if is_deadline(column.label, year)]
    if len(months) < _FEWEST_MONTHS:
        return columns
    marks = Meaning(PlanField.DEADLINE, edge=MARKS)
    return [replace(column, meaning=marks) if column in months else column for column in columns]


def _above(grid: Grid, first: int, last: int, place: int) -> tuple[Cell, ...]:
    return tuple(cell for index in range(first, last + 1) if (cell := grid.rows[index].cells[place]) is not None)


def _meaning(cells: Sequence[Cell]) -> Meaning | None:
    """Return what the cells above a column mean: the lowest that means anything, its first or last day with it."""
    meanings = [meaning for cell in cells if (meaning := meaning_of(cell.text)) is not None]
    if not meanings:
        return None
    lowest, highest = meanings[-1], meanings[0]
    if highest.field is PlanField.NOTE or (highest.field is PlanField.DEADLINE and lowest.field is PlanField.TITLE):
        return highest
    return lowest


def _divided(column: Column, contents: Contents) -> Iterator[Column]:
    """Yield the columns into which the rows divide what one cell of the heading covers."""
    borders = [place for place in range(column.left + 1, column.right) if contents.share_of_borders(place) >= _SPLIT]
    for left, right in zip([column.left, *borders], [*borders, column.right], strict=True):
        yield replace(column, left=left, right=right)


def _settled(columns: list[Column], contents: Contents) -> list[Column]:
    """Give a meaning to columns that have none, or share it with others."""
    for settle in (
        _one_title,
        _no_headless_parties,
        _deadline_by_contents,
        _responsible_by_contents,
        _title_by_contents,
        _number_by_contents,
    ):
        columns = settle(columns, contents)
    _refuse_two_deadlines(columns, contents)
    return columns


def _put(columns: list[Column], at: int, meaning: Meaning) -> list[Column]:
    return [replace(column, meaning=meaning) if place == at else column for place, column in enumerate(columns)]


def _one_title(columns: list[Column], contents: Contents) -> list[Column]:
    """Let one title remain: the one that is divided most; those before it say what it belongs to."""
    titles = [at for at, column in enumerate(columns) if column.field is PlanField.TITLE]
    if not titles:
        tasks = [at for at, column in enumerate(columns) if column.field is PlanField.TASK]
        return _put(columns, tasks[-1], Meaning(PlanField.TITLE)) if tasks else columns

    def finest(at: int) -> tuple[int, int, int]:
        column = columns[at]
        return (column.meaning.rank if column.meaning else 0, contents.filled(column.left, column.right), -at)

    own = max(titles, key=finest)
    for at in titles:
        if at < own:
            columns = _put(columns, at, Meaning(PlanField.TASK))
    return columns


def _no_headless_parties(columns: list[Column], contents: Contents) -> list[Column]:
    """Take "Бөлүм" beside a column of parties for what items belong to, where hardly a unit or post is named in it."""
    shares = {
        at: contents.parties(column.left, column.right)
        for at, column in enumerate(columns)
        if column.field is PlanField.RESPONSIBLE and contents.filled(column.left, column.right)
    }
    if max(shares.values(), default=0.0) < _HALF:
        return columns
    for at, share in shares.items():
        if share < _SPLIT:
            columns = _put(columns, at, Meaning(PlanField.TASK))
    return columns


def _deadline_by_contents(columns: list[Column], contents: Contents) -> list[Column]:
    """Find the deadlines that no heading names: in a column of their own, or at the end of the indicators."""
    divided = {column.heading for column in columns if sum(other.heading == column.heading for other in columns) > 1}
    shares = {at: contents.deadlines(column.left, column.right) for at, column in enumerate(columns)}
    if any(column.field is PlanField.DEADLINE for column in columns):
        return columns
    silent = [
        at
        for at, column in enumerate(columns)
        if (column.meaning is None or column.heading in divided or column.field is PlanField.NOTE)
        and shares[at] >= (_OFTEN if column.heading else _HALF)
    ]
    if silent:
        return _put(columns, max(silent, key=lambda at: shares[at]), Meaning(PlanField.DEADLINE))
    if any(column.has_deadline for column in columns):
        return columns
    for at, column in enumerate(columns):
        if column.field is PlanField.INDICATOR and contents.mixed_deadlines(column.left, column.right) >= _OFTEN:
            return _put(columns, at, Meaning(PlanField.INDICATOR, with_deadline=True))
    return columns


def _responsible_by_contents(columns: list[Column], contents: Contents) -> list[Column]:
    if any(column.field is PlanField.RESPONSIBLE for column in columns):
        return columns
    shares = {
        at: contents.parties(column.left, column.right) for at, column in enumerate(columns) if column.meaning is None
    }
    best = max(shares, key=lambda at: shares[at], default=None)
    return columns if best is None or shares[best] < _HALF else _put(columns, best, Meaning(PlanField.RESPONSIBLE))


def _title_by_contents(columns: list[Column], contents: Contents) -> list[Column]:
    """Find what is to be done where no heading says it: only beside a deadline and a responsible party."""
    fields = {column.field for column in columns}
    says = PlanField.RESPONSIBLE in fields and any(column.has_deadline for column in columns)
    if PlanField.TITLE in fields or not says:
        return columns
    lengths = {
        at: contents.length(column.left, column.right) for at, column in enumerate(columns) if column.meaning is None
    }
    best = max(lengths, key=lambda at: lengths[at], default=None)
    return columns if best is None or not lengths[best] else _put(columns, best, Meaning(PlanField.TITLE))


def _number_by_contents(columns: list[Column], contents: Contents) -> list[Column]:
    first = columns[0] if columns else None
    if first is None or first.meaning is not None or contents.numbers(first.left, first.right) < _OFTEN:
        return columns
    return _put(columns, 0, Meaning(PlanField.NUMBER))


def _refuse_two_deadlines(columns: list[Column], contents: Contents) -> None:
    """Refuse a plan of which nobody can tell by when things are due; empty columns claim nothing."""
    plain = {
        column.heading
        for column in columns
        if column.field is PlanField.DEADLINE
        and not (column.meaning and column.meaning.edge in {"first", MARKS})
        and contents.filled(column.left, column.right)
    }
    if len(plain) > 1:
        raise PlanFileUnreadable(PlanFault.CONTRADICTING_HEADINGS, names=tuple(sorted(plain)))
