"""Sittings on the screen."""

from collections.abc import Sequence

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.plan_words import unit_name
from handlers.common.reader import Reader
from services.plans.dto import ItemState, Plan
from services.sittings.dto import MaterialsNews, Paper, Sitting, SittingCard, SittingState
from services.sittings.rules import LARGEST_MEGABYTES

_MOST_ITEMS, _SHORT = 25, 110


def cut(text: str, longest: int = _SHORT) -> str:
    """Return a text on one line, with an ellipsis where it is too long."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def state_words() -> dict[SittingState, str]:
    """Return how a sitting stands."""
    return {
        SittingState.PLANNED: _("planned"),
        SittingState.HELD: _("held"),
        SittingState.CANCELLED: _("will not be held"),
    }


def sittings_text(plan: Plan, sittings: Sequence[Sitting], reader: Reader) -> str:
    """List the sittings of a plan."""
    lines = [_("🏛 <b>Sittings</b>"), html.quote(cut(plan.name))]
    if not sittings:
        lines.append(_("There is none yet. Take those that the plan prints, or make one by hand."))
    states = state_words()
    lines += [
        f"\n{html.quote(cut(one.title))}\n{_day(one, reader)} · {states[one.state]} · {_items(one)}" for one in sittings
    ]
    return "\n".join(lines)


def sitting_text(card: SittingCard, reader: Reader, note: str = "") -> str:
    """Show a sitting."""
    one = card.sitting
    lines = [note, ""] if note else []
    lines += [f"🏛 <b>{html.quote(cut(one.title, 200))}</b>", f"{_day(one, reader)} · {state_words()[one.state]}"]
    lines.append(_("Materials are asked for, working days before it: {count}").format(count=one.materials_days))
    for name, label in ((one.agenda_name, _("Agenda: {name}")), (one.minutes_name, _("Minutes: {name}"))):
        if name:
            lines.append("📎 " + label.format(name=html.quote(cut(name))))
    lines += ["", _items(one)]
    if card.can_change and not card.items:
        lines.append(_("Nothing goes by it yet. Open an item and tap “🏛 Goes by a sitting …”, or enter a decision."))
    for item in card.items[:_MOST_ITEMS]:
        mark = "⛔" if item.state is ItemState.CANCELLED else "•"
        number = f"{item.number}. " if item.number else ""
        lines.append(f"{mark} {html.quote(cut(number + item.title))}")
    more = len(card.items) - _MOST_ITEMS
    if more > 0:
        lines.append(ngettext("and {count} more", "and {count} more", more).format(count=more))
    return "\n".join(lines)


def made_note(count: int) -> str:
    """Say how many sittings there are now."""
    return ngettext("✅ {count} sitting", "✅ {count} sittings", count).format(count=count)


def none_printed_text() -> str:
    """Say that the plan prints no sittings."""
    return _("The plan prints no sittings as deadlines, or all of them are made already. Make one by hand.")


def done_note() -> str:
    """Say that it is done."""
    return _("✅ Done; whom it concerns is told.")


def title_question() -> str:
    """Ask for a title."""
    return _("What is the sitting called? Write it in a message, such as “Sitting 3”.")


def month_question() -> str:
    """Ask for a month."""
    return _("In which month is it planned? Write any day of it, such as 01.12.2026.")


def day_question() -> str:
    """Ask for the day."""
    return _("On which day is it held? Write a date such as 25.12.2026. All items that go by it move to that day.")


def materials_question() -> str:
    """Ask for a number of working days."""
    return _("How many working days before it are materials asked for? Write a number.")


def paper_question(paper: Paper) -> str:
    """Ask for a paper."""
    asked = (
        _("Send the agenda as a PDF or Word file.")
        if paper is Paper.AGENDA
        else _("Send the minutes as a PDF or Word file.")
    )
    return asked + " " + _("Whoever answers for an item of the sitting can look at it.")


def not_a_day_text() -> str:
    """Ask for the day once more."""
    return _("I do not understand this as a day. Write it as 12.03.2026.")


def not_a_file_text() -> str:
    """Ask for a file."""
    return _("Please send a PDF or Word file.")


def too_large_text() -> str:
    """Say how large a paper may be."""
    return _("The file is too large: at most {limit} MB.").format(limit=LARGEST_MEGABYTES)


def send_again_text() -> str:
    """Ask for a file that did not arrive."""
    return _("Telegram did not hand over the file. Send it once more.")


def tie_question() -> str:
    """Ask for a sitting."""
    return _("By which sitting does the item go? Its day follows that of the sitting.")


def tied_text() -> str:
    """Say that it is tied."""
    return _("✅ Done. The day of the item follows the sitting’s.")


def materials_text(news: MaterialsNews, reader: Reader) -> str:
    """Ask a unit for its materials."""
    day = reader.day(news.sitting.held_on) if news.sitting.held_on is not None else "–"
    lines = [
        _("🏛 <b>Materials for the sitting of {date} are asked for</b>").format(date=day),
        html.quote(cut(news.sitting.title, 200)),
        _("Unit: {unit}").format(unit=html.quote(unit_name(news.unit, reader.language))),
    ]
    lines += [f"• {html.quote(cut(title))}" for title in news.titles[:_MOST_ITEMS]]
    return "\n".join(lines)


def _day(one: Sitting, reader: Reader) -> str:
    if one.held_on is not None:
        return reader.day(one.held_on)
    if one.month is not None:
        return _("no day yet; planned for {month}").format(month=f"{one.month:%m.%Y}")
    return _("no day yet")


def _items(one: Sitting) -> str:
    return ngettext("{count} item", "{count} items", one.items).format(count=one.items)
