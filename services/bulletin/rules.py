"""Rules of figures and reminders, without I/O."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from services.access import Actor
from services.announcements.dto import Announcement
from services.announcements.rules import check_sending
from services.bulletin.figures import Bar, Step, Timeline, UnitFigures
from services.languages import Trilingual
from services.ports import Calendar

#: Of fewer people no figures are shown by themselves.
LEAST = 10
_HOURS = timedelta(hours=48)
_DAYS = timedelta(days=60)
_WEEK = 7


def shown_readings(read: int, recipients: int) -> int | None:
    """Return how many have read it; None where whoever knows the recipients could guess who."""
    return read if recipients >= LEAST else None


def shown_units(units: Sequence[UnitFigures]) -> tuple[UnitFigures, ...]:
    """Return the units that may be shown, the largest first, and all others as one.

    Whoever takes the shown ones from the whole must not be left with fewer than `LEAST` either: then the smallest of
    the shown ones goes to the others. People of no unit are among the others.
    """
    ordered = sorted(units, key=lambda unit: (-unit.recipients, unit.code))
    shown = [unit for unit in ordered if unit.code and unit.recipients >= LEAST]
    others = [unit for unit in ordered if unit not in shown]
    if others and shown and sum(unit.recipients for unit in others) < LEAST:
        others.append(shown.pop())
    if not shown:
        return ()
    return (*shown, *([_together(others)] if others else ()))


def timeline_of(readings: Sequence[tuple[datetime, int]], since: datetime, calendar: Calendar) -> Timeline:
    """Put readings (an hour and how many) into bars: by the hour for two days, by the day for two months, by the week.

    Days are the university's.
    """
    if not readings:
        return Timeline()
    last = max(moment for moment, _number in readings)
    if last - since <= _HOURS:
        first = min(since, *(moment for moment, _number in readings)).replace(minute=0, second=0, microsecond=0)
        hour = timedelta(hours=1)
        places = [((moment - first) // hour, number) for moment, number in readings]
        starts = [first + hour * place for place in range((last - first) // hour + 1)]
        return Timeline(step=Step.HOUR, bars=_bars(starts, places))
    width = 1 if last - since <= _DAYS else _WEEK
    day = calendar.today(since)
    places = [((calendar.today(moment) - day).days // width, number) for moment, number in readings]
    days = [day + timedelta(days=width * place) for place in range(max(place for place, _number in places) + 1)]
    starts = [calendar.moment_of(begins_on, time(0)) for begins_on in days]
    return Timeline(step=Step.DAY if width == 1 else Step.WEEK, bars=_bars(starts, places))


def check_reminding(actor: Actor, announcement: Announcement | None) -> None:
    """Refuse whoever may not remind its readers: who may let it go out may."""
    check_sending(actor, announcement)


def _together(units: Sequence[UnitFigures]) -> UnitFigures:
    return UnitFigures(
        code="",
        name=Trilingual(),
        recipients=sum(unit.recipients for unit in units),
        sent=sum(unit.sent for unit in units),
        read=sum(unit.read for unit in units),
    )


def _bars(starts: Sequence[datetime], places: Sequence[tuple[int, int]]) -> tuple[Bar, ...]:
    counted = [0] * len(starts)
    for place, number in places:
        counted[max(0, place)] += number
    return tuple(Bar(begins_at=start, readings=number) for start, number in zip(starts, counted, strict=True))
