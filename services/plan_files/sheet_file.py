"""XLSX and CSV: sheets as grids; what is merged stands in every place that it covers."""

from services.plan_files.grid import Cell, Grid, GridRow, Heading
from services.plan_files.headings import meaning_of
from services.plan_files.levels import SHEET_LEVEL
from services.plan_files.sniffing import FileMake
from services.tables.csv_file import read_csv
from services.tables.dto import CellFlaw, FaultKind, Sheet, TableUnreadable

_MOST_CELLS = 1_000_000


def read_sheets(content: bytes, make: FileMake) -> list[Grid]:
    """Return the sheets that hold anything; where there are several, each is headed by its name."""
    if make is FileMake.CSV:
        sheets = [read_csv(content, lambda heading: meaning_of(heading) is not None, lines=True)]
    else:
        from services.tables.xlsx_file import read_xlsx  # noqa: PLC0415 -- few processes ever open one

        sheets = read_xlsx(content, lines=True, as_shown=True)
    grids: list[Grid] = []
    order = 0
    for place, sheet in enumerate(sheets):
        grid, order = _grid(sheet, place, order)
        grids.append(grid)
    if sum(bool(grid.rows) for grid in grids) > 1:
        for grid, sheet in zip(grids, sheets, strict=True):
            grid.headings = [Heading(sheet.name, SHEET_LEVEL)]
    return grids


def _grid(sheet: Sheet, place: int, order: int) -> tuple[Grid, int]:
    raw = list(sheet.rows)
    width = max((at + 1 for row in raw for at, text in enumerate(row.cells) if text), default=0)
    if width * len(raw) > _MOST_CELLS:
        raise TableUnreadable(FaultKind.TOO_MANY_COLUMNS)
    grid = Grid(place, [], [1] * width)
    index_of: dict[int, int] = {}
    for index, row in enumerate(raw):
        index_of[row.number] = index
        cells: list[Cell | None] = [
            Cell(text, index, at, flaw=_flaw(text, row.flaws.get(at))) if text or row.flaws.get(at) else None
            for at, text in enumerate((row.cells + [""] * width)[:width])
        ]
        grid.rows.append(GridRow(row.number - 1, order + row.number, cells))
    for merged in sheet.joined:
        _join(grid, merged, index_of)
    return grid, order + (raw[-1].number if raw else 0)


def _flaw(text: str, flaw: CellFlaw | None) -> CellFlaw | None:
    """Return what keeps a cell from being read; a plus is a mark here, a date is welcome."""
    if flaw is CellFlaw.FORMULA and not text.startswith("="):
        return None
    return None if flaw in {CellFlaw.MERGED, CellFlaw.DATE, CellFlaw.DIGITS_LOST} else flaw


def _join(grid: Grid, merged: tuple[int, int, int, int], index_of: dict[int, int]) -> None:
    """Put the first cell of a merged field into all its places; rows that hold nothing else are not there."""
    top, left, bottom, right = merged
    rows = [index_of[number] for number in range(top, bottom + 1) if number in index_of]
    if not rows or left >= grid.width or index_of.get(top) is None:
        return
    right = min(right, grid.width - 1)
    cell = grid.rows[rows[0]].cells[left]
    if cell is None:
        return
    cell.width, cell.height = right - left + 1, len(rows)
    for index in rows:
        grid.rows[index].cells[left : right + 1] = [cell] * cell.width
