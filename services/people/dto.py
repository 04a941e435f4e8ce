"""People of the roster, roster files, and what an import of one changes."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class PersonKind(StrEnum):
    """Whom the roster lists."""

    STUDENT = "student"
    STAFF = "staff"


class PersonStatus(StrEnum):
    """Whether a person studies or works now."""

    ACTIVE = "active"
    LEAVE = "leave"
    EXPELLED = "expelled"
    GRADUATED = "graduated"


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterEntry:
    """A person as a roster file gives them. Empty strings and None say that the roster has no such fact.

    `unit` is the text of the file (a unit's code, name, abbreviation or alias); units are looked up when it is written.
    `curator_of`: the study groups of which an employee is the curator, as `services.people.rules.curated_groups` reads.
    """

    person_no: str
    kind: PersonKind
    last_name: str
    first_name: str
    patronymic: str = ""
    name_latin: str = ""
    birth_date: date | None = None
    phone: str = ""
    email: str = ""
    unit: str = ""
    programme_ky: str = ""
    programme_ru: str = ""
    programme_en: str = ""
    course: int | None = None
    group_name: str = ""
    study_form: str = ""
    funding: str = ""
    degree: str = ""
    admission_date: date | None = None
    expected_graduation: date | None = None
    admission_order: str = ""
    status: PersonStatus = PersonStatus.ACTIVE
    citizenship: str = ""
    visa_expires: date | None = None
    registration_expires: date | None = None
    work_permit_expires: date | None = None
    post_ky: str = ""
    post_ru: str = ""
    post_en: str = ""
    curator_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPerson:
    """A person of the database: the facts in force, and since when the roster does not have them any more."""

    id: int
    entry: RosterEntry
    absent_since: datetime | None = None

    @property
    def absent(self) -> bool:
        """Whether the roster does not have the person any more."""
        return self.absent_since is not None


class ProblemKind(StrEnum):
    """Why a row cannot be taken."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NOT_A_DATE = "not_a_date"
    NOT_ALLOWED = "not_allowed"
    NOT_A_COURSE = "not_a_course"
    REPEATED = "repeated"
    SHIFTED = "shifted"
    FORMULA = "formula"
    FORMULA_WITHOUT_VALUE = "formula_without_value"
    CELL_ERROR = "cell_error"
    MERGED = "merged"
    DIGITS_LOST = "digits_lost"
    DATE_NOT_TEXT = "date_not_text"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowProblem:
    """One thing that is wrong with a row.

    `heading`: what the column is called in the file; `cell`: the cell as a spreadsheet names it; `allowed`: the words
    that the column takes; `other_row`: where the same number stood before.
    """

    kind: ProblemKind
    column: str = ""
    heading: str = ""
    cell: str = ""
    value: str = ""
    allowed: tuple[str, ...] = ()
    other_row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedRow:
    """A row of a file that cannot be taken: its number as the spreadsheet shows it, and all that is wrong with it."""

    row: int
    problems: tuple[RowProblem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterFile:
    """What a roster file holds.

    `absent`: facts (fields of `RosterEntry`) for which the file has no column; it says nothing about them.
    `unknown_columns`: headings that mean nothing here, perhaps misspelt.
    """

    entries: tuple[RosterEntry, ...]
    rejected: tuple[RejectedRow, ...]
    absent: frozenset[str] = frozenset()
    unknown_columns: tuple[str, ...] = ()


class ChangeKind(StrEnum):
    """What an import does to a person."""

    ADDED = "added"
    CHANGED = "changed"
    RETURNED = "returned"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactChange:
    """A fact before and after, as texts (days as 2026-09-01); an empty text says that it is not known."""

    fact: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChange:
    """What an import does to a person; `facts` of those who were in the roster before."""

    person_no: str
    full_name: str
    change: ChangeKind
    facts: tuple[FactChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Removals:
    """More people of a kind are not in a file than may vanish unasked."""

    kind: PersonKind
    removed: int
    present: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterDifference:
    """What an import changes, or would change. With rejected rows nothing is written.

    `changed` counts who returned, too. `people`: everybody whom the import touches, in the order of the roster.
    `too_many`: why the import would be refused unless somebody insists.
    `unknown_units`: texts of the column `unit` that no unit answers to; the people are taken all the same.
    """

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    rejected: tuple[RejectedRow, ...] = ()
    unknown_units: tuple[str, ...] = ()
    without_unit: int = 0
    unknown_columns: tuple[str, ...] = ()
    people: tuple[PersonChange, ...] = field(default=(), repr=False)
    too_many: tuple[Removals, ...] = ()

    @property
    def changes_anything(self) -> bool:
        """Whether the roster would not be the same afterwards."""
        return bool(self.added or self.changed or self.removed)
