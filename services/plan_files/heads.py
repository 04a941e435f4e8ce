"""Which rows of a table are its heading."""

import re
from collections.abc import Sequence

from services.deadlines.dto import AcademicYear
from services.plan_files.dto import PlanField
from services.plan_files.due import is_deadline
from services.plan_files.grid import Cell, Grid, own_cells
from services.plan_files.headings import meaning_of, squeezed

_LOOKED_THROUGH = 25  # rows of a sheet in which its heading must stand
_DEEPEST_HEADING = 4
_MOST_WORDS = 12  # on average in a cell of a heading
_NUMBER = re.compile(r"\d+[\d.)]*$")
_HALF = 0.5
_FEWEST_MONTHS = 3  # as heads of columns with marks; one or two belong to an item
_TELLING = (PlanField.TITLE, PlanField.TASK, PlanField.DEADLINE, PlanField.RESPONSIBLE)


def texts_of(own: Sequence[Cell]) -> tuple[str, ...]:
    """Return the texts of a row's own cells as headings are compared."""
    return tuple(squeezed(cell.text) for cell in own)


def find_heading(grid: Grid, year: AcademicYear) -> tuple[int, int] | None:
    """Return the first and the last row of the heading, by their place in the grid; None if there is none."""
    for index in range(min(len(grid.rows), _LOOKED_THROUGH)):
        if is_heading(grid, index, year):
            return index, last_row(grid, index)
    return None


def is_heading(grid: Grid, index: int, year: AcademicYear) -> bool:
    """Tell whether a row says what columns mean: at least two of them, and nothing that belongs to an item."""
    cells = own_cells(grid.rows[index], index)
    meanings = [meaning_of(cell.text) for cell in cells]
    fields = {meaning.field for meaning in meanings if meaning is not None}
    known = sum(meaning is not None for meaning in meanings)
    months = sum(is_deadline(cell.text, year) for cell in cells)
    return (
        len(fields) > 1
        and not fields.isdisjoint(_TELLING)
        and known >= _HALF * (len(cells) - months)
        and (not months or months >= _FEWEST_MONTHS)
        and not any(_NUMBER.match(cell.text) for cell in cells)
        and sum(len(cell.text.split()) for cell in cells) <= _MOST_WORDS * len(cells)
    )


def last_row(grid: Grid, first: int) -> int:
    """Return the last row of the heading that begins in a row."""
    last = max([cell.row + cell.height - 1 for cell in grid.rows[first].distinct()], default=first)
    last = min(last, first + _DEEPEST_HEADING - 1, len(grid.rows) - 1)
    if last == first and first + 1 < len(grid.rows) and _goes_on(grid, first):
        last += 1
    return last


def _goes_on(grid: Grid, first: int) -> bool:
    """Tell whether the row below only divides columns of the heading that have no merged cells."""
    above, below = grid.rows[first], own_cells(grid.rows[first + 1], first + 1)
    if not below or len(below) >= len(own_cells(above, first)) or len(below) == 1:
        return False
    spread = [cell for cell in above.distinct() if cell.width > 1]
    return all(
        meaning_of(cell.text) is not None
        and not _NUMBER.match(cell.text)
        and (
            any(wide.left <= cell.left < wide.left + wide.width for wide in spread)
            or not getattr(above.cells[cell.left], "text", "")
        )
        for cell in below
    )
