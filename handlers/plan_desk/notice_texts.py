"""What units are told about the coordinator's decisions and changes."""

from datetime import date
from typing import Any

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.plan_words import due_words, unit_name
from handlers.common.reader import Reader
from handlers.plan_desk.decision_texts import marks
from handlers.plan_desk.words import cut
from services.plan_desk.dto import DeskAct, DeskNews, WaitNews
from services.plans.rules import counted, due_of

_TITLE = 300


def decided_text(news: DeskNews, reader: Reader, more: int = 0) -> str:
    """Tell a unit what was decided or changed; `more` other items changed together with this one."""
    lines = [f"<b>{_heading(news, reader)}</b>", html.quote(cut(news.item.title or news.item.task, _TITLE))]
    lines.append(_("Unit: {unit}").format(unit=html.quote(unit_name(news.unit, reader.language))))
    words = news.line.details.get("comment") or news.line.details.get("reason") or ""
    if words:
        lines.append(_("Coordinator’s words: {text}").format(text=html.quote(cut(str(words), 600))))
    if news.instance is not None and news.line.act not in _WITHOUT_DAY:
        held_to = counted(news.instance, confirmed=news.item.confirmed)
        due, printed = due_of(held_to, news.duty), cut(news.item.deadline.text, 80)
        doubtful = due is None and news.instance.due is not None
        last = due_words(due, printed, reader, soft=held_to.soft, doubtful=doubtful)
        lines.append(_("Due: {date}").format(date=last))
    if more > 0:
        others = ngettext(
            "The same goes for {count} more item; see the work plan.",
            "The same goes for {count} more items; see the work plan.",
            more,
        )
        lines += ["", others.format(count=more)]
    return "\n".join(lines)


def waiting_morning_text(news: WaitNews, reader: Reader) -> str:
    """Tell a coordinator in the morning what waits."""
    lines = [_("⏳ <b>Plans: waiting for your decision: {count}</b>").format(count=news.total)]
    lines += [f"{word}: {news.counts[kind]}" for kind, word in marks().items() if news.counts.get(kind)]
    if news.since is not None:
        lines.append(_("The oldest waits since {moment}").format(moment=reader.moment(news.since)))
    return "\n".join(lines)


def _heading(news: DeskNews, reader: Reader) -> str:
    """Return what happened, in a sentence."""
    sentences = {
        DeskAct.REPORT_ACCEPTED: _("✅ Your report was accepted"),
        DeskAct.REPORT_RETURNED: _("↩️ Your report was returned: please complete it and report again"),
        DeskAct.EXTENSION_GRANTED: _("📅 You got more time"),
        DeskAct.EXTENSION_REFUSED: _("📅 No later day was given; the present one holds"),
        DeskAct.RELEASED: _("➖ The coordinator agrees: this is not your business"),
        DeskAct.KEPT: _("📋 The coordinator says that this stays your business"),
        DeskAct.GIVEN: _("📋 An item of the work plan was given to your unit"),
        DeskAct.CANCELLED: _("⛔ An item of the work plan was cancelled"),
        DeskAct.RESTORED: _("📋 An item of the work plan is to be done after all"),
        DeskAct.ADDED: _("📋 A new item of the work plan is for your unit"),
        DeskAct.DAY_ADDED: _("📅 An item of the work plan is due once more"),
    }
    found = next((words for act, words in sentences.items() if act == news.line.act), None)
    if found is not None:
        return found
    before = _day(news.line.details, "from")
    if before is None:
        return _("📅 An item of the work plan got a day")
    return _("📅 An item of the work plan was moved; before: {date}").format(date=reader.day(before))


def _day(details: Any, name: str) -> date | None:  # noqa: ANN401 -- what the history keeps
    return date.fromisoformat(details[name]) if details.get(name) else None


_WITHOUT_DAY = frozenset({DeskAct.REPORT_ACCEPTED.value, DeskAct.RELEASED.value, DeskAct.CANCELLED.value})
