"""Figures that tell of groups and never of single people."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from services.bulletin.figures import Step, UnitFigures
from services.bulletin.rules import LEAST, shown_units, timeline_of
from services.languages import Trilingual
from tests.support.papers import BishkekCalendar

SINCE = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)  # half past noon in Bishkek
CALENDAR = BishkekCalendar()


def units(*recipients: int, without: int = 0) -> list[UnitFigures]:
    """Units of so many people, each of whom got it and half of whom confirmed; and people of no unit."""
    named = [
        UnitFigures(code=f"u{place}", name=Trilingual(ky=f"Бөлүм {place}"), recipients=number, sent=number,
                    read=number // 2)
        for place, number in enumerate(recipients)
    ]  # fmt: skip
    nobodys = UnitFigures(code="", name=Trilingual(), recipients=without, sent=without, read=0)
    return [*named, *([nobodys] if without else [])]


def counted(shown: Sequence[UnitFigures]) -> list[tuple[str, int]]:
    return [(unit.code, unit.recipients) for unit in shown]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (units(30, 20), [("u0", 30), ("u1", 20)]),
        (units(20, 30), [("u1", 30), ("u0", 20)]),
        (units(30, 20, 5, 6), [("u0", 30), ("u1", 20), ("", 11)]),
        (units(30, 20, 9), [("u0", 30), ("", 29)]),  # 59 - 30 - 20 would tell of nine people
        (units(30, 20, 4, 5), [("u0", 30), ("", 29)]),
        (units(30, 20, without=3), [("u0", 30), ("", 23)]),
        (units(30, 20, without=12), [("u0", 30), ("u1", 20), ("", 12)]),
        (units(30, 20, 1, without=9), [("u0", 30), ("u1", 20), ("", 10)]),
        (units(10, 10), [("u0", 10), ("u1", 10)]),
        (units(30, 9), []),  # one alone with all others is the whole
        (units(9, 9), []),
        (units(without=40), []),
        ([], []),
    ],
    ids=str,
)
def test_small_units_are_counted_together(given: list[UnitFigures], shown: list[tuple[str, int]]) -> None:
    assert counted(shown_units(given)) == shown


@pytest.mark.parametrize("small", range(1, LEAST))
@pytest.mark.parametrize("large", [(), (10,), (11, 10), (50, 40, 30), (10, 10, 10)], ids=str)
@pytest.mark.parametrize("more", [(), (1,), (9, 8)], ids=str)
def test_no_small_group_is_left_when_the_shown_ones_are_taken_from_the_whole(
    small: int, large: tuple[int, ...], more: tuple[int, ...]
) -> None:
    given = units(small, *large, *more)
    shown = shown_units(given)
    whole = sum(unit.recipients for unit in given)
    if shown:
        assert sum(unit.recipients for unit in shown) == whole
        assert sum(unit.read for unit in shown) == sum(unit.read for unit in given)
    named = sum(unit.recipients for unit in shown if unit.code)
    assert whole - named == 0 or whole - named >= LEAST or not shown
    assert all(unit.recipients >= LEAST for unit in shown)


def test_readings_of_two_days_are_shown_by_the_hour() -> None:
    hour = SINCE.replace(minute=0)
    timeline = timeline_of([(hour, 4), (hour + timedelta(hours=3), 2)], SINCE, CALENDAR)
    assert timeline.step is Step.HOUR
    assert [bar.readings for bar in timeline.bars] == [4, 0, 0, 2]
    assert timeline.bars[0].begins_at == hour


@pytest.mark.parametrize(
    ("days", "step", "bars", "last"),
    [(3, Step.DAY, 4, 3), (59, Step.DAY, 60, 59), (90, Step.WEEK, 13, 84)],
)
def test_readings_of_longer_are_shown_by_the_universitys_day_or_week(
    days: int, step: Step, bars: int, last: int
) -> None:
    readings = [(SINCE, 1), (SINCE + timedelta(hours=11), 5), (SINCE + timedelta(days=days), 2)]
    timeline = timeline_of(readings, SINCE, CALENDAR)
    assert (timeline.step, len(timeline.bars)) == (step, bars)
    midnight = datetime(2026, 11, 20, 18, tzinfo=UTC)
    assert timeline.bars[0].begins_at == midnight
    assert timeline.bars[-1].begins_at == midnight + timedelta(days=last)
    assert (timeline.bars[0].readings, timeline.bars[-1].readings) == (6, 2)


def test_without_readings_there_is_no_timeline() -> None:
    assert timeline_of([], SINCE, CALENDAR).bars == ()
