"""Buttons of this feature; they carry ids only."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from services.languages import Language


class OpenChannel(CallbackData, prefix="h1"):
    """Look at a channel or a group."""

    channel_id: int


class RegisterChannel(CallbackData, prefix="h2"):
    """Let announcements go there."""

    channel_id: int


class AskToRemoveChannel(CallbackData, prefix="h3"):
    """Be asked before no announcement goes there any more."""

    channel_id: int


class RemoveChannel(CallbackData, prefix="h4"):
    """Let none go there any more."""

    channel_id: int


class Texts(StrEnum):
    """Whose text goes there."""

    ALL = "all"
    KY = "ky"
    RU = "ru"
    EN = "en"

    @property
    def language(self) -> Language | None:
        """The language; None for all of them in one message."""
        return None if self is Texts.ALL else Language(self.value)


class ChooseChannelTexts(CallbackData, prefix="h5"):
    """Choose whose text goes there."""

    channel_id: int
    texts: Texts


class ListChannelUnits(CallbackData, prefix="h6"):
    """Look for the unit to which it belongs."""

    channel_id: int
    page: int


class ChooseChannelUnit(CallbackData, prefix="h7"):
    """Choose the unit to which it belongs; 0 for the whole university."""

    channel_id: int
    unit_id: int
