"""A day and a time as people type them."""

import re
from datetime import date, time, timedelta

from services.announcements.errors import MomentUnreadable

_TYPED = re.compile(
    r"(?:(?P<day>\d{1,2})[./](?P<month>\d{1,2})(?:[./](?P<year>\d{4}))?\.?[ ,]+)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})"
)
#: A day without a year that is longer past than this is one of the next year.
_LONG_PAST = timedelta(days=180)


def read_moment(text: str, today: date, now: time) -> tuple[date, time]:
    """Return the day and the time of `25.11 14:30`, `25.11.2026 14:30` or `14:30` (today, else tomorrow).

    Raises:
        MomentUnreadable: it is none.
    """
    found = _TYPED.fullmatch(" ".join(text.split()))
    if found is None:
        raise MomentUnreadable
    try:
        at = time(int(found["hour"]), int(found["minute"]))
        if found["day"] is None:
            return (today if at > now else today + timedelta(days=1)), at
        day = date(int(found["year"] or today.year), int(found["month"]), int(found["day"]))
        if found["year"] is None and today - day > _LONG_PAST:
            day = day.replace(year=day.year + 1)
    except ValueError as error:
        raise MomentUnreadable from error
    return day, at
