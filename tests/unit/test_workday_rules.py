"""Which days are worked in Kyrgyzstan, and how terms of working days end."""

from datetime import date, timedelta

import pytest

from services.languages import Trilingual
from services.workdays.almanac import public_year
from services.workdays.changes_file import read_changes
from services.workdays.dto import DayKind, WorkdayChange
from services.workdays.errors import ChangesUnreadable, DayOutOfReach, DecidedLater, SourceNeeded, SourceTooLong
from services.workdays.rules import LONGEST_SOURCE, WorkCalendar, check_change

MONDAY_TO_SATURDAY = frozenset(range(6))
TODAY = date(2026, 11, 21)


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


#: Days off of 2026 by the Labour Code of 2025 (article on holidays and the two breaks), written down by hand.
OFF_IN_2026 = {
    *days(date(2026, 1, 1), date(2026, 1, 7)),  # New Year, the break after it, Christmas
    date(2026, 3, 8),  # a Sunday: since 2025 nothing is moved to the Monday
    date(2026, 3, 20),  # Orozo Ait, by decree
    date(2026, 3, 21),  # Nooruz
    *days(date(2026, 5, 1), date(2026, 5, 9)),  # 1, 5 and 9 May and the break between them
    date(2026, 5, 27),  # Kurman Ait, by decree
    date(2026, 8, 31),
}
#: Days off until the Labour Code of 2025 made them holidays that are worked.
WORKED_SINCE_2025 = [date(2026, 2, 23), date(2026, 4, 7), date(2026, 11, 7), date(2026, 11, 8)]


def calendar(*changes: WorkdayChange, week: frozenset[int] | None = None) -> WorkCalendar:
    noted = {change.day: change for change in changes}
    if week is None:
        return WorkCalendar(public_year=public_year, changes=noted)
    return WorkCalendar(public_year=public_year, changes=noted, week=week)


def change(day: date, kind: DayKind, source: str = "Буйрук № 5", decided_on: date | None = None) -> WorkdayChange:
    return WorkdayChange(day=day, kind=kind, source=source, decided_on=decided_on)


def test_days_off_of_2026_are_those_of_the_labour_code() -> None:
    assert set(public_year(2026).holidays) == OFF_IN_2026
    assert not any(holiday.estimated for holiday in public_year(2026).holidays.values())


def test_days_of_defenders_april_revolution_and_ancestors_are_worked_by_the_code_of_2025() -> None:
    worked = calendar(week=frozenset(range(7)))
    assert [worked.is_working(day) for day in WORKED_SINCE_2025] == [True] * 4
    assert not any(worked.is_working(day.replace(year=2024)) for day in WORKED_SINCE_2025)


def test_holidays_by_the_moon_are_estimated_until_they_are_decreed_and_named_in_three_languages() -> None:
    estimated = {day: one for day, one in public_year(2027).holidays.items() if one.estimated}
    assert list(estimated) == [date(2027, 3, 9), date(2027, 5, 16)]
    assert estimated[date(2027, 3, 9)].name == Trilingual(ky="Орозо айт", ru="Орозо айт", en="Eid al-Fitr")
    assert public_year(2027).holidays[date(2027, 5, 9)].name.ru == "День Победы"


def test_day_of_rest_that_the_country_moved_is_worked() -> None:
    moved = calendar()
    assert moved.is_working(date(2025, 1, 11))  # a Saturday, for Thursday the 2nd
    assert not moved.is_working(date(2025, 1, 2))
    assert not moved.is_working(date(2025, 1, 12))


@pytest.mark.parametrize(
    ("day", "promised", "end"),
    [
        (date(2026, 11, 20), 0, date(2026, 11, 20)),  # a Friday
        (date(2026, 11, 21), 0, date(2026, 11, 23)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # made on a Saturday
        (date(2026, 11, 23), 5, date(2026, 11, 30)),
        (date(2026, 12, 30), 3, date(2027, 1, 11)),  # over New Year: 31 December, 8 and 11 January
        (date(2027, 1, 1), 0, date(2027, 1, 8)),
        (date(2026, 4, 30), 1, date(2026, 5, 11)),  # over the break of May
    ],
)
def test_promise_ends_after_so_many_working_days(day: date, promised: int, end: date) -> None:
    assert calendar().add(day, promised) == end


def test_counting_back_mirrors_counting_on() -> None:
    plain = calendar()
    assert plain.before(date(2027, 1, 11), 3) == date(2026, 12, 30)
    assert plain.before(date(2026, 11, 22), 0) == date(2026, 11, 20)
    for promised in range(1, 30):
        assert plain.before(plain.add(date(2026, 11, 23), promised), promised) == date(2026, 11, 23)


def test_noted_day_goes_before_holiday_and_week() -> None:
    moved = calendar(
        change(date(2026, 11, 28), DayKind.WORKING),
        change(date(2026, 11, 23), DayKind.OFF),
        change(date(2026, 11, 24), DayKind.SHORT),
        change(date(2026, 5, 4), DayKind.WORKING),
    )
    assert moved.add(date(2026, 11, 20), 1) == date(2026, 11, 24)  # a short day is worked
    assert moved.add(date(2026, 11, 27), 1) == date(2026, 11, 28)
    assert moved.is_working(date(2026, 5, 4))
    looked = moved.look_at(date(2026, 5, 4))
    assert looked.holiday is not None
    assert looked.change is not None
    assert moved.look_at(date(2026, 11, 24)).kind is DayKind.SHORT


def test_six_days_are_worked_where_the_university_says_so() -> None:
    six = calendar(week=MONDAY_TO_SATURDAY)
    assert six.add(date(2026, 11, 20), 1) == date(2026, 11, 21)
    assert six.count(date(2026, 11, 1), date(2026, 11, 30)) == 25


def test_year_tells_how_many_days_are_worked_and_what_the_week_does_not_explain() -> None:
    noted = change(date(2026, 11, 28), DayKind.WORKING)
    year = calendar(noted).look_over(date(2026, 1, 1), date(2026, 12, 31))
    assert year.working == 261 - 14 + 1  # weekdays of 2026, days off among them, one Saturday
    assert {one.day for one in year.notable} == OFF_IN_2026 | {noted.day}


def test_change_is_stored_on_one_line() -> None:
    told = change(date(2026, 12, 31), DayKind.SHORT, "  Министрлер Кабинетинин\nбуйругу  № 7 ", date(2026, 11, 20))
    assert check_change(told, TODAY).source == "Министрлер Кабинетинин буйругу № 7"


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        (change(date(2024, 12, 31), DayKind.OFF), DayOutOfReach),
        (change(date(2030, 1, 1), DayKind.OFF), DayOutOfReach),
        (change(date(2026, 12, 31), DayKind.OFF, " \n\x00"), SourceNeeded),
        (change(date(2026, 12, 31), DayKind.OFF, "б" * (LONGEST_SOURCE + 1)), SourceTooLong),
        (change(date(2026, 12, 31), DayKind.OFF, decided_on=date(2026, 11, 22)), DecidedLater),
    ],
)
def test_change_that_cannot_be_is_refused(told: WorkdayChange, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        check_change(told, TODAY)


def test_file_of_changes_is_read_with_days_as_offices_write_them() -> None:
    text = "day,kind,source,decided_on\n2026-12-31,short,Буйрук № 7,20.11.2026\n28.11.2026,WORKING,Токтом,\n"
    assert read_changes(text.encode()) == [
        change(date(2026, 12, 31), DayKind.SHORT, "Буйрук № 7", date(2026, 11, 20)),
        change(date(2026, 11, 28), DayKind.WORKING, "Токтом"),
    ]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ("2026-12-31,free,Буйрук,", "row 2: kind must be off, working or short, not free"),
        ("2026-13-31,off,Буйрук,", "row 2: day is no day: 2026-13-31"),
        ("2026-12-31,off,,", "row 2 has no source"),
        ("2026-12-31,off,Буйрук,кечээ", "row 2: decided_on is no day: кечээ"),
        ("2026-12-31,off,Буйрук № 7, 1-пункт,2026-11-20", "row 2 has more cells"),
        ("2026-12-31,off,Буйрук,\n31.12.2026,off,Буйрук,", "these days stand twice: 2026-12-31"),
    ],
)
def test_file_with_a_wrong_row_is_refused_with_the_reason(lines: str, reason: str) -> None:
    with pytest.raises(ChangesUnreadable) as refused:
        read_changes(f"day,kind,source,decided_on\n{lines}\n".encode())
    assert refused.value.reason.startswith(reason)


def test_file_that_is_no_table_of_changes_is_refused() -> None:
    with pytest.raises(ChangesUnreadable) as refused:
        read_changes(b"code,name\nmti,MTI\n")
    assert refused.value.fault is not None
