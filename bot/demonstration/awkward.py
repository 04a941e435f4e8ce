"""One of each awkward case that a real roster holds; the invented people around them are ordinary."""

from dataclasses import replace
from datetime import date, timedelta

from services.people.dto import PersonKind, PersonStatus, RosterEntry


def awkward_people(student: RosterEntry, employee: RosterEntry, today: date) -> tuple[RosterEntry, ...]:
    """Return them; `student` and `employee` are people without any difficulty, whose other facts they share."""
    return (
        *_shared_phone(student),
        *_namesakes(student),
        *_foreign(student, today),
        *_missing_facts(student),
        *_spelling(student),
        *_phones(student),
        *_staff(employee, today),
    )


def _own(student: RosterEntry, number: int, last: str, first: str, patronymic: str, latin: str) -> RosterEntry:
    return replace(
        student,
        person_no=f"S-{number}",
        last_name=last,
        first_name=first,
        patronymic=patronymic,
        name_latin=latin,
        phone=f"+99670000{number}",
        email=f"s{number}@university.example",
    )


def _shared_phone(student: RosterEntry) -> tuple[RosterEntry, RosterEntry]:
    """Brother and sister with their mother's telephone: neither can be linked by it."""
    sister = _own(student, 1101, "Жумабекова", "Бегимай", "Маратовна", "Zhumabekova Begimai")
    brother = _own(student, 1102, "Жумабеков", "Тилек", "Маратович", "Zhumabekov Tilek")
    mother = "0700 00 11 01"
    return replace(sister, phone=mother), replace(brother, phone=mother, course=1)


def _namesakes(student: RosterEntry) -> tuple[RosterEntry, RosterEntry]:
    """Two of the same name in the same group: only the number tells them apart."""
    first = _own(student, 1103, "Асанова", "Айпери", "Болотовна", "Asanova Aiperi")
    second = _own(student, 1104, "Асанова", "Айпери", "Болотовна", "Asanova Aiperi")
    born = student.birth_date
    return first, replace(second, birth_date=born and born.replace(month=7, day=2))


def _foreign(student: RosterEntry, today: date) -> tuple[RosterEntry, ...]:
    """Visas that end this week, that have ended, and a name known in Latin letters only by its own roster."""
    near = replace(
        _own(student, 1105, "Хан", "Билал", "", "Khan Bilal"),
        citizenship="Пакистан",
        funding="contract",
        visa_expires=today + timedelta(days=5),
        registration_expires=today + timedelta(days=2),
    )
    ended = replace(
        _own(student, 1106, "Шарма", "Рохан", "", "Sharma Rohan"),
        citizenship="Индия",
        funding="contract",
        visa_expires=today - timedelta(days=3),
        registration_expires=today - timedelta(days=6),
    )
    long_name = replace(
        _own(student, 1107, "Абдул Рахман", "Мухаммад Усман", "", "Abdul Rahman Muhammad Usman Siddiqui"),
        citizenship="Пакистан",
        funding="contract",
        visa_expires=today + timedelta(days=200),
        registration_expires=today + timedelta(days=190),
    )
    return near, ended, long_name


def _missing_facts(student: RosterEntry) -> tuple[RosterEntry, ...]:
    """One fact is missing each time: the Latin name, the order of admission, the unit, the day of graduation."""
    return (
        _own(student, 1108, "Сыдыков", "Эрмек", "Үсөнович", ""),
        replace(_own(student, 1109, "Молдобаева", "Каныкей", "Эркиновна", "Moldobaeva Kanykei"), admission_order=""),
        replace(_own(student, 1110, "Исаков", "Улан", "Маратович", "Isakov Ulan"), unit="ПОВТАС кафедрасы"),
        replace(_own(student, 1111, "Ташматова", "Рахат", "", "Tashmatova Rakhat"), expected_graduation=None),
    )


def _spelling(student: RosterEntry) -> tuple[RosterEntry, ...]:
    """Names as typists leave them: look-alike letters, Kyrgyz letters dropped, two surnames, no patronymic."""
    return (
        _own(student, 1112, "Ѳмүрбекова", "Наргиза", "Кубанычбековна", "Omurbekova Nargiza"),
        _own(student, 1113, "Усонова", "Гулнара", "", "Usonova Gulnara"),
        _own(student, 1114, "Жеңишбек кызы", "Айсулуу", "", "Zhenishbek kyzy Aisuluu"),
        _own(student, 1115, "Соколова-Турдубаева", "Анна", "Андреевна", "Sokolova-Turdubaeva Anna"),
    )


def _phones(student: RosterEntry) -> tuple[RosterEntry, ...]:
    """No telephone at all, two in one cell, and one who has left but whose number lives on with somebody else."""
    return (
        replace(_own(student, 1116, "Калматов", "Санжар", "Эркинович", "Kalmatov Sanzhar"), phone=""),
        replace(
            _own(student, 1117, "Кадырова", "Элиза", "Асановна", "Kadyrova Eliza"), phone="0700001117; 0550 00 11 17"
        ),
        replace(
            _own(student, 1118, "Мамбетов", "Руслан", "Болотович", "Mambetov Ruslan"),
            status=PersonStatus.EXPELLED,
            phone="+996700001119",
        ),
        _own(student, 1119, "Байтемиров", "Алмаз", "Эркинович", "Baitemirov Almaz"),
    )


def _staff(employee: RosterEntry, today: date) -> tuple[RosterEntry, ...]:
    """A post without an English name, a lecturer who shares the name of a student, one who works with a permit."""
    lecturer = replace(
        employee,
        person_no="E-1120",
        kind=PersonKind.STAFF,
        last_name="Асанова",
        first_name="Айпери",
        patronymic="Болотовна",
        name_latin="Asanova Aiperi",
        phone="+996700001120",
        email="e1120@university.example",
        unit="kyrgyz-chair",
        post_ky="Ага окутуучу",
        post_ru="Старший преподаватель",
        post_en="",
    )
    guest = replace(
        lecturer,
        person_no="E-1121",
        last_name="Вебер",
        first_name="Анна",
        patronymic="",
        name_latin="Weber Anna",
        phone="+996700001121",
        email="e1121@university.example",
        citizenship="Германия",
        visa_expires=today + timedelta(days=50),
        registration_expires=today + timedelta(days=44),
        work_permit_expires=today + timedelta(days=29),
        post_en="Senior lecturer",
    )
    return lecturer, guest
