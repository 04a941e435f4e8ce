"""What is said about certificates."""

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.languages import language_name
from services.certificates.dto import CertificateKind, CertificateReview
from services.certificates.register import RequestedCertificate
from services.languages import Language


def choose_kind_text() -> str:
    """Ask for the kind."""
    return _("Which certificate do you need?")


def choose_language_text(kind: CertificateKind, reader: Language) -> str:
    """Ask for the language of the paper."""
    return _("Certificate: <b>{kind}</b>\nIn which language?").format(kind=html.quote(kind.name.get(reader)))


def confirmation_text(review: CertificateReview, reader: Language) -> str:
    """Say what will be ordered."""
    kind = review.kind
    lines = [
        _("Certificate: <b>{kind}</b>").format(kind=html.quote(kind.name.get(reader))),
        _("Language: {language}").format(language=language_name(review.language)),
        _("Name: {name}").format(name=html.quote(review.name)),
    ]
    if kind.validity_days is not None:
        validity = ngettext("Valid for {days} day", "Valid for {days} days", kind.validity_days)
        lines.append(validity.format(days=kind.validity_days))
    lines += ["", _("The certificate will come here as a PDF with an electronic signature and a QR code.")]
    if kind.confirmed_for:
        lines.append(
            _("Until it expires, whoever checks it also sees whether the university still confirms it, never why not.")
        )
    return "\n".join(lines)


def ordered_toast() -> str:
    """Answer the last tap at once."""
    return _("Being prepared…")


def ordered_text(kind: CertificateKind, certificate: RequestedCertificate, reader: Language) -> str:
    """Say that the paper comes; what stands here must still be true when it has come."""
    if certificate.again:
        return _(
            "Certificate: <b>{kind}</b>\nNo. {number}\n\n"
            "You were issued this certificate today, and nothing has changed since. Here is the same document."
        ).format(kind=html.quote(kind.name.get(reader)), number=certificate.number)
    return _("Certificate: <b>{kind}</b>\nNo. {number}\n\n✅ Ordered. The document comes below.").format(
        kind=html.quote(kind.name.get(reader)), number=certificate.number
    )
