"""Columns of a queue found by their headings, and the words that approve."""

import pytest

from services.certificates.dto import FactRule
from services.desk_sheets.headings import HEADINGS, SheetColumn, column_of, read_approval
from services.desk_sheets.reading import SheetReader, unmistakable
from services.languages import Language
from tests.support.desk_sheets import EVERYTHING, KINDS, READER
from tests.support.papers import GRANT


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("column", list(SheetColumn))
def test_own_columns_are_known_in_every_language_with_and_without_their_note(
    column: SheetColumn, language: Language
) -> None:
    word = HEADINGS[column].get(language)
    for heading in (word, word.upper(), f" {word} ", f"{word}\n(ооба)", f"{word} (ооба)"):
        assert column_of(heading) is column
    assert column_of(f"{word} кошумча") is None


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        *((text, False) for text in ("", "жок", "Нет", "0", "FALSE")),
        *((text, True) for text in ("Ооба", "ДА", "yes", "1", "TRUE", "х", "x", "✓", "+")),
        *((text, None) for text in ("кийин", "2")),
    ],
)
def test_words_that_approve(text: str, meaning: object) -> None:
    assert read_approval(text) is meaning


def read(*lines: str, reader: SheetReader = READER) -> list[dict[str, str]]:
    return [dict(row.cells) for row in reader.read("\n".join(lines).encode())]


def fact(name: str) -> FactRule:
    rule = GRANT.fact(name)
    assert rule is not None
    return rule


@pytest.mark.parametrize(
    "heading", ["Сумма", "Размер", "amount", "AMOUNT", "Размер (сумма)", '"Размер\n(сумма)"', "Amount [amount]"]
)
def test_a_fact_is_found_by_its_label_in_any_language(heading: str) -> None:
    (row,) = READER.read(f"Request No.;Version;{heading};өзүмдүкү\n7;1;250;эч нерсе".encode())
    column = READER.column_of_fact(GRANT.id, fact("amount"), row)
    assert column is not None
    assert row.cells[column] == "250"
    assert READER.column_of_fact(EVERYTHING.id, fact("amount"), row) is None
    assert READER.column_of_fact(GRANT.id, fact("result"), row) is None
    assert "эч нерсе" not in row.cells.values()


def test_labels_that_two_facts_share_are_told_apart_by_the_name() -> None:
    reader = SheetReader(KINDS, lambda _kind, _fact: ["Баасы"])
    (row,) = reader.read("Request No.;Version;Баасы;Баасы [amount]\n7;1;1;2".encode())
    column = reader.column_of_fact(GRANT.id, fact("amount"), row)
    assert column is not None
    assert row.cells[column] == "2"
    assert unmistakable("Баасы", "amount") == "Баасы [amount]"


def test_lines_of_a_cell_stay_apart() -> None:
    (row,) = read("Request No.;Version;marks", '7;1;"Физика;  5 ; good\n\n  Тарых\t4\tbad "')
    assert row["marks"] == "Физика; 5 ; good\nТарых\t4\tbad"
