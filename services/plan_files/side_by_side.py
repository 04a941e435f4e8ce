"""Halves of a plan that stand side by side in one table, autumn left and spring right, put below each other."""

from collections.abc import Iterator
from itertools import pairwise

from services.deadlines.dto import AcademicYear
from services.plan_files.dto import PlanField
from services.plan_files.grid import Cell, Grid, GridRow
from services.plan_files.headings import meaning_of, squeezed
from services.plan_files.heads import find_heading

_MOST_PARTS = 4
_FEWEST_COLUMNS = 2


def unfold(grid: Grid, year: AcademicYear) -> list[Grid]:
    """Return a table as it is, or a table for each time that its heading repeats the same columns from left to right.

    Items of one row keep their common place in the file.
    """
    heading = find_heading(grid, year)
    if heading is None:
        return [grid]
    cells = [cell for cell in grid.rows[heading[1]].distinct() if cell.text]
    for parts in range(_MOST_PARTS, 1, -1):
        size, rest = divmod(len(cells), parts)
        if rest or size < _FEWEST_COLUMNS or not _repeats(cells, size):
            continue
        borders = [0, *(cells[at].left for at in range(size, len(cells), size)), grid.width]
        return [_part(grid, left, right) for left, right in pairwise(borders)]
    return [grid]


def _repeats(cells: list[Cell], size: int) -> bool:
    """Tell whether the same columns of a plan come again and again."""
    names = [squeezed(cell.text) for cell in cells]
    meanings = [meaning_of(cell.text) for cell in cells[:size]]
    fields = {meaning.field for meaning in meanings if meaning is not None}
    says = PlanField.RESPONSIBLE in fields or any(
        meaning is not None and (meaning.with_deadline or meaning.field is PlanField.DEADLINE) for meaning in meanings
    )
    return PlanField.TITLE in fields and says and all(name == names[at % size] for at, name in enumerate(names))


def _part(grid: Grid, left: int, right: int) -> Grid:
    copies: dict[int, Cell] = {}
    headings = grid.headings if left == 0 else []
    part = Grid(grid.place, headings, grid.widths[left:right], nested=grid.nested)
    for row in grid.rows:
        cells = list(_cut(row, left, right, copies))
        part.rows.append(GridRow(row.number, row.order, cells, row.is_heading))
    return part


def _cut(row: GridRow, left: int, right: int, copies: dict[int, Cell]) -> Iterator[Cell | None]:
    """Yield a row's cells between two columns, each merged cell as one."""
    for cell in row.cells[left:right]:
        if cell is None:
            yield None
            continue
        if id(cell) not in copies:
            begin, end = max(cell.left, left), min(cell.left + cell.width, right)
            copies[id(cell)] = Cell(cell.text, cell.row, begin - left, end - begin, cell.height, cell.flaw)
        yield copies[id(cell)]
