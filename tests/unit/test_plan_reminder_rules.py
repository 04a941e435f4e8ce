"""When units are reminded of their plans: over any calendar each step is told once, none on a day off, none is lost."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

import pytest

from services.plan_reminders import rules
from services.plan_reminders.dto import Said, SaidRow, Timing
from services.plan_reminders.rules import WorkingDays, nearest_step, step_to_tell
from services.plans.dto import Duty, DutyState
from services.workdays.dto import DayKind, PublicYear, WorkdayChange
from services.workdays.rules import WorkCalendar

DAY = timedelta(days=1)
LADDER = (30, 14, 7, 3, 1, 0)
FIRST, LAST = date(2025, 1, 1), date(2027, 12, 31)


def spread(first: date, last: date) -> list[date]:
    return [first + DAY * number for number in range((last - first).days + 1)]


WEEKS = WorkingDays(day for day in spread(FIRST, LAST) if day.weekday() < 5)


def timing(due: date | None = date(2026, 3, 31), **changes: object) -> Timing:
    known = {"due": due, "soft": False, "ladder": LADDER, "overdue_every": 3, "reminds_from": date(2025, 9, 1)}
    return Timing(**{**known, **changes})  # type: ignore[arg-type]


@dataclass
class Teller:
    """Remembers what was told, as the table does, over versions of a last day."""

    days: WorkingDays
    told: list[tuple[date, int, int]] = field(default_factory=list)

    def said(self, version: int) -> Said:
        """Return what was told under a version and before."""
        rows = []
        for one in range(version + 1):
            mine = [(day, step) for day, step, of in self.told if of == one]
            if mine:
                days = [day for day, _ in mine]
                rows.append(
                    SaidRow(
                        instance_id=1, unit_code="iit", due_version=one, nearest=min(step for _, step in mine),
                        first_day=min(days), last_day=max(days), informed=False, escalated=None, escalated_again=None,
                    )
                )  # fmt: skip
        return rules.joined(rows, version)

    def run(self, of: Timing, first: date, last: date, *, version: int = 0, away: set[date] | None = None) -> None:
        """Run the mornings from the first day to the last."""
        for day in spread(first, last):
            if self.days.is_working(day) and day not in (away or ()):
                step = step_to_tell(of, self.said(version), day, self.days)
                if step is not None:
                    self.told.append((day, step, version))

    def steps(self, version: int = 0) -> list[int]:
        """Return what was told under a version."""
        return [step for _, step, of in self.told if of == version]


def random_calendar(random: Random) -> tuple[WorkCalendar, WorkingDays]:
    """Weeks of five days with holidays and moved days wherever chance puts them."""
    changes = {
        day: WorkdayChange(day=day, kind=random.choice([DayKind.OFF, DayKind.OFF, DayKind.WORKING]), source="x")
        for day in random.sample(spread(FIRST, LAST), 200)
    }
    calendar = WorkCalendar(public_year=lambda _: PublicYear(), changes=changes)
    return calendar, WorkingDays(calendar.list_working(FIRST, LAST))


@pytest.mark.parametrize("seed", range(60))
def test_over_any_calendar_no_step_comes_twice_none_is_lost_and_none_on_a_day_off(seed: int) -> None:
    random = Random(seed)  # noqa: S311 -- no secret
    calendar, days = random_calendar(random)
    due = date(2026, 1, 1) + DAY * random.randrange(200)
    ladder = tuple(sorted({0, *random.sample(range(1, 60), random.randrange(1, 7))}, reverse=True))
    every, teller = random.randrange(1, 8), Teller(days)
    teller.run(timing(due, ladder=ladder, overdue_every=every), date(2025, 6, 1), due + DAY * 60)
    steps = teller.steps()
    assert steps == sorted(set(steps), reverse=True)
    assert all(calendar.is_working(day) for day, _, _ in teller.told)
    expected: dict[date, int] = {}
    for step in ladder:  # of two steps that fall on one day the nearer is told
        expected[calendar.before(due, step)] = step
    assert [(day, step) for day, step, _ in teller.told if step >= 0] == sorted(
        (day, step) for day, step in expected.items() if day >= date(2025, 9, 1)
    )
    late = [day for day in spread(due + DAY, due + DAY * 60) if calendar.is_working(day)]
    assert [(day, -step) for day, step, _ in teller.told if step < 0] == [
        (day, number) for number, day in enumerate(late, 1) if (number - 1) % every == 0
    ]


@pytest.mark.parametrize("seed", range(60))
def test_whatever_days_were_missed_the_nearest_step_is_told_on_the_next_and_no_other(seed: int) -> None:
    random = Random(seed)  # noqa: S311 -- no secret
    _, days = random_calendar(random)
    due = date(2026, 1, 1) + DAY * random.randrange(200)
    whole, broken = Teller(days), Teller(days)
    away = {day for day in spread(due - DAY * 80, due + DAY * 40) if random.random() < 0.5}
    whole.run(timing(due), due - DAY * 80, due + DAY * 40)
    broken.run(timing(due), due - DAY * 80, due + DAY * 40, away=away)
    steps = broken.steps()
    assert steps == sorted(set(steps), reverse=True)
    assert set(steps) <= set(whole.steps())
    for told, step, _ in whole.told:  # every step was told at the next run, or a nearer one was
        run = next((day for day in spread(told, due + DAY * 40) if days.is_working(day) and day not in away), None)
        assert run is None or any(day <= run and one <= step for day, one, _ in broken.told)


def test_three_days_of_downtime_tell_the_nearest_step_only() -> None:
    teller = Teller(WEEKS)
    due = date(2026, 3, 31)  # a Tuesday: 3 is the 26th, 1 the 30th
    teller.run(timing(due), date(2026, 3, 20), due, away={date(2026, 3, 26), date(2026, 3, 27), date(2026, 3, 30)})
    assert [(day.day, step) for day, step, _ in teller.told] == [(20, 7), (31, 0)]


def test_last_day_on_a_holiday_is_told_of_on_the_working_day_before_it_once() -> None:
    teller = Teller(WEEKS)
    teller.run(timing(date(2026, 3, 29)), date(2026, 3, 23), date(2026, 4, 2))  # a Sunday
    assert [(day.day, step) for day, step, _ in teller.told] == [(23, 7), (25, 3), (27, 0), (30, -1), (2, -4)]


def test_moved_day_begins_anew_without_repeating_what_is_behind() -> None:
    teller = Teller(WEEKS)
    teller.run(timing(date(2026, 3, 31)), date(2026, 3, 1), date(2026, 3, 26))
    assert teller.steps() == [30, 14, 7, 3]
    later = timing(date(2026, 4, 14))  # 14 and 30 of the new day lie before the last reminder
    teller.run(later, date(2026, 3, 27), date(2026, 4, 14), version=1)
    assert teller.steps(1) == [7, 3, 1, 0]


def test_day_moved_nearer_is_told_of_at_once() -> None:
    teller = Teller(WEEKS)
    teller.run(timing(date(2026, 6, 30)), date(2026, 2, 1), date(2026, 2, 28))
    teller.run(timing(date(2026, 3, 10)), date(2026, 3, 2), date(2026, 3, 10), version=1)
    assert [(day.day, step) for day, step, of in teller.told if of == 1] == [(2, 7), (5, 3), (9, 1), (10, 0)]


def test_day_moved_when_it_was_overdue_is_silent_until_the_next_step_of_the_new_one() -> None:
    teller = Teller(WEEKS)
    teller.run(timing(date(2026, 3, 3)), date(2026, 3, 4), date(2026, 3, 9))
    assert teller.steps() == [-1, -4]
    teller.run(timing(date(2026, 3, 17)), date(2026, 3, 10), date(2026, 3, 17), version=1)
    assert teller.steps(1) == [3, 1, 0]


def test_changed_ladder_or_calendar_never_repeats() -> None:
    teller = Teller(WEEKS)
    teller.run(timing(date(2026, 3, 31)), date(2026, 3, 20), date(2026, 3, 20))
    teller.run(timing(date(2026, 3, 31), ladder=(30, 20, 10, 6, 0)), date(2026, 3, 21), date(2026, 3, 31))
    assert teller.steps() == [7, 6, 0]
    holidays = WorkingDays(set(WEEKS._days) - {date(2026, 4, 7)})  # what was 7 days away is 6 now
    assert step_to_tell(timing(date(2026, 4, 10)), Said(nearest=7), date(2026, 4, 1), holidays) is None


def test_what_lies_before_the_beginning_of_reminders_is_not_made_up_for() -> None:
    came = date(2026, 3, 23)
    soon = timing(date(2026, 3, 27), reminds_from=came)  # 4 working days away: 7 is behind, 3 comes
    assert step_to_tell(soon, Said(), came, WEEKS) is None
    assert step_to_tell(soon, Said(), came + DAY, WEEKS) == 3
    assert step_to_tell(replace(soon, ladder=(30,)), Said(), came, WEEKS) == 30  # else it would never be told of
    assert step_to_tell(soon, Said(), came - DAY * 3, WEEKS) is None


def test_what_was_overdue_when_the_plan_came_is_counted_from_that_day_on() -> None:
    came = date(2026, 3, 23)
    old = timing(date(2025, 12, 1), reminds_from=came)
    assert rules.has_arrived_overdue(old)
    teller = Teller(WEEKS)
    teller.run(old, date(2026, 3, 1), date(2026, 3, 31))
    assert [(day.day, step) for day, step, _ in teller.told] == [(23, -1), (26, -4), (31, -7)]
    assert not rules.climbs(old, None, Said(first_day=came), came + DAY, WEEKS)
    assert rules.climbs(old, None, Said(first_day=came), came + DAY * 2, WEEKS)


def test_soft_day_enters_the_ladder_late_and_climbs_after_it_only() -> None:
    soft = timing(date(2026, 6, 30), soft=True)
    assert rules.rungs_of(soft) == (14, 7, 3, 1, 0)
    assert nearest_step(soft, date(2026, 6, 9), WEEKS) is None
    assert nearest_step(soft, date(2026, 6, 10), WEEKS) == 14
    silent = Said(nearest=14, first_day=date(2026, 6, 10))
    assert not rules.climbs(soft, None, silent, date(2026, 6, 30), WEEKS)
    assert rules.climbs(soft, None, silent, date(2026, 7, 1), WEEKS)
    assert rules.climbs(replace(soft, soft=False), None, silent, date(2026, 6, 12), WEEKS)


def duty(state: DutyState) -> Duty:
    return Duty(
        id=1, instance_id=1, unit_code="iit", state=state, due=None, due_version=0, person_id=None, reason="",
        accepted_at=None, done_on=None, reported_on=None, version=1,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("state", "day", "climbs"),
    [
        (None, 12, False),
        (None, 13, True),
        (DutyState.OPEN, 13, True),
        (DutyState.ACCEPTED, 13, False),
        (DutyState.DISPUTED, 13, False),
        (DutyState.RETURNED, 13, False),
        (DutyState.ACCEPTED, 31, False),
    ],
)
def test_silence_of_two_working_days_climbs_until_it_is_accepted(
    state: DutyState | None, day: int, *, climbs: bool
) -> None:
    said = Said(nearest=14, first_day=date(2026, 3, 11))
    held = duty(state) if state else None
    assert rules.climbs(timing(), held, said, date(2026, 3, day), WEEKS) is climbs
    assert rules.climbs(timing(), held, said, date(2026, 4, 1), WEEKS)  # overdue


def test_leadership_hears_two_working_days_after_the_head() -> None:
    said = Said(escalated=date(2026, 3, 12))  # a Thursday
    assert not rules.climbs_on(said, date(2026, 3, 13), WEEKS)
    assert rules.climbs_on(said, date(2026, 3, 16), WEEKS)
    assert not rules.climbs_on(Said(), date(2026, 3, 16), WEEKS)


def test_those_who_take_part_are_informed_once_with_the_first_step() -> None:
    assert not rules.informs(timing(), Said(), date(2026, 2, 16), WEEKS)
    assert rules.informs(timing(), Said(), date(2026, 2, 17), WEEKS)
    assert not rules.informs(timing(), Said(informed=True), date(2026, 3, 31), WEEKS)
    assert not rules.informs(timing(), Said(), date(2026, 4, 1), WEEKS)  # never overdue


@pytest.mark.parametrize("state", DutyState)
def test_who_has_reported_is_not_reminded(state: DutyState) -> None:
    settled = {DutyState.REPORTED, DutyState.DONE, DutyState.RELEASED}
    assert rules.is_settled(duty(state)) is (state in settled)
    assert not rules.is_settled(None)


def test_months_quarters_and_weeks_begin_with_the_first_day_that_was_run() -> None:
    friday, monday = date(2026, 1, 30), date(2026, 2, 2)
    assert rules.begins_month(monday, friday)
    assert rules.begins_week(monday, friday)
    assert not rules.begins_quarter(monday, friday)
    assert rules.begins_quarter(date(2026, 4, 6), date(2026, 3, 20))
    assert not rules.begins_month(friday, date(2026, 1, 29))
    assert not rules.begins_week(friday, date(2026, 1, 29))
