"""People are divided into groups of which none is too small to hide in."""

import random

import pytest

from services.audience.dto import KnownUnit, RosterMember
from services.languages import Language, Trilingual
from services.surveys.dto import LEAST_STRATUM, WHOLE, Split
from services.surveys.strata import OTHER, Division, divide

UNITS = [
    KnownUnit(id=1, code="rectorate", parent_code=""),
    KnownUnit(id=2, code="vr-academic", parent_code="rectorate", is_post=True),
    KnownUnit(id=3, code="mti", parent_code="vr-academic", name=Trilingual(ky="МТИ", ru="ИИТ", en="IIT")),
    KnownUnit(id=4, code="software", parent_code="mti"),
    KnownUnit(id=5, code="tri", parent_code="vr-academic"),
    KnownUnit(id=6, code="lyceum", parent_code=""),
    KnownUnit(id=7, code="all", parent_code="vr-academic"),
    KnownUnit(id=8, code="round", parent_code="circle"),
    KnownUnit(id=9, code="circle", parent_code="round"),
]


def people(*groups: tuple[str, int | None, int]) -> list[RosterMember]:
    sized = [(unit, course) for unit, course, size in groups for _ in range(size)]
    return [
        RosterMember(person_id=number, unit_code=unit, course=course) for number, (unit, course) in enumerate(sized)
    ]


def sizes(division: Division) -> dict[str, int]:
    return {stratum.code: stratum.people for stratum in division.strata}


def test_an_institute_has_the_people_of_its_departments_and_the_leadership_is_no_institute() -> None:
    division = divide(
        people(("mti", 1, 30), ("software", 1, 5), ("tri", 1, 31), ("rectorate", None, 40)), UNITS, Split.UNIT
    )
    assert sizes(division) == {"all": 106, "mti": 35, "rectorate": 40, "tri": 31}
    assert [stratum.parent for stratum in division.strata] == [None, WHOLE, WHOLE, WHOLE]


def test_a_university_that_is_a_unit_of_its_own_is_no_institute() -> None:
    units = [
        KnownUnit(id=1, code="kstu", parent_code=""),
        KnownUnit(id=2, code="mti", parent_code="kstu"),
        KnownUnit(id=3, code="tri", parent_code="kstu"),
        KnownUnit(id=4, code="software", parent_code="mti"),
    ]
    division = divide(people(("software", 1, 30), ("tri", 1, 31)), units, Split.UNIT)
    assert sizes(division) == {"all": 61, "mti": 30, "tri": 31}


def test_small_units_and_strangers_are_put_together_and_take_the_smallest_with_them_if_they_are_few() -> None:
    enough = divide(people(("mti", 1, 90), ("tri", 1, 20), ("", None, 10)), UNITS, Split.UNIT)
    assert sizes(enough) == {"all": 120, "mti": 90, OTHER: 30}
    few = divide(people(("mti", 1, 90), ("tri", 1, 29), ("lyceum", 1, 40)), UNITS, Split.UNIT)
    assert sizes(few) == {"all": 159, "mti": 90, OTHER: 69}
    assert few.strata[-1].covers == ("lyceum", "tri")


def test_what_falls_together_is_one_group_and_says_what_it_covers() -> None:
    division = divide(people(("mti", 1, 29), ("tri", 1, 29)), UNITS, Split.UNIT_COURSE)
    assert sizes(division) == {"all": 58}
    assert division.strata[0].leaf
    assert division.strata[0].covers == ("mti", "tri")


def test_courses_take_their_neighbours() -> None:
    division = divide(
        people(("mti", 1, 40), ("mti", 2, 12), ("mti", 3, 20), ("mti", 4, 10), ("mti", None, 5), ("tri", 1, 35)),
        UNITS,
        Split.UNIT_COURSE,
    )
    assert sizes(division) == {"all": 122, "mti": 87, "mti/1": 40, "mti/2-4-x": 47, "tri": 35}
    assert division.strata[3].covers == ("mti/2", "mti/3", "mti/4", "mti/x")
    assert division.strata[3].name.ru == "ИИТ: 2–4 курс и без курса"
    assert {stratum.code for stratum in division.strata if stratum.leaf} == {"mti/1", "mti/2-4-x", "tri"}


def test_one_institute_alone_is_still_divided_by_courses() -> None:
    division = divide(people(("mti", 1, 40), ("mti", 2, 30)), UNITS, Split.UNIT_COURSE)
    assert sizes(division) == {"all": 70, "mti": 70, "mti/1": 40, "mti/2": 30}


def test_a_unit_called_as_the_whole_is_told_apart() -> None:
    division = divide(people(("all", 1, 40), ("mti", 1, 40)), UNITS, Split.UNIT)
    assert sizes(division) == {"all": 80, "mti": 40, "unit-all": 40}


@pytest.mark.parametrize("split", Split)
def test_whatever_the_roster_everybody_is_in_one_group_of_thirty_or_more(split: Split) -> None:
    chance = random.Random(split.value)  # noqa: S311 -- a roster that fails must come again
    codes = ["", "gone", *(unit.code for unit in UNITS)]
    for _ in range(150):
        asked = people(*(
            (chance.choice(codes), chance.choice([None, 1, 2, 3, 4, 5]), chance.choice([1, 3, 9, 29, 30, 31, 80]))
            for _ in range(chance.randint(2, 14))
        ))  # fmt: skip
        division = divide(asked, UNITS, split)
        chance.shuffle(asked)
        assert divide(asked, UNITS, split) == division
        assert set(division.leaves) == {member.person_id for member in asked}
        by_code = {stratum.code: stratum for stratum in division.strata}
        assert len(by_code) == len(division.strata)
        held = [by_code[code] for code in set(division.leaves.values())]
        assert {one.code for one in held} == {one.code for one in division.strata if one.leaf}
        least = min(LEAST_STRATUM, len(asked))
        for stratum in division.strata:
            below = [one for one in division.strata if one.parent == stratum.code]
            assert stratum.people >= least
            assert stratum.leaf is not bool(below)
            assert not below or sum(one.people for one in below) == stratum.people
            assert stratum.parent is None or stratum.parent in by_code
            assert all(stratum.name.get(language) for language in Language)
            own = sum(leaf == stratum.code for leaf in division.leaves.values())
            assert own == (stratum.people if stratum.leaf else 0)
