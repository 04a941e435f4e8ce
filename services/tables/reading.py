"""A file of unknown make read as a table: what it is is told by its content, never by its name."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice

from services.tables.beginnings import ZIP, Foreign, foreign_of
from services.tables.cells import column_letters
from services.tables.csv_file import read_csv
from services.tables.dto import (
    FILE_LIMIT,
    FILE_LIMIT_MEGABYTES,
    CellFlaw,
    Columns,
    FaultKind,
    RawRow,
    Sheet,
    Table,
    TableRow,
    TableUnreadable,
)

_FOREIGN = {
    Foreign.PROGRAM: FaultKind.PROGRAM,
    Foreign.PDF: FaultKind.PDF,
    Foreign.OLE: FaultKind.OLD_EXCEL,
    Foreign.RTF: FaultKind.NOT_A_TABLE,
    Foreign.PICTURE: FaultKind.PICTURE,
    Foreign.EMPTY_ARCHIVE: FaultKind.EMPTY,
    Foreign.ARCHIVE: FaultKind.NOT_A_TABLE,
    Foreign.WEB_PAGE: FaultKind.WEB_PAGE,
}
_HEADING_ROWS = 10


def read_table(content: bytes, columns: Columns) -> Table:
    """Find the heading and return the rows under it.

    Raises:
        TableUnreadable: also while the rows are gone through.
    """
    sheets = _sheets(content, columns)
    looks = [_look(sheet, columns) for sheet in sheets]
    whole = [look for look in looks if not look.missing]
    if len(whole) > 1:
        raise TableUnreadable(FaultKind.SEVERAL_SHEETS, names=tuple(look.sheet.name for look in whole))
    if not whole:
        _refuse(max(looks, key=lambda look: (not look.is_empty, len(look.meanings)), default=None))
    return _table(whole[0], columns)


def read_tables(content: bytes, columns: Columns) -> list[Table]:
    """Find the heading in every sheet that has one, and return the rows under it; sheets without one are passed over.

    Raises:
        TableUnreadable: no sheet has the heading; also while the rows are gone through.
    """
    looks = [_look(sheet, columns) for sheet in _sheets(content, columns)]
    whole = [look for look in looks if not look.missing]
    if not whole:
        _refuse(max(looks, key=lambda look: (not look.is_empty, len(look.meanings)), default=None))
    return [_table(look, columns) for look in whole]


def _sheets(content: bytes, columns: Columns) -> list[Sheet]:
    if len(content) > FILE_LIMIT:
        raise TableUnreadable(FaultKind.TOO_LARGE, limit=FILE_LIMIT_MEGABYTES)
    if content.startswith(ZIP):
        from services.tables.xlsx_file import read_xlsx  # noqa: PLC0415 -- few processes ever open one

        return read_xlsx(content, lines=columns.lines)
    if (foreign := foreign_of(content)) is not None:
        raise TableUnreadable(_FOREIGN[foreign])
    return [read_csv(content, lambda heading: columns.meaning(heading) is not None, lines=columns.lines)]


@dataclass(slots=True)
class _Look:
    """The best heading of a sheet: its row, what its cells mean by place, what is missing; the rows under it."""

    sheet: Sheet
    missing: tuple[str, ...]
    is_empty: bool
    rows: Iterator[RawRow]
    heading: RawRow | None = None
    meanings: dict[int, str] = field(default_factory=dict)


def _look(sheet: Sheet, columns: Columns) -> _Look:
    """Go through the first rows; what stands above the heading is a title."""
    first = list(islice(sheet.rows, _HEADING_ROWS))
    best = _Look(sheet, columns.required, not first, sheet.rows)
    for place, row in enumerate(first):
        meanings = {at: meaning for at, cell in enumerate(row.cells) if cell and (meaning := columns.meaning(cell))}
        missing = tuple(column for column in columns.required if column not in meanings.values())
        if not missing or len(meanings) > len(best.meanings):
            best = _Look(sheet, missing, not first, chain(first[place + 1 :], sheet.rows), row, meanings)
        if not missing:
            break
    return best


def _refuse(look: _Look | None) -> None:
    if look is None or look.is_empty:
        raise TableUnreadable(FaultKind.EMPTY)
    row = look.heading.number if look.heading else None
    raise TableUnreadable(
        FaultKind.MISSING_COLUMNS,
        names=look.missing,
        row=row,
        merged=row is not None and bool({row - 1, row, row + 1} & set(look.sheet.merged_rows)),
    )


def _table(look: _Look, columns: Columns) -> Table:
    heading = look.heading
    if heading is None:
        raise TableUnreadable(FaultKind.EMPTY)
    taken = list(look.meanings.values())
    repeated = [heading.cells[at] for at, column in look.meanings.items() if taken.count(column) > 1]
    if repeated:
        raise TableUnreadable(FaultKind.REPEATED_COLUMNS, names=tuple(repeated))
    others = [cell for at, cell in enumerate(heading.cells) if cell and at not in look.meanings]
    return Table(
        headings={column: heading.cells[at] for at, column in look.meanings.items()},
        letters={column: column_letters(at) for at, column in look.meanings.items()},
        unknown=tuple(sorted({cell for cell in others if not columns.ignored(cell)})),
        rows=_rows(look, len(heading.cells)),
        sheet=look.sheet.name,
    )


def _rows(look: _Look, width: int) -> Iterator[TableRow]:
    for raw in look.rows:
        cells = {column: raw.cells[at] for at, column in look.meanings.items() if at < len(raw.cells)}
        flaws = {look.meanings[at]: flaw for at, flaw in raw.flaws.items() if at in look.meanings} if raw.flaws else {}
        overflows = look.sheet.shifts and any(raw.cells[width:])
        if any(cells.values()) or overflows or any(flaw is not CellFlaw.MERGED for flaw in flaws.values()):
            yield TableRow(raw.number, cells, overflows, flaws)
