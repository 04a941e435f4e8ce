"""The papers of the shipped kinds: every page word for word, each variant, long names, all months."""

import io
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest
from pypdf import PdfReader

from bot.documents.paper import compose
from bot.documents.render import CertificateRenderer
from bot.documents.university import University, load
from bot.localtime import KYRGYZ_MONTHS
from services.certificates.dto import FactType, Paper, Source
from services.languages import Language
from services.people.dto import PersonStatus, RosterEntry
from tests.unit.documents.papers import (
    DAY,
    EXPECTED,
    GULNARA,
    PEOPLE,
    offered,
    paper_of,
)
from tests.unit.documents.samples import LINKS

SHIPPED = offered(load())
KINDS = tuple(dict.fromkeys(kind for kind, _ in SHIPPED))
NOTHING: Mapping[str, str] = MappingProxyType({})
NBSP = "\N{NO-BREAK SPACE}"


def printed(pdf: bytes) -> str:
    """Return the words of a PDF in reading order, white space evened out."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def told(paper: Paper) -> str:
    """Return what a paper says besides its letterhead and foot, a line each, labels and values parted by a colon."""
    lines = [f"{line['label']}: {line['value']}" if line["label"] else line["value"] for line in paper["lines"]]
    opening = "".join(part["text"] for part in paper["opening"])
    return "\n".join([opening, *lines, *paper["endings"], *paper["closing"]]).replace(NBSP, " ")


def say(
    university: University,
    kind: str,
    language: Language,
    changed: Mapping[str, str] = NOTHING,
    entry: RosterEntry | None = None,
    day: date = DAY,
) -> str:
    """Return what a paper of a kind says with some values typed otherwise."""
    return told(compose(university, paper_of(university, kind, language, entry, changed, day), LINKS))


@pytest.mark.parametrize(("kind", "language"), SHIPPED, ids=[f"{kind}.{language}" for kind, language in SHIPPED])
def test_every_page_word_for_word(
    university: University, renderer: CertificateRenderer, kind: str, language: Language
) -> None:
    expected = (EXPECTED / f"{kind}.{language}.txt").read_text(encoding="utf-8")
    pdf = renderer.render(compose(university, paper_of(university, kind, language), LINKS))
    assert printed(pdf) == " ".join(expected.split())


def test_every_expected_page_is_that_of_a_kind_on_offer() -> None:
    assert {path.name for path in EXPECTED.iterdir()} == {f"{kind}.{language}.txt" for kind, language in SHIPPED}


# Variants.

ON_LEAVE = replace(GULNARA, status=PersonStatus.LEAVE)
GRADUATE = replace(GULNARA, status=PersonStatus.GRADUATED)


@pytest.mark.parametrize("kind", ["scholarship", "social", "grades"])
def test_paper_of_a_student_on_leave_says_so(university: University, kind: str) -> None:
    assert say(university, kind, Language.KY, entry=ON_LEAVE).startswith(
        "Ушул маалымкат төмөнкүнү ырастайт: Чыныбаева Гүлнара Өмүрбековна – Теңир-Тоо мамлекеттик техникалык "
        "университетинин студенти; 2026-жылдын 21-ноябрына карата академиялык өргүүдө.\n"
    )
    assert say(university, kind, Language.RU, entry=ON_LEAVE).startswith(
        "Настоящая справка подтверждает, что Чыныбаева Гүлнара Өмүрбековна числится в Тенир-Тооском государственном "
        "техническом университете и по состоянию на 21 ноября 2026 г. находится в академическом отпуске.\n"
    )


def test_dormitory_paper_of_a_student_on_leave(university: University) -> None:
    assert (
        "студенти; 2026-жылдын 21-ноябрына карата академиялык өргүүдө жана университеттин жатаканасында жашайт.\n"
    ) in say(university, "dormitory", Language.KY, entry=ON_LEAVE)
    assert (
        "числится в Тенир-Тооском государственном техническом университете, по состоянию на 21 ноября 2026 г. "
        "находится в академическом отпуске и проживает в общежитии университета.\n"
    ) in say(university, "dormitory", Language.RU, entry=ON_LEAVE)
    assert say(university, "dormitory", Language.EN, entry=ON_LEAVE).startswith(
        "This is to certify that Chynybaeva Gulnara is registered as a student at the Tengir-Too State Technical "
        "University, is on academic leave as at 21 November 2026 and lives in a University dormitory.\n"
    )


def test_all_grades_of_a_graduate(university: University) -> None:
    everything = {"scope": "all", "academic_year": "", "semester": ""}
    kyrgyz = say(university, "grades", Language.KY, everything, replace(GRADUATE, course=None))
    assert kyrgyz.startswith(
        "Ушул маалымкат төмөнкү адамдын Теңир-Тоо мамлекеттик техникалык университетинде окуган мезгилде алган "
        "бааларын ырастайт: Чыныбаева Гүлнара Өмүрбековна.\n"
    )
    assert "\nКайсы мезгил үчүн: окуу башталгандан 2026-жылдын 21-ноябрына чейин\n" in kyrgyz
    assert "Курсу" not in kyrgyz
    assert "\nЗа какой период: с начала обучения по 21 ноября 2026 г.\n" in say(
        university, "grades", Language.RU, everything, GRADUATE
    )
    english = say(university, "grades", Language.EN, everything, GRADUATE)
    assert english.startswith(
        "This is to certify the grades obtained at the Tengir-Too State Technical University by Chynybaeva Gulnara.\n"
    )
    assert "\nPeriod covered: from the beginning of study to 21 November 2026\n" in english


NOW = {"scope": "now", "period_from": "", "period_to": ""}
SCHOLARSHIPS: tuple[tuple[dict[str, str], str, str, str], ...] = (
    (
        {},
        "2026-жылдын 1-январынан 2026-жылдын 30-июнуна чейин студентке университет стипендия төлөгөн.",
        "За период с 1 января 2026 г. по 30 июня 2026 г. университетом выплачивалась стипендия.",
        "From 1 January 2026 to 30 June 2026 the student was paid a scholarship by the University.",
    ),
    (
        {"result": "not_paid"},
        (
            "2026-жылдын 1-январынан 2026-жылдын 30-июнуна чейин студентке университет стипендия дайындаган эмес жана "
            "төлөгөн эмес."
        ),
        "За период с 1 января 2026 г. по 30 июня 2026 г. стипендия университетом не назначалась и не выплачивалась.",
        ("From 1 January 2026 to 30 June 2026 no scholarship was awarded or paid to the student by the University."),
    ),
    (
        NOW,
        "Студентке 2026-жылдын 21-ноябрына карата университеттин стипендиясы дайындалган жана төлөнүп жатат.",
        "По состоянию на 21 ноября 2026 г. университетом назначена и выплачивается стипендия.",
        "As at 21 November 2026 the student is in receipt of a scholarship from the University.",
    ),
    (
        NOW | {"result": "not_paid"},
        "Студентке 2026-жылдын 21-ноябрына карата университеттин стипендиясы дайындалган эмес жана төлөнбөйт.",
        "По состоянию на 21 ноября 2026 г. стипендия университетом не назначена и не выплачивается.",
        "As at 21 November 2026 the student is not in receipt of a scholarship from the University.",
    ),
)


@pytest.mark.parametrize(("changed", "ky", "ru", "en"), SCHOLARSHIPS)
def test_each_result_of_a_scholarship_has_its_sentence(
    university: University, changed: Mapping[str, str], ky: str, ru: str, en: str
) -> None:
    sentences = [sentence for _, *row in SCHOLARSHIPS for sentence in row]
    for language, expected in zip(Language, (ky, ru, en), strict=True):
        text = say(university, "scholarship", language, changed)
        assert [sentence for sentence in sentences if sentence in text] == [expected]
        is_paid = changed.get("result") != "not_paid"
        assert ("1 500 сом" in text or "KGS 1,500" in text) is is_paid, "an amount is printed only if it was paid"


PAYMENTS = (
    (
        {"result": "no_debt"},
        "Контракттык төлөм боюнча 2026-жылдын 20-ноябрына карата карыз жок.",
        "По состоянию на 20 ноября 2026 г. задолженность по оплате обучения отсутствует.",
        "As at 20 November 2026 no tuition fees are outstanding.",
    ),
    (
        {"result": "debt", "balance": "22487,5"},
        "Контракттык төлөм боюнча 2026-жылдын 20-ноябрына карата карыздын суммасы: 22 487,50 сом.",
        "Задолженность по оплате обучения по состоянию на 20 ноября 2026 г. составляет 22 487,50 сом.",
        "Tuition fees outstanding as at 20 November 2026 amount to KGS 22,487.50.",
    ),
)


@pytest.mark.parametrize(("changed", "ky", "ru", "en"), PAYMENTS)
def test_each_result_of_a_payment_has_its_sentence(
    university: University, changed: Mapping[str, str], ky: str, ru: str, en: str
) -> None:
    for language, expected in zip(Language, (ky, ru, en), strict=True):
        text = say(university, "payment", language, changed)
        assert f"\n{expected}\n" in text
        assert not any(other in text for other in ("толук төлөнгөн", "внесены полностью", "paid in full"))


def test_each_result_of_an_originality_check(university: University) -> None:
    fails = say(university, "antiplagiarism", Language.KY, {"result": "does_not_meet", "originality": "61,25"})
    assert "\nТүпнуска тексттин үлүшү: 61,25 %\nБелгиленген көрсөткүч: 80 %\n" in fails
    assert "\nЖыйынтыгы: белгиленген талапка жооп бербейт\n" in fails
    free = say(university, "antiplagiarism", Language.RU, {"result": "требование не установлено"})
    assert "Установленный показатель" not in free
    assert "Результат" not in free
    assert "\nДоля оригинального текста: 85,5 %\n" in free


def test_only_a_desk_that_says_so_asks_for_help_with_a_visa(university: University) -> None:
    for language, sentence in {
        Language.KY: "Университет көрсөтүлгөн маселе боюнча көмөк көрсөтүүнү суранат.",
        Language.RU: "Университет просит оказать содействие по указанному вопросу.",
        Language.EN: "The University would be grateful for assistance in this matter.",
    }.items():
        assert f"\n{sentence}\n" in say(university, "visa", language)
        assert sentence not in say(university, "visa", language, {"petition": "no"})


def test_every_session_has_its_forms(university: University) -> None:
    for key, ky, ru in (
        ("winter", "кышкы экзамендик сессияга", "зимней экзаменационной сессии"),
        ("summer", "жайкы экзамендик сессияга", "летней экзаменационной сессии"),
        ("orientation", "установкалык сессияга", "установочной сессии"),
        ("state_exam", "мамлекеттик жыйынтыктоочу аттестацияга", "государственной итоговой аттестации"),
        ("thesis", "бүтүрүү квалификациялык ишти коргоого", "защите выпускной квалификационной работы"),
    ):
        dates = {"session_type": key, "session_from": "28.02.2028", "session_to": "29.02.2028"}
        assert (
            f"\nСтудент 2028-жылдын 28-февралынан 2028-жылдын 29-февралына чейин {ky} чакырылат.\n"
            "Календардык күндөрдүн саны: 2\n"
        ) in say(university, "summons", Language.KY, dates)
        assert (
            f"\nВызывается в университет с 28 февраля 2028 г. по 29 февраля 2028 г. для участия в {ru}.\n"
            "Количество календарных дней: 2\n"
        ) in say(university, "summons", Language.RU, dates)


def test_military_and_social_papers_name_their_office_where_nobody_else_is_named(university: University) -> None:
    nobody = {"recipient": ""}
    assert "\nАскер комиссариатына көрсөтүү үчүн берилди.\n" in say(university, "military", Language.KY, nobody)
    assert "\nВыдана для предъявления в военный комиссариат.\n" in say(university, "military", Language.RU, nobody)
    assert "\nСоциалдык коргоо органдарына көрсөтүү үчүн берилди.\n" in say(university, "social", Language.KY, nobody)
    assert "\nВыдана для предъявления в органы социальной защиты.\n" in say(university, "social", Language.RU, nobody)


@pytest.mark.parametrize(("kind", "language"), SHIPPED, ids=[f"{kind}.{language}" for kind, language in SHIPPED])
def test_paper_with_the_needed_facts_alone(university: University, kind: str, language: Language) -> None:
    rules = university.kinds[kind].kind.facts
    optional = {rule.name: "" for rule in rules if rule.requirement == "optional"}
    bare = replace(PEOPLE[kind], group_name="", degree="", funding=PEOPLE[kind].funding if kind == "social" else "")
    text = say(university, kind, language, optional, bare)
    assert len(text.splitlines()) <= len(say(university, kind, language).splitlines())
    assert "{" not in text
    assert "None" not in text


def test_every_choice_has_a_word_that_can_be_printed(university: University) -> None:
    for wording in university.kinds.values():
        for rule in wording.kind.facts:
            for name, keys in [(rule.name, rule.choices), *((column.name, column.choices) for column in rule.columns)]:
                for key in keys:
                    word = university.choice(wording.kind.id, name, key)
                    assert word is not None
                    assert all(word.get(language) for language in Language), (name, key)


# Names, long values, dates.

LATIN = "Abdulrahmanov-Shamsutdinov Mukhammadsalohiddin Bakhtiyorovich"
PROGRAMME = (
    "710400 – Программная инженерия: проектирование, разработка, испытание и сопровождение распределённых "
    "информационных систем промышленных предприятий"
)


@pytest.mark.parametrize("kind", ["study", "grades", "visa", "academic", "summons", "work"])
def test_long_names_and_programmes_are_printed_whole(
    university: University, renderer: CertificateRenderer, kind: str
) -> None:
    assert (len(LATIN), len(PROGRAMME)) >= (60, 150)
    language = Language.EN if Language.EN in university.kinds[kind].kind.languages else Language.RU
    person = PEOPLE[kind]
    long = replace(
        person,
        last_name="Абдурахманов-Шамсутдинов",
        first_name="Мухаммадсалохиддин",
        patronymic="Бахтиёрович",
        name_latin=LATIN,
        programme_en="Software Engineering: " + "Design and Maintenance of Information Systems, " * 3,
        programme_ru=PROGRAMME,
    )
    order = paper_of(university, kind, language, long)
    pdf = renderer.render(compose(university, order, LINKS))
    words = printed(pdf).replace(" ", "")
    assert order.facts["name"].replace(" ", "") in words
    assert order.facts.get("programme", "").strip().replace(" ", "") in words
    assert len(PdfReader(io.BytesIO(pdf)).pages) <= 2


@pytest.mark.parametrize(
    ("last", "first", "patronymic"),
    [("Убайдилла уулу", "Нурсултан", ""), ("Назарбек кызы", "Айпери", ""), ("Хан", "Билал", ""), ("", "Сумедха", "")],
)
def test_names_stand_as_in_the_roster_and_nothing_is_glued_to_them(
    university: University, last: str, first: str, patronymic: str
) -> None:
    name = " ".join(filter(None, (last, first, patronymic)))
    for kind in KINDS:
        person = replace(PEOPLE[kind], last_name=last, first_name=first, patronymic=patronymic)
        text = say(university, kind, Language.KY, entry=person)
        assert re.search(rf"(?:: |^){name}(?: – |\.|\n)", text), kind


DATE = re.compile(r"\d{4}-жылдын \d{1,2}-(\w+)(?=(.*))")
NEXT_DATE = re.compile(r" \d{4}-жылдын \d{1,2}-\w+ чейин")


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_stands_in_the_form_that_its_place_wants(university: University, month: int) -> None:
    day, typed = date(2025, month, 9), f"09.{month:02}.2025"
    for kind in KINDS:
        rules = university.kinds[kind].kind.facts
        changed = {
            rule.name: typed for rule in rules if rule.type is FactType.DATE and rule.source is not Source.ROSTER
        }
        entry = replace(PEOPLE[kind], admission_date=day, expected_graduation=day, birth_date=day)
        entry = replace(entry, visa_expires=day, registration_expires=day)
        found = list(DATE.finditer(say(university, kind, Language.KY, changed, entry, day)))
        assert found, kind
        for one in found:
            written, after = one.groups()
            if written in KYRGYZ_MONTHS[month - 1]:
                assert written == month_before(after, month), (kind, one[0], after)
            else:
                assert after.startswith(" чейин жарактуу"), "the end of validity is in another month"


def month_before(after: str, month: int) -> str:
    """Return the form in which a month stands before these words; nothing follows a date that stands after a label."""
    _, possessive, dative, _, ablative = KYRGYZ_MONTHS[month - 1]
    if after.startswith((" чейин", " карата")):
        return dative
    return ablative if NEXT_DATE.match(after) else possessive if after == "" else f"none before “{after}”"
