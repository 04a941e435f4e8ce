"""Buttons of this feature; they carry ids and a topic, nothing else."""

from aiogram.filters.callback_data import CallbackData

from services.trust.dto import Topic


class BeginTalk(CallbackData, prefix="Ta"):
    """Ask for a personal talk."""


class ChooseOfficer(CallbackData, prefix="Tb"):
    """Talk with this officer."""

    officer_id: int


class ChooseTopic(CallbackData, prefix="Tc"):
    """Talk about this."""

    officer_id: int
    topic: Topic


class ChooseSlot(CallbackData, prefix="Td"):
    """Talk at this time."""

    slot_id: int
    topic: Topic


class BookTalk(CallbackData, prefix="Te"):
    """Book it."""

    slot_id: int
    topic: Topic


class AskCancel(CallbackData, prefix="Tf"):
    """Want to cancel one's talk."""

    talk_id: int


class CancelTalk(CallbackData, prefix="Tg"):
    """Cancel one's talk."""

    talk_id: int


class AskTimes(CallbackData, prefix="Th"):
    """Want to offer times."""


class CutTimes(CallbackData, prefix="Ti"):
    """Offer talks of so many minutes in what was typed."""

    minutes: int


class OpenSlot(CallbackData, prefix="Tj"):
    """Look at one of the officer's times."""

    slot_id: int


class WithdrawSlot(CallbackData, prefix="Tk"):
    """Take a free time back."""

    slot_id: int


class AskCallOff(CallbackData, prefix="Tl"):
    """Want to cancel the talk of a time."""

    slot_id: int


class CallOff(CallbackData, prefix="Tm"):
    """Cancel the talk of a time."""

    slot_id: int


class OfferAgain(CallbackData, prefix="Tn"):
    """Let a time be booked again."""

    slot_id: int
