"""What is taught and who works at the invented university."""

from dataclasses import dataclass

from services.languages import Trilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A programme of study; without an English name no English paper can be issued for it."""

    unit: str
    group: str
    name: Trilingual
    degree: str = "bachelor"
    years: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post of an employee."""

    unit: str
    name: Trilingual


#: `unit` is what the university's files really hold: a code, or a name in one of the languages.
PROGRAMMES = (
    Programme(
        unit="mti",
        group="ПИ",
        name=Trilingual(ky="Программалык инженерия", ru="Программная инженерия", en="Software Engineering"),
    ),
    Programme(
        unit="Маалыматтык технологиялар институту",
        group="ИСТ",
        name=Trilingual(
            ky="Маалыматтык системалар жана технологиялар",
            ru="Информационные системы и технологии",
            en="Information Systems and Technologies",
        ),
    ),
    Programme(
        unit="Институт информационных технологий",
        group="ИВТ",
        name=Trilingual(
            ky="Информатика жана эсептөө техникасы",
            ru="Информатика и вычислительная техника",
            en="Computer Science and Engineering",
        ),
    ),
    Programme(
        unit="tri",
        group="МР",
        name=Trilingual(
            ky="Мехатроника жана робототехника", ru="Мехатроника и робототехника", en="Mechatronics and Robotics"
        ),
    ),
    Programme(
        unit="tri",
        group="ТТП",
        name=Trilingual(
            ky="Транспорттук процесстердин технологиясы",
            ru="Технология транспортных процессов",
            en="Transport Process Technology",
        ),
    ),
    Programme(
        unit="tri",
        group="ЭТМ",
        name=Trilingual(
            ky="Транспорттук-технологиялык машиналарды эксплуатациялоо",
            ru="Эксплуатация транспортно-технологических машин",
        ),
    ),
    Programme(
        unit="ei",
        group="ЭЭ",
        name=Trilingual(
            ky="Электр энергетикасы жана электротехника",
            ru="Электроэнергетика и электротехника",
            en="Electrical Power and Electrical Engineering",
        ),
    ),
    Programme(
        unit="inst-engineering",
        group="МАШ",
        name=Trilingual(ky="Машина куруу", ru="Машиностроение", en="Mechanical Engineering"),
    ),
    Programme(
        unit="Институт экономики и менеджмента",
        group="МЕН",
        name=Trilingual(ky="Менеджмент", ru="Менеджмент", en="Management"),
    ),
    Programme(
        unit="mti",
        group="ИСТм",
        name=Trilingual(
            ky="Маалыматтык системалар жана технологиялар",
            ru="Информационные системы и технологии",
            en="Information Systems and Technologies",
        ),
        degree="master",
        years=2,
    ),
    Programme(
        unit="polytech-college",
        group="КПО",
        name=Trilingual(
            ky="Эсептөө техникасын программалык камсыздоо", ru="Программное обеспечение вычислительной техники"
        ),
        degree="vocational_secondary",
        years=3,
    ),
)

POSTS = (
    Post(unit="chair-software", name=Trilingual(ky="Доцент", ru="Доцент", en="Associate Professor")),
    Post(unit="chair-systems", name=Trilingual(ky="Ага окутуучу", ru="Старший преподаватель", en="Senior Lecturer")),
    Post(unit="chair-robotics", name=Trilingual(ky="Профессор", ru="Профессор", en="Professor")),
    Post(unit="chair-mathematics", name=Trilingual(ky="Окутуучу", ru="Преподаватель", en="Lecturer")),
    Post(unit="chair-power", name=Trilingual(ky="Доцент", ru="Доцент", en="Associate Professor")),
    Post(unit="ob", name=Trilingual(ky="Башкы адис", ru="Главный специалист", en="Chief Specialist")),
    Post(unit="ebb", name=Trilingual(ky="Адис", ru="Специалист", en="Specialist")),
    Post(unit="itk", name=Trilingual(ky="Китепканачы", ru="Библиотекарь", en="Librarian")),
    Post(unit="accounting", name=Trilingual(ky="Эсепчи", ru="Бухгалтер", en="Accountant")),
    Post(unit="chair-mechanics", name=Trilingual(ky="Ассистент", ru="Ассистент", en="Assistant Lecturer")),
    Post(unit="chair-management", name=Trilingual(ky="Доцент", ru="Доцент", en="Associate Professor")),
    Post(unit="kyrgyz-chair", name=Trilingual(ky="Окутуучу", ru="Преподаватель", en="Lecturer")),
    Post(unit="foreign-languages-chair", name=Trilingual(ky="Окутуучу", ru="Преподаватель", en="Lecturer")),
)
