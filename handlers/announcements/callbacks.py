"""Buttons of this feature; they carry ids only."""

from aiogram.filters.callback_data import CallbackData


class SendHeld(CallbackData, prefix="ys"):
    """Let an announcement that waits for its author go out after all."""

    announcement_id: int


class CancelHeld(CallbackData, prefix="yc"):
    """End an announcement that waits for its author."""

    announcement_id: int
