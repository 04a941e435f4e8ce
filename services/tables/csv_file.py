"""CSV as office programs write it: any usual encoding and delimiter."""

import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_ENCODINGS = ("utf-8-sig", "cp1251")
_DELIMITERS = ",;\t"
_LONGEST_CELL = 2_000


class TableUnreadable(ValueError):  # noqa: N818 -- states a fact; the feature turns it into its refusal
    """The bytes are not a table with the columns asked for; the text is for the operator."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row by column name; `number` counts as a spreadsheet does (the heading is 1).

    `overflows`: there is text behind the last column of the heading, so the columns have probably shifted.
    """

    number: int
    cells: dict[str, str]
    overflows: bool

    def __getitem__(self, column: str) -> str:
        """Return the trimmed text of a cell; empty where the column is absent."""
        return self.cells.get(column, "")


def read_csv(content: bytes, *, known: Sequence[str], required: Sequence[str]) -> list[TableRow]:
    """Return the rows that hold anything; refuse a heading that lacks required columns or repeats one."""
    reader = csv.reader(io.StringIO(_decode(content), newline=""), delimiter=_delimiter(content), strict=True)
    try:
        rows = list(enumerate(reader, start=1))
    except csv.Error as error:
        raise TableUnreadable(f"the file is not a CSV table: {error}") from error
    rows = [(number, cells) for number, cells in rows if any(cell.strip() for cell in cells)]
    if not rows:
        raise TableUnreadable("the file is empty")
    heading = [cell.strip().lower() for cell in rows[0][1]]
    _check_heading(heading, known, required)
    return list(_rows(heading, rows[1:]))


def _decode(content: bytes) -> str:
    if b"\0" in content:
        raise TableUnreadable("the file is not text; save the table as CSV")
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableUnreadable("the letters of the file cannot be read; save the table as CSV in UTF-8")


def _delimiter(content: bytes) -> str:
    heading = content.lstrip(b"\r\n").split(b"\n", 1)[0].decode("latin-1")
    return max(_DELIMITERS, key=heading.count)


def _check_heading(heading: Sequence[str], known: Sequence[str], required: Sequence[str]) -> None:
    missing = [column for column in required if column not in heading]
    if missing:
        raise TableUnreadable(f"the heading lacks the column(s): {', '.join(missing)}")
    repeated = sorted({column for column in heading if column in known and heading.count(column) > 1})
    if repeated:
        raise TableUnreadable(f"the heading repeats the column(s): {', '.join(repeated)}")


def _rows(heading: Sequence[str], rows: Sequence[tuple[int, list[str]]]) -> Iterator[TableRow]:
    for number, cells in rows:
        values = {column: _clean(cell) for column, cell in zip(heading, cells, strict=False)}
        yield TableRow(number, values, overflows=any(cell.strip() for cell in cells[len(heading) :]))


def _clean(cell: str) -> str:
    """Compose and trim; control characters part words, invisible ones (soft hyphens, zero-width spaces) are dropped."""
    visible = (sign for sign in cell[:_LONGEST_CELL] if unicodedata.category(sign) != "Cf")
    letters = "".join(sign if sign.isprintable() else " " for sign in visible)
    return " ".join(unicodedata.normalize("NFC", letters).split())
