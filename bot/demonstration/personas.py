"""Those one can be on the chat page: each stands for something to try."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.demonstration.awkward import awkward_people
from services.access import Role
from services.languages import Language, Trilingual
from services.link_requests.dto import TypedFacts
from services.people.dto import PersonKind, PersonStatus, RosterEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """Somebody on the chat page.

    `person_no`: their number in the roster, empty for a stranger. `linked`: the account and the person are joined at
    the first start; others get a one-time code. `asks`: what they have asked the Study Office. `about` is shown on the
    page, `advice` in the operator's terminal.
    """

    telegram_id: int
    first_name: str
    last_name: str
    language: Language
    about: Trilingual
    advice: str
    person_no: str = ""
    linked: bool = False
    role: Role | None = None
    phone: str = ""
    asks: TypedFacts | None = None


#: Who stands in for the registrar: an employee without a Telegram account as yet.
DEPUTY = "E-1120"

PERSONAS = (
    Persona(
        telegram_id=1001,
        first_name="Айзада",
        last_name="Маматова",
        language=Language.KY,
        person_no="S-1001",
        phone="+996700001001",
        about=Trilingual(
            ky="студент, бардык маалыматы бар", ru="студентка, все данные есть", en="student, all facts known"
        ),
        advice="send the one-time code or share the phone number, order a certificate in any language",
    ),
    Persona(
        telegram_id=1002,
        first_name="Нурлан",
        last_name="Асан уулу",
        language=Language.RU,
        person_no="S-1002",
        phone="+996700001002",
        about=Trilingual(
            ky="студент, англисче маалыматы жок",
            ru="студент, нет данных на английском",
            en="student without facts in English",
        ),
        advice="send the one-time code, order a certificate in English: it says what is missing",
    ),
    Persona(
        telegram_id=1003,
        first_name="Priya",
        last_name="Nair",
        language=Language.EN,
        person_no="S-1003",
        linked=True,
        phone="+996700001003",
        about=Trilingual(ky="чет өлкөлүк студент", ru="иностранная студентка", en="student from India"),
        advice="already linked: order a certificate in English",
    ),
    Persona(
        telegram_id=1004,
        first_name="Гүлнара",
        last_name="Өмүрова",
        language=Language.KY,
        person_no="S-1004",
        phone="+996700001004",
        about=Trilingual(
            ky="академиялык өргүүдөгү студент", ru="студентка в академическом отпуске", en="student on academic leave"
        ),
        advice="send the one-time code: the certificates for those on leave are there, enrolment is not",
    ),
    Persona(
        telegram_id=1005,
        first_name="Елена",
        last_name="Кузьмина",
        language=Language.RU,
        person_no="E-1005",
        linked=True,
        role=Role.REGISTRAR,
        phone="+996700001005",
        about=Trilingual(
            ky="Окуу башкармалыгынын кызматкери", ru="сотрудник учебного управления", en="registrar of the Study Office"
        ),
        advice="🗂 Desks: find people, enter what is missing, decide the waiting request, print codes, revoke",
    ),
    Persona(
        telegram_id=1006,
        first_name="Бакыт",
        last_name="Токтосунов",
        language=Language.KY,
        person_no="E-1006",
        linked=True,
        role=Role.ADMIN,
        phone="+996700001006",
        about=Trilingual(ky="боттун администратору", ru="администратор бота", en="administrator of the bot"),
        advice="🗂 Desks: send a roster file and take the import back, give roles with days and deputies",
    ),
    Persona(
        telegram_id=1008,
        first_name="Тилек",
        last_name="Жумабеков",
        language=Language.KY,
        person_no="S-1102",
        phone="+996700001101",
        about=Trilingual(
            ky="студент, телефону эжеси менен жалпы",
            ru="студент, телефон общий с сестрой",
            en="student who shares a phone with his sister",
        ),
        advice="share the phone number: it is not enough for him; the one-time code is",
    ),
    Persona(
        telegram_id=1009,
        first_name="Санжар",
        last_name="Калматов",
        language=Language.RU,
        asks=TypedFacts(name="Калматов Санжар", group_name="ПИ-1", person_no="S-1116"),
        about=Trilingual(
            ky="коду жок студент, Окуу башкармалыгына кайрылган",
            ru="студент без кода, обратился в учебное управление",
            en="student without a code, has asked the Study Office",
        ),
        advice="waits until the Study Office recognises him; see what he is told",
    ),
    Persona(
        telegram_id=1010,
        first_name="Эрлан",
        last_name="Турдубаев",
        language=Language.KY,
        person_no="S-1010",
        linked=True,
        phone="+996700001010",
        about=Trilingual(
            ky="сырттан окуган, иштеген студент", ru="студент-заочник, работает", en="extramural student with a job"
        ),
        advice="already linked: ask for the summons to the session, for his employer",
    ),
    Persona(
        telegram_id=1011,
        first_name="Чолпон",
        last_name="Шаршенова",
        language=Language.RU,
        person_no="S-1011",
        linked=True,
        phone="+996700001011",
        about=Trilingual(ky="бүтүрүүчү", ru="выпускница", en="graduate"),
        advice="already linked: ask for the certificate of grades",
    ),
    Persona(
        telegram_id=1007,
        first_name="Анна",
        last_name="Лебедева",
        language=Language.RU,
        about=Trilingual(
            ky="жумуш берүүчү, маалымкат текшерет",
            ru="работодатель, проверяет справку",
            en="employer, checks a certificate",
        ),
        advice="not of the university: send a certificate's PDF or its code to have it checked",
    ),
)


def people_of(year: int, today: date) -> tuple[RosterEntry, ...]:
    """Return the entries of those personas who are in the roster; `year` is that in which the academic year began."""
    aizada = _aizada(year)
    nurlan = replace(
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
    priya = replace(
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
    gulnara = replace(
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
    employees = _employees()
    return (
        *(aizada, nurlan, priya, gulnara, _erlan(nurlan, year), _cholpon(aizada, year)),
        *employees,
        *awkward_people(aizada, employees[0], today),
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
