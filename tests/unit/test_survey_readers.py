"""Whose own a group of a survey is: default deny for whoever could be meant."""

import pytest

from services.access import Actor, Role, RoleGrant
from services.audience.dto import KnownUnit, RosterMember
from services.languages import Language
from services.survey_reports.readers import (
    Scope,
    Sight,
    SurveyReader,
    is_about_own,
    is_of_one_unit,
    seen_strata,
    sight_of,
)
from services.surveys.dto import Split, Stratum
from services.surveys.strata import divide
from services.units.dto import UnitEntry, UnitKind
from tests.support.closed_surveys import grown, named
from tests.support.surveying import prepared
from tests.support.surveys import questionnaire, scaled

READER = SurveyReader(unit="quality", scope=Scope.TEXTS)


def entry(code: str, parent: str = "") -> UnitEntry:
    return UnitEntry(code=code, name=named(code), abbreviation="", kind=UnitKind.UNIT, parent_code=parent, aliases=())


UNITS = [entry("mti"), entry("chair", "mti"), entry("lab", "chair"), entry("iit"), entry("quality")]


def reading(*spoken: str, home: str = "") -> Sight:
    """What somebody sees who speaks for units, and whom the roster has in another."""
    grants = frozenset(RoleGrant(role=Role.UNIT_HEAD, unit_code=unit) for unit in spoken)
    return sight_of(Actor(account_id=1, language=Language.EN, grants=grants), [READER], UNITS, home)


def leaf(code: str, *covers: str, parent: str | None = "all") -> Stratum:
    return Stratum(code=code, parent=parent, name=named(code), people=40, leaf=True, covers=covers)


@pytest.mark.parametrize(
    ("home", "code", "own"),
    [("mti", "mti", True), ("lab", "mti", True), ("mti", "chair", True), ("mti", "mti/1", True), ("mti", "iit", False),
     ("", "mti", False), ("iit", "other", True)],
)  # fmt: skip
def test_where_somebody_works_or_studies_is_their_own(home: str, code: str, own: bool) -> None:
    covers = ("iit", "lib") if code == "other" else ()
    assert is_about_own(reading("quality", home=home), leaf(code, *covers), UNITS) is own


def test_a_survey_of_one_unit_is_that_unit_s_own_and_its_words_are_shown_to_nobody() -> None:
    members = [RosterMember(person_id=number, unit_code="mti", course=1) for number in range(40)]
    known = KnownUnit(id=1, code="mti", parent_code="", name=named("mti"))
    (whole,) = divide(members, [known], Split.UNIT).strata
    assert is_about_own(reading("quality", "mti"), whole, UNITS, [whole])
    assert is_about_own(reading("quality", home="lab"), whole, UNITS)
    assert not is_about_own(reading("quality", "iit"), whole, UNITS)
    assert is_of_one_unit(whole, [whole])


def test_the_whole_of_several_units_is_nobody_s_own() -> None:
    for strata in (grown({"mti": 40, "iit": 40}), grown({"mti": {"1": 40}, "iit": 40}), grown({}),
                   [leaf("all", "mti", "iit", parent=None)], [*grown({}), leaf("other", "mti")]):  # fmt: skip
        assert not is_about_own(reading("quality", "mti", home="mti"), strata[0], UNITS, strata)
        assert not is_of_one_unit(strata[0], strata)
    for strata in (grown({"mti": 40}), grown({"mti": {"1": 40, "2": 40}})):
        assert is_of_one_unit(strata[0], strata)
        assert not is_of_one_unit(strata[1], strata)


def test_the_group_of_another_unit_that_is_called_alike_is_not_one_s_own() -> None:
    survey = prepared(questionnaire(scaled("teach1"))).survey
    strata = [grown({})[0], leaf("unit-x"), leaf("unit-other"), leaf("other", "lib")]

    def seen(head_of: str) -> set[str]:
        grants = frozenset({RoleGrant(role=Role.UNIT_HEAD, unit_code=head_of)})
        sight = sight_of(Actor(account_id=1, language=Language.EN, grants=grants), [], UNITS)
        return {one.code for one in seen_strata(sight, survey, strata)[1]} - {"all"}

    assert (seen("unit-x"), seen("other"), seen("lib")) == ({"unit-x"}, {"unit-other"}, {"other"})
    assert not is_about_own(reading("x"), leaf("unit-x"), UNITS)
