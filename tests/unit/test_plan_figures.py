"""Counting how plans stand, and what the report on the state language takes from it."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.access import Actor, LinkFrozen, NotAllowed, Role, RoleGrant
from services.deadlines.dto import AcademicYear, Deadline, DeadlineKind
from services.languages import Language, Trilingual
from services.plan_files.dto import Place
from services.plan_reports.dto import STANDINGS, Axis, Discipline, Figures, Measure, Scope
from services.plan_reports.figures import discipline_of, duty_on, entries_of, figures_of, rows_of
from services.plan_reports.quarters import Quarter, academic_year_of, quarters_until
from services.plan_reports.rights import scope_of
from services.plan_reports.statuses import statuses_of
from services.plans.dto import (
    Duty,
    DutyState,
    Instance,
    ItemState,
    Membership,
    NamedUnit,
    Origin,
    PlanItem,
    PlannedItem,
    Standing,
)
from services.responsibles.dto import Party, Share

TODAY = date(2025, 12, 20)
UNITS = {
    code: NamedUnit(
        id=place,
        code=code,
        name=Trilingual(ky=code, ru=code, en=code),
        abbreviation="",
        is_post=code in {"rector", "vr-academic", "deans"},
    )
    for place, code in enumerate(("rector", "vr-academic", "umu", "iit", "itk", "deans"), start=1)
}
MEMBERSHIP = Membership(
    parents={"rector": "rectorate", "vr-academic": "rectorate", "umu": "vr-academic", "itk": "umu"},
    members={"deans": ("iit", "itk")},
)
EVERYTHING = Scope(codes=None)


def item(number: int, *codes: str, section: str = "2.1. Окуу иши", confirmed: bool = True) -> PlanItem:
    """An item that these answer for."""
    return PlanItem(
        id=number, plan_id=1, key=str(number), position=number, place=Place(table=0, row=number), section=section,
        number=str(number), title=f"Чара {number}", task="",
        deadline=Deadline(text="декабрь", kind=DeadlineKind.MONTH, sure=confirmed), confirmed=confirmed,
        responsible_text="", participants_text="",
        parties=tuple(Party(code=code, share=Share.RESPONSIBLE, text=code) for code in codes), unresolved=(),
        document="", indicator="", budget="", count_target=None, state_language=False, origin=Origin.FILE,
        sitting_id=None, state=ItemState.ACTIVE, reason="", version=1,
    )  # fmt: skip


def instance(number: int, due: date | None, *, first: date | None = None, item_id: int = 1) -> Instance:
    """A time that an item is due."""
    return Instance(
        id=number, item_id=item_id, ordinal=1, starts_on=None, first_due=first or due, due=due, soft=False,
        due_version=1,
    )  # fmt: skip


def duty(code: str, state: DutyState, *, at: int = 1, reported: date | None = None, due: date | None = None) -> Duty:
    """What a unit said; done on the day on which it reported."""
    return Duty(
        id=at * 100 + UNITS[code].id, instance_id=at, unit_code=code, state=state, due=due, due_version=0,
        person_id=None, reason="", accepted_at=None, done_on=reported if state is DutyState.DONE else None,
        reported_on=reported, version=1,
    )  # fmt: skip


def counted(*planned: PlannedItem, scope: Scope = EVERYTHING, day: date = TODAY) -> Figures:
    """Figures of these items."""
    return figures_of([], planned, MEMBERSHIP, UNITS, scope, day)


def test_an_item_is_done_when_all_its_units_are_and_as_late_as_the_latest() -> None:
    due = date(2025, 12, 10)
    done = duty("iit", DutyState.DONE, reported=due)
    late = duty("umu", DutyState.DONE, reported=due + timedelta(days=1))
    one = PlannedItem(item=item(1, "iit", "umu"), instances=(instance(1, due),), duties=(done,))
    assert [entry.standing for entry in counted(one).entries] == [Standing.DONE, Standing.OVERDUE]
    assert [entry.standing for entry in counted(one).times] == [Standing.OVERDUE]
    both = PlannedItem(item=one.item, instances=one.instances, duties=(done, late))
    assert [entry.standing for entry in counted(both).times] == [Standing.DONE_LATE]
    released = duty("umu", DutyState.RELEASED)
    without = PlannedItem(item=one.item, instances=one.instances, duties=(done, released))
    assert [entry.standing for entry in counted(without).times] == [Standing.DONE]


def test_groups_are_put_into_members_and_who_is_not_known_is_counted_too() -> None:
    figures = counted(
        PlannedItem(item=item(1, "deans", "iit"), instances=(instance(1, TODAY),)),
        PlannedItem(item=item(2), instances=(instance(2, TODAY),)),
    )
    rows = rows_of(figures, Axis.UNIT)
    assert [(row.unit_code, row.tally.total) for row in rows] == [("iit", 1), ("itk", 1), ("", 1)]
    assert figures.total.total == 2


def test_a_day_that_nobody_confirmed_is_never_overdue() -> None:
    past = TODAY - timedelta(days=30)
    unsure = PlannedItem(item=item(1, "iit", confirmed=False), instances=(instance(1, past),))
    assert [entry.standing for entry in counted(unsure).times] == [Standing.UNDATED]


def test_extended_is_what_is_due_later_than_at_first_for_all_or_for_one_unit() -> None:
    moved = PlannedItem(item=item(1, "iit"), instances=(instance(1, TODAY, first=TODAY - timedelta(days=9)),))
    alone = PlannedItem(
        item=item(2, "iit", "itk"),
        instances=(instance(2, TODAY),),
        duties=(duty("itk", DutyState.ACCEPTED, at=2, due=TODAY + timedelta(days=9)),),
    )
    earlier = PlannedItem(item=item(3, "iit"), instances=(instance(3, TODAY, first=TODAY + timedelta(days=9)),))
    figures = counted(moved, alone, earlier)
    assert figures.total.count(Measure.EXTENDED) == 2
    assert [entry.item.id for entry in entries_of(figures, Axis.ALL, "", Measure.EXTENDED)] == [1, 2]


def test_a_past_day_does_not_know_what_came_later() -> None:
    done = duty("iit", DutyState.DONE, reported=date(2025, 12, 12))
    one = PlannedItem(item=item(1, "iit"), instances=(instance(1, date(2025, 12, 10)),), duties=(done,))
    standings = {day: counted(one, day=date(2025, 12, day)).times[0].standing for day in (9, 11, 12, 20)}
    assert standings == {
        9: Standing.NEAR, 11: Standing.OVERDUE, 12: Standing.DONE_LATE, 20: Standing.DONE_LATE,
    }  # fmt: skip
    accepted_later = replace(done, done_on=date(2025, 12, 15))
    then = duty_on(accepted_later, date(2025, 12, 13))
    assert then is not None
    assert then.state is DutyState.REPORTED
    assert duty_on(None, TODAY) is None


@pytest.mark.parametrize("seed", range(5))
def test_every_number_is_as_long_as_the_list_behind_it_and_rows_add_up(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 -- the same plans at every run
    planned = [_invented(dice, number) for number in range(1, 120)]
    scope = dice.choice([EVERYTHING, Scope(codes=frozenset({"iit", "itk"}))])
    figures = counted(*planned, scope=scope)
    for axis in (Axis.PROGRAMME, Axis.UNIT, Axis.MONTH):
        rows = rows_of(figures, axis)
        assert len({row.key for row in rows}) == len(rows)
        entries = figures.entries if axis is Axis.UNIT else figures.times
        for measure in Measure:
            assert sum(row.tally.count(measure) for row in rows) == sum(one.counts_as(measure) for one in entries)
        for row in rows:
            assert sum(row.tally.count(measure) for measure in STANDINGS) == row.tally.total
            for measure in Measure:
                assert len(entries_of(figures, axis, row.key, measure)) == row.tally.count(measure)
    for measure in Measure:
        assert len(entries_of(figures, Axis.ALL, "", measure)) == figures.total.count(measure)


def _invented(dice: random.Random, number: int) -> PlannedItem:
    codes = dice.sample(["rector", "umu", "iit", "itk", "deans"], dice.randrange(4))
    due = dice.choice([None, TODAY + timedelta(days=dice.randrange(-90, 90))])
    first = dice.choice([None, due - timedelta(days=5)]) if due else None
    duties = []
    for code in ("rector", "umu", "iit", "itk"):
        if dice.random() < 0.5:
            state = dice.choice(list(DutyState))
            told = TODAY - timedelta(days=dice.randrange(40))
            duties.append(
                duty(code, state, at=number, reported=told if state in {DutyState.DONE, DutyState.REPORTED} else None)
            )
    section = dice.choice(["", "2.1. Окуу иши / Сапат", "2.2. Илим"])
    return PlannedItem(
        item=item(number, *codes, section=section, confirmed=dice.random() < 0.8),
        instances=(instance(number, due, first=first, item_id=number),),
        duties=tuple(duties),
    )


def test_discipline_is_what_was_done_in_time_of_what_was_due_and_few_are_numbers() -> None:
    past = TODAY - timedelta(days=5)
    planned = [
        PlannedItem(
            item=item(number, "iit"),
            instances=(instance(number, past, item_id=number),),
            duties=(duty("iit", state, at=number, reported=told),) if state is not DutyState.OPEN else (),
        )
        for number, (state, told) in enumerate(
            [
                (DutyState.DONE, past), (DutyState.DONE, past), (DutyState.DONE, past),
                (DutyState.DONE, TODAY - timedelta(days=1)), (DutyState.OPEN, None), (DutyState.REPORTED, past),
            ],
            start=1,
        )
    ]  # fmt: skip
    figures = counted(*planned, PlannedItem(item=item(7, "iit"), instances=(instance(7, TODAY),)))
    said = discipline_of(figures.entries, TODAY)
    assert said == Discipline(in_time=3, whole=5, waiting=1)
    assert said.percent == 60
    assert Discipline(in_time=4, whole=4, waiting=0).percent is None


def test_statuses_stand_at_the_places_of_the_file() -> None:
    due = TODAY - timedelta(days=5)
    done = duty("iit", DutyState.DONE, reported=due)
    late = PlannedItem(item=item(1, "iit", "umu", "itk"), instances=(instance(1, due),), duties=(done,))
    cancelled = item(2, "iit")
    status = statuses_of(counted(late), [cancelled])
    first, second = status[Place(table=0, row=1)], status[Place(table=0, row=2)]
    assert (first.standing, first.done, first.whole, first.done_on) == (Standing.OVERDUE, 1, 3, None)
    assert second.cancelled


def acting(*grants: tuple[Role, str | None], frozen: bool = False) -> Actor:
    """Somebody with these roles."""
    held = frozenset(RoleGrant(role=role, unit_code=unit) for role, unit in grants)
    return Actor(account_id=1, language=Language.KY, grants=held, frozen=frozen)


def test_the_rector_sees_all_a_vice_rector_what_is_below_and_a_head_the_unit() -> None:
    def codes(*grants: tuple[Role, str | None]) -> frozenset[str] | None:
        return scope_of(acting(*grants), MEMBERSHIP, UNITS).codes

    assert codes((Role.PLAN_COORDINATOR, None)) is None
    assert codes((Role.ADMIN, None)) is None
    assert codes((Role.UNIT_HEAD, "rector")) is None
    assert codes((Role.UNIT_HEAD, "vr-academic")) == frozenset({"vr-academic", "umu", "itk"})
    assert codes((Role.UNIT_HEAD, "umu")) == frozenset({"umu"}), "a unit is not a post of the rectorate"
    assert codes((Role.UNIT_HEAD, "umu"), (Role.UNIT_HEAD, "iit")) == frozenset({"umu", "iit"})
    for nobody in (
        acting(),
        acting((Role.UNIT_STAFF, "rector")),
        acting((Role.UNIT_STAFF, "iit")),
        acting((Role.EDITOR, None)),
    ):
        with pytest.raises(NotAllowed):
            scope_of(nobody, MEMBERSHIP, UNITS)
    with pytest.raises(LinkFrozen):
        scope_of(acting((Role.ADMIN, None), frozen=True), MEMBERSHIP, UNITS)


def test_quarters_of_the_calendar_have_numbers_in_the_academic_year() -> None:
    ends = [(quarter.last, quarter.academic_number) for quarter in reversed(quarters_until(date(2026, 6, 30)))]
    assert ends == [
        (date(2025, 9, 30), 1), (date(2025, 12, 31), 2), (date(2026, 3, 31), 3), (date(2026, 6, 30), 4),
    ]  # fmt: skip
    assert Counter(one.academic_year for one in quarters_until(date(2026, 6, 30))) == {AcademicYear(2025): 4}
    assert Quarter.parse(Quarter(2025, 4).packed) == Quarter(2025, 4)
    assert Quarter.parse(20255) is None
    assert (academic_year_of(date(2026, 8, 31)), academic_year_of(date(2026, 9, 1))) == (
        AcademicYear(2025), AcademicYear(2026),
    )  # fmt: skip
