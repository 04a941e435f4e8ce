"""Buttons of this feature; they carry ids and hours only."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from services.announcements.dto import Category


class ReadyChoice(StrEnum):
    """Quiet hours that need no numbers."""

    USUAL = "u"
    NONE = "n"


class OpenQuietHours(CallbackData, prefix="qh"):
    """Look at the quiet hours."""


class KeepReadyChoice(CallbackData, prefix="qk"):
    """Take the university's quiet hours, or none."""

    choice: ReadyChoice


class ChooseStart(CallbackData, prefix="hf"):
    """Begin to choose one's own hours."""


class ChooseEnd(CallbackData, prefix="he"):
    """They begin at this hour; choose until when."""

    start: int


class KeepHours(CallbackData, prefix="hs"):
    """Take these hours."""

    start: int
    until: int


class TypeHours(CallbackData, prefix="qt"):
    """Write hours that have no button."""


class KeepSilence(CallbackData, prefix="sd"):
    """Let ordinary messages come without a sound, or with one."""

    silent: bool


class KeepGathering(CallbackData, prefix="ja"):
    """Let ordinary messages come together in the evening, or at once."""

    gathered: bool


class KeepCategory(CallbackData, prefix="jb"):
    """Let ordinary announcements of a category come, or not."""

    category: Category
    wanted: bool


class AskToUnlink(CallbackData, prefix="ua"):
    """Think of unlinking the account."""


class Unlink(CallbackData, prefix="ul"):
    """Unlink the account from this very person."""

    person_id: int
