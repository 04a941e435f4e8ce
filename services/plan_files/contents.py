"""What the columns of a table hold, told by a part of its rows."""

import re
from collections.abc import Callable, Iterator
from functools import cached_property

from services.deadlines.dto import AcademicYear
from services.plan_files.dto import PlanField
from services.plan_files.due import is_deadline, split_deadline
from services.plan_files.grid import Cell, Grid, own_cells
from services.spelling import fold

_MOST_ROWS = 120
NUMBER = re.compile(r"(?:№\s*)?(?:\d{1,4}(?:[.\-]\d{1,3})*|[IVX]{1,5}|[ivx]{1,5})\s*[.)]*$")
_PARTY = re.compile(
    "ректор|директор|деп|декан|башчы|жетекчи|кафедра|отдел|болум|комисси|комитет|завед|зав\\.|начальник|секретар|катчы|"
    "кенеш|совет|борбор|центр|управлени|башкармалык|институт|факультет|head|dean|department|office|director|council|"
    "committee|rector|unit|faculty|institute|chair|куратор|служб|кызмат"
)


class Contents:
    """The rows of a grid from `first` on."""

    def __init__(self, grid: Grid, first: int, year: AcademicYear) -> None:
        self._grid = grid
        self._first = first
        self._year = year

    @cached_property
    def _cells(self) -> list[list[Cell]]:
        rows = range(self._first, min(len(self._grid.rows), self._first + _MOST_ROWS))
        return [own_cells(self._grid.rows[index], index) for index in rows]

    def _in(self, left: int, right: int) -> Iterator[Cell]:
        """Yield the cells that begin in a column and do not reach far beyond it."""
        for cells in self._cells:
            yield from (cell for cell in cells if left <= cell.left < right and cell.left + cell.width <= right)

    def _share(self, left: int, right: int, holds: Callable[[str], bool]) -> float:
        texts = [cell.text for cell in self._in(left, right)]
        return sum(map(holds, texts)) / len(texts) if texts else 0.0

    def filled(self, left: int, right: int) -> int:
        """Return how many cells of a column have a text."""
        return sum(1 for _cell in self._in(left, right))

    def share_of_borders(self, place: int) -> float:
        """Return in how many of the rows with more than one cell another one begins at a column of the grid."""
        rows = [
            row
            for row in self._grid.rows[self._first : self._first + _MOST_ROWS]
            if sum(1 for _cell in row.distinct()) > 1
        ]
        begun = sum(1 for row in rows if (cell := row.cells[place]) is not None and cell.left == place)
        return begun / len(rows) if rows else 0.0

    def deadlines(self, left: int, right: int) -> float:
        """Return which part of a column's texts is a deadline and nothing else."""
        return self._share(left, right, lambda text: is_deadline(text, self._year))

    def mixed_deadlines(self, left: int, right: int) -> float:
        """Return in which part of a column's texts a deadline stands."""
        return self._share(left, right, lambda text: bool(split_deadline(text, self._year)[1]))

    def parties(self, left: int, right: int) -> float:
        """Return which part of a column's texts names posts or units."""
        return self._share(left, right, lambda text: _PARTY.search(fold(text)) is not None)

    def numbers(self, left: int, right: int) -> float:
        """Return which part of a column's texts is a number of an item."""
        return self._share(left, right, lambda text: NUMBER.match(text) is not None)

    def length(self, left: int, right: int) -> float:
        """Return how long a column's texts are on average."""
        texts = [cell.text for cell in self._in(left, right)]
        return sum(map(len, texts)) / len(texts) if texts else 0.0

    def agreement(self, field: PlanField | None, left: int, right: int) -> float | None:
        """Return which part of a column's texts is what it should be; None where a text can be anything."""
        if field is PlanField.NUMBER:
            return self.numbers(left, right)
        if field is PlanField.DEADLINE:
            return self.deadlines(left, right)
        return self.parties(left, right) if field is PlanField.RESPONSIBLE else None
