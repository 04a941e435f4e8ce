"""Buttons of this feature; they carry ids only."""

from aiogram.filters.callback_data import CallbackData

from services.languages import Language


class BeginCorrection(CallbackData, prefix="kb"):
    """Choose which text is corrected."""

    announcement_id: int


class WriteCorrection(CallbackData, prefix="k3"):
    """Write a corrected text in a language."""

    announcement_id: int
    language: Language


class SendCorrection(CallbackData, prefix="k4"):
    """Change all messages into this version of a correction."""

    revision_id: int
    version: int


class DropCorrection(CallbackData, prefix="k5"):
    """Forget this version of a correction that nobody saw."""

    announcement_id: int
    version: int


class DecideCorrection(CallbackData, prefix="k7"):
    """The approver's word about this version of a correction."""

    revision_id: int
    version: int
    approved: bool


class TakeBack(CallbackData, prefix="k8"):
    """Take an announcement back; `asked`: how often that was asked already."""

    announcement_id: int
    asked: int = 0


class ListUnreached(CallbackData, prefix="k9"):
    """Take along the list of those who keep what was sent first."""

    announcement_id: int


class TakeText(CallbackData, prefix="k0"):
    """Take a text along for another place."""

    announcement_id: int
    language: Language
    site: bool
