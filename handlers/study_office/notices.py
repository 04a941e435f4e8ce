"""What people are told unasked by the Study Office."""

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.common.ports import LocalDates
from handlers.common.reasons import reason_name
from services.certificates.dto import CertificateKind, RevocationReason
from services.certificates.register import RevokedCertificate
from services.delivery.dto import OutgoingMessage
from services.languages import Language


def certificate_revoked(
    certificate: RevokedCertificate, kind: CertificateKind | None, reader: Language, dates: LocalDates
) -> OutgoingMessage:
    """Tell the holder that a certificate confirms nothing any more, why, and what to do."""
    reason = reason_name(certificate.reason)
    if certificate.reason is RevocationReason.OTHER:
        reason = html.quote(certificate.text)
    text = _(
        "⛔ Your certificate was revoked: <b>{kind}</b>\nNo. {number}\nDate of issue: {date}\nReason: {reason}\n\n"
        "Do not present it any more: whoever checks it is told that it is revoked. If you need a certificate, order "
        "a new one: /certificate. Questions are answered by the office named in /help."
    ).format(
        kind=html.quote(kind.name.get(reader) if kind else certificate.kind),
        number=html.quote(certificate.number),
        date=dates.date(certificate.issued_on, reader),
        reason=reason,
    )
    return OutgoingMessage(text=text)
