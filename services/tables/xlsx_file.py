"""XLSX: what each visible sheet shows."""

from collections.abc import Iterator, Mapping
from datetime import date
from io import BytesIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from services.tables.archive import Archive
from services.tables.cells import written
from services.tables.dto import CellFlaw, FaultKind, RawRow, Sheet, TableUnreadable
from services.tables.xlsx_dates import shown
from services.tables.xlsx_scan import SheetScan, scan

_PANIC = "PanicException"  # of the library underneath; it has no class that could be imported

_MOST_MERGED = 1_000_000  # rows of all merged ranges together; where no two overlap there cannot be more

_NOTHING: tuple[str, CellFlaw | None] = ("", None)

#: The columns (first, last) that are merged in a row, by row from 1.
Merged = dict[int, list[tuple[int, int]]]


def read_xlsx(content: bytes, *, lines: bool = False, as_shown: bool = False) -> list[Sheet]:
    """Return the sheets that people see; refuse what is no workbook or would not fit into memory.

    `lines`: cells keep their lines. `as_shown`: dates of which only a part is shown are returned as that part.
    """
    scans = scan(Archive(content))
    try:
        return [_sheet(sheet, scans, lines=lines, as_shown=as_shown) for sheet in _visible(content)]
    except PasswordError as error:
        raise TableUnreadable(FaultKind.PROTECTED) from error
    except CalamineError as error:
        raise TableUnreadable(FaultKind.DAMAGED) from error
    except BaseException as error:
        if type(error).__name__ == _PANIC:
            raise TableUnreadable(FaultKind.DAMAGED) from error
        raise


def _visible(content: bytes) -> Iterator[CalamineSheet]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    for place, about in enumerate(book.sheets_metadata):
        if about.visible is SheetVisibleEnum.Visible and about.typ is SheetTypeEnum.WorkSheet:
            yield book.get_sheet_by_index(place)


def _sheet(sheet: CalamineSheet, scans: Mapping[str, SheetScan], *, lines: bool, as_shown: bool) -> Sheet:
    found = scans.get(sheet.name)
    if found is None:  # nobody knows how large it is, nor what its cells hide
        raise TableUnreadable(FaultKind.DAMAGED)
    merged = _merged(sheet, found)
    return Sheet(
        name=sheet.name,
        rows=_rows(sheet, found, merged, lines=lines, as_shown=as_shown),
        merged_rows=merged.keys(),
        joined=[
            (top + 1, left, min(bottom + 1, found.last_row), min(right, found.last_column))
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or []
        ],
    )


def _merged(sheet: CalamineSheet, found: SheetScan) -> Merged:
    merged: Merged = {}
    rows = 0
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        last = min(bottom + 1, found.last_row + 1)
        rows += max(0, last - top)
        if rows > _MOST_MERGED:
            raise TableUnreadable(FaultKind.DAMAGED)
        columns = (left, min(right, found.last_column))
        for row in range(top + 1, last + 1):
            merged.setdefault(row, []).append(columns)
    return merged


def _rows(sheet: CalamineSheet, found: SheetScan, merged: Merged, *, lines: bool, as_shown: bool) -> Iterator[RawRow]:
    if sheet.start is None:
        return
    margin = [""] * sheet.start[1]
    by_row: dict[int, dict[int, CellFlaw]] = {}
    for (row, column), noted in found.flaws.items():
        by_row.setdefault(row, {})[column] = noted
    number = 0
    for number, values in enumerate(sheet.iter_rows(), start=1):
        cells, flaws = list(margin), by_row.get(number, {})
        for value in values:
            text, flaw = written(value, lines=lines) if value != "" else _NOTHING
            if as_shown and isinstance(value, date) and (seen := found.dates.get((number, len(cells)))) is not None:
                text = shown(value, seen)
            if flaw is not None:
                flaws.setdefault(len(cells), flaw)
            cells.append(text)
        if any(cells) or flaws:
            joined = merged.get(number, ())
            yield RawRow(
                number, cells, {at: CellFlaw.MERGED for first, last in joined for at in range(first, last + 1)} | flaws
            )
    if as_shown:  # below the last value stand only formulas that nobody has calculated
        yield from (RawRow(row, list(margin), by_row[row]) for row in sorted(by_row) if row > number)
