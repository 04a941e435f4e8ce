"""A file of people's numbers."""

from services.audience.errors import ListUnreadable
from services.people.headings import column_of
from services.tables.dto import Columns, TableRow, TableUnreadable
from services.tables.reading import read_table

_NUMBER = "person_no"


def read_numbers(content: bytes) -> list[str]:
    """Read the numbers of a table that has a column of them, whatever else it has; each once, in its order."""
    try:
        rows = read_table(content, Columns(meaning=_column_of, required=(_NUMBER,))).rows
        numbers = [_number(row) for row in rows]
    except TableUnreadable as error:
        raise ListUnreadable(fault=error.fault) from error
    return list(dict.fromkeys(numbers))


def _column_of(heading: str) -> str | None:
    return _NUMBER if column_of(heading) == _NUMBER else None


def _number(row: TableRow) -> str:
    if row.overflows or row.flaws or not row[_NUMBER]:
        raise ListUnreadable(row=row.number)
    return row[_NUMBER]
