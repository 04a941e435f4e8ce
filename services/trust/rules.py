"""Rules of talks, without I/O."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from services.access import Actor, Role
from services.delivery.dto import Urgency
from services.trust.dto import TypedTimes
from services.trust.errors import PlaceNeeded, TimesPast, TimesUnreadable

#: Minutes that a talk may take.
LENGTHS = (20, 30, 45, 60)
#: How far ahead times are offered.
FARTHEST = timedelta(days=92)
LONGEST_PLACE = 100
#: When both are reminded on the day, by the university's clocks.
MORNING = time(8)
#: What starts sooner is told at once, also at night.
SOON = timedelta(hours=24)

_TYPED = re.compile(
    r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})(?:[./](?P<year>\d{4}))?\.?,?\s+"
    r"(?P<from>\d{1,2}[:.]\d{2})\s*[-–—]\s*(?P<until>\d{1,2}[:.]\d{2})(?:[,;]?\s+(?P<place>\S.*))?"
)


def is_officer(actor: Actor) -> bool:
    """Tell whether the actor holds talks."""
    return actor.has(Role.TRUST_OFFICER)


def read_times(text: str, today: date) -> TypedTimes:
    """Read "25.11 14:00-16:00 Room 101"; without a year it is the next such day, the place may be missing.

    Raises:
        TimesUnreadable: it is something else.
        TimesPast: the day is over, or too far ahead.
        PlaceNeeded: the place is too long.
    """
    found = _TYPED.fullmatch(" ".join(text.split()))
    if found is None:
        raise TimesUnreadable
    try:
        day = _day(found["day"], found["month"], found["year"], today)
        start, until = (_time(found[name]) for name in ("from", "until"))
    except ValueError as error:
        raise TimesUnreadable from error
    if start >= until:
        raise TimesUnreadable
    if not today <= day <= today + FARTHEST:
        raise TimesPast(FARTHEST.days)
    place = found["place"] or ""
    if len(place) > LONGEST_PLACE:
        raise PlaceNeeded(LONGEST_PLACE)
    return TypedTimes(day=day, start=start, until=until, place=place)


def cut(starts_at: datetime, until: datetime, minutes: int) -> list[tuple[datetime, datetime]]:
    """Return the talks of so many minutes that fit between two moments; a rest that is too short is left."""
    return list(pairwise(_marks(starts_at, until, timedelta(minutes=minutes))))


def urgency_of(starts_at: datetime, now: datetime) -> Urgency:
    """Say how news of a talk go out: what is soon must not wait for the morning or for the evening's digest."""
    return Urgency.URGENT if starts_at - now < SOON else Urgency.NORMAL


def _marks(starts_at: datetime, until: datetime, step: timedelta) -> Iterator[datetime]:
    while starts_at <= until:
        yield starts_at
        starts_at += step


def _day(day: str, month: str, year: str | None, today: date) -> date:
    if year is not None:
        return date(int(year), int(month), int(day))
    this_year = date(today.year, int(month), int(day))
    return this_year if this_year >= today else date(today.year + 1, int(month), int(day))


def _time(text: str) -> time:
    hour, minute = text.replace(".", ":").split(":")
    return time(int(hour), int(minute))
