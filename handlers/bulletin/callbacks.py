"""Buttons of this feature; they carry ids and numbers only."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData


class TurnPage(CallbackData, prefix="j3"):
    """Look at a page of the last announcements."""

    page: int


class OpenEntry(CallbackData, prefix="j4"):
    """Look at one whole; `page`: where to go back to."""

    announcement_id: int
    page: int = 0


class SheetForm(StrEnum):
    """As what figures are taken along."""

    XLSX = "x"
    CSV = "c"


class TakePicture(CallbackData, prefix="j5"):
    """Take the figures of an announcement as a picture."""

    announcement_id: int


class TakeSheet(CallbackData, prefix="j6"):
    """Take the figures of an announcement as a table."""

    announcement_id: int
    form: SheetForm


class TakeTotals(CallbackData, prefix="j8"):
    """Take the list of announcements of the last so many days as a table."""

    days: int
    form: SheetForm


class SendReminder(CallbackData, prefix="j9"):
    """Let the reminder go out."""

    announcement_id: int
