"""Facts, corrections, and what an official is asked."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Fact(StrEnum):
    """A fact of a person that officials may correct; named as the field of `RosterEntry`.

    Not here: number, kind, status, unit, course and group. They come from the source of the roster alone.
    """

    LAST_NAME = "last_name"
    FIRST_NAME = "first_name"
    PATRONYMIC = "patronymic"
    NAME_LATIN = "name_latin"
    BIRTH_DATE = "birth_date"
    PHONE = "phone"
    EMAIL = "email"
    PROGRAMME_KY = "programme_ky"
    PROGRAMME_RU = "programme_ru"
    PROGRAMME_EN = "programme_en"
    DEGREE = "degree"
    STUDY_FORM = "study_form"
    FUNDING = "funding"
    ADMISSION_ORDER = "admission_order"
    ADMISSION_DATE = "admission_date"
    EXPECTED_GRADUATION = "expected_graduation"
    CITIZENSHIP = "citizenship"
    VISA_EXPIRES = "visa_expires"
    REGISTRATION_EXPIRES = "registration_expires"
    WORK_PERMIT_EXPIRES = "work_permit_expires"
    POST_KY = "post_ky"
    POST_RU = "post_ru"
    POST_EN = "post_en"
    CURATOR_OF = "curator_of"


class FactForm(StrEnum):
    """How a fact is written: `LATIN` is a name as in a passport, `ENGLISH` any words without Cyrillic letters.

    `GROUPS`: study groups of the roster, separated by semicolons or commas.
    """

    TEXT = "text"
    LATIN = "latin"
    ENGLISH = "english"
    DATE = "date"
    CHOICE = "choice"
    PHONE = "phone"
    EMAIL = "email"
    GROUPS = "groups"


class CorrectionEnd(StrEnum):
    """How a correction ended: an official took it back, or the source says the same now."""

    WITHDRAWN = "withdrawn"
    ADOPTED = "adopted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A fact as officials have it. `value` and `roster_value` (the source's last word) are texts, days YYYY-MM-DD."""

    id: int
    person_id: int
    fact: Fact
    roster_value: str
    value: str
    corrected_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCorrection:
    """A correction as the keeper of the source system needs it."""

    person_no: str
    full_name: str
    fact: str
    roster_value: str
    value: str
    corrected_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FactQuestion:
    """What an official is asked for. `value`: what is known now; `choices`: the only possible answers, if closed."""

    person_id: int
    person_name: str
    fact: Fact
    form: FactForm
    value: str
    choices: tuple[str, ...]
    may_be_empty: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedCorrection:
    """What would be written, in the form in which it is stored."""

    person_id: int
    person_name: str
    fact: Fact
    old: str
    new: str
