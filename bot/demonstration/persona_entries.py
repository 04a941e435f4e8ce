"""What the roster says of the personas."""

from dataclasses import replace
from datetime import date, timedelta

from bot.demonstration.awkward import awkward_people
from bot.demonstration.leaders import leaders_of
from bot.demonstration.survey_people import survey_people_of
from services.people.dto import PersonKind, PersonStatus, RosterEntry


def people_of(year: int, today: date) -> tuple[RosterEntry, ...]:
    """Return the entries of those personas who are in the roster; `year` is that in which the academic year began."""
    aizada = _aizada(year)
    nurlan = _nurlan(aizada, year)
    employees = _employees()
    return (
        *(aizada, nurlan, _priya(aizada, year, today), _gulnara(aizada, year)),
        *(_erlan(nurlan, year), _cholpon(aizada, year)),
        *employees,
        *leaders_of(employees[0]),
        *survey_people_of(employees[0], aizada, year),
        *awkward_people(aizada, employees[0], today),
    )


def _nurlan(aizada: RosterEntry, year: int) -> RosterEntry:
    """Return one of whom nothing is known in English."""
    return replace(
        aizada,
        person_no="S-1002",
        last_name="Асан уулу",
        first_name="Нурлан",
        patronymic="",
        name_latin="",
        birth_date=date(year - 19, 5, 2),
        phone="+996700001002",
        email="s1002@university.example",
        unit="tri",
        programme_ky="Транспорттук-технологиялык машиналарды эксплуатациялоо",
        programme_ru="Эксплуатация транспортно-технологических машин",
        programme_en="",
        group_name=f"ЭТМ-1-{(year - 1) % 100:02}",
        funding="contract",
        admission_order=f"№ 46, 20.08.{year - 1}",
    )


def _priya(aizada: RosterEntry, year: int, today: date) -> RosterEntry:
    """Return one whose visa ends soon."""
    return replace(
        aizada,
        person_no="S-1003",
        last_name="Наир",
        first_name="Прия",
        patronymic="",
        name_latin="Nair Priya",
        birth_date=date(year - 20, 11, 9),
        phone="+996700001003",
        email="s1003@university.example",
        funding="contract",
        citizenship="Индия",
        visa_expires=today + timedelta(days=25),
        registration_expires=today + timedelta(days=22),
    )


def _gulnara(aizada: RosterEntry, year: int) -> RosterEntry:
    """Return one on academic leave."""
    return replace(
        aizada,
        person_no="S-1004",
        last_name="Өмүрова",
        first_name="Гүлнара",
        patronymic="Таалайбековна",
        name_latin="Omurova Gulnara",
        birth_date=date(year - 20, 1, 30),
        phone="+996700001004",
        email="s1004@university.example",
        status=PersonStatus.LEAVE,
    )


def _erlan(nurlan: RosterEntry, year: int) -> RosterEntry:
    """Return one who works and comes for the sessions only."""
    return replace(
        nurlan,
        person_no="S-1010",
        last_name="Турдубаев",
        first_name="Эрлан",
        patronymic="Болотович",
        name_latin="Turdubaev Erlan",
        birth_date=date(year - 27, 9, 17),
        phone="+996700001010",
        email="s1010@university.example",
        programme_ky="Транспорттук процесстердин технологиясы",
        programme_ru="Технология транспортных процессов",
        programme_en="Transport Process Technology",
        group_name=f"ТТП-1-{(year - 1) % 100:02}",
        study_form="part_time",
    )


def _cholpon(aizada: RosterEntry, year: int) -> RosterEntry:
    """Return one who has her diploma."""
    return replace(
        aizada,
        person_no="S-1011",
        last_name="Шаршенова",
        first_name="Чолпон",
        patronymic="Кубанычбековна",
        name_latin="Sharshenova Cholpon",
        birth_date=date(year - 22, 4, 21),
        phone="+996700001011",
        email="s1011@university.example",
        course=4,
        group_name=f"ПИ-1-{(year - 4) % 100:02}",
        admission_date=date(year - 4, 8, 25),
        expected_graduation=date(year, 6, 30),
        admission_order=f"№ 38, 20.08.{year - 4}",
        status=PersonStatus.GRADUATED,
    )


def _aizada(year: int) -> RosterEntry:
    return RosterEntry(
        person_no="S-1001",
        kind=PersonKind.STUDENT,
        last_name="Маматова",
        first_name="Айзада",
        patronymic="Бакытовна",
        name_latin="Mamatova Aizada",
        birth_date=date(year - 19, 3, 14),
        phone="+996700001001",
        email="s1001@university.example",
        unit="mti",
        programme_ky="Программалык инженерия",
        programme_ru="Программная инженерия",
        programme_en="Software Engineering",
        course=2,
        group_name=f"ПИ-1-{(year - 1) % 100:02}",
        study_form="full_time",
        funding="budget",
        degree="bachelor",
        admission_date=date(year - 1, 8, 25),
        expected_graduation=date(year + 3, 6, 30),
        admission_order=f"№ 45, 20.08.{year - 1}",
        citizenship="Кыргызстан",
    )


def _employees() -> tuple[RosterEntry, RosterEntry]:
    elena = RosterEntry(
        person_no="E-1005",
        kind=PersonKind.STAFF,
        last_name="Кузьмина",
        first_name="Елена",
        patronymic="Викторовна",
        name_latin="Kuzmina Elena",
        phone="+996700001005",
        email="e1005@university.example",
        unit="ob",
        citizenship="Кыргызстан",
        post_ky="Окуу башкармалыгынын адиси",
        post_ru="Специалист учебного управления",
        post_en="Specialist of the Study Office",
    )
    bakyt = replace(
        elena,
        person_no="E-1006",
        last_name="Токтосунов",
        first_name="Бакыт",
        patronymic="Эркинович",
        name_latin="Toktosunov Bakyt",
        phone="+996700001006",
        email="e1006@university.example",
        unit="mtd",
        post_ky="Инженер-программист",
        post_ru="Инженер-программист",
        post_en="Software Engineer",
    )
    return elena, bakyt
