"""People of the tests, all invented: each stands for a case."""

from dataclasses import replace
from datetime import date
from typing import Any

from services.people.dto import PersonKind, PersonStatus, RosterEntry

AIZADA = RosterEntry(
    person_no="S-1001",
    kind=PersonKind.STUDENT,
    last_name="Маматова",
    first_name="Айзада",
    patronymic="Бакытовна",
    name_latin="Mamatova Aizada",
    birth_date=date(2006, 3, 14),
    phone="+996700000001",
    unit="mti",
    programme_ky="Программалык инженерия",
    programme_ru="Программная инженерия",
    programme_en="Software Engineering",
    course=2,
    group_name="ПИ-1-25",
    study_form="full_time",
    funding="budget",
    degree="bachelor",
    admission_date=date(2025, 8, 25),
    expected_graduation=date(2029, 6, 30),
    admission_order="№ 45, 20.08.2025",
)

#: No patronymic, `уулу`, no Latin name and no English programme: no English paper for him yet.
NURLAN = replace(
    AIZADA,
    person_no="S-1002",
    last_name="Асан уулу",
    first_name="Нурлан",
    patronymic="",
    name_latin="",
    programme_en="",
    phone="+996700000002",
    admission_order="№ 46, 20.08.2025",
)

#: On academic leave.
GULNARA = replace(
    AIZADA,
    person_no="S-1003",
    last_name="Өмүрова",
    first_name="Гүлнара",
    patronymic="Таалайбековна",
    status=PersonStatus.LEAVE,
    phone="+996700000003",
)

#: An employee: no certificates of study for him.
BAKYT = RosterEntry(
    person_no="E-1",
    kind=PersonKind.STAFF,
    last_name="Токтогулов",
    first_name="Бакыт",
    patronymic="Эркинович",
    unit="ob",
    post_ky="Декан",
    post_ru="Декан",
    post_en="Dean",
)


def changed(entry: RosterEntry, **facts: Any) -> RosterEntry:  # noqa: ANN401 -- any fact of the entry
    """Return the person with other facts."""
    return replace(entry, **facts)
