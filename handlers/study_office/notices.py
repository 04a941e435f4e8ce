"""What people are told unasked by the Study Office."""

from collections.abc import Mapping
from typing import Protocol

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.common.ports import LocalDates
from handlers.common.reasons import reason_name
from services.certificates.dto import CertificateKind, RevocationReason
from services.certificates.register import RevokedCertificate
from services.delivery.dto import DueNotice, OutgoingMessage
from services.languages import Language


class Revocations(Protocol):
    """Revoked certificates at the moment of sending."""

    async def find_revoked(self, certificate_id: int, account_id: int) -> RevokedCertificate | None:
        """Return what a holder is told; None if the account is not theirs."""
        ...


class RevocationNotices:
    """Renderers; None where it is no longer true."""

    def __init__(self, certificates: Revocations, kinds: Mapping[str, CertificateKind], dates: LocalDates) -> None:
        self._certificates = certificates
        self._kinds = kinds
        self._dates = dates

    async def revoked(self, message: DueNotice) -> OutgoingMessage | None:
        """Tell the holder of a revocation."""
        certificate_id = int(message.payload["certificate_id"])
        certificate = await self._certificates.find_revoked(certificate_id, message.chat_id)
        if certificate is None:
            return None
        return _revoked(certificate, self._kinds.get(certificate.kind), message.language, self._dates)


def _revoked(
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
