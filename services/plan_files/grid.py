"""A table as it is seen: a grid in which a merged cell stands in every place that it covers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from services.tables.dto import CellFlaw


@dataclass(slots=True, eq=False)
class Cell:
    """A cell by its first row and column in the grid, both from 0; told from others by identity."""

    text: str
    row: int
    left: int
    width: int = 1
    height: int = 1
    flaw: CellFlaw | None = None


@dataclass(slots=True)
class GridRow:
    """A row: what stands in each column of the grid. `number`: its place in the file's table or sheet, from 0.

    `order`: its place among the rows of all tables, from 1. `is_heading`: the file itself repeats it on every page.
    """

    number: int
    order: int
    cells: list[Cell | None]
    is_heading: bool = False

    def distinct(self) -> Iterator[Cell]:
        """Yield the cells from the left, each once."""
        last = None
        for cell in self.cells:
            if cell is not None and cell is not last:
                yield cell
            last = cell


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of text above a table. `level`: the smaller, the higher it stands."""

    text: str
    level: int


@dataclass(slots=True)
class Grid:
    """A table (or sheet): `place` in the file, from 0; the headings since the table before; the width of each column.

    `above`: the lines that stand inside it, above the heading of its columns. `nested`: it stands inside a cell of
    another table.
    """

    place: int
    headings: Sequence[Heading]
    widths: list[int]
    rows: list[GridRow] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    nested: bool = False

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.widths)


def own_cells(row: GridRow, index: int) -> list[Cell]:
    """Return the cells with a text that begin in this row; `index`: the row's place in its grid."""
    return [cell for cell in row.distinct() if cell.row == index and cell.text]
