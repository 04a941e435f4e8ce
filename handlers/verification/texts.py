"""What is said about a certificate that somebody checks."""

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.common.ports import Links
from handlers.common.reader import Reader
from handlers.verification.checks import failed_checks, passed_checks
from handlers.verification.sentences import (
    changed_since_text,
    no_such_code_text,
    only_the_code_text,
    own_headline,
    picture_advice,
    replaced_text,
)
from services.certificates.dto import Check, PublicCertificate, Verdict, VerdictKind
from services.certificates.pictures import PictureRemark
from services.codes import printed_code

_LIGHTS = {True: "✅", False: "❌", None: "▫️"}


def ask_for_code_text(links: Links) -> str:
    """Ask for a code or a file."""
    lines = [
        _("Write the code of the certificate (20 characters), send its PDF file, or send a photo of its QR code here.")
    ]
    if links.check_page:
        lines += ["", _("You can also check it on this page: {page}").format(page=html.quote(links.check_page))]
    return "\n".join(lines)


def not_a_code_text() -> str:
    """Answer a text that cannot be a code."""
    return _(
        "This is not a certificate's code. It has 20 letters and digits and stands beside the QR code. "
        "Write it once more, or /cancel."
    )


def neither_pdf_nor_picture_text() -> str:
    """Answer a file of another sort."""
    return _(
        "I can check only PDF files and pictures of the QR code. Send the certificate's PDF as a file, a photo of its "
        "QR code, or write its code."
    )


def too_large_text(limit_megabytes: int) -> str:
    """Answer a file that Telegram does not hand over."""
    return _(
        "The file is too large: I can check files up to {limit} MB. A certificate of ours is much smaller."
    ).format(limit=limit_megabytes)


def send_again_text() -> str:
    """Answer a file that Telegram lost on the way."""
    return _("Telegram did not hand me the file. Please send it once more, or write the certificate's code.")


def verdict_text(verdict: Verdict, reader: Reader, links: Links) -> str:
    """Say the verdict, each check with its own light, and what the certificate says."""
    lines = [_headline(verdict), *_remarks(verdict, reader, links)]
    if any(outcome is not None for outcome in verdict.checks.values()):
        lines += ["", *(_check_line(check, outcome) for check, outcome in verdict.checks.items())]
    if verdict.certificate is not None:
        lines += ["", *_certificate_lines(verdict.certificate, reader)]
        if links.check_page:
            page = html.link(html.quote(links.check_page), links.verify_page(verdict.certificate.code))
            lines += ["", _("On the university's page the same code gives the same answer: {page}").format(page=page)]
    if verdict.kind is VerdictKind.UNKNOWN and verdict.checks[Check.SIGNED_BY_US]:
        lines += ["", _("The file is signed by us, but it is not in our register.")]
    return "\n".join(lines)


def _remarks(verdict: Verdict, reader: Reader, links: Links) -> list[str]:
    """Say what follows from the verdict, right below the headline."""
    certificate, picture = verdict.certificate, verdict.picture
    lines = []
    if certificate and certificate.replaced_by and certificate.replaced_on:
        lines.append(replaced_text(html.quote(certificate.replaced_by), reader.day(certificate.replaced_on)))
    if verdict.checks[Check.STILL_CONFIRMED] is False:
        lines.append(changed_since_text())
    if picture and picture.code is not None:
        lines.append(only_the_code_text() if certificate else no_such_code_text(html.code(printed_code(picture.code))))
    elif picture:
        address, page = html.code(html.quote(picture.address)), html.quote(links.check_page)
        lines += picture_advice(picture, links, address=address, page=page)
    return lines


def _certificate_lines(certificate: PublicCertificate, reader: Reader) -> list[str]:
    lines = [
        _("<b>{kind}</b>, No. {number}").format(
            kind=html.quote(certificate.kind_name.get(reader.language)), number=html.quote(certificate.number)
        ),
        _("Date of issue: {date}").format(date=reader.day(certificate.issued_on)),
    ]
    if certificate.valid_until is not None:
        lines.append(_("Valid until: {date} inclusive").format(date=reader.day(certificate.valid_until)))
    if certificate.replaced_on is not None and not certificate.replaced_by:
        lines.append(_("Replaced on: {date}").format(date=reader.day(certificate.replaced_on)))
    if certificate.revoked_on is not None:
        lines.append(_("Revoked on: {date}").format(date=reader.day(certificate.revoked_on)))
    for fact in certificate.facts:
        label, value = reader.words.describe(certificate.kind, fact, reader.language)
        lines.append(f"{html.quote(label)}: {html.quote(value)}")
    lines.append(_("Code: {code}").format(code=html.code(printed_code(certificate.code))))
    return lines


def _headline(verdict: Verdict) -> str:
    own = own_headline(verdict)
    if own is not None:
        stop = verdict.kind is VerdictKind.ALTERED or (
            verdict.picture is not None and verdict.picture.remark is PictureRemark.ELSEWHERE
        )
        return f"{'⛔' if stop else '❓'} {html.bold(own)}"
    headlines = {
        VerdictKind.VALID: _("✅ <b>The certificate is valid.</b>"),
        VerdictKind.EXPIRED: _("⌛ <b>The certificate is genuine, but its validity has ended.</b>"),
        VerdictKind.REVOKED: _("⛔ <b>The certificate has been revoked by the university.</b>"),
        VerdictKind.SUPERSEDED: _("🔁 <b>The certificate has been replaced by a new one.</b>"),
        VerdictKind.ALTERED: _("⛔ <b>The file was altered after it was signed. Do not trust it.</b>"),
        VerdictKind.UNKNOWN: _("❓ <b>There is no such certificate in our register.</b>"),
        VerdictKind.UNREADABLE: _(
            "❓ <b>The file cannot be read: it is neither a PDF nor a picture, is damaged, protected by a password or "
            "too large.</b>"
        ),
    }
    return headlines[verdict.kind]


def _check_line(check: Check, outcome: bool | None) -> str:
    """Say what was found in words; the sign before it only repeats them."""
    if outcome is None:
        return _("{sign} {check}: not checked").format(sign=_LIGHTS[None], check=passed_checks()[check])
    return f"{_LIGHTS[outcome]} {(passed_checks() if outcome else failed_checks())[check]}"
