"""What is said about one's own requests and certificates."""

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.common.downloads import LIMIT_MEGABYTES
from handlers.common.languages import language_name
from handlers.common.reader import Reader
from handlers.common.request_screens import request_text
from services.attachments import LARGEST_MEGABYTES
from services.certificates.register import RegisterStatus
from services.requests.dto import MyCertificate, MyPapers, MyRequest, PaperCopy, RequestState
from services.requests.rules import LONGEST_WORDS

_SIGNS = {
    RequestState.UNPAID: "🧾", RequestState.WAITING: "⏳", RequestState.TAKEN: "⏳", RequestState.ASKED: "❓",
    RequestState.APPROVED: "✅", RequestState.REFUSED: "⛔", RequestState.WITHDRAWN: "↩️",
}  # fmt: skip


def list_text(papers: MyPapers) -> str:
    """Say what the list is; what stands in it is on the buttons."""
    if not papers.requests and not papers.certificates:
        return _("📋 <b>My requests</b>\n\nYou have asked for no certificate yet.")
    lines = [
        _("📋 <b>My requests</b>"),
        "",
        _("⏳ waits for a desk · ❓ waits for you · 🧾 waits for the fee"),
        _("✅ issued · ⛔ refused or revoked · ↩️ taken back"),
    ]
    if papers.pages > 1:
        lines += ["", _("Page {page} of {pages}").format(page=papers.page + 1, pages=papers.pages)]
    return "\n".join(lines)


def request_title(mine: MyRequest, reader: Reader) -> str:
    """Return what stands on the button of a request; plain text."""
    name = mine.kind.name.get(reader.language) if mine.kind else mine.request.kind
    return f"{_SIGNS[mine.request.state]} {name} · № {mine.request.id}"


def certificate_title(certificate: MyCertificate, papers: MyPapers, reader: Reader) -> str:
    """Return what stands on the button of a certificate; plain text."""
    sign = "✅" if certificate.status is RegisterStatus.ISSUED else "⛔"
    name = papers.kind_names.get(certificate.kind)
    return f"{sign} {name.get(reader.language) if name else certificate.kind} · {certificate.number}"


def opened_text(mine: MyRequest, reader: Reader) -> str:
    """Say all about a request."""
    return "\n".join([
        _("Request No. {number}, made on {date}").format(
            number=mine.request.id, date=reader.moment(mine.request.created_at)
        ),
        request_text(mine, reader),
    ])  # fmt: skip


def certificate_text(certificate: MyCertificate, reader: Reader) -> str:
    """Say all about an issued certificate."""
    lines = [
        _("Certificate No. {number}").format(number=html.quote(certificate.number)),
        _("Date of issue: {date}").format(date=reader.day(certificate.issued_on)),
        _("Language: {language}").format(language=language_name(certificate.language)),
    ]
    if certificate.valid_until is not None:
        lines.append(_("Valid until: {date} inclusive").format(date=reader.day(certificate.valid_until)))
    if certificate.status is RegisterStatus.REVOKED:
        lines.append(_("⛔ It was revoked and confirms nothing any more."))
    if certificate.status is RegisterStatus.SUPERSEDED:
        lines.append(_("🔁 A newer one stands in its place."))
    copies = {
        PaperCopy.WANTED: _("📃 A paper copy is being made; you will be told when it is ready."),
        PaperCopy.READY: _("📃 The paper copy is ready: it can be fetched."),
        PaperCopy.GIVEN: _("📃 The paper copy was handed out."),
    }
    if certificate.paper_copy in copies:
        lines.append(copies[certificate.paper_copy])
    return "\n".join(lines)


def ask_to_withdraw_text(mine: MyRequest, reader: Reader) -> str:
    """Ask before a request is taken back."""
    question = _("Take this request back? Its place in the queue is lost.")
    if mine.kind is not None and mine.kind.fee is not None:
        question = _(
            "Take this request back? Its place in the queue is lost, and a fee that was paid is not paid back here."
        )
    return "\n\n".join([question, request_text(mine, reader)])


def ask_for_answer_text(mine: MyRequest) -> str:
    """Ask for the answer."""
    return _("❓ {question}\n\nWrite the answer: {count} signs at most.").format(
        question=html.quote(mine.request.question), count=LONGEST_WORDS
    )


def ask_for_receipt_text(mine: MyRequest, reader: Reader) -> str:
    """Ask for the receipt."""
    ask = _("🧾 Send the receipt now: a photo, a picture or a PDF of at most {limit} MB.").format(
        limit=LARGEST_MEGABYTES
    )
    return "\n\n".join([ask, request_text(mine, reader)])


def answered_text(mine: MyRequest, reader: Reader) -> str:
    """Say that the answer went to the desk."""
    return "\n\n".join([_("✅ Your answer went to the desk."), request_text(mine, reader)])


def receipt_taken_text(mine: MyRequest, reader: Reader) -> str:
    """Say that the receipt went to the desk."""
    taken = _("✅ Your receipt went to the desk. You will be told when it is confirmed.")
    return "\n\n".join([taken, request_text(mine, reader)])


def withdrawn_text(mine: MyRequest, reader: Reader) -> str:
    """Say that a request was taken back."""
    return "\n\n".join([_("↩️ The request was taken back."), request_text(mine, reader)])


def not_a_receipt_text() -> str:
    """Answer what is neither a picture nor a PDF."""
    return _("Send the receipt as a photo, a picture or a PDF, or /cancel.")


def not_an_answer_text() -> str:
    """Answer what is no text."""
    return _("Write the answer as a text, or /cancel.")


def too_large_text() -> str:
    """Answer a file that Telegram does not hand over."""
    return _("This file is larger than {limit} MB and cannot be read here.").format(limit=LIMIT_MEGABYTES)


def send_again_text() -> str:
    """Answer a file that is gone."""
    return _("Telegram does not have this file any more. Please send it once more.")


def coming_toast() -> str:
    """Answer the wish for the file."""
    return _("It comes below.")


def copy_wanted_toast() -> str:
    """Answer the wish for a copy on paper."""
    return _("The desk will make it and tell you.")
