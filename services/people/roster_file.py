"""A roster file put into entries, row by row, with every reason for every row that cannot be taken."""

import re
from collections.abc import Mapping
from typing import Any

from services.days import read_date
from services.people.dto import PersonKind, PersonStatus, ProblemKind, RejectedRow, RosterEntry, RosterFile, RowProblem
from services.people.errors import RosterUnreadable
from services.people.facts import DAYS
from services.people.headings import CHAIR, column_of, is_running_number, value_of
from services.people.rules import curated_groups, number_key, written_groups
from services.spelling import mend
from services.tables.dto import CellFlaw, Columns, Table, TableRow, TableUnreadable
from services.tables.reading import read_table

REQUIRED_COLUMNS = ("person_no", "kind", "last_name", "first_name")
_TEXT_COLUMNS = (
    "patronymic", "name_latin", "phone", "email", "unit", "programme_ky", "programme_ru", "programme_en", "degree",
    "group", "admission_order", "citizenship", "post_ky", "post_ru", "post_en", "curator_of",
)  # fmt: skip
CHOICE_COLUMNS = {
    "kind": tuple(PersonKind),
    "study_form": ("full_time", "part_time"),
    "funding": ("budget", "contract"),
    "status": tuple(PersonStatus),
}
COLUMNS = (
    *REQUIRED_COLUMNS, *(name for name in _TEXT_COLUMNS if name != "group"), *sorted(DAYS), "study_form", "funding",
    "course", "group", "status",
)  # fmt: skip
_FIELDS = {"group": "group_name"}  # where a column is not called as the fact
_COURSE = re.compile(r"([1-7])(?:\s*-?\s*(?:курс|course|year))?$", re.IGNORECASE)
_LONGEST_TEXT = 300
_SHOWN_VALUE = 60
_FLAWS = {
    CellFlaw.DATE: ProblemKind.DATE_NOT_TEXT,
    CellFlaw.FORMULA: ProblemKind.FORMULA,
    CellFlaw.FORMULA_WITHOUT_VALUE: ProblemKind.FORMULA_WITHOUT_VALUE,
    CellFlaw.ERROR: ProblemKind.CELL_ERROR,
    CellFlaw.MERGED: ProblemKind.MERGED,
    CellFlaw.DIGITS_LOST: ProblemKind.DIGITS_LOST,
}
_LOOKED_FOR = Columns(meaning=column_of, required=REQUIRED_COLUMNS, ignored=is_running_number)


def read_roster(content: bytes) -> RosterFile:
    """Read a roster from CSV or XLSX (columns: interfaces page). Refuses a file without the required columns."""
    entries: list[RosterEntry] = []
    rejected: list[RejectedRow] = []
    first_rows: dict[str, int] = {}
    try:
        table = read_table(content, _LOOKED_FOR)
        for row in table.rows:
            reading = _RowReading(table, row)
            entry = reading.entry(first_rows)
            if entry is None:
                rejected.append(RejectedRow(row=row.number, problems=tuple(reading.problems)))
            else:
                entries.append(entry)
    except TableUnreadable as error:
        raise RosterUnreadable(error.fault) from error
    return RosterFile(
        entries=tuple(entries),
        rejected=tuple(rejected),
        absent=_absent(table),
        unknown_columns=table.unknown,
    )


def _absent(table: Table) -> frozenset[str]:
    """Return the facts of which the file says nothing."""
    absent = {_FIELDS.get(column, column) for column in COLUMNS if column not in table.headings}
    return frozenset(absent - {"unit"} if CHAIR in table.headings else absent)


class _RowReading:
    """One row on its way to an entry; collects what is wrong with it."""

    def __init__(self, table: Table, row: TableRow) -> None:
        self._table = table
        self._row = row
        self._flawed: set[str] = set()
        self.problems: list[RowProblem] = []

    def entry(self, first_rows: dict[str, int]) -> RosterEntry | None:
        """Return the person, or None where something is wrong; `first_rows`: where each number stood first."""
        row = self._row
        if row.overflows:
            self.problems.append(RowProblem(kind=ProblemKind.SHIFTED))
            return None
        for column, flaw in row.flaws.items():
            self._take_flaw(column, flaw)
        for column in REQUIRED_COLUMNS:
            if not row[column] and column not in self._flawed:
                self._complain(ProblemKind.EMPTY, column)
        facts = self._facts()
        self._refuse_repeated(first_rows)
        return None if self.problems else RosterEntry(**facts)

    def _facts(self) -> Mapping[str, Any]:
        choices = {column: self._choice(column, allowed) for column, allowed in CHOICE_COLUMNS.items()}
        facts: dict[str, Any] = {_FIELDS.get(column, column): self._text(column) for column in _TEXT_COLUMNS}
        facts |= {column: self._text(column) for column in ("last_name", "first_name")}
        facts["unit"] = facts["unit"] or self._text(CHAIR)
        facts |= {column: self._date(column) for column in DAYS}
        staff = choices["kind"] == PersonKind.STAFF  # a student's row names who the student's own curator is
        facts["curator_of"] = written_groups(curated_groups(facts["curator_of"])) if staff else ""
        return facts | {
            "person_no": self._text("person_no", mended=False),
            "kind": PersonKind(choices["kind"] or PersonKind.STUDENT),  # an empty one is refused anyway
            "status": PersonStatus(choices["status"] or PersonStatus.ACTIVE),
            "study_form": choices["study_form"],
            "funding": choices["funding"],
            "course": self._course(),
        }

    def _take_flaw(self, column: str, flaw: CellFlaw) -> None:
        if flaw is CellFlaw.DATE and column in DAYS:
            return
        self._flawed.add(column)
        self._complain(_FLAWS[flaw], column)

    def _text(self, column: str, *, mended: bool = True) -> str:
        text = self._row[column]
        if len(text) > _LONGEST_TEXT:
            self._complain(ProblemKind.TOO_LONG, column)
        if column == "degree" and text:
            return value_of(column, text) or mend(text)
        return mend(text) if mended and text else text

    def _date(self, column: str) -> object:
        text = self._row[column]
        if not text or column in self._flawed:
            return None
        day = read_date(text)
        if day is None:
            self._complain(ProblemKind.NOT_A_DATE, column)
        return day

    def _choice(self, column: str, allowed: tuple[str, ...]) -> str:
        text = self._row[column]
        if not text or column in self._flawed:
            return ""
        value = value_of(column, text)
        if value is None:
            self._complain(ProblemKind.NOT_ALLOWED, column, allowed=tuple(map(str, allowed)))
        return value or ""

    def _course(self) -> int | None:
        text = self._row["course"]
        if not text or "course" in self._flawed:
            return None
        number = _COURSE.match(text)
        if number is not None:
            return int(number[1])
        self._complain(ProblemKind.NOT_A_COURSE, "course")
        return None

    def _refuse_repeated(self, first_rows: dict[str, int]) -> None:
        key = number_key(self._row["person_no"])
        if not key:
            return
        first = first_rows.setdefault(key, self._row.number)
        if first != self._row.number:
            self._complain(ProblemKind.REPEATED, "person_no", other_row=first)

    def _complain(self, kind: ProblemKind, column: str, **details: Any) -> None:  # noqa: ANN401 -- of the problem's fields
        value = self._row[column]
        self.problems.append(
            RowProblem(
                kind=kind,
                column=column,
                heading=self._table.headings[column],
                cell=f"{self._table.letters[column]}{self._row.number}",
                value=value if len(value) <= _SHOWN_VALUE else f"{value[:_SHOWN_VALUE]}…",
                **details,
            )
        )
