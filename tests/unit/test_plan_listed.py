"""Deadlines as lists inside a cell, and several items inside a row."""

import pytest

from services.plan_files.reading import read_plan
from services.plan_import.decisions_sheet import COLUMNS, read_decisions, row_of
from services.plan_import.listed import read_listed
from services.plan_import.understanding import understand
from services.responsibles.directory import Directory
from tests.support.plans import YEAR, WordTable, comma_separated, word


@pytest.mark.parametrize(
    ("text", "days", "sure"),
    [
        ("1) октябрь 2025-ж.\n2) ноябрь 2025-ж.\n3) апрель 2026-ж.", ("2025-10-31", "2025-11-30", "2026-04-30"), True),
        ("1. октябрь 2025-ж.\n2. ноябрь 2025-ж.", ("2025-10-31", "2025-11-30"), False),
        ("1. 15.10.2025;\n2. 20.11.2025", ("2025-10-15", "2025-11-20"), True),
        ("- октябрь\n- март", ("2025-10-31", "2026-03-31"), True),
        ("май 2026-ж.", ("2026-05-31",), True),
    ],
)
def test_what_counts_lines_is_no_day(text: str, days: tuple[str, ...], *, sure: bool) -> None:
    deadline = read_listed(text, YEAR)
    assert (tuple(map(str, deadline.dates)), deadline.sure, deadline.text) == (days, sure, text)


def test_each_of_several_items_of_a_row_is_asked_about_and_corrected_for_itself() -> None:
    table = WordTable([("№", "Иш-чара", "Мөөнөтү", "Жооптуу"), ("1.\n2.", "Биринчи\nЭкинчи", "жакында", "Ким эле")])
    read = understand(read_plan(word(table), YEAR), YEAR, Directory([]))
    first, second = read.items
    assert first.row.row == second.row.row
    assert first.mark < second.mark
    sheet = [
        [COLUMNS[column][0] for column in row_of(second)],
        list((row_of(second) | {"days": "2026-05-04"}).values()),
    ]
    decisions = read_decisions(comma_separated(sheet), read, frozenset())
    assert list(decisions) == [second.key]  # the other says what it said
