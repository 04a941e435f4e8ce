"""What is said about decisions, receipts, copies on paper, and many requests at once."""

from collections.abc import Collection, Mapping, Sequence

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.reader import Reader
from handlers.desk.card_texts import label_of
from services.certificates.errors import FactsMissing, FactsUnprintable
from services.errors import Refusal
from services.requests.dto import Approved, BulkEntry, BulkOutcome, CertificateRequest, RequestOnDesk
from services.requests.errors import FactsNotEntered, HeldByAnother, RequestChanged, RequestClosed, SameIssuedToday
from services.requests.rules import LONGEST_WORDS

_MOST_NAMES = 25


def out_of_date_toast() -> str:
    """Answer a tap on a screen that shows what is not so any more."""
    return _("This screen is out of date.")


def taken_note() -> str:
    """Say that nobody else works on it now."""
    return _("✋ You have taken this request.")


def released_note() -> str:
    """Say that it waits again."""
    return _("↩️ The request is back in the queue, at its old place.")


def preview_caption(number: int, pages: int) -> str:
    """Say what the picture is."""
    return _("Preview, page {page} of {pages}: not signed, not valid").format(page=number, pages=pages)


def approved_note(approved: Approved) -> str:
    """Say that the paper comes."""
    return _("✅ Approved: certificate No. {number}. The person gets the signed PDF here.").format(
        number=html.quote(approved.number)
    )


def question_text(shown: RequestOnDesk) -> str:
    """Ask for the question."""
    return _(
        "<b>{person}</b>\n\nWrite what the person should answer, at most {limit} signs. "
        "The clock of the request runs on. Or /cancel."
    ).format(person=html.quote(shown.person_name), limit=LONGEST_WORDS)


def asked_note() -> str:
    """Say that the person is asked."""
    return _("❓ The person is asked. The answer brings the request back.")


def refusal_text(shown: RequestOnDesk) -> str:
    """Ask for the reason."""
    return _(
        "<b>{person}</b>\n\nWhy is the request refused? Choose a reason, or write it, at most {limit} signs. "
        "The person will read it. Or /cancel."
    ).format(person=html.quote(shown.person_name), limit=LONGEST_WORDS)


def refused_note() -> str:
    """Say that it is done."""
    return _("⛔ The request is refused; the person is told why.")


def words_wanted_text() -> str:
    """Answer a picture or a file where words are waited for."""
    return _("Please write it in words, at most {limit} signs, or /cancel.").format(limit=LONGEST_WORDS)


def receipt_refusal_text(shown: RequestOnDesk) -> str:
    """Ask what is wrong with a receipt."""
    return _(
        "<b>{person}</b>\n\nWhat is wrong with the receipt? Choose a reason, or write it, at most {limit} signs. "
        "The person will read it and can send another one. Or /cancel."
    ).format(person=html.quote(shown.person_name), limit=LONGEST_WORDS)


def receipt_refused_note() -> str:
    """Say that it is done."""
    return _("🧾 The receipt is refused; the person is told why and can send another one.")


def receipt_caption(shown: RequestOnDesk, reader: Reader) -> str:
    """Say whose receipt it is, and of what it should be."""
    lines = [_("🧾 Receipt: {person}").format(person=html.quote(shown.person_name))]
    if shown.kind is not None and shown.kind.fee is not None:
        amount = reader.words.money(shown.kind.fee.amount, reader.language)
        lines.append(_("💳 Fee: {amount}").format(amount=html.quote(amount)))
    return "\n".join(lines)


def payment_confirmed_note() -> str:
    """Say that the clock runs."""
    return _("✅ The fee is confirmed; the person is told until when the answer comes.")


def copy_ready_note() -> str:
    """Say that the person is told."""
    return _("📄 The person is told that the copy can be fetched.")


def copy_given_note() -> str:
    """Say that it is done."""
    return _("📄 Noted: the copy was handed out.")


def choose_desk_text(shown: RequestOnDesk, *, others: bool) -> str:
    """Ask who should answer."""
    person = html.quote(shown.person_name)
    if not others:
        return _("<b>{person}</b>\n\nThere is no other desk. Refuse the request and say where to turn.").format(
            person=person
        )
    return _("<b>{person}</b>\n\nWhich desk should answer? The clock of the request runs on.").format(person=person)


def handed_over_note(request: CertificateRequest, reader: Reader) -> str:
    """Say who answers now."""
    return _("↪️ Handed over: {desk}. The person is told.").format(
        desk=html.quote(reader.words.desk_name(request.desk, reader.language))
    )


def choose_kind_text(entries: Sequence[BulkEntry], reader: Reader) -> str:
    """Ask of which kind many are to be approved."""
    if not entries:
        return _("There is nothing to be approved: every request is in other hands, or nobody waits.")
    lines = [_("✅ <b>Approve many</b>"), "", _("Of which kind? Ready are those to which nothing is missing:")]
    for kind, (ready, total) in by_kind(entries).items():
        name = html.quote(reader.words.kind_name(kind, reader.language))
        lines.append(_("• {kind}: {ready} of {total} ready").format(kind=name, ready=ready, total=total))
    return "\n".join(lines)


def by_kind(entries: Sequence[BulkEntry]) -> Mapping[str, tuple[int, int]]:
    """Return by kind how many can be approved, and of how many."""
    counts: dict[str, tuple[int, int]] = {}
    for entry in entries:
        ready, total = counts.get(entry.kind, (0, 0))
        counts[entry.kind] = ready + (entry.refusal is None), total + 1
    return counts


def many_text(kind: str, entries: Sequence[BulkEntry], reader: Reader) -> str:
    """Say who gets a certificate and who does not, and why."""
    ready = [entry for entry in entries if entry.refusal is None]
    lines = [f"<b>{html.quote(reader.words.kind_name(kind, reader.language))}</b>", ""]
    lines.append(_("✅ Can be approved: {count}").format(count=len(ready)))
    lines += _names([f"• {html.quote(entry.person_name)}" for entry in ready])
    left = [(entry.person_name, entry.refusal) for entry in entries if entry.refusal is not None]
    if left:
        lines += ["", _("✖️ Cannot be approved yet: {count}").format(count=len(left))]
        lines += _names([_left(name, refusal, reader) for name, refusal in left])
    if ready:
        lines += ["", _("Each gets a signed PDF. Shall all that can be approved be approved?")]
    return "\n".join(lines)


def progress_text(done: int, total: int) -> str:
    """Say how far it is."""
    return _("⏳ Approving: {done} of {total}").format(done=done, total=total)


def many_done_text(outcomes: Collection[BulkOutcome], names: Mapping[int, str], reader: Reader) -> str:
    """Say what became of all of them."""
    left = [outcome for outcome in outcomes if outcome.refusal is not None]
    lines = [_("✅ Approved: {count}").format(count=len(outcomes) - len(left))]
    if left:
        lines += ["", _("✖️ Not approved: {count}").format(count=len(left))]
        lines += _names([_left(names.get(one.request_id, ""), one.refusal, reader) for one in left])
    return "\n".join(lines)


def _names(lines: Sequence[str]) -> list[str]:
    rest = len(lines) - _MOST_NAMES
    if rest <= 0:
        return list(lines)
    return [*lines[:_MOST_NAMES], ngettext("… and {count} more", "… and {count} more", rest).format(count=rest)]


def _left(name: str, refusal: Refusal | None, reader: Reader) -> str:
    return f"• {html.quote(name)} – {html.quote(_why(refusal, reader))}"


def _why(refusal: Refusal | None, reader: Reader) -> str:
    """Return in a few words why a request is not approved; plain text."""
    if isinstance(refusal, FactsNotEntered):
        return _("missing: {facts}").format(facts=_labels(refusal, reader))
    if isinstance(refusal, FactsMissing):
        return _("missing in the roster: {facts}").format(facts=_labels(refusal, reader))
    if isinstance(refusal, FactsUnprintable):
        return _("cannot be printed: {facts}").format(facts=_labels(refusal, reader))
    if isinstance(refusal, SameIssuedToday):
        return _("the same was issued today: No. {number}").format(number=refusal.number)
    if isinstance(refusal, RequestChanged | RequestClosed | HeldByAnother):
        return _("it has changed meanwhile")
    return _("open it: the request itself says why")


def _labels(refusal: FactsNotEntered | FactsMissing | FactsUnprintable, reader: Reader) -> str:
    labels = [label_of(refusal.kind.id, fact, reader) for fact in refusal.facts]
    return ", ".join(labels[:3]) + ("…" if len(labels) > 3 else "")  # noqa: PLR2004 -- three are enough in a list
