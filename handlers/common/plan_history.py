"""What coordinators, files and units did about an item, in words."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Protocol

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.common.reader import Reader
from services.duties.dto import HistoryAct, Outcome
from services.plan_desk.dto import DeskAct
from services.plans.dto import PlanItem

_LONGEST = 200


class Line(Protocol):
    """A line of an item's history: when, by which unit and person, what."""

    @property
    def at(self) -> datetime:
        """When."""
        ...

    @property
    def act(self) -> str:
        """What."""
        ...

    @property
    def unit(self) -> str:
        """The unit's name."""
        ...

    @property
    def who(self) -> str:
        """The person's name."""
        ...

    @property
    def details(self) -> Mapping[str, Any]:
        """What the act wrote."""
        ...


def history_text(item: PlanItem, lines: Iterable[Line], reader: Reader) -> str:
    """List what happened to an item, the newest first."""
    shown = [_("🕘 <b>History</b>"), html.quote(_cut(item.title or item.task))]
    for line in lines:
        by = " · ".join(html.quote(part) for part in (line.unit, line.who) if part)
        words = _unit_act_words(line, reader) or desk_act_words(line.act, line.details, reader)
        shown.append(f"\n<b>{reader.moment(line.at)}</b>" + (f"\n{by}" if by else "") + f"\n{words}")
    return "\n".join(shown)


def desk_act_words(act: str, details: Mapping[str, Any], reader: Reader) -> str:
    """Return what a coordinator or a file did; what this version does not know is said without particulars."""
    reason = html.quote(_cut(str(details.get("comment") or details.get("reason") or "")))
    sentences = {
        DeskAct.REPORT_ACCEPTED: _("The coordinator accepted the report."),
        DeskAct.REPORT_RETURNED: _("The coordinator returned the report: {text}").format(text=reason),
        DeskAct.EXTENSION_REFUSED: _("No later day was given: {text}").format(text=reason),
        DeskAct.RELEASED: _("The coordinator released the unit."),
        DeskAct.KEPT: _("The coordinator said that it stays the unit’s business: {text}").format(text=reason),
        DeskAct.GIVEN: _("Given to this unit by the coordinator."),
        DeskAct.CONFIRMED: _("The coordinator confirmed the days."),
        DeskAct.PARTIES_CHANGED: _("The coordinator changed who answers."),
        DeskAct.COUNT_SET: _("The coordinator set the counter."),
        DeskAct.LANGUAGE_MARKED: _("The coordinator changed the mark of the state language."),
        DeskAct.CANCELLED: _("Cancelled: {text}").format(text=reason),
        DeskAct.RESTORED: _("The cancellation was taken back."),
        DeskAct.ADDED: _("Added by the coordinator."),
        DeskAct.TIED: _("Goes by a sitting of the Academic Council from now on."),
        DeskAct.UNTIED: _("Goes by no sitting any more."),
        "imported": _("Came with the plan’s file."),
        "reprinted": _("The plan’s file prints it otherwise now."),
        "own_day_outlived": _("The plan’s new day is not earlier than the unit’s own: that of the plan holds."),
        "revived": _("Back in the plan: its file has it again."),
        "removed": _("Taken out of the plan: its file has it no more."),
    }
    found = [sentence for known, sentence in sentences.items() if known == act]
    if found:
        return found[0]
    return _day_words(act, details, reason, reader) or _("The plan was changed or a decision was made.")


def _day_words(act: str, details: Mapping[str, Any], reason: str, reader: Reader) -> str:
    if not details.get("day"):
        return ""
    day = reader.day(date.fromisoformat(details["day"]))
    if act == DeskAct.EXTENSION_GRANTED:
        return _("More time was given, until: {date}").format(date=day)
    if act == DeskAct.DAY_ADDED:
        return _("One more day: {date}").format(date=day)
    if act == DeskAct.MOVED:
        return _("New last day: {date}. Reason: {text}").format(date=day, text=reason)
    return ""


def _unit_act_words(line: Line, reader: Reader) -> str:
    """Return what a unit did."""
    details = line.details
    if line.act == HistoryAct.EXTENSION_ASKED and details.get("day"):
        return _("Extension asked for, to: {date}\nReason: {text}").format(
            date=reader.day(date.fromisoformat(details["day"])), text=_typed(details, "reason")
        )
    if line.act == HistoryAct.DAY_SET and details.get("day"):
        day = date.fromisoformat(details["day"])
        return _("The unit set its own day: {date}").format(date=reader.day(day))
    outcome = _("done") if details.get("outcome") == Outcome.DONE.value else _("in part")
    sentences = {
        HistoryAct.ACCEPTED: _("Accepted."),
        HistoryAct.DISPUTED: _("Said not to be the unit’s business: {text}").format(text=_typed(details, "reason")),
        HistoryAct.DISPUTE_TAKEN_BACK: _("Said to be the unit’s business after all."),
        HistoryAct.HANDED_ON: _("Handed on to: {person}").format(person=html.quote(str(details.get("name", "")))),
        HistoryAct.NOTED: _("Note: {text}").format(text=_typed(details, "words")),
        HistoryAct.REPORTED: _("Reported: {outcome}").format(outcome=outcome),
        HistoryAct.REPORT_WITHDRAWN: _("The report was withdrawn."),
    }
    return next((sentence for act, sentence in sentences.items() if act == line.act), "")


def _typed(details: Mapping[str, Any], name: str) -> str:
    return html.quote(_cut(str(details.get(name, ""))))


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
