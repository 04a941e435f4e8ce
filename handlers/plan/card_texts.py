"""A duty on the screen: what is asked, until when, how far it is; why one got it; its history."""

from collections.abc import Iterable

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.plan_words import MARKS, days_left_words, due_words, standing_words, unit_name
from handlers.common.reader import Reader
from handlers.plan.list_texts import cut
from services.duties.dto import Cause, DutyCard, DutyReport, Outcome
from services.duties.evidence_dto import EvidenceKind
from services.html import LONGEST_MESSAGE, visible_length
from services.plans.dto import DutyState, ItemState, Standing
from services.responsibles.dto import Share

_LONG, _MIDDLE, _SHORT = 600, 300, 160
_REPORTS_SHOWN, _EVIDENCE_SHOWN = 3, 5
#: What is long is cut to a half, a quarter, where the whole would not fit into a message.
_ROOMS = (1, 2, 4)
_OPEN = frozenset({Standing.OVERDUE, Standing.NEAR, Standing.AHEAD})


def title_of(card: DutyCard) -> str:
    """Return by what an item is known; not quoted for HTML."""
    return card.item.title or card.item.task


def card_text(card: DutyCard, reader: Reader, note: str = "") -> str:
    """Show a duty with everything around it."""
    text = ""
    for room in _ROOMS:
        text = _card_text(card, reader, note, room)
        if visible_length(text) <= LONGEST_MESSAGE:
            break
    return text


def why_text(card: DutyCard, causes: Iterable[Cause], reader: Reader) -> str:
    """Say through which printed words the unit got the item."""
    unit = html.quote(unit_name(card.unit, reader.language))
    lines = [_("❔ <b>Why {unit} got this</b>").format(unit=unit), html.quote(cut(title_of(card), _SHORT)), ""]
    for cause in causes:
        printed = html.quote(cut(cause.printed, _SHORT))
        if cause.is_group:
            group = html.quote(unit_name(cause.named, reader.language))
            lines.append(
                _("• The plan prints “{text}”, which means the group “{group}”; the unit stands in it.").format(
                    text=printed, group=group
                )
            )
        else:
            lines.append(_("• The plan prints “{text}”, which means this unit.").format(text=printed))
    lines += ["", _("If that is wrong, choose “Not our business” on the card: the coordinator looks at it.")]
    return "\n".join(lines)


def report_text(report: DutyReport, reader: Reader, room: int = 1) -> str:
    """Show a report with its decision and evidence."""
    outcome = _("done") if report.outcome is Outcome.DONE else _("in part")
    lines = [
        _("📨 Report of {date}: {outcome}").format(date=reader.day(report.reported_on), outcome=outcome),
        html.quote(cut(report.words, _MIDDLE // room)),
        *_numbers(report, reader),
    ]
    for one in report.evidence[:_EVIDENCE_SHOWN]:
        label = html.quote(cut(one.label, _SHORT // room))
        lines.append(f"🔗 <code>{label}</code>" if one.kind is EvidenceKind.LINK else f"📎 {label}")
    if len(report.evidence) > _EVIDENCE_SHOWN:
        more = len(report.evidence) - _EVIDENCE_SHOWN
        lines.append(ngettext("and {count} more", "and {count} more", more).format(count=more))
    lines.append(_decision(report, room))
    return "\n".join(lines)


def _card_text(card: DutyCard, reader: Reader, note: str, room: int) -> str:
    parts = [
        note,
        _head(card, room),
        _days(card, reader),
        _asked(card, room),
        _parties(card, reader, room),
        _own(card, reader, room),
    ]
    return "\n\n".join(part for part in parts if part)


def _head(card: DutyCard, room: int) -> str:
    number = f"{card.item.number}. " if card.item.number else ""
    mark = MARKS[card.standing if card.share is Share.RESPONSIBLE else Standing.AHEAD]
    lines = [f"{mark} <b>{html.quote(number + cut(title_of(card), _LONG // room))}</b>"]
    if card.item.task and card.item.task != title_of(card):
        lines.append(html.quote(cut(card.item.task, _LONG // room)))
    if card.item.section:
        lines.append(f"<i>{html.quote(cut(card.item.section, _SHORT // room))}</i>")
    if card.item.state is ItemState.CANCELLED:
        lines.append(
            _("⛔ Cancelled. Reason: {reason}").format(reason=html.quote(cut(card.item.reason, _MIDDLE // room)))
        )
    return "\n".join(lines)


def _days(card: DutyCard, reader: Reader) -> str:
    """Say until when, as printed and as understood, and what it was at first."""
    lines = []
    printed = cut(card.item.deadline.text, _SHORT)
    if printed and card.due is not None and not card.soft:
        lines.append(_("Deadline as printed: {text}").format(text=html.quote(printed)))
    lines.append(
        _("Due: {date}").format(date=due_words(card.due, printed, reader, soft=card.soft, doubtful=card.doubtful))
    )
    if card.due is not None and card.standing in _OPEN and card.share is Share.RESPONSIBLE:
        lines.append(f"<b>{days_left_words(card.due, card.today)}</b>")
    if card.instance.first_due is not None and card.instance.first_due != card.due and not card.doubtful:
        lines.append(_("At first: {date}").format(date=reader.day(card.instance.first_due)))
    if not card.item.confirmed and card.item.deadline.text:
        lines.append(_("The coordinator has not confirmed yet which day is meant."))
    if len(card.planned.instances) > 1:
        place = [one.id for one in card.planned.instances].index(card.instance.id) + 1
        lines.append(_("Time {place} of {total}").format(place=place, total=len(card.planned.instances)))
    return "\n".join(lines)


def _asked(card: DutyCard, room: int) -> str:
    item, lines = card.item, []
    if item.document:
        lines.append(_("Document asked for: {text}").format(text=html.quote(cut(item.document, _MIDDLE // room))))
    if item.indicator:
        lines.append(_("Indicator: {text}").format(text=html.quote(cut(item.indicator, _MIDDLE // room))))
    if item.budget:
        lines.append(_("Budget: {text}").format(text=html.quote(cut(item.budget, _SHORT // room))))
    if item.count_target:
        lines.append(_("Counted: {said} of {target}").format(said=card.said, target=item.count_target))
    return "\n".join(lines)


def _parties(card: DutyCard, reader: Reader, room: int) -> str:
    lines = []
    for share, printed in (
        (Share.RESPONSIBLE, card.item.responsible_text),
        (Share.PARTICIPANT, card.item.participants_text),
    ):
        codes = [party.code for party in card.item.parties if party.share is share]
        names = [unit_name(card.units[code], reader.language) for code in codes if code in card.units]
        if names:
            responsible = share is Share.RESPONSIBLE
            label = _("Responsible: {units}") if responsible else _("Taking part: {units}")
            lines.append(label.format(units=html.quote(cut(", ".join(names), _MIDDLE // room))))
            lines.append(_("As printed: {text}").format(text=html.quote(cut(printed, _MIDDLE // room))))
    return "\n".join(lines)


def _own(card: DutyCard, reader: Reader, room: int) -> str:
    unit = html.quote(unit_name(card.unit, reader.language))
    if card.share is Share.PARTICIPANT:
        return _("ℹ️ {unit} takes part in this and is only informed: nothing is asked, nothing can be overdue.").format(
            unit=unit
        )
    lines = [f"<b>{unit}</b>: {state_words(card)}"]
    if card.state is DutyState.DISPUTED and card.duty is not None:
        lines.append(_("Reason given: {text}").format(text=html.quote(cut(card.duty.reason, _MIDDLE // room))))
    if card.holder:
        lines.append(_("👤 Handed on to: {person}").format(person=html.quote(card.holder)))
    lines += _extension(card, reader, room)
    lines += ["\n" + report_text(report, reader, room) for report in card.reports[:_REPORTS_SHOWN]]
    if not card.can_act and card.item.state is not ItemState.CANCELLED:
        lines.append(_("The plan is closed; nothing more is taken."))
    return "\n".join(lines)


def state_words(card: DutyCard) -> str:
    """Return how far the unit is."""
    words = {
        DutyState.OPEN: _("not accepted yet"),
        DutyState.ACCEPTED: _("accepted, being carried out"),
        DutyState.DISPUTED: _("said not to be its business; the coordinator decides"),
        DutyState.RELEASED: standing_words(Standing.RELEASED),
        DutyState.REPORTED: standing_words(Standing.REPORTED),
        DutyState.RETURNED: _("the report was returned: please complete it and report again"),
        DutyState.DONE: standing_words(card.standing),
    }
    return words[card.state]


def _extension(card: DutyCard, reader: Reader, room: int) -> list[str]:
    extension = card.extension
    if extension is None:
        return []
    wanted = reader.day(extension.wanted)
    if extension.accepted is None:
        return [_("📅 Extension asked for; the coordinator decides. Wanted day: {date}").format(date=wanted)]
    if extension.accepted and extension.granted is not None:
        return [_("📅 Extension granted, to: {date}").format(date=reader.day(extension.granted))]
    comment = html.quote(cut(extension.comment, _MIDDLE // room))
    return [_("📅 Extension refused (asked for: {date}). {comment}").format(date=wanted, comment=comment).rstrip()]


def _numbers(report: DutyReport, reader: Reader) -> list[str]:
    lines = []
    if report.held_on is not None:
        lines.append(_("Held on: {date}").format(date=reader.day(report.held_on)))
    if report.count is not None:
        lines.append(_("Count: {count}").format(count=report.count))
    if report.attendance is not None:
        lines.append(_("People who came: {count}").format(count=report.attendance))
    return lines


def _decision(report: DutyReport, room: int) -> str:
    if report.accepted is None:
        return _("⏳ The coordinator has not looked at it yet.")
    if report.accepted:
        return _("✅ Accepted by the coordinator.")
    return _("↩️ Returned by the coordinator: {comment}").format(
        comment=html.quote(cut(report.comment, _MIDDLE // room))
    )
