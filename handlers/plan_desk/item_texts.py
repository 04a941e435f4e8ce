"""Plans and items at the coordinator's desk."""

from collections.abc import Sequence
from datetime import date

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.plan_words import MARKS, due_words, standing_words, unit_name
from handlers.common.reader import Reader
from handlers.plan_desk.words import cut, name_of
from services.html import LONGEST_MESSAGE, visible_length
from services.plan_desk.item_dto import DeskHome, DeskPlan, ItemCard, ItemPage, View
from services.plans.dto import ItemState, Origin, Plan
from services.responsibles.dto import Share, Unresolved

_LONG, _MIDDLE, _SHORT = 500, 250, 120
_ROOMS = (1, 2, 4)
_DUTIES = 12


def view_words() -> dict[View, str]:
    """Return what the parts of a plan's list are called."""
    return {
        View.ALL: _("All items"),
        View.UNCLEAR: _("❓ To be clarified"),
        View.OVERDUE: _("🔴 Overdue"),
        View.OPEN: _("⏳ Still open"),
        View.DONE: _("✅ Done"),
        View.CANCELLED: _("⛔ Cancelled"),
    }


def desk_text(home: DeskHome) -> str:
    """Show the plans in short."""
    lines = [_("🗓 <b>Plans: the coordinator’s desk</b>")]
    if not home.plans:
        return "\n".join([lines[0], "", _("There is no plan yet. Bring the Word, Excel or CSV file of one.")])
    for one in home.plans:
        lines += ["", f"<b>{html.quote(cut(one.plan.name, _SHORT))}</b> · {one.plan.year.label}", _figures(one)]
    lines += ["", _("Waiting for your decision: {count}").format(count=home.waiting)]
    return "\n".join(lines)


def plan_text(one: DeskPlan, reader: Reader, note: str = "") -> str:
    """Show a plan: its figures and its settings."""
    plan = one.plan
    lines = [note, ""] if note else []
    lines += [f"🗓 <b>{html.quote(cut(plan.name, _MIDDLE))}</b> · {plan.year.label}", _figures(one), ""]
    if plan.closed:
        lines.append(_("🔒 The plan is closed; nobody is reminded of anything in it."))
    lines += settings_lines(plan, reader)
    return "\n".join(lines)


def settings_lines(plan: Plan, reader: Reader) -> list[str]:
    """Say how a plan reminds."""
    days = ", ".join(map(str, plan.ladder))
    return [
        _("Reminders, working days before the last day: {days}").format(days=days),
        _("When overdue, every {count} working days").format(count=plan.overdue_every),
        _("Silence climbs to heads and vice-rectors: {answer}").format(answer=_("yes") if plan.escalates else _("no")),
        _("Reminders begin on: {date}").format(date=reader.day(plan.reminds_from)),
    ]


def items_text(page: ItemPage, reader: Reader) -> str:
    """Head a list of items."""
    lines = [f"🗓 <b>{html.quote(cut(page.plan.name, _MIDDLE))}</b>", view_words()[page.wish.view]]
    if page.unit is not None:
        lines.append(_("Unit: {unit}").format(unit=html.quote(unit_name(page.unit, reader.language))))
    programme = page.wish.programme
    if programme is not None and 0 <= programme < len(page.programmes):
        lines.append(html.quote(cut(page.programmes[programme], _SHORT)))
    lines.append(ngettext("{count} item", "{count} items", page.total).format(count=page.total))
    for line in page.lines:
        mark = "⛔" if line.cancelled else MARKS[line.standing]
        due = reader.day(line.due) if line.due is not None else "–"
        doubt = " ❓" if line.unclear and not line.cancelled else ""
        number = f"{line.number}. " if line.number else ""
        lines.append(f"\n{mark}{doubt} {due}\n{html.quote(cut(number + line.title, _SHORT))}")
    return "\n".join(lines)


def choice_text(*, by_unit: bool) -> str:
    """Ask whose items are looked at."""
    return _("Whose items?") if by_unit else _("Items of which programme?")


def item_text(card: ItemCard, reader: Reader, note: str = "") -> str:
    """Show an item: as printed, as understood, and how each unit stands."""
    text = ""
    for room in _ROOMS:
        parts = [note, _head(card, room), _days(card, reader), _parties(card, reader, room), _duties(card, reader)]
        text = "\n\n".join(part for part in (*parts, _asked(card, room)) if part)
        if visible_length(text) <= LONGEST_MESSAGE:
            break
    return text


def title_line(card: ItemCard) -> str:
    """Return an item's title for a question about it."""
    return f"<b>{html.quote(cut(card.item.title or card.item.task, _MIDDLE))}</b>\n\n"


def parties_text(card: ItemCard, reader: Reader, note: str = "") -> str:
    """Show who answers, and the printed pieces that stand for nobody known."""
    lines = [note, ""] if note else []
    lines += [title_line(card).strip(), "", _parties(card, reader, 1)]
    for place, piece in enumerate(card.item.unresolved, 1):
        lines.append(_("❓ {place}. Printed, and not understood: {text}").format(place=place, text=_quoted(piece)))
    lines += ["", _("Tap a name to change it. What you say about printed words is learned for the next plan.")]
    return "\n".join(lines)


def day_question(card: ItemCard) -> str:
    """Ask for a day."""
    return title_line(card) + _("On which day is it due? Write a date such as 25.12.2026.")


def reason_question(card: ItemCard) -> str:
    """Ask for a reason."""
    return title_line(card) + _("Why? Write it in a message; the units get these words.")


def count_question(card: ItemCard) -> str:
    """Ask for a count."""
    return title_line(card) + _("How many meetings, lectures, … does it ask for? Write a number; 0: it counts nothing.")


def sure_text(card: ItemCard, day: date | None, reason: str, units: int, reader: Reader) -> str:
    """Ask for the last tap before units are told."""
    act = _("Cancel the item?") if day is None else _("New last day: {date}").format(date=reader.day(day))
    told = ngettext("{count} unit is told.", "{count} units are told.", units).format(count=units)
    return title_line(card) + "\n".join([act, _("Reason: {text}").format(text=html.quote(reason)), told])


def unit_question(card: ItemCard, place: int) -> str:
    """Ask for a unit, for a printed piece or for none."""
    question = _("Which unit or post? Write a part of the name or the code.")
    if 0 <= place < len(card.item.unresolved):
        return title_line(card) + f"<i>{_quoted(card.item.unresolved[place])}</i>\n" + question
    return title_line(card) + question


def title_question(*, decision: bool) -> str:
    """Ask what is to be done."""
    if decision:
        return _("What did the sitting decide? Write it in a message; it becomes an item of the plan.")
    return _("What is to be done? Write the item in a message.")


def deadline_question() -> str:
    """Ask until when."""
    return _("Until when? Write it as plans do, such as 25.12.2026, “март 2027” or “жыл ичинде”.")


def units_question(title: str, chosen: Sequence[str]) -> str:
    """Ask who answers."""
    lines = [f"<b>{html.quote(cut(title, _MIDDLE))}</b>"]
    if chosen:
        lines.append(_("Responsible: {units}").format(units=html.quote(", ".join(chosen))))
        lines.append(_("Write a part of another name, or tap “Add the item”; the units are told."))
    else:
        lines.append(_("Who answers for it? Write a part of the unit’s name or the code."))
    return "\n\n".join(lines)


def changed_note() -> str:
    """Say that it is done, of what units hear of."""
    return _("✅ Done; whom it concerns is told.")


def written_note() -> str:
    """Say that it is done, of what no unit hears of."""
    return _("✅ Saved.")


def confirmed_note(card: ItemCard) -> str:
    """Say what follows from the coordinator's confirmation."""
    if has_day(card):
        return _("✅ Confirmed; the units are reminded of it from now on.")
    return _("✅ The item stays without a day; nobody is reminded of it until you set one.")


def turned_note(card: ItemCard, unit_id: int) -> str:
    """Say that a unit has the other share; it is told only where it answers from now on."""
    answering = {party.code for party in card.item.parties if party.share is Share.RESPONSIBLE}
    turned = next((code for code, unit in card.units.items() if unit.id == unit_id), "")
    return changed_note() if turned in answering else written_note()


def added_note(card: ItemCard) -> str:
    """Say that an item was added; of one whose deadline names no day also what follows."""
    return changed_note() if has_day(card) else f"{changed_note()}\n{confirmed_note(card)}"


def has_day(card: ItemCard) -> bool:
    """Tell whether an item is due on any day at all."""
    return any(instance.due is not None for instance in card.planned.instances)


def _figures(one: DeskPlan) -> str:
    figures = one.figures
    return _("Items: {items} · ✅ {done} · 🔴 {overdue} · ❓ {unclear} · ⛔ {cancelled}").format(
        items=figures.items,
        done=figures.done,
        overdue=figures.overdue,
        unclear=figures.unclear,
        cancelled=figures.cancelled,
    )


def _head(card: ItemCard, room: int) -> str:
    item = card.item
    number = f"{item.number}. " if item.number else ""
    lines = [f"<b>{html.quote(number + cut(item.title or item.task, _LONG // room))}</b>"]
    if item.task and item.title:
        lines.append(html.quote(cut(item.task, _LONG // room)))
    if item.section:
        lines.append(f"<i>{html.quote(cut(item.section, _SHORT))}</i>")
    if item.origin is Origin.ADDED:
        lines.append(_("➕ Added by a coordinator"))
    if item.origin is Origin.DECISION:
        lines.append(_("➕ A decision of the Academic Council"))
    if card.sitting:
        lines.append(_("🏛 Goes by the sitting: {title}").format(title=html.quote(cut(card.sitting, _SHORT))))
    if item.state is ItemState.CANCELLED:
        lines.append(_("⛔ Cancelled. Reason: {reason}").format(reason=html.quote(cut(item.reason, _MIDDLE // room))))
    return "\n".join(lines)


def _days(card: ItemCard, reader: Reader) -> str:
    printed = cut(card.item.deadline.text, _SHORT)
    lines = [_("Deadline as printed: {text}").format(text=html.quote(printed) or "–")]
    if not card.item.confirmed:
        lines.append(_("❓ Not confirmed: nobody is reminded until you say that this is right."))
    for instance in card.planned.instances:
        line = "• " + due_words(instance.due, printed, reader, soft=instance.soft)
        if instance.first_due is not None and instance.first_due != instance.due:
            line += " · " + _("At first: {date}").format(date=reader.day(instance.first_due))
        lines.append(line)
    return "\n".join(lines[:_DUTIES])


def _parties(card: ItemCard, reader: Reader, room: int) -> str:
    lines = []
    labels = {Share.RESPONSIBLE: _("Responsible: {units}"), Share.PARTICIPANT: _("Taking part: {units}")}
    printed = {Share.RESPONSIBLE: card.item.responsible_text, Share.PARTICIPANT: card.item.participants_text}
    for share, label in labels.items():
        names = [name_of(party.code, card.units, reader) for party in card.item.parties if party.share is share]
        if names or share is Share.RESPONSIBLE:
            said = html.quote(cut(", ".join(names), _LONG // room)) or _("nobody yet")
            lines.append(label.format(units=said))
        if printed[share]:
            lines.append(_("As printed: {text}").format(text=html.quote(cut(printed[share], _MIDDLE // room))))
    return "\n".join(lines)


def _duties(card: ItemCard, reader: Reader) -> str:
    """Say how each unit stands; units and times are many where a group is named, none where it is cancelled."""
    if card.item.state is ItemState.CANCELLED:
        return ""
    lines = [
        f"{MARKS[line.standing]} {html.quote(cut(name_of(line.unit_code, card.units, reader), 60))}: "
        + standing_words(line.standing)
        + (f" · {reader.day(line.due)}" if line.due is not None else "")
        for line in card.duties[:_DUTIES]
    ]
    more = len(card.duties) - _DUTIES
    if more > 0:
        lines.append(ngettext("and {count} more", "and {count} more", more).format(count=more))
    return "\n".join(lines)


def _asked(card: ItemCard, room: int) -> str:
    item, lines = card.item, []
    if item.document:
        lines.append(_("Document asked for: {text}").format(text=html.quote(cut(item.document, _MIDDLE // room))))
    if item.indicator:
        lines.append(_("Indicator: {text}").format(text=html.quote(cut(item.indicator, _MIDDLE // room))))
    if item.budget:
        lines.append(_("Budget: {text}").format(text=html.quote(cut(item.budget, _SHORT))))
    if item.count_target:
        lines.append(_("Counted: {said} of {target}").format(said=card.said, target=item.count_target))
    if item.state_language:
        lines.append(_("🇰🇬 Belongs into the report on the state language"))
    doubt = _("❓ Printed, and not understood: {text}")
    return "\n".join([*lines, *(doubt.format(text=_quoted(piece)) for piece in item.unresolved)])


def _quoted(piece: Unresolved) -> str:
    return html.quote(cut(piece.text, _SHORT))
