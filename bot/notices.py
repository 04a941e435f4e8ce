"""The words of the outbox: every kind of notice has its renderer here."""

from collections.abc import Awaitable, Callable, Mapping

from aiogram.utils.i18n import I18n

from handlers.announcements.notices import AnnouncementNotices
from handlers.certificates.notices import CertificateNotices
from handlers.link_requests.notices import RequestNotices
from handlers.linking.notices import LinkNotices
from handlers.roles.notices import RoleNotices
from handlers.study_office.notices import RevocationNotices
from services.delivery.dto import ClaimedMessage, NoticeKind, OutgoingMessage

_Renderer = Callable[[ClaimedMessage], Awaitable[OutgoingMessage | None]]


class NoticeBook:
    """Puts notices into words in the reader's language, at the moment of sending."""

    def __init__(
        self,
        i18n: I18n,
        *,
        certificates: CertificateNotices,
        revocations: RevocationNotices,
        links: LinkNotices,
        requests: RequestNotices,
        roles: RoleNotices,
        announcements: AnnouncementNotices,
    ) -> None:
        self._i18n = i18n
        self._renderers: Mapping[NoticeKind, _Renderer] = {
            NoticeKind.CERTIFICATE_READY: certificates.ready,
            NoticeKind.CERTIFICATE_REVOKED: revocations.revoked,
            NoticeKind.LINK_MOVED: links.moved,
            NoticeKind.LINK_FROZEN: links.frozen,
            NoticeKind.LINK_DISPUTED: links.disputed,
            NoticeKind.LINK_RELEASED: links.released,
            NoticeKind.LINK_TAKEN_AWAY: links.taken_away,
            NoticeKind.LINK_REQUEST_WAITING: requests.waiting,
            NoticeKind.LINK_REQUEST_DECIDED: requests.decided,
            NoticeKind.ROLE_CHANGED: roles.changed,
            NoticeKind.ANNOUNCEMENT: announcements.announced,
            NoticeKind.ANNOUNCEMENT_LATE: announcements.held,
        }

    async def render(self, message: ClaimedMessage) -> OutgoingMessage | None:
        """Return the message; None if it is no longer true."""
        with self._i18n.context(), self._i18n.use_locale(message.language.value):
            return await self._renderers[message.kind](message)
