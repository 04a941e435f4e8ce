"""Words for what the report lists of plans, by the names under which the tables keep them."""

from aiogram.utils.i18n import gettext as _

from handlers.mydata.wording import Wording
from services.mydata.plan_dto import ExtensionData, PlanReportData


def state_of_duty(state: str) -> str:
    """Say how far a unit is with an item."""
    words = {
        "open": _("not accepted yet"),
        "accepted": _("accepted, being carried out"),
        "disputed": _("said not to be the unit's business"),
        "released": _("not the unit's business any more"),
        "reported": _("reported, waits for the coordinator"),
        "returned": _("the report was returned"),
        "done": _("done"),
    }
    return words.get(state, state)


def outcome_of_report(outcome: str) -> str:
    """Say what a report says."""
    return {"done": _("done"), "partly": _("in part")}.get(outcome, outcome)


def decision_on_report(report: PlanReportData) -> str:
    """Say what the coordinator said of a report."""
    if report.accepted is None:
        return _("not decided yet")
    return _("the report was accepted") if report.accepted else _("the report was returned")


def decision_on_day(extension: ExtensionData, wording: Wording) -> str:
    """Say what the coordinator said of a later day."""
    if extension.granted is not None:
        return _("granted: {date}").format(date=wording.day(extension.granted))
    return _("the later day was refused") if extension.refused else _("not decided yet")


def act_of_plan(act: str) -> str:
    """Say what was done about an item; what this version does not know is a coordinator's act."""
    words = {
        "accepted": _("an item was accepted"),
        "disputed": _("an item was said not to be the unit's business"),
        "dispute_taken_back": _("an item was said to be the unit's business after all"),
        "handed_on": _("an item was handed on"),
        "noted": _("a note was left"),
        "extension_asked": _("a later day was asked for"),
        "day_set": _("the unit set its own day"),
        "reported": _("a report was given"),
        "report_withdrawn": _("a report was withdrawn"),
        "imported": _("an item came with the file of a plan"),
        "reprinted": _("an item was printed otherwise in a new file"),
        "own_day_outlived": _("the plan's new day took the place of the unit's own"),
        "revived": _("an item came back into the plan"),
        "removed": _("an item was taken out of the plan"),
    }
    return words.get(act, _("the plan was changed or a decision was made"))
