"""Those whom surveys concern: who asks, who reads what people wrote, who sees pictures only."""

from dataclasses import replace
from datetime import date

from bot.demonstration.leaders import EmployeeFacts, employee_entry
from bot.demonstration.persona import Persona
from services.access import Role
from services.languages import Language, Trilingual
from services.people.dto import RosterEntry

MANAGER, READER, COUNCIL = 1019, 1020, 1021

SURVEY_PEOPLE = (
    Persona(
        telegram_id=MANAGER,
        first_name="Айнура",
        last_name="Сыдыкова",
        language=Language.KY,
        person_no="E-1019",
        linked=True,
        roles=(Role.SURVEY_MANAGER,),
        phone="+996700001019",
        about=Trilingual(
            ky="Жаштар борборунун социологу, сурамжылоолорду жүргүзөт",
            ru="социолог Молодёжного центра, проводит опросы",
            en="sociologist of the Youth Centre, runs the surveys",
        ),
        advice="🗂 Desks: two open surveys, how many have answered, tickets on paper; write a "
        "questionnaire; results of two semesters; close a survey and tell what changed because of it",
    ),
    Persona(
        telegram_id=READER,
        first_name="Жамиля",
        last_name="Раимбекова",
        language=Language.RU,
        person_no="E-1020",
        linked=True,
        posts=((Role.UNIT_HEAD, "bbsd-head"),),
        phone="+996700001020",
        about=Trilingual(
            ky="Билим берүү сапаты департаментинин директору",
            ru="директор департамента качества образования",
            en="director of the Education Quality Department",
        ),
        advice="🗂 Desks: pictures, tables and the PDF of last semester; what students wrote, in which names and "
        "telephone numbers are marked before anybody else reads it",
    ),
    Persona(
        telegram_id=COUNCIL,
        first_name="Бегимай",
        last_name="Токоева",
        language=Language.KY,
        person_no="S-1021",
        linked=True,
        posts=((Role.UNIT_HEAD, "student-council"),),
        phone="+996700001021",
        about=Trilingual(
            ky="студент, Студенттик кеңештин төрайымы",
            ru="студентка, председатель Студенческого совета",
            en="student, chair of the Student Council",
        ),
        advice="/survey: is asked herself; 🗂 Desks: the pictures of closed surveys, no tables and no texts",
    ),
)

_FACTS = {
    "E-1019": EmployeeFacts(
        patronymic="Маратовна",
        latin="Sydykova Ainura",
        unit="youth-centre",
        post=Trilingual(ky="Социолог", ru="Социолог", en="Sociologist"),
    ),
    "E-1020": EmployeeFacts(
        patronymic="Сагынбековна",
        latin="Raimbekova Zhamilia",
        unit="bbsd",
        post=Trilingual(ky="Департаменттин директору", ru="Директор департамента", en="Director of the Department"),
    ),
}


def survey_people_of(employee: RosterEntry, student: RosterEntry, year: int) -> tuple[RosterEntry, ...]:
    """Return what the roster says of them; `employee` and `student` are two without any difficulty."""
    staff = (employee_entry(employee, one, _FACTS[one.person_no]) for one in SURVEY_PEOPLE if one.person_no in _FACTS)
    return (*staff, _begimai(student, year))


def _begimai(student: RosterEntry, year: int) -> RosterEntry:
    return replace(
        student,
        person_no="S-1021",
        last_name="Токоева",
        first_name="Бегимай",
        patronymic="Эмилбековна",
        name_latin="Tokoeva Begimai",
        birth_date=date(year - 20, 2, 11),
        phone="+996700001021",
        email="s1021@university.example",
        course=3,
        group_name=f"ПИ-1-{(year - 2) % 100:02}",
        admission_date=date(year - 2, 8, 25),
        expected_graduation=date(year + 2, 6, 30),
        admission_order=f"№ 43, 20.08.{year - 2}",
    )
