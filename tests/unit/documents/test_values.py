"""Single values in words: as papers print them, and as pages and chat tell them."""

from decimal import Decimal

import pytest

from bot.documents import values
from bot.documents.university import University
from bot.stationery import UniversityWords
from services.certificates.dto import FactType, PublicFact
from services.certificates.rules import masked
from services.languages import Language
from tests.unit.documents.invented import read

KY, RU, EN = Language
NBSP = "\N{NO-BREAK SPACE}"
ROWS = '[["Долбоор","12.5","5"],["Отчёт","3","3"]]'


@pytest.fixture(scope="module")
def words() -> UniversityWords:
    university, problems = read()
    assert problems == []
    assert university is not None
    return UniversityWords(university)


@pytest.mark.parametrize(
    ("amount", "written", "english"),
    [
        ("12345.67", f"12{NBSP}345,67{NBSP}сом", f"KGS{NBSP}12,345.67"),
        ("4500", f"4{NBSP}500{NBSP}сом", f"KGS{NBSP}4,500"),
        ("250.5", f"250,50{NBSP}сом", f"KGS{NBSP}250.50"),
        ("1234567", f"1{NBSP}234{NBSP}567{NBSP}сом", f"KGS{NBSP}1,234,567"),
        ("0", f"0{NBSP}сом", f"KGS{NBSP}0"),
        ("-10", f"-10{NBSP}сом", f"KGS{NBSP}-10"),
    ],
)
def test_money_names_its_currency(amount: str, written: str, english: str) -> None:
    assert values.money(Decimal(amount), KY) == values.money(Decimal(amount), RU) == written
    assert values.money(Decimal(amount), EN) == english


@pytest.mark.parametrize(
    ("value", "written", "english"),
    [("3", "3", "3"), ("4.25", "4,25", "4.25"), ("2026", "2026", "2026"), ("12345.5", f"12{NBSP}345,5", "12,345.5")],
)
def test_numbers_have_a_comma_or_a_point(value: str, written: str, english: str) -> None:
    assert [values.number(Decimal(value), language) for language in Language] == [written, written, english]


def test_share_has_its_sign() -> None:
    shares = [values.number(Decimal("85.50"), language, percent=True) for language in Language]
    assert shares == [f"85,5{NBSP}%", f"85,5{NBSP}%", "85.5%"]


def in_words(university: University, fact_type: FactType, value: str) -> list[str]:
    return [values.write(university, "study", "fact", fact_type, value, language) for language in Language]


def test_academic_year_is_written_in_two_ways(university: University) -> None:
    assert in_words(university, FactType.ACADEMIC_YEAR, "2025-26") == ["2025-26", "2025/26", "2025/26"]


def test_country_has_its_name_in_the_papers_language(university: University) -> None:
    assert in_words(university, FactType.COUNTRY, "IN") == ["Индия", "Индия", "India"]
    assert in_words(university, FactType.COUNTRY, "UZ") == ["Өзбекстан", "Узбекистан", "Uzbekistan"]
    assert in_words(university, FactType.COUNTRY, "Атлантида") == ["Атлантида"] * 3


@pytest.mark.parametrize(
    ("fact_type", "value"),
    [
        (FactType.DATE, "21.11.2026"),
        (FactType.NUMBER, "three"),
        (FactType.MONEY, ""),
        (FactType.ACADEMIC_YEAR, "2025"),
        (FactType.CHOICE, "evening"),
        (FactType.TABLE, "[]"),
    ],
)
def test_value_of_another_type_is_refused(university: University, fact_type: FactType, value: str) -> None:
    with pytest.raises(ValueError, match=r"fact|number|isoformat|academic"):
        in_words(university, fact_type, value)


def told(words: UniversityWords, name: str, fact_type: FactType, value: str, language: Language) -> tuple[str, str]:
    return words.describe("internship", PublicFact(name=name, type=fact_type, value=value, masked=False), language)


def test_page_and_chat_tell_values_in_the_readers_language(words: UniversityWords) -> None:
    assert told(words, "wage", FactType.MONEY, "12345.5", RU) == ("Оплата", f"12{NBSP}345,50{NBSP}сом")
    assert told(words, "share", FactType.NUMBER, "85.5", KY) == ("Аткарылды", "85,5")
    assert told(words, "citizenship", FactType.COUNTRY, "UZ", EN) == ("Citizenship", "Uzbekistan")
    assert told(words, "academic_year", FactType.ACADEMIC_YEAR, "2025-26", EN) == ("Academic year", "2025/26")


def test_public_table_is_told_row_by_row(words: UniversityWords) -> None:
    assert told(words, "mark_rows", FactType.TABLE, ROWS, RU) == (
        "Оценки",
        "Долбоор, 12,5, отлично; Отчёт, 3, удовлетворительно",
    )


@pytest.mark.parametrize(
    ("name", "fact_type", "value", "shown"),
    [
        ("birth_date", FactType.DATE, "2004-02-29", "2004"),
        ("wage", FactType.MONEY, "12345.5", "•••"),
        ("share", FactType.NUMBER, "5", "•••"),
        ("paid", FactType.CHOICE, "yes", "•••"),
        ("mark_rows", FactType.TABLE, ROWS, "строк: 2"),
        ("name", FactType.TEXT, "Ахмедов Рустам", "А•••••• Р•••••"),
    ],
)
def test_masked_value_tells_no_more_than_it_should(
    words: UniversityWords, name: str, fact_type: FactType, value: str, shown: str
) -> None:
    assert told(words, name, fact_type, masked(value, fact_type), RU)[1] == shown


def test_conversation_has_the_words_of_a_kind(words: UniversityWords) -> None:
    kind = words.university.kinds["internship"].kind
    wage, rows = kind.fact("wage"), kind.fact("mark_rows")
    assert wage is not None
    assert rows is not None
    assert words.label("internship", "wage", KY) == "Айлык акысы"
    assert words.label("internship", "nothing", KY) == "nothing"
    assert words.hint("internship", "wage", RU) == "В месяц"
    assert words.hint("internship", "begins", RU) == ""
    assert words.head("internship", "mark_rows", "hours", EN) == "Hours"
    assert words.choice("internship", "paid", "yes", KY) == "ооба"
    assert words.choice("internship", "mark", "5", EN) == "excellent"
    assert words.choice("internship", "paid", "perhaps", KY) == "perhaps"
    assert words.value("internship", wage, "900", EN) == f"KGS{NBSP}900"
    assert words.value("internship", rows, ROWS, EN) == "rows: 2"
    assert words.money(Decimal(150), RU) == f"150{NBSP}сом"
