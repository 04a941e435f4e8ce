"""The kinds that are shipped: every paper word for word, its variants, long values, and the rules of its wording."""

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from pypdf import PdfReader

from bot import demonstration
from bot.demonstration.personas import PERSONAS
from bot.demonstration.roster import list_entries
from bot.documents.paper import compose
from bot.documents.render import CertificateRenderer
from bot.documents.university import DEMONSTRATION_FILE, University, load
from bot.documents.wording import placeholders
from bot.localtime import KYRGYZ_MONTHS
from services.certificates.dto import Audience, FactType, Paper, Publicity, Source
from services.certificates.eligibility import is_for
from services.certificates.rules import Profile, lacking_in_roster
from services.languages import Language
from services.people.dto import PersonStatus, RosterEntry
from tests.unit.documents.papers import (
    AIZADA,
    DAY,
    ELENA,
    EXPECTED,
    GULNARA,
    MTI,
    NURSULTAN,
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


def test_fourteen_kinds_are_offered_to_those_they_are_for(university: University) -> None:
    assert list(university.kinds) == [
        *("study", "period", "grades", "scholarship", "payment", "dormitory", "military", "social", "visa"),
        *("academic", "summons", "antiplagiarism", "work", "work_full"),
    ]
    automatic = {kind.id for kind in university.certificate_kinds if not kind.approved}
    assert automatic == {"study", "period", "military", "social", "work"}
    kinds = {kind.id: kind for kind in university.certificate_kinds}
    assert {kind.id for kind in university.certificate_kinds if Audience.ON_LEAVE in kind.audience} == {
        *("grades", "scholarship", "dormitory", "social", "academic"),
    }
    assert kinds["payment"].only == {"funding": ("contract",)}
    assert kinds["summons"].valid_until_fact == "session_to"
    assert kinds["academic"].validity_days is None
    assert [kind for kind in KINDS if kinds[kind].fee] == ["academic"]
    assert {kind: kinds[kind].promised_days for kind in KINDS if kinds[kind].promised_days != 3} == {
        **dict.fromkeys(automatic, 0),
        **dict.fromkeys(("grades", "visa", "academic"), 5),
    }


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
SCHOLARSHIPS = (
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


@pytest.mark.parametrize("kind", KINDS)
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
    parts = {"last_name": last, "first_name": first, "patronymic": patronymic}
    for kind in KINDS:
        text = say(university, kind, Language.KY, entry=replace(PEOPLE[kind], **parts))
        assert re.search(rf"(?:: |^){name}(?: – |\.|\n)", text), kind


DATE = re.compile(r"\d{4}-жылдын \d{1,2}-(\w+)(?=(.*))")
NEXT_DATE = re.compile(r" \d{4}-жылдын \d{1,2}-\w+ чейин")


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_stands_in_the_form_that_its_place_wants(university: University, month: int) -> None:
    day, typed = date(2025, month, 9), f"09.{month:02}.2025"
    dates = ("admission_date", "expected_graduation", "birth_date", "visa_expires", "registration_expires")
    for kind in KINDS:
        rules = university.kinds[kind].kind.facts
        changed = {
            rule.name: typed for rule in rules if rule.type is FactType.DATE and rule.source is not Source.ROSTER
        }
        entry = replace(PEOPLE[kind], **dict.fromkeys(dates, day))
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


# Rules of the wording.


def kyrgyz_texts(value: object) -> Iterator[str]:
    """Yield every Kyrgyz text of a parsed file, inflected forms too."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str) and (key == "ky" or key.startswith("ky_")):
                yield inner
            yield from kyrgyz_texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from kyrgyz_texts(inner)


@pytest.fixture(scope="module")
def raw() -> dict[str, Any]:
    return tomllib.loads(DEMONSTRATION_FILE.read_text(encoding="utf-8"))


def test_nothing_is_glued_to_a_value_in_kyrgyz(raw: dict[str, Any]) -> None:
    for text in kyrgyz_texts(raw):
        for end in re.finditer(r"\}(-?\w*)", text):
            assert end[1] in {"", "-окуу", "-семестри", "-барак"}, text


def test_information_and_certificate_are_not_confused(raw: dict[str, Any]) -> None:
    texts = [text for text in kyrgyz_texts(raw) if re.search(r"маалымат(?!тык)", text, re.IGNORECASE)]
    assert texts == ["Маалымат {date|dat} карата берилди."]


def test_the_languages_of_a_line_name_the_same_values(university: University) -> None:
    for wording in university.kinds.values():
        for line in (*wording.openings, *wording.lines, *wording.endings):
            named = [sorted(value.name for value in placeholders(line.text.get(language))) for language in Language]
            assert named[0] == named[1] == named[2], line


def test_no_doubt_and_no_letter_of_another_alphabet_is_shipped(raw: dict[str, Any]) -> None:
    text = DEMONSTRATION_FILE.read_text(encoding="utf-8")
    assert "(?)" not in text
    for kyrgyz in kyrgyz_texts(raw):
        assert not re.search(r"[a-z][а-яёөүң]|[а-яёөүң][a-z]", re.sub(r"\{[^}]*\}", " ", kyrgyz), re.IGNORECASE)


def test_a_fact_is_called_the_same_in_every_paper(university: University) -> None:
    for name, label in university.labels.items():
        for wording in university.kinds.values():
            own = university.label(wording.kind.id, name)
            assert own is not None
            assert (own.ky == label.ky) or (wording.kind.id, name) == ("antiplagiarism", "name")


def test_names_of_kinds_fit_a_button(university: University) -> None:
    for kind in university.certificate_kinds:
        assert max(len(kind.name.get(language)) for language in Language) <= 30, kind.id
        texts = [kind.name.get(language) for language in Language]
        assert all(text[0].isupper() and text.count(".") == 0 for text in texts)


def test_the_page_that_checks_a_paper_shows_no_private_fact(university: University) -> None:
    shown = {
        (kind.id, rule.name): rule.public
        for kind in university.certificate_kinds
        for rule in kind.facts
        if rule.public is not Publicity.NO
    }
    masked = {name for (_, name), public in shown.items() if public is Publicity.MASKED}
    open_facts = {name for (_, name), public in shown.items() if public is Publicity.YES}
    assert masked == {
        *("admission_order", "birth_date", "passport_no", "employer", "order_no"),
        *("paid", "monthly_amount", "total_amount"),
    }
    assert not masked & open_facts
    for kind in university.certificate_kinds:
        for rule in kind.facts:
            if rule.type in {FactType.MONEY, FactType.TABLE, FactType.COUNTRY}:
                assert rule.public is not Publicity.YES, (kind.id, rule.name)


def test_whatever_is_typed_is_explained(university: University) -> None:
    """Texts and numbers say what to write; dates and choices explain themselves."""
    unexplained = {
        rule.name
        for kind in university.certificate_kinds
        for rule in (*kind.facts_from(Source.ASKED), *kind.facts_from(Source.DESK))
        if rule.type in {FactType.TEXT, FactType.TABLE} and university.hint(kind.id, rule.name) is None
    }
    assert unexplained == {"room", "system", "report_no"} | (unexplained & {"order_no"})


def test_desks_are_units_of_the_demonstration_under_the_same_names(university: University) -> None:
    file = Path(demonstration.__file__).parent / "data" / "units.csv"
    units = {row["code"]: row for row in csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines())}
    assert {kind.desk for kind in university.certificate_kinds} == {
        *("ob", "accounting", "achb", "ebb", "mtd", "arb"),
    }
    for kind in university.certificate_kinds:
        for language in Language:
            assert units[kind.desk][f"name_{language}"] == kind.desk_name.get(language)


def test_somebody_of_the_demonstration_can_have_each_kind_in_each_language(university: University) -> None:
    entries = {entry.person_no: entry for entry in list_entries(DAY)}
    people = [entries[persona.person_no] for persona in PERSONAS if persona.person_no]
    for kind in university.certificate_kinds:
        meant = [Profile(person_id=1, entry=entry, unit_name=MTI) for entry in people if is_for(kind, entry)]
        for language in kind.languages:
            assert any(not lacking_in_roster(profile, kind, language) for profile in meant), (kind.id, language)
    statuses = {entry.status for entry in people}
    assert {PersonStatus.ACTIVE, PersonStatus.LEAVE, PersonStatus.GRADUATED} <= statuses


def test_students_and_staff_are_offered_their_own(university: University) -> None:
    def offers(entry: RosterEntry) -> set[str]:
        return {kind.id for kind in university.certificate_kinds if is_for(kind, entry)}

    everyday = {"study", "period", "grades", "scholarship", "dormitory", "military", "social", "academic"}
    assert offers(AIZADA) == everyday | {"antiplagiarism"}
    assert offers(NURSULTAN) == everyday | {"antiplagiarism", "payment"}
    assert offers(PEOPLE["visa"]) == everyday | {"antiplagiarism", "payment", "visa"}
    assert offers(PEOPLE["summons"]) == everyday | {"antiplagiarism", "payment", "summons"}
    assert offers(ON_LEAVE) == {"grades", "scholarship", "dormitory", "social", "academic"}
    assert offers(GRADUATE) == {"grades"}
    assert offers(PEOPLE["academic"]) == {"grades", "academic"}
    assert offers(ELENA) == {"work", "work_full", "antiplagiarism"}
