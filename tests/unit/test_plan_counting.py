"""How many of something an item asks for: a count is no number of a sitting, no day and no course."""

from dataclasses import replace

import pytest

from services.plan_files.dto import PlanRow
from services.plan_files.reading import read_plan
from services.plan_import.counting import count_of
from tests.support.plans import YEAR, WordTable, word

TABLE = WordTable([("№", "Иш-чара", "Мөөнөтү", "Жооптуу"), ("1", "Иш", "май", "Окуу бөлүмү")])


@pytest.fixture(scope="module")
def row() -> PlanRow:
    return read_plan(word(TABLE), YEAR).rows[0]


@pytest.mark.parametrize(
    ("indicator", "count"),
    [
        ("10 жолугушуу", 10),
        ("жылына 10 жолу", 10),
        ("2 раза в год", 2),
        ("5 раз в год", 5),
        ("3 times a year", 3),
        ("не менее 4 заседания", 4),
        ("5 заседаний", 5),
        ("протоколы 5 заседаний", 5),
        ("12 собраний", 12),
        ("4 ачык лекция", 4),
        ("6 meetings", 6),
        ("№ 3 жыйын", None),
        ("№3 жыйын", None),
        ("No. 3 meeting", None),
        ("протокол 5 заседания", None),
        ("протокол 3 заседания", None),
        ("5 заседания", None),
        ("3 жыйындын протоколу", None),
        ("2 чогулуштун чечими", None),
        ("3-жолу", None),
        ("3-жыйын", None),
        ("25 декабря семинар", None),
        ("2 курс үчүн семинар", None),
        ("1 жолугушуу", None),
        ("10 жолугушуу, 3 семинар", None),
        ("7%, 500 буклет", None),
    ],
)
def test_only_a_count_is_one(row: PlanRow, indicator: str, count: int | None) -> None:
    assert count_of(replace(row, indicator=indicator)) == count
