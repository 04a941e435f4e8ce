"""Buttons of this feature; they carry ids only. What was typed stays in the form's data."""

from enum import StrEnum
from typing import Protocol

from aiogram.filters.callback_data import CallbackData

from services.duties.dto import DutyKey, Group


class DutyAct(StrEnum):
    """What is begun with a duty."""

    DONE = "d"
    PARTLY = "p"
    DISPUTE = "x"
    NOTE = "n"
    DAY = "e"
    HAND_ON = "h"


class ReportPart(StrEnum):
    """A part of a report that is asked for."""

    WORDS = "w"
    HELD_ON = "h"
    COUNT = "c"
    ATTENDANCE = "a"


class OfDuty(Protocol):
    """What names a duty: the buttons that are about one."""

    instance_id: int
    unit_id: int


def key_of(data: OfDuty) -> DutyKey:
    """Return the duty that a button is about."""
    return DutyKey(instance_id=data.instance_id, unit_id=data.unit_id)


class ListDuties(CallbackData, prefix="Da"):
    """Look at a group of the list; `unit_id`: of one unit, 0 for all; `mine`: only what was handed to oneself."""

    group: Group
    unit_id: int
    mine: bool
    page: int


class BeginAct(CallbackData, prefix="Db"):
    """Begin something with a duty."""

    instance_id: int
    unit_id: int
    act: DutyAct


class AcceptDuty(CallbackData, prefix="D"):
    """Accept a duty as the screen showed it; a longer name would not fit."""

    instance_id: int
    unit_id: int
    stamp: int


class TakeBackDispute(CallbackData, prefix="Dc"):
    """Say that it is the unit's business after all."""

    instance_id: int
    unit_id: int


class HandOn(CallbackData, prefix="H"):
    """Hand a duty on to a colleague; a longer name would not fit."""

    instance_id: int
    unit_id: int
    person_id: int


class ShowHistory(CallbackData, prefix="Y"):
    """Look at a page of an item's history; a longer name would not fit."""

    instance_id: int
    unit_id: int
    page: int


class ExplainDuty(CallbackData, prefix="De"):
    """Ask why one got it."""

    instance_id: int
    unit_id: int


class WithdrawDutyReport(CallbackData, prefix="Df"):
    """Take a report back."""

    report_id: int


class ChooseDay(CallbackData, prefix="Dh"):
    """Wish for this day (its number since the first day of the first year)."""

    day: int


class SendAgain(CallbackData, prefix="Di"):
    """Send what was typed once more, now that one has seen what changed."""


class ChangePart(CallbackData, prefix="Dj"):
    """Write a part of the report."""

    part: ReportPart


class HeldToday(CallbackData, prefix="Dk"):
    """It was held today."""


class DropEvidence(CallbackData, prefix="Dl"):
    """Take the last piece of evidence out of the report."""


class ShowDraft(CallbackData, prefix="Dm"):
    """Come back to the report that is being written."""


class GiveReport(CallbackData, prefix="Dn"):
    """Give the report; `bare`: without the document that the plan asks for."""

    bare: bool
