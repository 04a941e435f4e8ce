"""Buttons of this feature; a day is its number since the first day of the first year."""

from datetime import date

from aiogram.filters.callback_data import CallbackData

from services.workdays.dto import DayKind

_FIRST, _LAST = date(1992, 1, 1).toordinal(), date(2199, 12, 31).toordinal()


def day_of(number: int) -> date:
    """Return the day that a button means; one made by hand means the nearest that the calendar knows."""
    return date.fromordinal(min(max(number, _FIRST), _LAST))


class OpenMonths(CallbackData, prefix="wm"):
    """Look at the month of a day and the next."""

    day: int


class NoteDay(CallbackData, prefix="wn"):
    """Note how a day is worked."""


class ChooseDayKind(CallbackData, prefix="wk"):
    """The day is of this kind."""

    day: int
    kind: DayKind


class LeaveDecisionOut(CallbackData, prefix="wd"):
    """Nobody knows when it was decided."""

    day: int


class AskToForgetDay(CallbackData, prefix="wa"):
    """Think of letting the country's calendar hold for a day."""

    day: int


class ForgetDay(CallbackData, prefix="wf"):
    """Let the country's calendar hold for a day."""

    day: int
