"""Buttons of this feature; they carry ids only. `version`: of the sitting as it was shown."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from services.sittings.dto import Paper


class MakeSittings(CallbackData, prefix="psm"):
    """Make the sittings that the plan prints."""

    plan_id: int


class NewSitting(CallbackData, prefix="psn"):
    """Make a sitting by hand."""

    plan_id: int


class SittingAct(StrEnum):
    """What is done with a sitting."""

    DAY = "d"
    MATERIALS = "m"
    HELD = "h"
    CANCEL = "x"
    PLAN = "p"


class ActOnSitting(CallbackData, prefix="psa"):
    """Do something with a sitting."""

    sitting_id: int
    version: int
    act: SittingAct


class AttachPaper(CallbackData, prefix="psf"):
    """Attach the agenda or the minutes."""

    sitting_id: int
    paper: Paper


class ShowPaper(CallbackData, prefix="psp"):
    """Look at the agenda or the minutes."""

    sitting_id: int
    paper: Paper


class TieTo(CallbackData, prefix="T"):
    """Let an item go by a sitting; 0 for none."""

    item_id: int
    version: int
    sitting_id: int
