"""Values that people type: what is kept of them, and what is refused."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from services.certificates.dto import Column, FactRule, FactType, Publicity, Requirement, Source
from services.certificates.fields import FieldProblem, FieldReader, FieldRefused, rows_of

TODAY = date(2026, 11, 22)
WORDS = {
    ("result", "no_debt"): ("карыз жок", "задолженности нет", "no debt"),
    ("grade", "5"): ("эң жакшы", "отлично", "excellent"),
}
READER = FieldReader(
    today=TODAY, can_print=lambda text: "☃" not in text, choices=lambda name, key: WORDS.get((name, key), ())
)
NBSP, NARROW, LRM, RLO = "\u00a0", "\u202f", "\u200e", "\u202e"


def rule(fact_type: FactType, name: str = "value") -> FactRule:
    return FactRule(
        name=name, type=fact_type, requirement=Requirement.REQUIRED, public=Publicity.NO, source=Source.DESK
    )


TEXT, DATE, NUMBER, MONEY = map(rule, (FactType.TEXT, FactType.DATE, FactType.NUMBER, FactType.MONEY))
SHARE = replace(NUMBER, decimals=2, least=Decimal(0), most=Decimal(100))
SUM = replace(MONEY, least=Decimal(0))
RESULT = replace(rule(FactType.CHOICE, "result"), choices=("no_debt", "debt"))
GRADES = replace(
    rule(FactType.TABLE, "grade_rows"),
    columns=(
        Column(name="subject", type=FactType.TEXT),
        Column(name="credits", type=FactType.NUMBER),
        Column(name="grade", type=FactType.CHOICE, choices=("5", "4")),
    ),
)


def kept(asked: FactRule, text: str, **facts: str) -> str:
    return READER.read(asked, text, facts)


def refused(asked: FactRule, text: str, **facts: str) -> FieldRefused:
    with pytest.raises(FieldRefused) as refusal:
        READER.read(asked, text, facts)
    return refusal.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("  Айыл   банк ", "Айыл банк"),
        (f"Айыл{NBSP}банк\n№ 3", "Айыл банк № 3"),
        (f"{RLO}кнаб{LRM} лыйА\x00\x1b", "кнаб лыйА"),
        ("и\u0306ога", "йога"),
        ("<b>Банк</b> {univ} #x", "<b>Банк</b> {univ} #x"),
    ],
)
def test_text_is_kept_as_the_paper_prints_it(text: str, value: str) -> None:
    assert kept(TEXT, text) == value


@pytest.mark.parametrize("text", ["", " ", NBSP, f"{RLO}{LRM}", "\x00\n\t"])
@pytest.mark.parametrize("asked", [TEXT, SUM, DATE, RESULT, GRADES])
def test_nothing_that_can_be_seen_is_nothing(asked: FactRule, text: str) -> None:
    assert refused(asked, text).problem is FieldProblem.EMPTY


def test_text_that_is_too_long_or_cannot_be_printed_is_refused() -> None:
    short = replace(TEXT, longest=5)
    assert kept(short, "абвгд") == "абвгд"
    refusal = refused(short, "абвгде")
    assert (refusal.problem, refusal.limit) == (FieldProblem.TOO_LONG, "5")
    assert refused(TEXT, "☃").problem is FieldProblem.UNPRINTABLE


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12 345,67 сом", "12345.67"),
        (f"12{NBSP}345,67{NBSP}сом", "12345.67"),
        (f"12{NARROW}345,67", "12345.67"),
        ("KGS 12,345.67", "12345.67"),
        ("12.345,67", "12345.67"),
        ("1'234'567", "1234567"),
        ("250", "250"),
        ("250,50 сомов", "250.5"),
        ("0", "0"),
        ("-0", "0"),
        (f"{LRM}500 c.".replace("c", "с"), "500"),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, value: str) -> None:
    assert kept(SUM, text) == value


@pytest.mark.parametrize(
    ("asked", "text", "problem", "limit"),
    [
        (SUM, "12,345", FieldProblem.TOO_PRECISE, "2"),
        (SUM, "-5", FieldProblem.TOO_SMALL, "0"),
        (SUM, "\N{MINUS SIGN}5", FieldProblem.TOO_SMALL, "0"),
        (SUM, "5%", FieldProblem.NOT_A_NUMBER, ""),
        (SUM, "сом", FieldProblem.NOT_A_NUMBER, ""),
        (SUM, "1e3", FieldProblem.NOT_A_NUMBER, ""),
        (SUM, "12 34", FieldProblem.NOT_A_NUMBER, ""),
        (SUM, "1" * 13, FieldProblem.NOT_A_NUMBER, ""),
        (SHARE, "100,5 %", FieldProblem.TOO_LARGE, "100"),
        (SHARE, "85,555", FieldProblem.TOO_PRECISE, "2"),
        (SHARE, "NaN", FieldProblem.NOT_A_NUMBER, ""),
        (NUMBER, "2,5", FieldProblem.TOO_PRECISE, "0"),
        (NUMBER, "٣", FieldProblem.NOT_A_NUMBER, ""),
    ],
)
def test_amount_that_could_be_misread_is_refused(asked: FactRule, text: str, problem: FieldProblem, limit: str) -> None:
    refusal = refused(asked, text)
    assert (refusal.problem, refusal.limit) == (problem, limit)


@pytest.mark.parametrize(("text", "value"), [("85,5 %", "85.5"), (f"85.50{NBSP}%", "85.5"), ("100", "100")])
def test_share_may_carry_its_sign(text: str, value: str) -> None:
    assert kept(SHARE, text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("21.11.2026", "2026-11-21"),
        (f"{LRM}2026-11-21", "2026-11-21"),
        (f"21 ноября 2026{NBSP}г.", "2026-11-21"),
        ("2026-жылдын 21-ноябры", "2026-11-21"),
    ],
)
def test_days_are_read_in_every_usual_form(text: str, value: str) -> None:
    assert kept(DATE, text) == value


def test_days_keep_their_order_and_the_past() -> None:
    assert refused(DATE, "31.02.2026").problem is FieldProblem.NOT_A_DATE
    past = replace(DATE, past=True)
    assert kept(past, "22.11.2026") == "2026-11-22"
    assert refused(past, "23.11.2026").problem is FieldProblem.IN_FUTURE
    later = replace(DATE, not_before="begins")
    assert kept(later, "01.12.2026", begins="2026-12-01") == "2026-12-01"
    refusal = refused(later, "30.11.2026", begins="2026-12-01")
    assert (refusal.problem, refusal.limit) == (FieldProblem.BEFORE_OTHER, "2026-12-01")


@pytest.mark.parametrize("text", ["2025-26", "2025/26", "2025–2026", "2025 / 2026", f"2025-26{LRM}"])
def test_academic_year_is_one_year_and_the_next(text: str) -> None:
    assert kept(rule(FactType.ACADEMIC_YEAR), text) == "2025-26"


@pytest.mark.parametrize("text", ["2025", "2025-27", "2026-25", "25-26", "2025-26-27"])
def test_other_years_are_no_academic_year(text: str) -> None:
    assert refused(rule(FactType.ACADEMIC_YEAR), text).problem is FieldProblem.NOT_A_YEAR


@pytest.mark.parametrize("text", ["no_debt", "Карыз  жок", "ЗАДОЛЖЕННОСТИ НЕТ", "no debt", f"карыз{NBSP}жок"])
def test_choice_is_known_by_its_key_and_by_its_words(text: str) -> None:
    assert kept(RESULT, text) == "no_debt"


def test_other_word_is_no_choice() -> None:
    assert refused(RESULT, "эң жакшы").problem is FieldProblem.NOT_A_CHOICE


@pytest.mark.parametrize(("text", "value"), [("Индия", "IN"), ("ind", "IN"), ("Кыргызстан", "KG"), ("Атлантида", "")])
def test_country_is_kept_by_its_code_where_it_is_known(text: str, value: str) -> None:
    assert kept(rule(FactType.COUNTRY), text) == (value or text)


@pytest.mark.parametrize(
    "text",
    [
        "Физика; 5; отлично\n\n Математика ;7,5;4\n",
        "Физика\t5\t5\r\nМатематика\t7,5\t4",
        f"Физика;{NBSP}5;эң жакшы\nМатематика;7.50;4",
    ],
)
def test_table_is_a_line_for_each_row(text: str) -> None:
    assert rows_of(kept(GRADES, text)) == [["Физика", "5", "5"], ["Математика", "7.5", "4"]]


def test_cell_copied_from_a_spreadsheet_may_hold_a_semicolon() -> None:
    assert rows_of(kept(GRADES, "Физика; оптика\t5\t5")) == [["Физика; оптика", "5", "5"]]


@pytest.mark.parametrize(
    ("second", "problem", "place"),
    [
        ("Химия; 5", FieldProblem.WRONG_COLUMNS, None),
        ("Химия; five; 5", FieldProblem.NOT_A_NUMBER, 2),
        ("Химия; 5; 6", FieldProblem.NOT_A_CHOICE, 3),
        ("Химия; 5; карыз жок", FieldProblem.NOT_A_CHOICE, 3),
        ("; 5; 5", FieldProblem.EMPTY, 1),
        ("☃; 5; 5", FieldProblem.UNPRINTABLE, 1),
        ("х" * 201 + "; 5; 5", FieldProblem.TOO_LONG, 1),
    ],
)
def test_wrong_value_of_a_row_is_named(second: str, problem: FieldProblem, place: int | None) -> None:
    refusal = refused(GRADES, f"Физика; 5; 5\n{second}")
    assert (refusal.problem, refusal.row, refusal.place) == (problem, 2, place)


def test_table_that_never_ends_is_refused() -> None:
    assert refused(GRADES, "Физика; 5; 5\n" * 201).problem is FieldProblem.TOO_MANY_ROWS
