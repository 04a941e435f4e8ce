"""What holders are told about their reports, and about what the university confirms."""

from collections.abc import Mapping
from typing import Protocol

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.common.notice_buttons import menu_button
from handlers.reports.callbacks import SendProof
from handlers.reports.texts import decided_text
from services.certificates.dto import CertificateKind
from services.certificates.register import DeliveredCertificate, RegisterStatus
from services.delivery.dto import DueNotice, OutgoingButton, OutgoingMessage
from services.reports.dto import Report, ReportState

_TOLD = frozenset({ReportState.REFUSED, ReportState.DOCUMENT_WANTED})


class Told(Protocol):
    """Reports at the moment of sending."""

    async def find_decided(self, report_id: int, account_id: int) -> Report | None:
        """Return a report if the account is its holder's."""
        ...


class Certificates(Protocol):
    """Certificates at the moment of sending."""

    async def get_delivered(self, certificate_id: int) -> DeliveredCertificate:
        """Return a certificate."""
        ...


class ReportNotices:
    """Renderers; None where it is no longer true."""

    def __init__(
        self,
        reports: Told,
        certificates: Certificates,
        kinds: Mapping[str, CertificateKind],
    ) -> None:
        self._reports = reports
        self._certificates = certificates
        self._kinds = kinds

    async def decided(self, message: DueNotice) -> OutgoingMessage | None:
        """Tell what the desk decided, or wants; an accepted report is told by the new certificate itself."""
        report = await self._reports.find_decided(int(message.payload["report_id"]), message.chat_id)
        if report is None or report.state not in _TOLD:
            return None
        buttons = [menu_button()]
        if report.state is ReportState.DOCUMENT_WANTED:
            buttons.insert(0, OutgoingButton(text=_("📎 Send it"), data=SendProof(report_id=report.id).pack()))
        return OutgoingMessage(text=decided_text(report), buttons=tuple(buttons))

    async def confirmation_changed(self, message: DueNotice) -> OutgoingMessage | None:
        """Tell whether whoever checks the certificate sees that the university confirms it."""
        certificate = await self._certificates.get_delivered(int(message.payload["certificate_id"]))
        if certificate.status is not RegisterStatus.ISSUED or certificate.account_id != message.chat_id:
            return None
        if certificate.confirmed is not message.payload["confirmed"]:  # it has changed back meanwhile
            return None
        kind = self._kinds.get(certificate.kind)
        name = html.quote(kind.name.get(message.language) if kind else certificate.kind)
        if certificate.confirmed:
            text = _(
                "✅ Certificate “{kind}” No. {number}: whoever checks it sees again that the university confirms it."
            )
        else:
            text = _(
                "ℹ️ Certificate “{kind}” No. {number}: your record at the university has changed. Whoever checks "
                "the certificate from now on sees that the university does not confirm it any more; the reason is not "
                "shown."
            )
        return OutgoingMessage(text=text.format(kind=name, number=certificate.number), buttons=(menu_button(),))
