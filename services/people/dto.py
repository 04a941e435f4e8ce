"""People of the roster."""

from dataclasses import dataclass, field
from datetime import date
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
    post_ky: str = ""
    post_ru: str = ""
    post_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPerson:
    """A person of the database: the entry, and whether the roster still has them."""

    id: int
    entry: RosterEntry
    absent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedRow:
    """A row of a file that cannot be taken: its number as the spreadsheet shows it, and why (for the operator)."""

    row: int
    reason: str


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


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterDifference:
    """What an import changes, or would change. With rejected rows nothing is written.

    `unknown_units`: texts of the column `unit` that no unit answers to; the people are taken all the same.
    """

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    rejected: tuple[RejectedRow, ...] = ()
    unknown_units: tuple[str, ...] = field(default=())
