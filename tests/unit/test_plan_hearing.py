"""Who hears a unit's reminders, and to whom silence climbs."""

import pytest

from services.access import Role
from services.languages import Trilingual
from services.plan_reminders.ahead import Silence
from services.plan_reminders.dto import Seat, Step
from services.plan_reminders.hearing import Hearing
from services.plans.dto import Membership, NamedUnit

POSTS = {"rector", "vr", "vrs"}
PARENTS = {
    "rector": "rectorate", "vr": "rectorate", "vrs": "rectorate", "iit": "vr", "chair": "iit", "lab": "chair",
    "one": "two", "two": "one", "itself": "itself",
}  # fmt: skip
CODES = [*PARENTS, "rectorate", "itk"]


def seat(code: str, account: int | None, role: Role = Role.UNIT_HEAD, **changes: bool) -> Seat:
    known = {"linked": True, "blocked": False, **changes}
    return Seat(code=code, role=role, account_id=account, linked=known["linked"], blocked=known["blocked"])


def hearing(*seats: Seat) -> Hearing:
    directory = {
        code: NamedUnit(id=place, code=code, name=Trilingual(ky=code), abbreviation="", is_post=code in POSTS)
        for place, code in enumerate(CODES)
    }
    membership = Membership(members={"vrs": ("vr",)}, parents=PARENTS)
    return Hearing(seats=seats, accounts={}, coordinators=frozenset({9}), membership=membership, directory=directory)


@pytest.mark.parametrize(
    ("seats", "heard_by"),
    [
        ([seat("lab", 1), seat("chair", 2)], "lab"),
        ([seat("chair", 2)], "chair"),
        ([seat("lab", 1, blocked=True), seat("iit", 3)], "iit"),
        ([seat("lab", 1, linked=False), seat("lab", None), seat("vr", 4)], ""),  # the leadership hears weekly
        ([seat("vr", 4), seat("rectorate", 5)], "rectorate"),
        ([], ""),
    ],
)
def test_nearest_above_with_people_hears_else_the_coordinators(seats: list[Seat], heard_by: str) -> None:
    assert hearing(*seats).heard_by("lab") == heard_by
    step = Step(instance_id=1, unit_code="lab", step="0", due_version=1, heard_by="")
    assert hearing(*seats).hearers(step, None, overdue=False) == {9}


@pytest.mark.parametrize("code", ["one", "itself", "unknown"])
def test_units_above_each_other_in_a_circle_end_at_the_coordinators(code: str) -> None:
    heard = hearing(seat("itk", 1))
    assert heard.heard_by(code) == ""
    assert heard.head_above(code, code) is None
    assert heard.leader_above(code) == ""


def test_silence_climbs_past_whoever_knows_already() -> None:
    heard = hearing(seat("lab", 1), seat("chair", 1), seat("iit", 3), seat("vr", 4), seat("rector", 5))
    assert heard.head_above("lab", "lab") == "iit"
    assert heard.leader_above("lab") == "vr"
    assert heard.leader_above("vr") == "rector"
    assert heard.leader_above("itk") == "rector"
    assert heard.leader_above("rector") == ""


def test_unit_with_employees_climbs_to_its_own_head_first() -> None:
    heard = hearing(seat("lab", 1), seat("lab", 2, Role.UNIT_STAFF), seat("chair", 3))
    assert heard.head_above("lab", "lab") == "lab"
    step = Step(instance_id=1, unit_code="lab", step="e1", due_version=1, heard_by="lab")
    assert heard.hearers(step, None, overdue=False) == {1}
    only_staff = hearing(seat("lab", 2, Role.UNIT_STAFF), seat("chair", 3))
    assert only_staff.head_above("lab", "lab") == "chair"


def test_leadership_is_posts_below_the_rectorate_and_never_a_group() -> None:
    heard = hearing(seat("vr", 4), seat("vr", 6, Role.UNIT_STAFF), seat("rector", 5, Role.UNIT_STAFF), seat("iit", 3))
    assert [heard.is_leadership(code) for code in ("rector", "vr", "vrs", "iit", "rectorate", "unknown")] == [
        True, True, False, False, False, False,
    ]  # fmt: skip
    assert heard.leaders() == {4: ("vr",), 5: ("rector",)}
    assert heard.area_of(["vr"]) == frozenset({"vr", "iit", "chair", "lab"})
    assert heard.area_of(["vr", "rector"]) is None


@pytest.mark.parametrize(
    ("seats", "silence"),
    [
        ([seat("itk", 1)], None),
        ([], Silence.NO_HOLDER),
        ([seat("itk", None, linked=False)], Silence.NOT_LINKED),
        ([seat("itk", 1, blocked=True)], Silence.BLOCKED),
        ([seat("itk", 1, blocked=True), seat("itk", 2, Role.UNIT_STAFF)], None),
    ],
)
def test_why_nobody_hears(seats: list[Seat], silence: Silence | None) -> None:
    assert hearing(*seats).why_silent("itk") is silence
    assert hearing(*seats).why_silent("unknown") is Silence.OUTSIDE
