"""Buttons of this feature; they carry ids only."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from services.languages import Language


class Way(StrEnum):
    """How somebody without a code wants to be recognised."""

    CONTACT = "contact"
    REQUEST = "request"


class RequestField(StrEnum):
    """What the form asks for, in this order."""

    NAME = "name"
    GROUP = "group"
    NUMBER = "number"


class LinkBy(CallbackData, prefix="lb"):
    """Choose a way."""

    way: Way


class GiveConsent(CallbackData, prefix="yes"):
    """Agree to the text that stands above the button."""

    version: str
    language: Language


class DeclineConsent(CallbackData, prefix="no"):
    """Do not agree."""


class DisownLink(CallbackData, prefix="dl"):
    """Say, as the former account, that this link is not mine."""

    link_id: int


class EditRequest(CallbackData, prefix="qe"):
    """Write one of the facts anew."""

    field: RequestField


class SendRequest(CallbackData, prefix="qs"):
    """Send what was typed."""


class DropRequest(CallbackData, prefix="qd"):
    """Leave the form."""


class WithdrawRequest(CallbackData, prefix="qw"):
    """Take back the request that waits."""
