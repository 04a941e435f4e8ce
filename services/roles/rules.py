"""Rules of roles, without I/O."""

from collections.abc import Sequence
from datetime import date

from services.access import Role
from services.people.rules import typed_words
from services.roles.dto import Grant, GrantState, Period, UnitName
from services.roles.errors import PeriodIsOver, UnitNeeded, WrongPeriod

#: Roles that exist in a unit only.
UNIT_ROLES = frozenset({Role.UNIT_HEAD, Role.UNIT_STAFF})
#: Roles for which a unit is asked; others are given for the whole university. A registrar's unit is a desk.
ROLES_WITH_UNIT = UNIT_ROLES | {Role.EDITOR, Role.REGISTRAR}

_LONGEST_TELEGRAM_ID = 15  # digits; Telegram promises at most 52 bits


def telegram_id_of(text: str) -> int | None:
    """Return the Telegram id that a text is, if it can be one."""
    digits = text.isascii() and text.isdecimal() and len(text) <= _LONGEST_TELEGRAM_ID
    return int(text) or None if digits else None


def check_unit(role: Role, unit: str | int | None) -> None:
    """Refuse a role of a unit without its unit."""
    if role in UNIT_ROLES and unit is None:
        raise UnitNeeded(role)


def check_period(period: Period, today: date) -> None:
    """Refuse days that are none, or past."""
    if period.last is None:
        return
    if period.first is not None and period.first > period.last:
        raise WrongPeriod
    if period.last < today:
        raise PeriodIsOver(period.last)


def overlap(one: Period, other: Period) -> bool:
    """Tell whether two periods have a day in common."""
    return _begins_by(one, other.last) and _begins_by(other, one.last)


def common(one: Period, other: Period) -> Period:
    """Return the days that two periods have in common."""
    firsts = [day for day in (one.first, other.first) if day is not None]
    lasts = [day for day in (one.last, other.last) if day is not None]
    return Period(first=max(firsts, default=None), last=min(lasts, default=None))


def state_of(period: Period, today: date, *, ended: bool = False, waits: bool, rests: bool) -> GrantState:
    """Tell whether a grant gives its holder the role today, and if not, why."""
    if ended or (period.last is not None and period.last < today):
        return GrantState.PAST
    if waits:
        return GrantState.WAITING
    if rests:
        return GrantState.RESTING
    if period.first is not None and period.first > today:
        return GrantState.NOT_YET
    return GrantState.IN_FORCE


def is_told(grant: Grant) -> bool:
    """Tell whether the account hears of what happens to the grant: a lost phone or an old one does not."""
    return grant.wrote and grant.state in {GrantState.IN_FORCE, GrantState.NOT_YET}


def matching(units: Sequence[UnitName], text: str) -> list[UnitName]:
    """Return the units of whose names, abbreviation, code or aliases every typed word begins a word."""
    typed = typed_words(text)
    return [unit for unit in units if typed and _answers_to(unit, typed)]


def _answers_to(unit: UnitName, typed: Sequence[str]) -> bool:
    names = (unit.code, unit.abbreviation, unit.name.ky, unit.name.ru, unit.name.en, *unit.aliases)
    words = [word for name in names for word in typed_words(name)]
    return all(any(word.startswith(part) for word in words) for part in typed)


def _begins_by(period: Period, day: date | None) -> bool:
    return period.first is None or day is None or period.first <= day
