"""A plan's file read into items: what it is is told by its content, never by its name."""

from services.deadlines.dto import AcademicYear
from services.plan_files.dto import PlanDocument
from services.plan_files.errors import PlanFault, PlanFileUnreadable
from services.plan_files.faults import as_plan_fault
from services.plan_files.grid import Grid
from services.plan_files.heads import find_heading
from services.plan_files.items import ItemReader, lift_titles, read_items
from services.plan_files.outline import Outline, find_title, lines_above, other_year
from services.plan_files.side_by_side import unfold
from services.plan_files.sniffing import FileMake, make_of
from services.plan_files.typed_numbers import part_numbers
from services.tables.archive import Archive
from services.tables.dto import FILE_LIMIT, FILE_LIMIT_MEGABYTES, TableUnreadable


def read_plan(content: bytes, year: AcademicYear) -> PlanDocument:
    """Return the items of a Word, Excel or CSV file, as printed.

    Raises:
        PlanFileUnreadable: it is none of these, or holds no plan.
    """
    if len(content) > FILE_LIMIT:
        raise PlanFileUnreadable(PlanFault.TOO_LARGE, limit=FILE_LIMIT_MEGABYTES)
    try:
        make = make_of(content)
        grids = _grids(content, make)
    except TableUnreadable as error:
        raise as_plan_fault(error) from error
    if not any(grid.rows for grid in grids):
        raise PlanFileUnreadable(PlanFault.NO_TABLES if make is FileMake.WORD else PlanFault.EMPTY)
    return _document(grids, year)


def _grids(content: bytes, make: FileMake) -> list[Grid]:
    if make is FileMake.WORD:
        from services.plan_files.docx_file import read_docx  # noqa: PLC0415 -- few processes ever open one

        return read_docx(Archive(content, main=None))
    from services.plan_files.sheet_file import read_sheets  # noqa: PLC0415 -- as above

    return read_sheets(content, make)


def _document(grids: list[Grid], year: AcademicYear) -> PlanDocument:
    grids = [part for grid in grids for part in unfold(grid, year)]
    lift_titles(grids, year)
    headed = next((at for at, grid in enumerate(grids) if find_heading(grid, year) is not None), None)
    begun = (headed or 0) + 1
    title = find_title(lines_above(grids[:begun]), grids[begun:])
    reader = ItemReader(year, Outline(year, title), is_headed=headed is not None)
    rows = part_numbers(read_items(grids, reader))
    if not rows:
        raise PlanFileUnreadable(_fault(reader))
    held = {row.row for row in rows}
    left_out = {skip.row: skip for skip in reader.skipped if skip.row not in held}  # halves share their rows
    skipped = tuple(left_out[row] for row in sorted(left_out))
    return PlanDocument(rows=rows, skipped=skipped, title=title, other_year=other_year(reader.titles, year))


def _fault(reader: ItemReader) -> PlanFault:
    """Return why there are no items."""
    if any("formula" in skip.reason for skip in reader.skipped):
        return PlanFault.FORMULAS
    return PlanFault.NO_ROWS if reader.tables else PlanFault.NO_PLAN_TABLE
