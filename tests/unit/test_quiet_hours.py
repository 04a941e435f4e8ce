"""Quiet hours as people write them."""

from datetime import time

import pytest

from services.delivery.quiet_hours import NO_QUIET_HOURS, QuietHours, read_quiet_hours


@pytest.mark.parametrize(
    ("written", "start", "until"),
    [
        ("22:30-07:15", time(22, 30), time(7, 15)),
        (" 22.30 – 7 ", time(22, 30), time(7)),
        ("13-15", time(13), time(15)),
        ("0:00—6:05", time(0), time(6, 5)),
    ],
)
def test_span_is_understood_in_any_usual_spelling(written: str, start: time, until: time) -> None:
    assert read_quiet_hours(written) == QuietHours(start=start, until=until)


@pytest.mark.parametrize(
    "written", ["", "22:00", "24:00-07:00", "22:60-7", "7-7", "22:00-07:00-08:00", "в десять", "22:0-7"]
)
def test_anything_else_is_no_span(written: str) -> None:
    assert read_quiet_hours(written) is None


def test_span_is_shown_with_hours_and_minutes() -> None:
    assert str(QuietHours(start=time(9), until=time(13, 5))) == "09:00–13:05"
    assert not NO_QUIET_HOURS.any
