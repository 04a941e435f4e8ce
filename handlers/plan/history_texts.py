"""An item's history on the screen."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.common.reader import Reader
from handlers.plan.list_texts import cut
from services.duties.dto import DutyCard, HistoryAct, HistoryLine, HistoryPage, Outcome

_LONGEST = 200


def history_text(card: DutyCard, page: HistoryPage, reader: Reader) -> str:
    """List what happened to an item, the newest first."""
    lines = [_("🕘 <b>History</b>"), html.quote(cut(card.item.title or card.item.task, _LONGEST))]
    if not page.lines:
        return "\n".join([*lines, "", _("Nothing has happened to this item yet.")])
    return "\n".join([*lines, *(_line(line, reader) for line in page.lines)])


def _line(line: HistoryLine, reader: Reader) -> str:
    by = " · ".join(html.quote(part) for part in (line.unit, line.who) if part)
    return f"\n<b>{reader.moment(line.at)}</b>" + (f"\n{by}" if by else "") + f"\n{_act_words(line, reader)}"


def _act_words(line: HistoryLine, reader: Reader) -> str:
    """Return what happened; what this version does not know is the coordinator's or the import's."""
    details = line.details
    outcome = _("done") if details.get("outcome") == Outcome.DONE.value else _("in part")
    day = date.fromisoformat(details["day"]) if "day" in details else None
    sentences = {
        HistoryAct.ACCEPTED: _("Accepted."),
        HistoryAct.DISPUTED: _("Said not to be the unit’s business: {text}").format(text=_typed(details, "reason")),
        HistoryAct.DISPUTE_TAKEN_BACK: _("Said to be the unit’s business after all."),
        HistoryAct.HANDED_ON: _("Handed on to: {person}").format(person=html.quote(str(details.get("name", "")))),
        HistoryAct.NOTED: _("Note: {text}").format(text=_typed(details, "words")),
        HistoryAct.REPORTED: _("Reported: {outcome}").format(outcome=outcome),
        HistoryAct.REPORT_WITHDRAWN: _("The report was withdrawn."),
    }
    if day is not None and line.act == HistoryAct.EXTENSION_ASKED:
        return _("Extension asked for, to: {date}. Reason: {text}").format(
            date=reader.day(day), text=_typed(details, "reason")
        )
    if day is not None and line.act == HistoryAct.DAY_SET:
        return _("The unit set its own day: {date}").format(date=reader.day(day))
    found = [sentence for act, sentence in sentences.items() if act.value == line.act]
    return found[0] if found else _("The plan was changed or a decision was made.")


def _typed(details: Mapping[str, Any], name: str) -> str:
    return html.quote(cut(str(details.get(name, "")), _LONGEST))
