"""A spreadsheet of a queue read into rows: columns are found by their headings, in any order and any language."""

from collections.abc import Mapping

from services.certificates.dto import CertificateKind, FactRule, Source
from services.desk_sheets.dto import FilledRow, RowPlace
from services.desk_sheets.errors import SheetTooLong, SheetUnreadable
from services.desk_sheets.headings import SheetColumn, column_of, without_note
from services.desk_sheets.ports import FactLabels
from services.spelling import fold
from services.tables.dto import Columns, Table, TableUnreadable
from services.tables.reading import read_tables

#: Rows of one workbook, going out and coming back.
MOST_ROWS = 1_000
_MARK = (SheetColumn.REQUEST, SheetColumn.VERSION)


def unmistakable(label: str, name: str) -> str:
    """Return the heading of a fact whose label another fact of the kind has, too."""
    return f"{label} [{name}]"


class SheetReader:
    """Reads workbooks by the labels of what desks enter."""

    def __init__(self, kinds: Mapping[str, CertificateKind], labels: FactLabels) -> None:
        self._names = {kind.id: _names_of(kind, labels) for kind in kinds.values()}
        self._known = frozenset(name for names in self._names.values() for name in names)
        self._columns = Columns(meaning=self._meaning, required=_MARK, lines=True)

    def is_queue(self, content: bytes) -> bool:
        """Tell whether the bytes are a workbook with a sheet that is headed as ours."""
        try:
            return bool(read_tables(content, self._columns))
        except TableUnreadable:
            return False

    def read(self, content: bytes) -> list[FilledRow]:
        """Return the rows of all sheets that are headed as ours."""
        try:
            rows = [row for table in read_tables(content, self._columns) for row in _rows(table)]
        except TableUnreadable as error:
            raise SheetUnreadable(error.fault) from error
        if len(rows) > MOST_ROWS:
            raise SheetTooLong(MOST_ROWS)
        return rows

    def column_of_fact(self, kind: str, rule: FactRule, row: FilledRow) -> str | None:
        """Return what in a row stands for a fact of its kind; None if the sheet has no such column."""
        names = self._names.get(kind, {})
        return next((column for column in row.headings if names.get(column) == rule.name), None)

    def _meaning(self, heading: str) -> str | None:
        column = column_of(heading)
        if column is not None:
            return column
        first, whole = fold(without_note(heading)), fold(heading)
        if first in self._known:
            return first
        noted = [name for name in self._known if whole == name or whole.startswith(f"{name} (")]
        return max(noted, key=len, default=None)


def _names_of(kind: CertificateKind, labels: FactLabels) -> dict[str, str]:
    """Return the names of the facts that a desk enters, by the folded headings that mean them in this kind alone."""
    names: dict[str, set[str]] = {}
    for rule in kind.facts_from(Source.DESK):
        for label in labels(kind.id, rule.name):
            for heading in (label, unmistakable(label, rule.name), rule.name):
                names.setdefault(fold(heading), set()).add(rule.name)
    return {heading: found.pop() for heading, found in names.items() if len(found) == 1}


def _rows(table: Table) -> list[FilledRow]:
    headings = {column: without_note(heading) for column, heading in table.headings.items()}
    return [
        FilledRow(
            place=RowPlace(sheet=table.sheet, row=row.number), cells=row.cells, flaws=row.flaws, headings=headings
        )
        for row in table.rows
    ]
