"""Buttons of this feature; they carry ids only."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from services.announcements.sending_dto import Option


class SendHeld(CallbackData, prefix="ys"):
    """Let an announcement that waits for its author go out after all."""

    announcement_id: int


class CancelHeld(CallbackData, prefix="yc"):
    """End an announcement that waits for its author."""

    announcement_id: int


class SwitchOption(CallbackData, prefix="z2"):
    """Switch something of how a draft goes out."""

    draft_id: int
    version: int
    option: Option


class When(StrEnum):
    """When a draft is to go out. The moments are hours of today and of tomorrow."""

    ASK = "a"
    NOW = "n"
    TODAY_MORNING = "09"
    TODAY_NOON = "012"
    TODAY_EVENING = "018"
    TOMORROW_MORNING = "19"
    TOMORROW_NOON = "112"
    TOMORROW_EVENING = "118"


class ChooseTime(CallbackData, prefix="z3"):
    """Choose when a draft goes out."""

    draft_id: int
    version: int
    when: When


class Preview(CallbackData, prefix="z4"):
    """Look at a draft as its readers will, or let the test group look."""

    draft_id: int
    group: bool


class Submit(CallbackData, prefix="z5"):
    """Send a draft as it is shown, or ask for its approval. `anyway`: also where the same text went out before."""

    draft_id: int
    version: int
    anyway: bool


class OpenApproval(CallbackData, prefix="z6"):
    """Look at what waits for an approval."""

    announcement_id: int


class Decide(CallbackData, prefix="z7"):
    """Approve what was shown, or send it back."""

    announcement_id: int
    version: int
    approve: bool


class Step(StrEnum):
    """What can be done with what is on its way."""

    FOLLOW = "f"
    PAUSE = "p"
    RESUME = "r"
    ASK_CANCEL = "a"
    CANCEL = "c"
    UNKNOWN = "u"
    FAILED = "x"


class Steer(CallbackData, prefix="z8"):
    """Pause, resume, end or repeat what is on its way, or watch it."""

    announcement_id: int
    step: Step


class TakeBack(CallbackData, prefix="z9"):
    """Make a draft again of what was submitted."""

    draft_id: int
    version: int
