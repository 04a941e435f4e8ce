"""What students are told unasked about their certificates."""

from collections.abc import Mapping
from typing import Protocol

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import ReportWrong
from handlers.common.languages import language_name
from handlers.common.notice_buttons import menu_button
from handlers.common.ports import LocalDates
from services.certificates.dto import CertificateKind
from services.certificates.register import DeliveredCertificate, RegisterStatus
from services.delivery.dto import DueNotice, OutgoingButton, OutgoingMessage
from services.languages import Language


class Deliveries(Protocol):
    """Certificates at the moment of sending."""

    async def get_delivered(self, certificate_id: int) -> DeliveredCertificate:
        """Return a finished or spoiled certificate."""
        ...


class CertificateNotices:
    """Renderers; None where it is no longer true."""

    def __init__(self, certificates: Deliveries, kinds: Mapping[str, CertificateKind], dates: LocalDates) -> None:
        self._certificates = certificates
        self._kinds = kinds
        self._dates = dates

    async def ready(self, message: DueNotice) -> OutgoingMessage | None:
        """Bring the document to its holder."""
        certificate = await self._certificates.get_delivered(int(message.payload["certificate_id"]))
        if certificate.status is not RegisterStatus.ISSUED or certificate.account_id != message.chat_id:
            return None
        return _ready(certificate, self._kinds.get(certificate.kind), message.language, self._dates)


def _ready(
    certificate: DeliveredCertificate, kind: CertificateKind | None, reader: Language, dates: LocalDates
) -> OutgoingMessage:
    """Hand over the finished document, or say that it could not be made."""
    name = html.quote(kind.name.get(reader) if kind else certificate.kind)
    if certificate.file_id is None:
        return OutgoingMessage(
            text=_(
                "❗ The certificate “{kind}” No. {number} could not be prepared. Please ask the office named in /help."
            ).format(kind=name, number=certificate.number)
        )
    lines = [_("✅ Your certificate is ready: <b>{kind}</b>").format(kind=name)]
    lines.append(_("No. {number}").format(number=certificate.number))
    lines.append(_("Language: {language}").format(language=language_name(certificate.language)))
    if certificate.valid_until is not None:
        lines.append(_("Valid until: {date} inclusive").format(date=dates.date(certificate.valid_until, reader)))
    if certificate.replaces:
        lines.append(
            _("It stands in place of No. {number}, which is not valid any more.").format(number=certificate.replaces)
        )
    wrong = ReportWrong(certificate_id=certificate.id)
    return OutgoingMessage(
        text="\n".join(lines),
        buttons=(OutgoingButton(text=_("✏️ Something is wrong here"), data=wrong.pack()), menu_button()),
        file_id=certificate.file_id,
        file_name=f"{certificate.kind}-{certificate.number}-{certificate.language.value}.pdf",
    )
