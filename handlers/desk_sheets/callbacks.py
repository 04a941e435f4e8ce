"""Buttons of this feature; the one that takes a queue along is everybody's (`handlers.common.callbacks.QueueSheet`)."""

from aiogram.filters.callback_data import CallbackData


class ReviewSheet(CallbackData, prefix="dsr"):
    """Look once more at the kept spreadsheet: it may have been confirmed in part."""

    sheet_id: int


class ConfirmSheet(CallbackData, prefix="dsc"):
    """Do what was shown."""

    sheet_id: int


class CancelSheet(CallbackData, prefix="dsx"):
    """Forget the kept spreadsheet."""

    sheet_id: int
