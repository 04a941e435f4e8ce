"""What is said about facts that are wrong."""

from collections.abc import Iterator

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.common.fact_labels import fact_label
from handlers.common.languages import language_name
from handlers.common.reader import Reader
from services.certificates.dto import PublicFact
from services.corrections.dto import Fact
from services.reports.dto import (
    Correctability,
    Report,
    ReportableCertificate,
    ReportableFact,
    ReportCard,
    ReportPage,
    ReportState,
)


def label_of(kind: str, fact: ReportableFact, reader: Reader) -> str:
    """Return what a fact is called; plain text."""
    if fact.correctability is Correctability.ROSTER and fact.name in set(Fact):
        return fact_label(fact.name)
    return reader.words.label(kind, fact.rule, reader.language)


def value_text(kind: str, fact: ReportableFact, value: str, reader: Reader) -> str:
    """Return a value as it is read; plain text, a dash where there is none."""
    if not value:
        return "—"
    shown = PublicFact(name=fact.rule, type=fact.type, value=value, masked=False)
    return reader.words.describe(kind, shown, reader.language)[1]


def choose_fact_text(certificate: ReportableCertificate) -> str:
    """Ask what is wrong."""
    return _("Certificate No. {number} ({language})\n\nWhat is wrong? Choose it:").format(
        number=html.quote(certificate.number), language=language_name(certificate.language)
    )


def ask_for_value_text(kind: str, fact: ReportableFact, reader: Reader) -> str:
    """Ask how it is right."""
    return _("{fact}\nOn the certificate: <b>{value}</b>\n\nHow is it right? Write it, or /cancel.").format(
        fact=html.quote(label_of(kind, fact, reader)), value=html.quote(value_text(kind, fact, fact.value, reader))
    )


def confirm_report_text(kind: str, fact: ReportableFact, value: str, reader: Reader) -> str:
    """Ask for the last tap."""
    return _("{fact}\nOn the certificate: {old}\nRight is: <b>{new}</b>\n\nShall I give this to the desk?").format(
        fact=html.quote(label_of(kind, fact, reader)),
        old=html.quote(value_text(kind, fact, fact.value, reader)),
        new=html.quote(value_text(kind, fact, value, reader)),
    )


def reported_text() -> str:
    """Say that the desk has it."""
    return _(
        "✅ The desk has your report. You will be told here what it decides; if it accepts, a new certificate comes by "
        "itself and the old one is marked as replaced."
    )


def withdrawn_text() -> str:
    """Say that nobody decides it any more."""
    return _("The report is withdrawn.")


def send_document_text() -> str:
    """Ask for the document."""
    return _("Send a photo of the document here: the page on which the right value stands. Or /cancel.")


def document_taken_text() -> str:
    """Say that the desk has it."""
    return _("✅ The desk has your document and will look at it.")


def document_not_taken_text(limit_megabytes: int) -> str:
    """Answer a file that cannot be taken."""
    return _("The file did not reach me, or is larger than {limit} MB. Please send a photo.").format(
        limit=limit_megabytes
    )


def document_caption(card: ReportCard) -> str:
    """Say whose document it is."""
    return _("Document for the correction of certificate No. {number}").format(number=html.quote(card.report.number))


def decided_text(report: Report) -> str:
    """Tell the holder what the desk decided."""
    number = html.quote(report.number)
    if report.state is ReportState.REFUSED:
        return _("❌ The correction of certificate No. {number} was refused.\nReason: {reason}").format(
            number=number, reason=html.quote(report.refusal)
        )
    return _("📎 For the correction of certificate No. {number} the desk needs a photo of a document.").format(
        number=number
    )


def list_text(page: ReportPage) -> str:
    """List what waits."""
    if not page.total:
        return _("No corrections wait for you.")
    return _("<b>Corrections asked for: {number}</b>\nThe oldest stand first.").format(number=page.total)


def line_of(report: Report) -> str:
    """Return a report for a button; plain text."""
    sign = "📎" if report.state is ReportState.DOCUMENT_WANTED else "✏️"
    return f"{sign} {report.number} · {report.person_name}"


def card_text(card: ReportCard, reader: Reader, value: str = "") -> str:
    """Show a report to the desk; `value`: its own spelling, if it wrote one."""
    return "\n".join(_card_lines(card, reader, value))


def _card_lines(card: ReportCard, reader: Reader, value: str) -> Iterator[str]:
    report, fact = card.report, card.fact
    yield _("<b>{person}</b>\nCertificate No. {number} ({language})").format(
        person=html.quote(report.person_name), number=html.quote(report.number), language=language_name(report.language)
    )
    yield ""
    yield _("{fact}\nOn the certificate: {old}\nRight is, says the holder: <b>{new}</b>").format(
        fact=html.quote(label_of(report.kind, fact, reader)),
        old=html.quote(value_text(report.kind, fact, fact.value, reader)),
        new=html.quote(value_text(report.kind, fact, report.value, reader)),
    )
    if value:
        yield _("Your spelling: <b>{value}</b>").format(value=html.quote(value_text(report.kind, fact, value, reader)))
    if report.state is ReportState.DOCUMENT_WANTED:
        yield _("📎 A document was asked for and has not come yet.")
    elif report.file_id is not None:
        yield _("📎 A document has come: see the file above.")
    yield ""
    yield _explanation(fact)


def _explanation(fact: ReportableFact) -> str:
    if fact.correctability is Correctability.SOURCE:
        return _(
            "Only the source of the roster says this fact. Put it right there; after the next import accept here, and "
            "the certificate is issued anew."
        )
    if fact.correctability is Correctability.PAPER:
        return _("If you accept, the certificate is issued anew with this value.")
    return _("If you accept, the fact is corrected for good and the certificate is issued anew.")


def other_value_text() -> str:
    """Ask for the desk's spelling."""
    return _("Write the right value as it shall stand on the certificate, or /cancel.")


def reason_text() -> str:
    """Ask why it is refused."""
    return _("Write in a sentence why the correction is refused, at most 300 signs. The holder will read it.")


def accepted_note(report: Report) -> str:
    """Say that it is done."""
    return _("✅ Corrected. The new certificate is No. {number}; the holder gets it.").format(
        number=html.quote(report.new_number)
    )


def refused_note() -> str:
    """Say that it is done."""
    return _("The correction is refused; the holder is told why.")


def document_wanted_note() -> str:
    """Say that it is done."""
    return _("The holder is asked for a document.")


def out_of_date_note() -> str:
    """Say that the screen showed something else."""
    return _("This screen was out of date. This is how it stands now:")
