"""What is said about desks and their queues."""

from collections.abc import Iterator, Sequence
from datetime import date

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.common.reader import Reader
from services.requests.dto import (
    CertificateRequest,
    DeskMorning,
    PaperCopy,
    QueueCounts,
    QueueEntry,
    QueuePage,
    QueueView,
    RequestState,
)
from services.requests.rules import PAGE, WORKABLE_STATES


def desks_text(desks: Sequence[DeskMorning]) -> str:
    """Ask for the desk; say what to do who has none."""
    if not desks:
        return _(
            "No kind of certificate is answered by your unit yet. If one should be, please tell the administrators."
        )
    return _("📥 <b>Certificate requests</b>\n\nAt which desk do you work now?")


def desk_title(desk: DeskMorning, reader: Reader) -> str:
    """Return a desk for a button; plain text."""
    counts = desk.counts
    signs = ((counts.late, "🔴"), (counts.due_today, "🟡"), (counts.receipts, "🧾"), (counts.copies, "📄"))
    urgent = " ".join(f"{sign} {count}" for count, sign in signs if count)
    return " · ".join(filter(None, [reader.words.desk_name(desk.desk, reader.language), str(counts.open), urgent]))


def queue_text(page: QueuePage, reader: Reader) -> str:
    """List a part of the queue, with what it says of every request."""
    lines = [
        _("📥 <b>{desk}</b>").format(desk=html.quote(reader.words.desk_name(page.desk, reader.language))),
        _counts(page.counts),
        "",
        f"<b>{html.quote(view_name(page.view))}</b>",
    ]
    if not page.entries:
        lines.append(_nothing(page.view))
    for number, entry in enumerate(page.entries, start=page.page * PAGE + 1):
        lines += ["", *_entry(number, entry, page.today, reader)]
    if page.pages > 1:
        lines += ["", _("Page {page} of {pages}").format(page=page.page + 1, pages=page.pages)]
    return "\n".join(lines)


def view_name(view: QueueView) -> str:
    """Return which requests are listed; plain text."""
    names = {
        QueueView.OPEN: _("All open"),
        QueueView.MINE: _("Mine"),
        QueueView.FREE: _("Free"),
        QueueView.LATE: _("Late"),
        QueueView.RECEIPTS: _("Receipts"),
        QueueView.COPIES: _("Paper copies"),
    }
    return names[view]


def entry_title(number: int, entry: QueueEntry, today: date) -> str:
    """Return a request for a button; plain text."""
    return f"{number}. {sign_of(entry.request, today)} {entry.person_name}"


def sign_of(request: CertificateRequest, today: date) -> str:
    """Return how urgent a request is, or what it waits for."""
    if request.state is RequestState.UNPAID:
        return "🧾"
    if request.state is RequestState.ASKED:
        return "❓"
    if request.state not in WORKABLE_STATES:
        return "📄"
    if request.promised_on is not None and request.promised_on <= today:
        return "🔴" if request.promised_on < today else "🟡"
    return "🟢"


def _counts(counts: QueueCounts) -> str:
    parts = [_("Open: {count}").format(count=counts.open)]
    shown = (
        (counts.late, _("🔴 late: {count}")),
        (counts.due_today, _("🟡 due today: {count}")),
        (counts.asked, _("❓ asked: {count}")),
        (counts.receipts, _("🧾 receipts: {count}")),
        (counts.copies, _("📄 paper copies: {count}")),
    )
    return " · ".join([*parts, *(text.format(count=count) for count, text in shown if count)])


def _nothing(view: QueueView) -> str:
    sentences = {
        QueueView.OPEN: _("Nobody waits at this desk. 🎉"),
        QueueView.MINE: _("You have taken no request. Take the next one, or choose one from the queue."),
        QueueView.FREE: _("Nobody waits who is not looked after already."),
        QueueView.LATE: _("No promise was missed."),
        QueueView.RECEIPTS: _("No receipt waits to be looked at."),
        QueueView.COPIES: _("No copy on paper is wanted."),
    }
    return sentences[view]


def _entry(number: int, entry: QueueEntry, today: date, reader: Reader) -> Iterator[str]:
    request = entry.request
    yield _("{number}. {sign} <b>{person}</b>").format(
        number=number, sign=sign_of(request, today), person=html.quote(entry.person_name)
    )
    yield html.quote(reader.words.kind_name(request.kind, reader.language))
    if request.state in WORKABLE_STATES | {RequestState.ASKED} and request.promised_on is not None:
        yield _("Promised: {date}").format(date=reader.day(request.promised_on))
    yield from _state(request)


def _state(request: CertificateRequest) -> Iterator[str]:
    if request.state is RequestState.UNPAID:
        yield _("🧾 The receipt is to be looked at.")
    if request.state is RequestState.ASKED:
        yield _("❓ The person was asked something.")
    if request.taken_by is not None and request.state in WORKABLE_STATES | {RequestState.ASKED}:
        yield holder_line(request)
    if request.paper_copy is PaperCopy.WANTED:
        yield _("📄 A copy on paper is to be made.")
    if request.paper_copy is PaperCopy.READY:
        yield _("📄 The copy waits to be fetched.")


def holder_line(request: CertificateRequest) -> str:
    """Say who works on a request."""
    if not request.holder:
        return _("👤 A colleague is working on it.")
    return _("👤 Taken by: {person}").format(person=html.quote(request.holder))
