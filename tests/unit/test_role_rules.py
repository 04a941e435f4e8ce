"""Rules of roles: days, states, the search for a unit."""

from datetime import date

import pytest

from services.access import Role
from services.languages import Trilingual
from services.roles.dto import GrantState, Period, UnitName
from services.roles.errors import PeriodIsOver, UnitNeeded, WrongPeriod
from services.roles.rules import (
    check_period,
    check_unit,
    common,
    matching,
    overlap,
    state_of,
    telegram_id_of,
)

YESTERDAY, TODAY, TOMORROW = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22)
EVER = Period()


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (EVER, EVER, True),
        (EVER, Period(first=TODAY, last=TODAY), True),
        (Period(last=TODAY), Period(first=TODAY), True),
        (Period(last=YESTERDAY), Period(first=TODAY), False),
        (Period(first=YESTERDAY, last=TODAY), Period(first=TOMORROW, last=TOMORROW), False),
        (Period(first=YESTERDAY, last=TOMORROW), Period(first=TODAY, last=TODAY), True),
    ],
)
def test_periods_with_a_day_in_common_overlap(one: Period, other: Period, together: bool) -> None:
    assert overlap(one, other) is overlap(other, one) is together


def test_days_in_common_begin_with_the_later_and_end_with_the_earlier() -> None:
    shared = common(Period(first=YESTERDAY, last=TOMORROW), Period(first=TODAY))
    assert shared == Period(first=TODAY, last=TOMORROW)
    assert common(EVER, EVER) == EVER


@pytest.mark.parametrize(
    ("period", "state"),
    [
        (EVER, GrantState.IN_FORCE),
        (Period(first=TODAY, last=TODAY), GrantState.IN_FORCE),
        (Period(first=TOMORROW), GrantState.NOT_YET),
        (Period(last=YESTERDAY), GrantState.PAST),
    ],
)
def test_both_days_of_a_grant_are_days_of_it(period: Period, state: GrantState) -> None:
    assert state_of(period, TODAY, waits=False, rests=False) is state


def test_what_is_over_neither_waits_nor_rests() -> None:
    assert state_of(EVER, TODAY, ended=True, waits=True, rests=True) is GrantState.PAST
    assert state_of(Period(first=TOMORROW), TODAY, waits=True, rests=False) is GrantState.WAITING
    assert state_of(Period(first=TOMORROW), TODAY, waits=False, rests=True) is GrantState.RESTING


def test_days_that_are_none_or_past_are_refused() -> None:
    check_period(Period(first=YESTERDAY, last=TODAY), TODAY)
    check_period(Period(first=YESTERDAY), TODAY)
    with pytest.raises(WrongPeriod):
        check_period(Period(first=TOMORROW, last=TODAY), TODAY)
    with pytest.raises(PeriodIsOver):
        check_period(Period(last=YESTERDAY), TODAY)


def test_roles_of_a_unit_need_one_and_every_role_may_have_one() -> None:
    for role in Role:
        check_unit(role, "mti")
    needy = set()
    for role in Role:
        try:
            check_unit(role, None)
        except UnitNeeded as refused:
            needy.add(refused.role)
    assert needy == {Role.UNIT_HEAD, Role.UNIT_STAFF}


@pytest.mark.parametrize(
    ("text", "telegram_id"),
    [("7001", 7001), ("0", None), ("-5", None), ("٧٠٠١", None), ("7.0", None), ("", None), ("9" * 16, None)],
)
def test_telegram_id_is_a_number_of_at_most_52_bits(text: str, telegram_id: int | None) -> None:
    assert telegram_id_of(text) == telegram_id


UNITS = [
    UnitName(
        id=1,
        code="mti",
        name=Trilingual(ky="Маалыматтык технологиялар институту", ru="Институт ИТ", en="Institute of IT"),
        abbreviation="МТИ",
        aliases=("ИТ институту",),
    ),
    UnitName(id=2, code="ob", name=Trilingual(ky="Окуу башкармалыгы", ru="Учебное управление"), abbreviation="ОБ"),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("MTI", [1]), ("мти", [1]), ("мтй", []), ("инс тех", [1]), ("ИТ инст", [1]), ("институт", [1]), ("ОКУУ", [2]),
        ("ob", [2]), ("о", [2]), ("", []), ("- ,", []), ("институт окуу", []),
    ],
)  # fmt: skip
def test_unit_is_found_by_the_beginnings_of_its_words_in_any_language(text: str, found: list[int]) -> None:
    assert [unit.id for unit in matching(UNITS, text)] == found
