"""Those whom the plan of the year concerns: who coordinates it, who answers for its items, who looks on from above."""

from dataclasses import dataclass, replace

from bot.demonstration.persona import Persona
from services.access import Role
from services.languages import Language, Trilingual
from services.people.dto import RosterEntry

COORDINATOR, DIRECTOR, WARDEN, CHAIR = 1012, 1013, 1015, 1016

LEADERS = (
    Persona(
        telegram_id=COORDINATOR,
        first_name="Рахат",
        last_name="Бекова",
        language=Language.KY,
        person_no="E-1012",
        linked=True,
        roles=(Role.PLAN_COORDINATOR,),
        posts=((Role.UNIT_HEAD, "academic-secretary"),),
        phone="+996700001012",
        about=Trilingual(
            ky="окумуштуу катчы, пландын координатору",
            ru="учёный секретарь, координатор плана",
            en="academic secretary, coordinator of the plan",
        ),
        advice="🗂 Desks: the plan of the year, figures and reports; send the Word file of a plan, look at what is "
        "doubtful, take it over; see what goes out on which day",
    ),
    Persona(
        telegram_id=DIRECTOR,
        first_name="Азамат",
        last_name="Исмаилов",
        language=Language.KY,
        person_no="E-1013",
        linked=True,
        posts=((Role.UNIT_HEAD, "dir-mti"),),
        phone="+996700001013",
        about=Trilingual(
            ky="Маалыматтык технологиялар институтунун директору",
            ru="директор Института информационных технологий",
            en="director of the Institute of Information Technologies",
        ),
        advice="/plan: accept, report with a photo or a link, ask for a later day, hand on to Нурбек; 🗂 Desks: "
        "pictures of his institute and of the whole university, nothing of others",
    ),
    Persona(
        telegram_id=1014,
        first_name="Нурбек",
        last_name="Садыков",
        language=Language.KY,
        person_no="E-1014",
        linked=True,
        posts=((Role.UNIT_STAFF, "dir-mti"),),
        phone="+996700001014",
        about=Trilingual(
            ky="ошол институттун кызматкери", ru="сотрудник того же института", en="works at the same institute"
        ),
        advice="/plan: sees the same items, finds what was handed on to him",
    ),
    Persona(
        telegram_id=WARDEN,
        first_name="Марина",
        last_name="Соколова",
        language=Language.RU,
        person_no="E-1015",
        linked=True,
        roles=(Role.TRUST_OFFICER,),
        posts=((Role.UNIT_HEAD, "tid"),),
        phone="+996700001015",
        about=Trilingual(
            ky="Тарбиялык иштер департаментинин директору, ишеним телефонунун кызматкери",
            ru="директор департамента воспитательной работы, сотрудник телефона доверия",
            en="director of the Student Affairs Department, trust line officer",
        ),
        advice="/plan in Russian; her report of the meeting with first-year students waits for Рахат; /trust: her "
        "times for personal talks, book one as Priya or Эрлан",
    ),
    Persona(
        telegram_id=CHAIR,
        first_name="Жылдыз",
        last_name="Сатарова",
        language=Language.KY,
        person_no="E-1016",
        linked=True,
        posts=((Role.UNIT_HEAD, "kyrgyz-chair"),),
        phone="+996700001016",
        about=Trilingual(
            ky="Кыргыз тили кафедрасынын башчысы",
            ru="заведующая кафедрой кыргызского языка",
            en="head of the Department of the Kyrgyz Language",
        ),
        advice="/plan: the items on the state language, one of them counted",
    ),
    Persona(
        telegram_id=1017,
        first_name="Гүлмира",
        last_name="Осмонова",
        language=Language.KY,
        person_no="E-1017",
        linked=True,
        posts=((Role.UNIT_HEAD, "vr-academic"),),
        phone="+996700001017",
        about=Trilingual(
            ky="академиялык иш боюнча проректор",
            ru="проректор по академической работе",
            en="vice-rector for academic affairs",
        ),
        advice="/plan: her own items; 🗂 Desks: how the units below her stand",
    ),
    Persona(
        telegram_id=1018,
        first_name="Кубанычбек",
        last_name="Абдиев",
        language=Language.KY,
        person_no="E-1018",
        linked=True,
        posts=((Role.UNIT_HEAD, "rector"),),
        phone="+996700001018",
        about=Trilingual(ky="ректор", ru="ректор", en="rector"),
        advice="🗂 Desks: the whole university in figures and pictures",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployeeFacts:
    """What the roster says of an employee beyond the persona."""

    patronymic: str
    latin: str
    unit: str
    post: Trilingual


_FACTS = {
    "E-1012": EmployeeFacts(
        patronymic="Акматовна",
        latin="Bekova Rakhat",
        unit="rectorate",
        post=Trilingual(ky="Окумуштуу катчы", ru="Учёный секретарь", en="Academic Secretary"),
    ),
    "E-1013": EmployeeFacts(
        patronymic="Кубатович",
        latin="Ismailov Azamat",
        unit="mti",
        post=Trilingual(ky="Институттун директору", ru="Директор института", en="Director of the Institute"),
    ),
    "E-1014": EmployeeFacts(
        patronymic="Асанович",
        latin="Sadykov Nurbek",
        unit="mti",
        post=Trilingual(ky="Башкы адис", ru="Главный специалист", en="Chief Specialist"),
    ),
    "E-1015": EmployeeFacts(
        patronymic="Игоревна",
        latin="Sokolova Marina",
        unit="tid",
        post=Trilingual(ky="Департаменттин директору", ru="Директор департамента", en="Director of the Department"),
    ),
    "E-1016": EmployeeFacts(
        patronymic="Түмөнбаевна",
        latin="Satarova Zhyldyz",
        unit="kyrgyz-chair",
        post=Trilingual(ky="Кафедра башчысы", ru="Заведующая кафедрой", en="Head of Department"),
    ),
    "E-1017": EmployeeFacts(
        patronymic="Жумабековна",
        latin="Osmonova Gulmira",
        unit="rectorate",
        post=Trilingual(
            ky="Академиялык иш боюнча проректор",
            ru="Проректор по академической работе",
            en="Vice-Rector for Academic Affairs",
        ),
    ),
    "E-1018": EmployeeFacts(
        patronymic="Токтогулович",
        latin="Abdiev Kubanychbek",
        unit="rectorate",
        post=Trilingual(ky="Ректор", ru="Ректор", en="Rector"),
    ),
}


def leaders_of(employee: RosterEntry) -> tuple[RosterEntry, ...]:
    """Return what the roster says of them; `employee` is one without any difficulty, whose other facts they share."""
    return tuple(employee_entry(employee, persona, _FACTS[persona.person_no]) for persona in LEADERS)


def employee_entry(employee: RosterEntry, persona: Persona, facts: EmployeeFacts) -> RosterEntry:
    """Return what the roster says of one of them."""
    return replace(
        employee,
        person_no=persona.person_no,
        last_name=persona.last_name,
        first_name=persona.first_name,
        patronymic=facts.patronymic,
        name_latin=facts.latin,
        phone=persona.phone,
        email=f"{persona.person_no.replace('-', '').lower()}@university.example",
        unit=facts.unit,
        post_ky=facts.post.ky,
        post_ru=facts.post.ru,
        post_en=facts.post.en,
    )
