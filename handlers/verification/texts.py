"""What is said about a certificate that somebody checks."""

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.common.ports import Links
from handlers.common.reader import Reader
from handlers.verification.checks import failed_checks, passed_checks
from services.certificates.dto import Check, PublicCertificate, Verdict, VerdictKind
from services.codes import printed_code

_LIGHTS = {True: "✅", False: "❌", None: "▫️"}


def ask_for_code_text(links: Links) -> str:
    """Ask for a code or a file."""
    lines = [_("Write the code of the certificate (20 characters) or send its PDF file here.")]
    if links.check_page:
        lines += ["", _("You can also check it on this page: {page}").format(page=html.quote(links.check_page))]
    return "\n".join(lines)


def not_a_code_text() -> str:
    """Answer a text that cannot be a code."""
    return _(
        "This is not a certificate's code. It has 20 letters and digits and stands beside the QR code. "
        "Write it once more, or /cancel."
    )


def not_a_pdf_text() -> str:
    """Answer a file that is no PDF."""
    return _("I can check only PDF files. Send the certificate's PDF as a file, or write its code.")


def not_from_a_picture_text(links: Links) -> str:
    """Answer a picture: say how a certificate that somebody has as a picture is checked."""
    lines = [
        _(
            "I cannot read pictures. To check a certificate, send its PDF as a file, write the code that stands beside "
            "the QR code (20 characters), or scan the QR code with your phone."
        )
    ]
    if links.check_page:
        lines += ["", _("You can also check it on this page: {page}").format(page=html.quote(links.check_page))]
    return "\n".join(lines)


def too_large_text(limit_megabytes: int) -> str:
    """Answer a file that Telegram does not hand over."""
    return _(
        "The file is too large: I can check files up to {limit} MB. A certificate of ours is much smaller."
    ).format(limit=limit_megabytes)


def send_again_text() -> str:
    """Answer a file that Telegram lost on the way."""
    return _("Telegram did not hand me the file. Please send it once more, or write the certificate's code.")


def verdict_text(verdict: Verdict, reader: Reader) -> str:
    """Say the verdict, each check with its own light, and what the certificate says."""
    lines = [_headline(verdict.kind)]
    if any(outcome is not None for outcome in verdict.checks.values()):
        lines += ["", *(_check_line(check, outcome) for check, outcome in verdict.checks.items())]
    if verdict.certificate is not None:
        lines += ["", *_certificate_lines(verdict.certificate, reader)]
    if verdict.kind is VerdictKind.UNKNOWN and verdict.checks[Check.SIGNED_BY_US]:
        lines += ["", _("The file is signed by us, but it is not in our register.")]
    return "\n".join(lines)


def _certificate_lines(certificate: PublicCertificate, reader: Reader) -> list[str]:
    lines = [
        _("<b>{kind}</b>, No. {number}").format(
            kind=html.quote(certificate.kind_name.get(reader.language)), number=html.quote(certificate.number)
        ),
        _("Date of issue: {date}").format(date=reader.day(certificate.issued_on)),
    ]
    if certificate.valid_until is not None:
        lines.append(_("Valid until: {date} inclusive").format(date=reader.day(certificate.valid_until)))
    if certificate.revoked_on is not None:
        lines.append(_("Revoked on: {date}").format(date=reader.day(certificate.revoked_on)))
    for fact in certificate.facts:
        label, value = reader.words.describe(certificate.kind, fact, reader.language)
        lines.append(f"{html.quote(label)}: {html.quote(value)}")
    lines.append(_("Code: {code}").format(code=html.code(printed_code(certificate.code))))
    return lines


def _headline(kind: VerdictKind) -> str:
    headlines = {
        VerdictKind.VALID: _("✅ <b>The certificate is valid.</b>"),
        VerdictKind.EXPIRED: _("⌛ <b>The certificate is genuine, but its validity has ended.</b>"),
        VerdictKind.REVOKED: _("⛔ <b>The certificate has been revoked by the university.</b>"),
        VerdictKind.SUPERSEDED: _("🔁 <b>The certificate has been replaced by a new one.</b>"),
        VerdictKind.ALTERED: _("⛔ <b>The file was altered after it was signed. Do not trust it.</b>"),
        VerdictKind.UNKNOWN: _("❓ <b>There is no such certificate in our register.</b>"),
        VerdictKind.UNREADABLE: _(
            "❓ <b>The file cannot be read: it is not a PDF, is damaged, protected by a password or too large.</b>"
        ),
    }
    return headlines[kind]


def _check_line(check: Check, outcome: bool | None) -> str:
    """Say what was found in words; the sign before it only repeats them."""
    if outcome is None:
        return _("{sign} {check}: not checked").format(sign=_LIGHTS[None], check=passed_checks()[check])
    return f"{_LIGHTS[outcome]} {(passed_checks() if outcome else failed_checks())[check]}"
