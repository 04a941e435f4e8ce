"""Buttons of this feature."""

from aiogram.filters.callback_data import CallbackData


class SendRoster(CallbackData, prefix="rsf"):
    """Begin to send a file."""


class ConfirmImport(CallbackData, prefix="rsi"):
    """Import the kept file; `removals` may be lost by that. `sure`: they were asked about."""

    draft_id: int
    removals: int
    sure: bool


class CancelImport(CallbackData, prefix="rsc"):
    """Forget the kept file."""

    draft_id: int


class UndoImport(CallbackData, prefix="rsu"):
    """Take an import back. `sure`: it was asked about."""

    import_id: int
    sure: bool


class ListCorrections(CallbackData, prefix="rsl"):
    """List what the officials have put right."""
