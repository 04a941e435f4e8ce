"""Buttons of this feature; they carry ids and numbers only."""

from aiogram.filters.callback_data import CallbackData


class TurnPage(CallbackData, prefix="j3"):
    """Look at a page of the last announcements."""

    page: int


class OpenEntry(CallbackData, prefix="j4"):
    """Look at one whole; `page`: where to go back to."""

    announcement_id: int
    page: int = 0
