"""A roster file put into entries, row by row, with a reason for every row that cannot be taken."""

from datetime import date, datetime
from typing import Any

from services.people.dto import PersonKind, PersonStatus, RejectedRow, RosterEntry, RosterFile
from services.people.errors import RosterUnreadable
from services.tables.csv_file import TableRow, TableUnreadable, read_csv

REQUIRED_COLUMNS = ("person_no", "kind", "last_name", "first_name")
_TEXT_COLUMNS = (
    "patronymic", "name_latin", "phone", "email", "unit", "programme_ky", "programme_ru", "programme_en", "degree",
    "admission_order", "citizenship", "post_ky", "post_ru", "post_en",
)  # fmt: skip
_DATE_COLUMNS = ("birth_date", "admission_date", "expected_graduation", "visa_expires", "registration_expires")
_CHOICE_COLUMNS = {"study_form": ("full_time", "part_time"), "funding": ("budget", "contract")}
COLUMNS = (*REQUIRED_COLUMNS, *_TEXT_COLUMNS, *_DATE_COLUMNS, *_CHOICE_COLUMNS, "course", "group", "status")
_FIELDS = {"group": "group_name"}  # where a column is not called as the fact
_DATE_FORMATS = ("%Y-%m-%d", "%d.%m.%Y")
_COURSES = range(1, 8)
_LONGEST_TEXT = 300


class _BadCell(ValueError):  # noqa: N818 -- stays in this file
    """A cell that cannot be taken; the text is for the operator."""


def read_roster(content: bytes) -> RosterFile:
    """Read a CSV roster (columns: interfaces page). Refuses a file without the required columns."""
    try:
        rows = read_csv(content, known=COLUMNS, required=REQUIRED_COLUMNS)
    except TableUnreadable as error:
        raise RosterUnreadable(str(error)) from error
    entries: list[RosterEntry] = []
    rejected: list[RejectedRow] = []
    first_rows: dict[str, int] = {}
    for row in rows:
        try:
            entry = _entry(row)
            _refuse_duplicate(entry.person_no, row.number, first_rows)
        except _BadCell as error:
            rejected.append(RejectedRow(row=row.number, reason=str(error)))
        else:
            entries.append(entry)
    given = {column for row in rows for column in row.cells}
    return RosterFile(
        entries=tuple(entries),
        rejected=tuple(rejected),
        absent=frozenset(_FIELDS.get(column, column) for column in COLUMNS if column not in given),
        unknown_columns=tuple(sorted(column for column in given if column not in COLUMNS)),
    )


def _refuse_duplicate(person_no: str, row: int, first_rows: dict[str, int]) -> None:
    if person_no in first_rows:
        raise _BadCell(f"person_no {person_no} stands already in row {first_rows[person_no]}")
    first_rows[person_no] = row


def _entry(row: TableRow) -> RosterEntry:
    if row.overflows:
        raise _BadCell("the row has more cells than the heading; is a comma inside a cell not quoted?")
    for column in REQUIRED_COLUMNS:
        if not row[column]:
            raise _BadCell(f"{column} is empty")
    facts: dict[str, Any] = {column: _date(row, column) for column in _DATE_COLUMNS}
    facts |= {column: _text(row, column) for column in _TEXT_COLUMNS}
    facts |= {column: _choice(row, column, allowed) for column, allowed in _CHOICE_COLUMNS.items()}
    return RosterEntry(
        person_no=_text(row, "person_no"),
        kind=PersonKind(_choice(row, "kind", tuple(PersonKind))),
        last_name=_text(row, "last_name"),
        first_name=_text(row, "first_name"),
        course=_course(row),
        group_name=_text(row, "group"),
        status=PersonStatus(_choice(row, "status", tuple(PersonStatus)) or PersonStatus.ACTIVE),
        **facts,
    )


def _text(row: TableRow, column: str) -> str:
    if len(row[column]) > _LONGEST_TEXT:
        raise _BadCell(f"{column} is longer than {_LONGEST_TEXT} characters")
    return row[column]


def _date(row: TableRow, column: str) -> date | None:
    if not row[column]:
        return None
    for form in _DATE_FORMATS:
        try:
            return datetime.strptime(row[column], form).date()  # noqa: DTZ007 -- a calendar day has no zone
        except ValueError:
            continue
    raise _BadCell(f"{column} is not a date like 2026-09-01 or 01.09.2026: {row[column]}")


def _choice(row: TableRow, column: str, allowed: tuple[str, ...]) -> str:
    value = row[column].lower()
    if value and value not in allowed:
        raise _BadCell(f"{column} must be one of {', '.join(allowed)}: {row[column]}")
    return value


def _course(row: TableRow) -> int | None:
    if not row["course"]:
        return None
    if row["course"].isdecimal() and int(row["course"]) in _COURSES:
        return int(row["course"])
    raise _BadCell(f"course must be a number from {_COURSES[0]} to {_COURSES[-1]}: {row['course']}")
