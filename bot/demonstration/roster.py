"""The roster of the invented university, the same at every start of a day's demonstration."""

import csv
import io
import random
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date, timedelta

from bot.demonstration.names import invent_name
from bot.demonstration.persona_entries import people_of
from bot.demonstration.studies import POSTS, PROGRAMMES, Programme
from services.people.dto import PersonKind, PersonStatus, RosterEntry
from services.people.roster_file import COLUMNS

_STUDENTS = 320
_STAFF = 40
_SEED = 2026
_SEPTEMBER = 9
_STATUSES = (PersonStatus.ACTIVE, PersonStatus.LEAVE, PersonStatus.EXPELLED, PersonStatus.GRADUATED)
_STATUS_SHARES = (88, 5, 4, 3)


def write_roster(today: date) -> bytes:
    """Return the roster as a CSV file, as a university's office would export it."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(_row(entry) for entry in list_entries(today))
    return text.getvalue().encode("utf-8-sig")


def list_entries(today: date) -> list[RosterEntry]:
    """Return everybody; courses and dates fit the academic year of the day."""
    year = today.year if today.month >= _SEPTEMBER else today.year - 1
    dice = random.Random(_SEED)  # noqa: S311 -- the same people for everybody
    return [*people_of(year, today), *_students(dice, year, today), *_staff(dice)]


def _students(dice: random.Random, year: int, today: date) -> Iterator[RosterEntry]:
    for number in range(2001, 2001 + _STUDENTS):
        programme = dice.choice(PROGRAMMES)
        status = dice.choices(_STATUSES, _STATUS_SHARES)[0]
        course = programme.years if status is PersonStatus.GRADUATED else dice.randint(1, programme.years)
        admitted = year - course + (0 if status is PersonStatus.GRADUATED else 1)
        yield _with_gaps(dice, _student(dice, number, programme, course, admitted, status, today))


def _student(
    dice: random.Random,
    number: int,
    programme: Programme,
    course: int,
    admitted: int,
    status: PersonStatus,
    today: date,
) -> RosterEntry:
    name = invent_name(dice)
    visa = today + timedelta(days=dice.randint(5, 320)) if name.is_foreign else None
    return RosterEntry(
        person_no=f"S-{number}",
        kind=PersonKind.STUDENT,
        last_name=name.last,
        first_name=name.first,
        patronymic=name.patronymic,
        name_latin=name.latin,
        birth_date=date(admitted - 18, dice.randint(1, 12), dice.randint(1, 28)),
        phone=f"+99670000{number}",
        email=f"s{number}@university.example",
        unit=programme.unit,
        programme_ky=programme.name.ky,
        programme_ru=programme.name.ru,
        programme_en=programme.name.en,
        course=course,
        group_name=f"{programme.group}-{dice.randint(1, 2)}-{admitted % 100:02}",
        study_form="part_time" if dice.random() < 0.1 else "full_time",  # noqa: PLR2004 -- a share
        funding=dice.choices(("budget", "contract"), (35, 65))[0],
        degree=programme.degree,
        admission_date=date(admitted, 8, 25),
        expected_graduation=date(admitted + programme.years, 6, 30),
        admission_order=f"№ {dice.randint(40, 60)}, 20.08.{admitted}",
        status=status,
        citizenship=name.citizenship,
        visa_expires=visa,
        registration_expires=visa - timedelta(days=3) if visa else None,
    )


def _with_gaps(dice: random.Random, student: RosterEntry) -> RosterEntry:
    """Leave out what real rosters lack."""
    fate = dice.random()
    if fate < 0.08 and not student.visa_expires:  # noqa: PLR2004 -- a share
        return replace(student, name_latin="")
    if fate < 0.12:  # noqa: PLR2004 -- a share
        return replace(student, admission_order="")
    if fate < 0.15:  # noqa: PLR2004 -- a share
        return replace(student, programme_en="", expected_graduation=None)
    return student


def _staff(dice: random.Random) -> Iterator[RosterEntry]:
    for number in range(101, 101 + _STAFF):
        name, post = invent_name(dice, foreign_share=0), dice.choice(POSTS)
        yield RosterEntry(
            person_no=f"E-{number}",
            kind=PersonKind.STAFF,
            last_name=name.last,
            first_name=name.first,
            patronymic=name.patronymic,
            name_latin=name.latin,
            phone=f"+996700009{number}",
            email=f"e{number}@university.example",
            unit=post.unit,
            citizenship=name.citizenship,
            post_ky=post.name.ky,
            post_ru=post.name.ru,
            post_en=post.name.en,
        )


def _row(entry: RosterEntry) -> dict[str, object]:
    cells = {name: "" if value is None else value for name, value in asdict(entry).items()}
    return {("group" if name == "group_name" else name): value for name, value in cells.items()}
