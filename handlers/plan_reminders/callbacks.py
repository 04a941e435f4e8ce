"""Buttons of this feature."""

from aiogram.filters.callback_data import CallbackData


class WriteLetter(CallbackData, prefix="n3"):
    """Print a letter to a unit that nobody hears for."""

    plan_id: int
    unit_id: int


class TakeForecast(CallbackData, prefix="n4"):
    """Take the dry run of a year along as a spreadsheet."""

    plan_id: int
