"""What waits for a coordinator's word, on the screen."""

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.common.plan_words import MARKS, due_words, standing_words, unit_name
from handlers.common.reader import Reader
from handlers.plan_desk.words import cut
from services.duties.dto import DutyReport, Outcome
from services.duties.evidence_dto import EvidenceKind
from services.plan_desk.dto import DecisionCard, DecisionKind, WaitingPage
from services.responsibles.dto import Share

_LONG, _SHORT = 600, 160
_EARLIER, _LINKS = 2, 10


def marks() -> dict[DecisionKind, str]:
    """Return a mark and a word for every kind."""
    return {
        DecisionKind.REPORT: _("📨 Reports"),
        DecisionKind.EXTENSION: _("📅 Extensions"),
        DecisionKind.DISPUTE: _("↩️ Not our business"),
    }


def _kind_words(kind: DecisionKind) -> str:
    words = {
        DecisionKind.REPORT: _("📨 A unit’s report"),
        DecisionKind.EXTENSION: _("📅 A unit asks for more time"),
        DecisionKind.DISPUTE: marks()[DecisionKind.DISPUTE],
    }
    return words[kind]


def waiting_text(page: WaitingPage, note: str = "") -> str:
    """Say how much waits."""
    lines = [note, ""] if note else []
    lines.append(_("⏳ <b>Waiting for your decision: {count}</b>").format(count=page.total))
    if not page.total:
        return "\n".join([*lines, "", _("Nothing waits. Units are answered.")])
    lines += [f"{word}: {page.counts.get(kind, 0)}" for kind, word in marks().items()]
    lines += ["", _("The oldest comes first. Tap one to look at it.")]
    return "\n".join(lines)


def decision_text(card: DecisionCard, reader: Reader) -> str:
    """Show what a unit asks, with everything around it."""
    parts = [_head(card, reader), _asked(card, reader)]
    if card.asked.key.kind is not DecisionKind.REPORT and card.reports:
        parts.append(_("Reports so far: {count}").format(count=len(card.reports)))
    return "\n\n".join(parts)


def comment_question(card: DecisionCard, reader: Reader) -> str:
    """Ask for the comment with which something goes back."""
    questions = {
        DecisionKind.REPORT: _("What is missing in the report? Write it in a message; the unit gets these words."),
        DecisionKind.EXTENSION: _("Why is no later day given? Write it in a message; the unit gets these words."),
        DecisionKind.DISPUTE: _("Why is it the unit’s business? Write it in a message; the unit gets these words."),
    }
    return f"{_title(card, reader)}\n\n{questions[card.asked.key.kind]}"


def day_question(card: DecisionCard, reader: Reader) -> str:
    """Ask for another day."""
    return _title(card, reader) + "\n\n" + _("Until which day? Write a date such as 25.12.2026.")


def unit_question(card: DecisionCard, reader: Reader) -> str:
    """Ask for another unit."""
    return _title(card, reader) + "\n\n" + _("Whose business is it? Write a part of the name or the code.")


def units_found_text(words: str, count: int) -> str:
    """Say how many units were found."""
    if not count:
        return _("Nothing is called “{words}”. Write another part of the name.").format(words=html.quote(words[:100]))
    return _("Choose, or write another part of the name.")


def no_day_text() -> str:
    """Ask for the day once more."""
    return _("I do not understand this as a day. Write it as 12.03.2026.")


def agreed_note(card: DecisionCard, reader: Reader) -> str:
    """Say what was decided."""
    notes = {
        DecisionKind.REPORT: _("✅ The report is accepted; {unit} is told."),
        DecisionKind.EXTENSION: _("✅ The later day is granted; {unit} is told."),
        DecisionKind.DISPUTE: _("✅ {unit} is released and told."),
    }
    return notes[card.asked.key.kind].format(unit=_unit(card, reader))


def sent_back_note(card: DecisionCard, reader: Reader) -> str:
    """Say what was sent back."""
    notes = {
        DecisionKind.REPORT: _("↩️ The report is returned; {unit} is told."),
        DecisionKind.EXTENSION: _("↩️ The present day holds; {unit} is told."),
        DecisionKind.DISPUTE: _("↩️ It stays the business of {unit}, and the unit is told."),
    }
    return notes[card.asked.key.kind].format(unit=_unit(card, reader))


def given_note(card: DecisionCard, reader: Reader) -> str:
    """Say to whom it was given; words that name a whole group are not learned for the other unit."""
    answering = {party.code for party in card.item.parties if party.share is Share.RESPONSIBLE}
    if card.unit.code not in answering:
        words = _("✅ The item was given to the other unit; both are told. Released: {unit}")
        return words.format(unit=_unit(card, reader))
    return _(
        "✅ The item was given to the other unit; both are told. From now on the printed words mean that unit. "
        "Released: {unit}"
    ).format(unit=_unit(card, reader))


def _unit(card: DecisionCard, reader: Reader) -> str:
    return html.quote(cut(unit_name(card.unit, reader.language), _SHORT))


def _title(card: DecisionCard, reader: Reader) -> str:
    title = html.quote(cut(card.item.title or card.item.task, _SHORT))
    return f"<b>{title}</b>\n{_unit(card, reader)}"


def _head(card: DecisionCard, reader: Reader) -> str:
    kind, mark = _kind_words(card.asked.key.kind), MARKS[card.standing]
    due = due_words(card.due, cut(card.item.deadline.text, _SHORT), reader, soft=card.instance.soft)
    lines = [
        f"{kind} · {reader.moment(card.asked.since)}",
        f"{mark} <b>{html.quote(cut(card.item.title or card.item.task, _LONG))}</b>",
        f"<i>{html.quote(cut(card.item.section, _SHORT))}</i>",
        _("Unit: {unit}").format(unit=_unit(card, reader)),
        _("Due: {date}").format(date=due) + f" · {standing_words(card.standing)}",
    ]
    if card.instance.first_due is not None and card.instance.first_due != card.due:
        lines.append(_("At first: {date}").format(date=reader.day(card.instance.first_due)))
    if card.item.document:
        lines.append(_("Document asked for: {text}").format(text=html.quote(cut(card.item.document, _SHORT))))
    if card.item.indicator:
        lines.append(_("Indicator: {text}").format(text=html.quote(cut(card.item.indicator, _SHORT))))
    if card.item.count_target:
        lines.append(_("Counted: {said} of {target}").format(said=card.said, target=card.item.count_target))
    return "\n".join(lines)


def _asked(card: DecisionCard, reader: Reader) -> str:
    who = f"\n— {html.quote(card.asked.who)}" if card.asked.who else ""
    reason = html.quote(cut(card.asked.reason, _LONG))
    if card.report is not None:
        earlier = [one for one in card.reports if one.id < card.report.id and one.comment][:_EARLIER]
        told = [
            _("Returned before, with the words: {comment}").format(comment=html.quote(cut(one.comment, _SHORT)))
            for one in earlier
        ]
        return "\n".join([_report(card.report, reader) + who, *told])
    if card.asked.wanted is not None:
        wanted = _("Asks for time until: <b>{date}</b>").format(date=reader.day(card.asked.wanted))
        return "\n".join([wanted, _("Reason: {text}").format(text=reason) + who])
    return _("Says that this is not its business: {text}").format(text=reason) + who


def _report(report: DutyReport, reader: Reader) -> str:
    outcome = _("done") if report.outcome is Outcome.DONE else _("in part")
    lines = [
        _("📨 Report of {date}: {outcome}").format(date=reader.day(report.reported_on), outcome=outcome),
        html.quote(cut(report.words, _LONG)),
    ]
    if report.held_on is not None:
        lines.append(_("Held on: {date}").format(date=reader.day(report.held_on)))
    if report.count is not None:
        lines.append(_("Count: {count}").format(count=report.count))
    if report.attendance is not None:
        lines.append(_("People who came: {count}").format(count=report.attendance))
    links = [one.label for one in report.evidence if one.kind is EvidenceKind.LINK]
    lines += [f"🔗 {html.quote(cut(link, _SHORT))}" for link in links[:_LINKS]]
    if not report.evidence:
        lines.append(_("Nothing is put beside the report."))
    return "\n".join(lines)
