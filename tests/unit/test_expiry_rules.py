"""When somebody is reminded of the end of a paper."""

from datetime import date, timedelta

import pytest

from services.access import Actor, Role, RoleGrant
from services.expiries.rules import ENDED, THRESHOLDS, sits_at, threshold_of, true_for
from services.languages import Language

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("left", "threshold"),
    [
        (61, None), (60, 60), (59, 60), (46, 60), (45, 45), (31, 45), (30, 30), (15, 30), (14, 14), (4, 14), (3, 3),
        (0, 3), (-1, ENDED), (-7, ENDED), (-8, None),
    ],
)  # fmt: skip
def test_nearest_threshold_is_the_one_that_counts(left: int, threshold: int | None) -> None:
    assert threshold_of(TODAY + timedelta(days=left), TODAY) == threshold


def test_reminder_that_an_outage_made_late_is_dropped_before_the_next_is_due() -> None:
    late = {threshold: true_for(threshold) / timedelta(days=1) for threshold in (*THRESHOLDS, ENDED)}
    assert late == {60: 14.5, 45: 14.5, 30: 15.5, 14: 10.5, 3: 3.5, ENDED: 7}


@pytest.mark.parametrize(
    ("role", "unit", "sits"),
    [
        (Role.REGISTRAR, "ebb", True),
        (Role.UNIT_HEAD, "ebb", True),
        (Role.UNIT_STAFF, "ebb", True),
        (Role.REGISTRAR, None, True),
        (Role.ADMIN, None, True),
        (Role.REGISTRAR, "mti", False),
        (Role.UNIT_STAFF, "mti", False),
        (Role.EDITOR, "ebb", False),
        (Role.EDITOR, None, False),
    ],
)
def test_office_is_seen_by_who_sits_there(role: Role, unit: str | None, sits: bool) -> None:
    grants = frozenset({RoleGrant(role=role, unit_code=unit)})
    assert sits_at(Actor(account_id=1, language=Language.KY, grants=grants), "ebb") is sits
    assert not sits_at(Actor(account_id=1, language=Language.KY, grants=grants, frozen=True), "ebb")
