"""A kind that no code knows goes the whole way: read, drafted, put into sentences, drawn on several pages."""

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from types import MappingProxyType

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from bot.documents.paper import IncompleteOrderError, compose
from bot.documents.render import CertificateRenderer
from bot.documents.university import University
from bot.stationery import UniversityStationery, kinds_of
from services.certificates.drafting import Draft, Drafting
from services.certificates.dto import Paper, PaperOrder, Replaced
from services.certificates.errors import FactsMissing
from services.certificates.fields import FieldProblem, FieldReader, FieldRefused
from services.certificates.rules import valid_until
from services.languages import Language
from tests.support.papers import BishkekCalendar
from tests.unit.documents.invented import STUDENT, read
from tests.unit.documents.samples import CODE, LINKS
from tests.unit.documents.samples import order as study

KY, RU, EN = Language
NBSP = "\N{NO-BREAK SPACE}"
TODAY = date(2026, 11, 22)
TYPED = MappingProxyType(
    {
        "academic_year": "2026/27",
        "recipient": "Посольство",
        "paid": "yes",
        "wage": "12 500,50 сом",
        "begins": "01.09.2026",
        "ends": "2026-12-31",
        "share": "85,5 %",
        "mark_rows": "Долбоор; 12,5; 5\nОтчёт; 3; канааттандырарлык",
    }
)


class _Noon:
    def now(self) -> datetime:
        return datetime(2026, 11, 22, 6, tzinfo=UTC)


@pytest.fixture(scope="module")
def invented() -> University:
    university, problems = read()
    assert problems == []
    assert university is not None
    return university


def draft(university: University, language: Language, typed: Mapping[str, str] = TYPED) -> Draft:
    """Read what was typed and put it together with the roster, as a desk does."""
    stationery = UniversityStationery(university, LINKS)
    kind = university.kinds["internship"].kind
    reader = FieldReader(
        today=TODAY, can_print=stationery.can_print, choices=lambda name, key: _words(university, name, key)
    )
    given: dict[str, str] = {}
    for rule in kind.facts:
        if rule.name in typed:
            given[rule.name] = reader.read(rule, typed[rule.name], given)
    drafting = Drafting(_Noon(), BishkekCalendar(), stationery, kinds_of(university))
    return drafting.draft(STUDENT, kind.id, language, given, Replaced(id=1, number="2026-00007", issued_on=TODAY))


def _words(university: University, name: str, key: str) -> list[str]:
    word = university.choice("internship", name, key)
    return [word.get(language) for language in Language] if word else []


def order(made: Draft) -> PaperOrder:
    return PaperOrder(
        kind=made.kind.id,
        language=made.language,
        number="2026-00123",
        code=CODE,
        issued_on=made.day,
        valid_until=valid_until(made.kind, made.day, made.facts),
        facts=made.facts,
        replaces=made.replaces,
    )


def paper(university: University, language: Language, typed: Mapping[str, str] = TYPED) -> Paper:
    return compose(university, order(draft(university, language, typed)), LINKS)


def lines(composed: Paper) -> list[tuple[str, str]]:
    return [(line["label"], line["value"]) for line in composed["lines"] if "table" not in line]


def test_kyrgyz_paper_word_for_word(invented: University) -> None:
    composed = paper(invented, KY)
    assert "".join(part["text"] for part in composed["opening"]) == (
        "Ахмедов Рустам уулу – Теңир-Тоо мамлекеттик техникалык университетинин практиканты."
    )
    assert lines(composed) == [
        ("Жарандыгы", "Өзбекстан"),
        ("Туулган күнү", "2004-жылдын 29-февралы"),
        ("Курсу", "3"),
        ("Окуу жылы", "2026-27"),
        ("Акы төлөнөбү", "ооба"),
        ("Айлык акысы", f"12{NBSP}500,50{NBSP}сом"),
        ("Мезгили", "2026-жылдын 1-сентябрынан 2026-жылдын 31-декабрына чейин"),
        ("Күндөрү", "122"),
        ("Аткарылды", f"85,5{NBSP}%"),
        ("", "Практика эсепке алынды."),
    ]
    assert composed["closing"] == [
        "Мурдагы маалымкаттын ордуна берилди: № 2026-00007, 2026-жылдын 22-ноябры",
        "Маалымат 2026-жылдын 22-ноябрына карата берилди.",
        "Кайда көрсөтүлөт: Посольство",
        "Маалымкат 2026-жылдын 31-декабрына чейин жарактуу (бул күн да кирет).",
    ]


def test_russian_and_english_papers_differ_in_words_and_signs(invented: University) -> None:
    russian, english = dict(lines(paper(invented, RU))), dict(lines(paper(invented, EN)))
    assert (russian["Гражданство"], english["Citizenship"]) == ("Узбекистан", "Uzbekistan")
    assert (russian["Учебный год"], english["Academic year"]) == ("2026/27", "2026/27")
    assert (russian["Оплата"], english["Wage"]) == (f"12{NBSP}500,50{NBSP}сом", f"KGS{NBSP}12,500.50")
    assert (russian["Выполнено"], english["Done"]) == (f"85,5{NBSP}%", "85.5%")
    assert english["Period"] == "from 1 September 2026 to 31 December 2026"
    replaced = f"Выдана взамен: № 2026-00007 от 22 ноября 2026{NBSP}г."
    assert paper(invented, RU)["closing"][0] == replaced
    assert paper(invented, EN)["closing"][0] == "Replaces: No. 2026-00007 of 22 November 2026"


@pytest.mark.parametrize(
    ("language", "heads", "rows"),
    [
        (KY, ["Тапшырма", "Саат", "Баа"], [["Долбоор", "12,5", "эң жакшы"], ["Отчёт", "3", "канааттандырарлык"]]),
        (EN, ["Task", "Hours", "Mark"], [["Долбоор", "12.5", "excellent"], ["Отчёт", "3", "satisfactory"]]),
    ],
)
def test_table_has_heads_and_words(
    invented: University, language: Language, heads: list[str], rows: list[list[str]]
) -> None:
    (table,) = [line["table"] for line in paper(invented, language)["lines"] if "table" in line]
    assert [column["head"] for column in table["columns"]] == heads
    assert [column["number"] for column in table["columns"]] == [False, True, False]
    assert table["rows"] == rows


def test_other_result_makes_another_paper(invented: University) -> None:
    composed = paper(invented, KY, {**TYPED, "paid": "жок"})
    assert "студенти" in "".join(part["text"] for part in composed["opening"])
    assert "Айлык акысы" not in dict(lines(composed))


def test_fact_that_another_makes_needless_is_not_kept(invented: University) -> None:
    assert "wage" in draft(invented, KY).facts
    assert "wage" not in draft(invented, KY, {**TYPED, "paid": "no"}).facts


def test_fact_that_another_makes_needed_is_missing(invented: University) -> None:
    less = {name: text for name, text in TYPED.items() if name != "wage"}
    with pytest.raises(FactsMissing):
        draft(invented, KY, less)
    made = order(draft(invented, KY))
    facts = {name: value for name, value in made.facts.items() if name != "wage"}
    with pytest.raises(IncompleteOrderError):
        compose(invented, replace(made, facts=facts), LINKS)


def test_dates_corrected_out_of_their_order_are_refused(invented: University) -> None:
    given = dict(draft(invented, KY).facts)
    drafting = Drafting(_Noon(), BishkekCalendar(), UniversityStationery(invented, LINKS), kinds_of(invented))
    with pytest.raises(FieldRefused) as refusal:
        drafting.draft(STUDENT, "internship", KY, {**given, "begins": "2027-01-01"})
    assert (refusal.value.rule.name, refusal.value.problem) == ("ends", FieldProblem.BEFORE_OTHER)


@pytest.fixture(scope="module")
def long_paper(invented: University) -> Paper:
    subject = "Электр энергетикасындагы автоматташтырылган башкаруу системаларынын теориясы жана практикасы"
    rows = "\n".join(f"{number}-тапшырма. {subject}; {number}; 5" for number in range(1, 61))
    return paper(invented, KY, {**TYPED, "mark_rows": rows})


@pytest.fixture(scope="module")
def pages(renderer: CertificateRenderer, long_paper: Paper) -> list[str]:
    drawn = PdfReader(io.BytesIO(renderer.render(long_paper))).pages
    return [" ".join(page.extract_text().split()) for page in drawn]


def test_table_over_several_pages_loses_no_row_and_repeats_its_head(pages: list[str]) -> None:
    assert len(pages) > 2
    everything = " ".join(pages)
    assert all(f"{number}-тапшырма." in everything for number in range(1, 61))
    with_rows = [page for page in pages if "-тапшырма." in page]
    assert len(with_rows) > 1
    assert all("Тапшырма Саат Баа" in page for page in with_rows)


def test_every_page_names_its_number_and_code(pages: list[str]) -> None:
    for number, page in enumerate(pages, start=1):
        assert "№ 2026-00123, 2026-жылдын 22-ноябры" in page
        assert "Код: 7K3QX-9MVP2-RTABC-DE123" in page
        assert f"{number}-барак, баары {len(pages)}" in page


def test_every_page_has_a_qr_code_that_reads(renderer: CertificateRenderer, long_paper: Paper) -> None:
    for picture in renderer.preview(long_paper, dpi=150):
        (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
        assert found.text == LINKS.verify_page(CODE)


def test_signatory_never_stands_on_a_page_alone(pages: list[str]) -> None:
    assert "Токтогулова" in pages[-1]
    assert "чейин жарактуу" in pages[-1]


@pytest.mark.parametrize(
    "name",
    [
        "Wolfeschlegelsteinhausenbergerdorff Maximiliana Alexandrovna",
        "W" * 60,
        "Абдыкадыров Нурмухаммед-Абдымомун Токтосунбек уулу",
    ],
)
def test_long_name_is_printed_whole_and_within_the_sheet(
    university: University, renderer: CertificateRenderer, name: str
) -> None:
    programme = ("Электр энергетикасы жана электротехника " * 4)[:150].strip()
    composed = compose(university, study(EN, {"name": name, "programme": programme, "recipient": name}), LINKS)
    (page,) = PdfReader(io.BytesIO(renderer.render(composed))).pages
    letters = "".join(page.extract_text().replace("\u200b", "").split())
    assert letters.count(name.replace(" ", "")) == 2
    assert programme.replace(" ", "") in letters
    (picture,) = renderer.preview(composed, dpi=50)
    image = Image.open(io.BytesIO(picture)).convert("L")
    margin = image.crop((image.width - round(17 / 25.4 * 50), 0, image.width, image.height))
    assert margin.getextrema() == (255, 255)
