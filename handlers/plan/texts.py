"""Questions and answers of this feature."""

from datetime import date

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.plan_words import days_left_words, due_words, unit_name
from handlers.common.reader import Reader
from handlers.plan.card_texts import card_text, title_of
from handlers.plan.form import Draft
from handlers.plan.list_texts import cut
from services.duties.dto import DutyCard, HandedOn, Outcome
from services.duties.evidence import LARGEST_REPORT_MEGABYTES
from services.duties.evidence_dto import EvidenceKind
from services.html import LONGEST_MESSAGE, visible_length

_TITLE = 200


def _about(card: DutyCard, reader: Reader) -> str:
    due = due_words(card.due, cut(card.item.deadline.text, 80), reader, soft=card.soft, doubtful=card.doubtful)
    return f"<b>{html.quote(cut(title_of(card), _TITLE))}</b>\n" + _("Due: {date}").format(date=due) + "\n\n"


def accepted_note() -> str:
    """Say that the unit has accepted."""
    return _("✅ Accepted. When it is done, report here.")


def changed_note() -> str:
    """Say that the screen was out of date."""
    return _("⚠️ This item was changed meanwhile. Here is how it is now; nothing was written.")


def ask_dispute_text(card: DutyCard, reader: Reader) -> str:
    """Ask why it is not the unit's business."""
    return _about(card, reader) + _(
        "Why is it not your business, and whose is it? Write it in a message. The coordinator decides; until then you "
        "are not reminded."
    )


def disputed_note() -> str:
    """Say what happens next."""
    return _("The coordinator has your reason and decides.")


def dispute_taken_back_note() -> str:
    """Say that it is the unit's again."""
    return _("It is your unit’s business again.")


def ask_note_text(card: DutyCard, reader: Reader) -> str:
    """Ask for a note."""
    return _about(card, reader) + _("Write the note in a message. It stands in the history for everybody concerned.")


def noted_note() -> str:
    """Say that the note is there."""
    return _("📝 Noted in the history.")


def colleagues_text(card: DutyCard, reader: Reader, *, anybody: bool) -> str:
    """Ask to whom it is handed on."""
    if not anybody:
        unit = html.quote(unit_name(card.unit, reader.language))
        return _about(card, reader) + _(
            "Nobody of {unit} has linked their account yet, so there is nobody to choose. Roles of a unit are given by "
            "the administrators."
        ).format(unit=unit)
    return _about(card, reader) + _("To whom do you hand it on? The unit still answers for it.")


def handed_on_note(card: DutyCard) -> str:
    """Say who has it now."""
    return _("👤 Handed on to: {person}").format(person=html.quote(card.holder))


def ask_day_text(card: DutyCard, reader: Reader) -> str:
    """Ask for another day."""
    if not card.doubtful and (card.due is None or card.soft):
        question = _("By which day will you do it? Choose, or write a date such as 25.12.2026.")
    else:
        question = _("Until when do you ask for more time? Choose, or write a date such as 25.12.2026.")
    return _about(card, reader) + question


def ask_day_reason_text(wanted: date, reader: Reader) -> str:
    """Ask why more time is needed."""
    return _("Wanted day: {date}\n\nWhy is more time needed? Write it in a message; the coordinator decides.").format(
        date=reader.day(wanted)
    )


def not_a_day_text() -> str:
    """Ask for the day once more."""
    return _("That is no date. Write it like this: 25.12.2026.")


def day_asked_note() -> str:
    """Say what happens next."""
    return _("📅 The coordinator has your request. Until the decision the present day holds.")


def day_set_note(card: DutyCard, reader: Reader) -> str:
    """Say which day holds now."""
    return _("📅 Your unit’s day: {date}").format(date=reader.day(card.due)) if card.due is not None else ""


def resend_text(card: DutyCard, words: str, reader: Reader) -> str:
    """Give back what was typed when somebody else was quicker, below the item as it is now."""
    kept = _("What you wrote is kept:") + f"\n<blockquote>{html.quote(words)}</blockquote>" if words else ""
    question = _("If it is still right, send it again.")
    text = "\n\n".join(part for part in (card_text(card, reader, changed_note()), kept, question) if part)
    if visible_length(text) <= LONGEST_MESSAGE:
        return text
    return "\n\n".join([changed_note(), _about(card, reader).strip(), kept, question])


def ask_words_text(card: DutyCard, reader: Reader, outcome: Outcome) -> str:
    """Ask what was done."""
    if outcome is Outcome.DONE:
        question = _("What was done? Write it in a message. Files, photos and links come next.")
    else:
        question = _("What was done so far? Write it in a message. It counts at once, and the item stays open.")
    return _about(card, reader) + question


def draft_text(draft: Draft, reader: Reader, note: str = "") -> str:
    """Show the report as it would be given."""
    outcome = _("done") if draft.outcome == Outcome.DONE.value else _("in part")
    lines = [
        *([note, ""] if note else []),
        _("📝 <b>Your report: {outcome}</b>").format(outcome=outcome),
        html.quote(cut(draft.title, _TITLE)),
        "",
        html.quote(draft.words),
        *_numbers(draft, reader),
    ]
    lines += [_piece(piece) for piece in draft.pieces]
    if draft.document and not draft.pieces:
        lines += ["", _("The plan asks for: {text}").format(text=html.quote(cut(draft.document, _TITLE)))]
    if draft.counts and draft.count is None:
        lines += ["", _("This item is counted: tap “Count” and say how many there were, otherwise nothing is added.")]
    lines += [
        "",
        _("Send files, photos or links one after the other, then tap “Give the report”. Nothing is given before that."),
    ]
    return "\n".join(lines)


def ask_held_text() -> str:
    """Ask when it was held."""
    return _("On which day was it held? Write a date such as 25.12.2026.")


def ask_count_text() -> str:
    """Ask for the count."""
    return _("How many were held or done? Write a number: only what is new in this report.")


def ask_attendance_text() -> str:
    """Ask for the attendance."""
    return _("How many people came? Write a number.")


def ask_new_words_text() -> str:
    """Ask for other words."""
    return _("Write the text of the report anew.")


def bare_text(draft: Draft) -> str:
    """Ask once whether a report goes without the document that the plan asks for."""
    return _(
        "The plan asks for a document: {text}\n\nNothing is put beside the report. Really give it without? The "
        "coordinator may return it."
    ).format(text=html.quote(cut(draft.document, _TITLE)))


def given_note(outcome: Outcome) -> str:
    """Say what happens next."""
    if outcome is Outcome.DONE:
        return _("📨 Your report is given. The coordinator looks at it; you are not reminded of this any more.")
    return _("📨 Your report is given and counts. The item stays open.")


def withdrawn_note() -> str:
    """Say that the report is gone."""
    return _("The report is withdrawn. You can report anew.")


def too_large_text(limit: int) -> str:
    """Say what Telegram does not hand over, and what to do instead."""
    return _(
        "Telegram hands no files larger than {limit} MB to bots. Put this one where others can open it (a cloud disk, "
        "the university’s site) and send the link here instead."
    ).format(limit=limit)


def too_much_text() -> str:
    """Say that the files of a report are too large together."""
    return _(
        "All files of a report together may have {limit} MB. Put the large ones where others can open them and send "
        "the links here instead."
    ).format(limit=LARGEST_REPORT_MEGABYTES)


def send_again_text(name: str) -> str:
    """Ask for a file that Telegram does not have any more."""
    return _("Telegram did not hand over the file {name}. Take it out and send it again.").format(
        name=html.quote(cut(name, 80))
    )


def not_evidence_text() -> str:
    """Say what can be sent here."""
    return _(
        "Here I take files, photos and links that begin with https://. To change the text, tap “Text”; to give the "
        "report, tap “Give the report”."
    )


def words_wanted_text() -> str:
    """Ask for words where something else was sent."""
    return _("Please write this as a text message.")


def earlier_step_toast() -> str:
    """Say that the button belongs to an earlier step."""
    return _("This step is over.")


def evidence_caption(name: str) -> str:
    """Name a file."""
    return f"📎 {html.quote(name)}"


def handed_on_text(news: HandedOn, reader: Reader) -> str:
    """Tell a colleague what was handed to them."""
    printed = cut(news.item.deadline.text, 80)
    due = due_words(news.due, printed, reader, soft=news.soft, doubtful=news.doubtful)
    lines = [
        _("👤 <b>A duty of the work plan was handed to you</b>"),
        html.quote(cut(news.item.title or news.item.task, _TITLE)),
        _("Unit: {unit}").format(unit=html.quote(unit_name(news.unit, reader.language))),
        _("Due: {date}").format(date=due),
    ]
    if news.due is not None and not news.soft:
        lines.append(days_left_words(news.due, news.today))
    return "\n".join(lines)


def _numbers(draft: Draft, reader: Reader) -> list[str]:
    lines = []
    if draft.held_on:
        lines.append(_("Held on: {date}").format(date=reader.day(date.fromisoformat(draft.held_on))))
    if draft.count is not None:
        lines.append(_("Count: {count}").format(count=draft.count))
    if draft.attendance is not None:
        lines.append(_("People who came: {count}").format(count=draft.attendance))
    return lines


def _piece(piece: dict[str, object]) -> str:
    name = html.quote(cut(str(piece["name"]), 100))
    return f"🔗 <code>{name}</code>" if piece["kind"] == EvidenceKind.LINK.value else f"📎 {name}"


def pieces_note(count: int) -> str:
    """Say how much is beside the report now."""
    return ngettext("📎 {count} piece of evidence", "📎 {count} pieces of evidence", count).format(count=count)
