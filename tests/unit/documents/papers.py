"""A paper of every kind in every language that it is offered in: invented people, and what they and the desks type."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from bot.documents.coverage import can_print
from bot.documents.university import University
from services.certificates.dto import CertificateKind, PaperOrder, Source
from services.certificates.fields import FieldReader
from services.certificates.rules import Profile, facts_of, is_wanted, missing_facts, valid_until
from services.languages import Language, Trilingual
from services.people.dto import PersonKind, PersonStatus, RosterEntry
from tests.unit.documents.samples import CODE

DAY = date(2026, 11, 21)
EXPECTED = Path(__file__).parents[2] / "data" / "papers"

MTI = Trilingual(
    ky="Маалыматтык технологиялар институту",
    ru="Институт информационных технологий",
    en="Institute of Information Technologies",
)

AIZADA = RosterEntry(
    person_no="S-1",
    kind=PersonKind.STUDENT,
    last_name="Эсенова",
    first_name="Айзада",
    patronymic="Бакытовна",
    name_latin="Esenova Aizada",
    birth_date=date(2006, 3, 14),
    programme_ky="710200 – Маалыматтык системалар жана технологиялар",
    programme_ru="710200 – Информационные системы и технологии",
    programme_en="710200 – Information Systems and Technologies",
    course=3,
    group_name="ИСТ-1-24",
    study_form="full_time",
    funding="budget",
    degree="bachelor",
    admission_date=date(2024, 8, 26),
    expected_graduation=date(2028, 6, 30),
    admission_order="№ 123, 20.08.2024",
    citizenship="KG",
)
NURSULTAN = replace(
    AIZADA,
    last_name="Убайдилла уулу",
    first_name="Нурсултан",
    patronymic="",
    name_latin="Ubaidilla uulu Nursultan",
    birth_date=date(2005, 5, 9),
    funding="contract",
)
ANNA = replace(
    AIZADA,
    last_name="Соколова-Турдубаева",
    first_name="Анна",
    patronymic="Андреевна",
    name_latin="Sokolova-Turdubaeva Anna",
)
SANZHAR = replace(
    NURSULTAN,
    last_name="Кадыров",
    first_name="Санжар",
    patronymic="Эркинович",
    name_latin="Kadyrov Sanzhar",
)
GULNARA = replace(
    AIZADA,
    last_name="Чыныбаева",
    first_name="Гүлнара",
    patronymic="Өмүрбековна",
    name_latin="Chynybaeva Gulnara",
)
AIPERI = replace(
    AIZADA,
    last_name="Назарбек кызы",
    first_name="Айпери",
    patronymic="",
    name_latin="Nazarbek kyzy Aiperi",
    birth_date=date(2008, 2, 29),
    course=1,
    admission_date=date(2026, 8, 24),
    expected_graduation=date(2030, 6, 28),
    admission_order="№ 98, 18.08.2026",
)
BILAL = replace(
    NURSULTAN,
    last_name="Хан",
    first_name="Билал",
    name_latin="Khan Bilal Ahmed",
    birth_date=date(2004, 12, 1),
    citizenship="PK",
    visa_expires=date(2027, 1, 31),
    registration_expires=date(2027, 1, 28),
)
ILYA = replace(
    SANZHAR,
    last_name="Фёдоров",
    first_name="Илья",
    patronymic="Сергеевич",
    name_latin="Fedorov Ilia",
    course=2,
    status=PersonStatus.EXPELLED,
)
ERLAN = replace(
    SANZHAR,
    last_name="Турдубаев",
    first_name="Эрлан",
    patronymic="Болотович",
    name_latin="Turdubaev Erlan",
    study_form="part_time",
)
MEERIM = replace(
    AIZADA,
    last_name="Сатыбалдиева",
    first_name="Мээрим",
    patronymic="Кубанычбековна",
    name_latin="Satybaldieva Meerim",
    course=2,
    degree="master",
)
ELENA = RosterEntry(
    person_no="E-1",
    kind=PersonKind.STAFF,
    last_name="Кузьмина",
    first_name="Елена",
    patronymic="Викторовна",
    name_latin="Kuzmina Elena",
    post_ky="Ага окутуучу",
    post_ru="Старший преподаватель",
    post_en="Senior Lecturer",
    citizenship="KG",
)
KUBANYCH = replace(
    ELENA,
    last_name="Үсөнов",
    first_name="Кубанычбек",
    patronymic="Жеңишбекович",
    name_latin="Usonov Kubanychbek",
    post_ky="Доцент",
    post_ru="Доцент",
    post_en="Associate Professor",
)

PEOPLE: Mapping[str, RosterEntry] = MappingProxyType(
    {
        "study": AIZADA,
        "period": NURSULTAN,
        "grades": ANNA,
        "scholarship": AIZADA,
        "payment": SANZHAR,
        "dormitory": GULNARA,
        "military": NURSULTAN,
        "social": AIPERI,
        "visa": BILAL,
        "academic": ILYA,
        "summons": ERLAN,
        "antiplagiarism": MEERIM,
        "work": ELENA,
        "work_full": KUBANYCH,
    }
)


def _each(ky: str, ru: str, en: str = "") -> Trilingual:
    return Trilingual(ky=ky, ru=ru, en=en)


def _same(text: str) -> Trilingual:
    return Trilingual(ky=text, ru=text, en=text)


#: What is typed, by kind and fact, in the language of the paper: words of choices as people write them.
TYPED: Mapping[str, Mapping[str, Trilingual]] = MappingProxyType(
    {
        "period": {
            "recipient": _each(
                "Германиянын Бишкектеги элчилиги", "Посольство Германии в Бишкеке", "Embassy of Germany in Bishkek"
            ),
        },
        "grades": {
            "scope": _same("semester"),
            "academic_year": _same("2025/2026"),
            "semester": _same("4"),
            "grade_rows": _each(
                "4; Жогорку математика; 5; экзамен; эң жакшы\n4; Объектке багытталган программалоо; 6; экзамен; 4\n"
                "4; Кыргыз тили; 4; зачет; pass\n4; Маалымат базалары; 2,5; курстук иш; канааттандырарлык",
                "4; Высшая математика; 5; экзамен; отлично\n4; Объектно-ориентированное программирование; 6; экзамен; 4"
                "\n4; Кыргызский язык; 4; зачёт; зачтено\n4; Базы данных; 2,5; курсовая работа; удовлетворительно",
                "4; Higher Mathematics; 5; examination; excellent\n4; Object-Oriented Programming; 6; examination; 4\n"
                "4; Kyrgyz Language; 4; pass/fail test; pass\n4; Databases; 2.5; term paper; satisfactory",
            ),
            "gpa": _same("4,25"),
            "scale": _same("5"),
        },
        "scholarship": {
            "scope": _same("period"),
            "period_from": _same("01.01.2026"),
            "period_to": _same("30.06.2026"),
            "recipient": _each(
                "Биринчи май районунун социалдык өнүктүрүү башкармалыгы",
                "Управление социального развития Первомайского района",
                "Social Development Office of Pervomaisky District",
            ),
            "result": _same("paid"),
            "scholarship_type": _each("академиялык", "академическая", "academic"),
            "monthly_amount": _same("1 500"),
            "total_amount": _same("9000"),
            "order_no": _same("215"),
            "order_date": _same("12.01.2026"),
        },
        "payment": {
            "academic_year": _same("2026-27"),
            "contract_no": _same("2024/318-К"),
            "contract_date": _same("26.08.2024"),
            "annual_fee": _same("45 000"),
            "paid": _same("22 512,50"),
            "as_of": _same("20.11.2026"),
            "result": _same("paid_up_to_date"),
        },
        "dormitory": {
            "dormitory_no": _same("4"),
            "dormitory_address": _each(
                "Бишкек шаары, Ала-Арча көчөсү, 104", "г. Бишкек, ул. Ала-Арча, 104", "104 Ala-Archa Street, Bishkek"
            ),
            "room": _same("312"),
            "lives_from": _same("01.09.2025"),
            "lives_to": _same("30.06.2027"),
        },
        "military": {
            "recipient": _each("Биринчи май районунун аскер комиссариаты", "Военный комиссариат Первомайского района"),
        },
        "social": {
            "recipient": _each(
                "Социалдык фонддун Биринчи май райондук башкармалыгы",
                "Первомайское районное управление Социального фонда",
            ),
        },
        "visa": {
            "passport_no": _same("AB1234567"),
            "passport_expires": _same("14.08.2031"),
            "purpose": _each("визаны узартуу", "продление визы", "visa extension"),
            "petition": _each("ооба", "да", "yes"),
        },
        "academic": {
            "study_to": _same("15.10.2026"),
            "previous_education": _each(
                "жалпы орто билим жөнүндө аттестат, № 000123, 2024-жыл",
                "аттестат о среднем общем образовании, № 000123, 2024 год",
                "certificate of general secondary education, No. 000123, 2024",
            ),
            "course_completed": _same("2"),
            "grade_rows": _each(
                "Физика; 150; 5; жакшы\nЖогорку математика; 180; 6; эң жакшы\nКыргыз тили; 120; 4; зачет тапшырылды",
                "Физика; 150; 5; хорошо\nВысшая математика; 180; 6; отлично\nКыргызский язык; 120; 4; зачтено",
                "Physics; 150; 5; good\nHigher Mathematics; 180; 6; excellent\nKyrgyz Language; 120; 4; pass",
            ),
            "coursework_rows": _each(
                "Маалымат базасын долбоорлоо; 2; 5", "Проектирование базы данных; 2; 5", "Design of a Database; 2; 5"
            ),
            "practice_rows": _each("Окуу практикасы; 3; 5", "Учебная практика; 3; 5", "Study internship; 3; 5"),
            "total_credits": _same("120"),
            "order_no": _same("77-С"),
            "order_date": _same("16.10.2026"),
            "reason": _same("transfer"),
        },
        "summons": {
            "employer": _each("«Түндүк жол» ЖЧКсы", "ОсОО «Северная дорога»"),
            "session_type": _each("кышкы экзамендик сессия", "зимняя экзаменационная сессия"),
            "session_from": _same("11.01.2027"),
            "session_to": _same("30.01.2027"),
        },
        "antiplagiarism": {
            "work_type": _each("магистрдик диссертация", "магистерская диссертация", "thesis_master"),
            "work_title": _each(
                "Жасалма интеллект менен жол кыймылын башкаруу",
                "Управление дорожным движением с искусственным интеллектом",
                "Traffic Control with Artificial Intelligence",
            ),
            "supervisor": _each("Осмонов Бакыт Асанович", "Осмонов Бакыт Асанович", "Osmonov Bakyt"),
            "recipient": _each(
                "Мамлекеттик аттестациялык комиссия",
                "Государственная аттестационная комиссия",
                "State Examination Commission",
            ),
            "system": _same("Антиплагиат"),
            "checked_on": _same("19.11.2026"),
            "originality": _same("85,5"),
            "result": _same("meets"),
            "threshold": _same("80"),
            "report_no": _same("AP-2026/44"),
        },
        "work_full": {
            "hired_on": _same("01.09.2015"),
            "employment_basis": _each(
                "негизги иш орду, штаттык негизде",
                "основное место работы, в штате",
                "main employment, established post",
            ),
            "order_no": _same("301-К"),
            "order_date": _same("28.08.2015"),
        },
    }
)


def given(
    university: University, kind: CertificateKind, typed: Mapping[str, str], known: Mapping[str, str]
) -> dict[str, str]:
    """Read what is typed, each fact where it has a place, as the chat and the spreadsheet do."""
    words = {
        (fact, key): [word.get(one) for one in Language]
        for fact in [*(rule.name for rule in kind.facts), "assessment", "grade"]
        for key, word in university.words_of(kind.id, fact).items()
    }
    reader = FieldReader(today=DAY, can_print=can_print, choices=lambda fact, key: words.get((fact, key), ()))
    read: dict[str, str] = {}
    for rule in (*kind.facts_from(Source.ASKED), *kind.facts_from(Source.DESK)):
        facts = {**known, **read}
        if typed.get(rule.name) and is_wanted(rule, facts):
            read[rule.name] = reader.read(rule, typed[rule.name], facts)
    return read


def paper_of(
    university: University,
    kind_id: str,
    language: Language,
    entry: RosterEntry | None = None,
    changed: Mapping[str, str] = MappingProxyType({}),
    day: date = DAY,
) -> PaperOrder:
    """Order a paper of a kind, made of the roster and of what was typed, all facts there."""
    kind = university.kinds[kind_id].kind
    profile = Profile(person_id=1, entry=entry or PEOPLE[kind_id], unit_name=MTI)
    typed = {name: text.get(language) for name, text in TYPED.get(kind_id, {}).items()} | dict(changed)
    known = facts_of(profile, kind, language, {})
    facts = facts_of(profile, kind, language, given(university, kind, typed, known))
    assert missing_facts(profile, kind, facts) == ()
    return PaperOrder(
        kind=kind_id,
        language=language,
        number="2026-00123",
        code=CODE,
        issued_on=day,
        valid_until=valid_until(kind, day, facts),
        facts=facts,
    )


def offered(university: University) -> list[tuple[str, Language]]:
    """Return every kind with every language that it is offered in."""
    return [(kind.id, language) for kind in university.certificate_kinds for language in kind.languages]
