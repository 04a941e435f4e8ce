"""What students are told unasked about their certificates."""

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.certificates.keyboards import language_name
from handlers.common.ports import LocalDates
from services.certificates.dto import CertificateKind
from services.certificates.register import DeliveredCertificate
from services.delivery.dto import OutgoingMessage
from services.languages import Language


def certificate_ready(
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
    return OutgoingMessage(
        text="\n".join(lines),
        file_id=certificate.file_id,
        file_name=f"{certificate.kind}-{certificate.number}-{certificate.language.value}.pdf",
    )
