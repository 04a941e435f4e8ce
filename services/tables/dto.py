"""What a table is made of, and why a file cannot be taken for one."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

#: No file larger than what Telegram hands to a bot.
FILE_LIMIT_MEGABYTES = 20
FILE_LIMIT = FILE_LIMIT_MEGABYTES * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 200


class FaultKind(StrEnum):
    """Why a file as a whole cannot be read as a table."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    PROGRAM = "program"
    PDF = "pdf"
    OLD_EXCEL = "old_excel"
    PICTURE = "picture"
    WEB_PAGE = "web_page"
    NOT_A_TABLE = "not_a_table"
    PROTECTED = "protected"
    UNPACKS_TOO_LARGE = "unpacks_too_large"
    DAMAGED = "damaged"
    LETTERS = "letters"
    NOT_CSV = "not_csv"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    MISSING_COLUMNS = "missing_columns"
    REPEATED_COLUMNS = "repeated_columns"
    SEVERAL_SHEETS = "several_sheets"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFault:
    """What is wrong with a file.

    `names`: the missing or repeated columns, or the sheets; `limit`: the most that is taken (megabytes, rows, columns);
    `row`: where the heading was looked for in vain; `merged`: its cells are joined.
    """

    kind: FaultKind
    names: tuple[str, ...] = ()
    limit: int | None = None
    row: int | None = None
    merged: bool = False


class TableUnreadable(ValueError):  # noqa: N818 -- states a fact; the feature turns it into its refusal
    """The bytes are not a table with the columns asked for."""

    def __init__(self, kind: FaultKind, **details: object) -> None:
        super().__init__(kind.value)
        self.fault = TableFault(kind=kind, **details)  # type: ignore[arg-type]  # the fields of the fault


class CellFlaw(StrEnum):
    """Why a cell does not say what its text says."""

    DATE = "date"  # the cell holds a day; right where a day is asked for
    FORMULA = "formula"
    FORMULA_WITHOUT_VALUE = "formula_without_value"
    ERROR = "error"
    MERGED = "merged"
    DIGITS_LOST = "digits_lost"


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row before anybody knows what its columns mean; `flaws` by place, from 0."""

    number: int
    cells: list[str]
    flaws: Mapping[int, CellFlaw] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet: its rows that hold anything, and which rows have merged cells.

    `joined`: the merged cells, each as first row, first column, last row, last column; rows from 1, columns from 0.
    `shifts`: text behind the last heading means that a row's cells have shifted (a comma without quotes).
    """

    name: str
    rows: Iterator[RawRow]
    merged_rows: Collection[int] = ()
    joined: Collection[tuple[int, int, int, int]] = ()
    shifts: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row by column; `number` counts as a spreadsheet does (from 1).

    `overflows`: there is text behind the last column of the heading, so the columns have probably shifted.
    """

    number: int
    cells: dict[str, str]
    overflows: bool = False
    flaws: Mapping[str, CellFlaw] = field(default_factory=dict)

    def __getitem__(self, column: str) -> str:
        """Return the trimmed text of a cell; empty where the column is absent."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under a heading. `headings`: what each column is called in the file; `unknown`: headings nobody understood.

    `letters`: the columns as a spreadsheet names them (A, B, C). `sheet`: what the sheet is called; empty in CSV.
    """

    headings: dict[str, str]
    letters: dict[str, str]
    unknown: tuple[str, ...]
    rows: Iterator[TableRow]
    sheet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What a table is looked through for: `meaning` returns the column that a heading names, or None.

    `lines`: cells keep their lines, and the tabs in these; otherwise a cell is one line.
    """

    meaning: Callable[[str], str | None]
    required: tuple[str, ...]
    ignored: Callable[[str], bool] = field(default=lambda _heading: False)
    lines: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetText:
    """A sheet to be written: its title, its heading and rows of texts."""

    title: str
    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormColumn:
    """A column of a sheet that people fill in. `width` in signs; `choices`: what may be chosen, in words.

    `fixed`: a column to be read, not to be written; it is grey.
    """

    heading: str
    width: int
    fixed: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSheet:
    """A sheet to be filled in and sent back: every cell is a text and stays one, whatever is typed."""

    title: str
    columns: tuple[FormColumn, ...]
    rows: tuple[tuple[str, ...], ...]
