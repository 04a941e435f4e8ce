"""A file of days that are worked otherwise, put into changes."""

from datetime import date

from services.days import read_date
from services.tables.dto import Columns, TableRow, TableUnreadable
from services.tables.reading import read_table
from services.workdays.dto import DayKind, WorkdayChange
from services.workdays.errors import ChangesUnreadable

_COLUMNS = ("day", "kind", "source", "decided_on")


def read_changes(content: bytes) -> list[WorkdayChange]:
    """Read a table of changes; `day`, `kind` (off, working, short) and `source` must be there."""
    try:
        rows = list(read_table(content, Columns(meaning=_column_of, required=_COLUMNS[:3])).rows)
    except TableUnreadable as error:
        raise ChangesUnreadable(fault=error.fault) from error
    changes = [_change(row) for row in rows]
    days = [change.day for change in changes]
    repeated = sorted({day.isoformat() for day in days if days.count(day) > 1})
    if repeated:
        raise ChangesUnreadable(f"these days stand twice: {', '.join(repeated)}")
    return changes


def _column_of(heading: str) -> str | None:
    name = heading.strip().lower()
    return name if name in _COLUMNS else None


def _change(row: TableRow) -> WorkdayChange:
    if row.overflows:
        raise ChangesUnreadable(
            f"row {row.number} has more cells than the heading; is a comma inside a cell not quoted?"
        )
    kind = row["kind"].lower()
    if kind not in set(DayKind):
        raise ChangesUnreadable(f"row {row.number}: kind must be off, working or short, not {row['kind'] or 'empty'}")
    if not row["source"]:
        raise ChangesUnreadable(f"row {row.number} has no source")
    decided_on = _day(row, "decided_on") if row["decided_on"] else None
    return WorkdayChange(day=_day(row, "day"), kind=DayKind(kind), source=row["source"], decided_on=decided_on)


def _day(row: TableRow, column: str) -> date:
    day = read_date(row[column])
    if day is None:
        raise ChangesUnreadable(f"row {row.number}: {column} is no day: {row[column] or 'empty'}; write 2026-05-04")
    return day
