"""The words of the outbox: every kind of notice has its renderer here."""

from collections.abc import Awaitable, Callable, Mapping

from aiogram.utils.i18n import I18n

from handlers.certificates.notices import certificate_ready
from handlers.common.ports import LocalDates
from handlers.link_requests.notices import RequestNotices
from handlers.linking.notices import LinkNotices
from handlers.linking.notices import link_moved
from handlers.roles.notices import role_ended, role_granted
from handlers.study_office.notices import certificate_revoked
from services.certificates.dto import CertificateKind
from services.certificates.register import RegisterStatus
from services.certificates.service import CertificateService
from services.delivery.dto import ClaimedMessage, NoticeKind, OutgoingMessage
from services.roles.register import RoleRegister


class NoticeBook:
    """Puts notices into words in the reader's language, at the moment of sending."""

    def __init__(
        self,
        i18n: I18n,
        certificates: CertificateService,
        kinds: Mapping[str, CertificateKind],
        dates: LocalDates,
        links: LinkNotices,
        requests: RequestNotices,
        roles: RoleRegister,
    ) -> None:
        self._i18n = i18n
        self._certificates = certificates
        self._kinds = kinds
        self._dates = dates
        self._roles = roles
        self._renderers: Mapping[NoticeKind, Callable[[ClaimedMessage], Awaitable[OutgoingMessage | None]]] = {
            NoticeKind.CERTIFICATE_READY: self._certificate_ready,
            NoticeKind.LINK_MOVED: links.moved,
            NoticeKind.LINK_FROZEN: links.frozen,
            NoticeKind.LINK_DISPUTED: links.disputed,
            NoticeKind.LINK_RELEASED: links.released,
            NoticeKind.LINK_TAKEN_AWAY: links.taken_away,
            NoticeKind.LINK_REQUEST_WAITING: requests.waiting,
            NoticeKind.LINK_REQUEST_DECIDED: requests.decided,
            NoticeKind.CERTIFICATE_REVOKED: self._certificate_revoked,
            NoticeKind.LINK_MOVED: self._link_moved,
            NoticeKind.ROLE_CHANGED: self._role_changed,
        }

    async def render(self, message: ClaimedMessage) -> OutgoingMessage | None:
        """Return the message; None if it is no longer true."""
        with self._i18n.context(), self._i18n.use_locale(message.language.value):
            return await self._renderers[message.kind](message)

    async def _certificate_ready(self, message: ClaimedMessage) -> OutgoingMessage | None:
        certificate = await self._certificates.get_delivered(int(message.payload["certificate_id"]))
        if certificate.status is RegisterStatus.REVOKED:
            return None
        return certificate_ready(certificate, self._kinds.get(certificate.kind), message.language, self._dates)

    async def _certificate_revoked(self, message: ClaimedMessage) -> OutgoingMessage | None:
        certificate_id = int(message.payload["certificate_id"])
        certificate = await self._certificates.find_revoked(certificate_id, message.chat_id)
        if certificate is None:
            return None
        return certificate_revoked(certificate, self._kinds.get(certificate.kind), message.language, self._dates)

    async def _link_moved(self, _message: ClaimedMessage) -> OutgoingMessage | None:
        return link_moved()

    async def _role_changed(self, message: ClaimedMessage) -> OutgoingMessage | None:
        grant = await self._roles.find_told(int(message.payload["grant_id"]))
        if grant is None or grant.ended is bool(message.payload["granted"]):  # it was ended before anybody was told
            return None
        words = role_granted if message.payload["granted"] else role_ended
        return words(grant, message.language, self._dates)
