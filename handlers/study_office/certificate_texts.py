"""What officials read about certificates and their revocation."""

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.common.languages import language_name
from handlers.common.reader import Reader
from handlers.common.reasons import reason_name
from services.certificates.dto import RevocationReason
from services.certificates.register import OfficialCertificate, RegisterStatus
from services.study_office.dto import CertificatePage, IssuedCertificate


def certificate_line(certificate: IssuedCertificate, reader: Reader) -> str:
    """Return a certificate in one line."""
    kind = html.quote(certificate.kind_name.get(reader.language))
    number = html.quote(certificate.number)
    issued, language = reader.day(certificate.issued_on), language_name(certificate.language)
    return f"• {number} · {kind} · {language} · {issued} · {_status(certificate, reader)}"


def certificates_text(page: CertificatePage, reader: Reader) -> str:
    """List a person's certificates."""
    heading = _("<b>{person}</b>\n📄 Certificates: {number}").format(
        person=html.quote(page.person_name), number=page.total
    )
    if not page.certificates:
        return _("<b>{person}</b>\nNo certificate was issued yet.").format(person=html.quote(page.person_name))
    lines = [certificate_line(certificate, reader) for certificate in page.certificates]
    return "\n".join([heading, "", *lines])


def ask_for_reason_text(certificate: OfficialCertificate, reader: Reader) -> str:
    """Ask why a certificate is revoked."""
    lines = [_named(certificate, reader), "", _("Why is it revoked? The holder is told; strangers are not.")]
    return "\n".join(lines)


def write_reason_text(certificate: OfficialCertificate, reader: Reader) -> str:
    """Ask for the reason in the official's own words."""
    lines = [
        _named(certificate, reader),
        "",
        _("Write in a sentence why it is revoked, at most 300 signs. The holder will read it."),
    ]
    return "\n".join(lines)


def confirm_revocation_text(
    certificate: OfficialCertificate, reason: RevocationReason, text: str, reader: Reader
) -> str:
    """Ask for the last tap."""
    lines = [
        _named(certificate, reader),
        _("Reason: {reason}").format(reason=html.quote(text) if text else reason_name(reason)),
        "",
        _("Whoever checks it will be told at once that it is revoked. This cannot be undone."),
    ]
    return "\n".join(lines)


def replacement_text(certificate: OfficialCertificate, reader: Reader) -> str:
    """Ask why it is issued anew."""
    lines = [
        _named(certificate, reader),
        "",
        _(
            "A new certificate with what the university knows today takes its place; whoever checks this one will read "
            "that it is replaced, and the holder gets the new one. Why is it issued anew?"
        ),
    ]
    return "\n".join(lines)


def replaced_note(number: str) -> str:
    """Say that it is done."""
    return _("✅ Issued anew: {number}.").format(number=html.quote(number))


def revoked_note(certificate: OfficialCertificate) -> str:
    """Say that it is done."""
    if certificate.account_id is None:
        return _("✅ Revoked: {number}. The holder has no linked account and was not told.").format(
            number=certificate.number
        )
    return _("✅ Revoked: {number}. The holder is told.").format(number=certificate.number)


def _named(certificate: OfficialCertificate, reader: Reader) -> str:
    return _("Certificate No. {number} ({language}), issued: {date}\nHolder: <b>{person}</b>").format(
        number=html.quote(certificate.number),
        language=language_name(certificate.language),
        date=reader.day(certificate.issued_on),
        person=html.quote(certificate.person_name),
    )


def _status(certificate: IssuedCertificate, reader: Reader) -> str:
    since = reader.day(certificate.status_on)
    match certificate.status:
        case RegisterStatus.REVOKED:
            return _("⛔ revoked: {date}").format(date=since)
        case RegisterStatus.SUPERSEDED:
            return _("🔁 replaced by a new one: {date}").format(date=since)
    if certificate.valid_until is None:
        return _("no expiry date")
    return _("valid until: {date}").format(date=reader.day(certificate.valid_until))
