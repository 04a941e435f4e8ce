"""Buttons of this feature; a day is its number since the first day of the first year."""

from datetime import date

from aiogram.filters.callback_data import CallbackData

from services.expiries.dto import Paper


class NoteApplied(CallbackData, prefix="ea"):
    """The person has applied for a new paper already."""

    paper: Paper
    day: int


class TakeBackApplied(CallbackData, prefix="eb"):
    """The person has not applied after all."""

    paper: Paper
    day: int


class ListEndings(CallbackData, prefix="ep"):
    """Look at whose papers end at one's office."""

    page: int


def day_of(number: int) -> date:
    """Return the day that a button means; one made by hand means the nearest that there is."""
    return date.fromordinal(min(max(number, date.min.toordinal()), date.max.toordinal()))
