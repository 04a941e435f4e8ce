"""The words of the outbox: every kind of notice has its renderer here."""

import logging
from collections.abc import Awaitable, Callable, Mapping

from aiogram.utils.i18n import I18n
from aiogram.utils.i18n import gettext as _

from bot.errors import is_passing
from handlers.announcements.notices import AnnouncementNotices
from handlers.certificates.notices import CertificateNotices
from handlers.link_requests.notices import RequestNotices
from handlers.linking.notices import LinkNotices
from handlers.reports.notices import ReportNotices
from handlers.requests.notices import PaperRequestNotices
from handlers.roles.notices import RoleNotices
from handlers.study_office.notices import RevocationNotices
from services.delivery.dto import DueNotice, NoticeKind, OutgoingMessage
from services.delivery.errors import CannotBeTold
from services.languages import Language

logger = logging.getLogger(__name__)

_Renderer = Callable[[DueNotice], Awaitable[OutgoingMessage | None]]


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
        reports: ReportNotices,
        papers: PaperRequestNotices,
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
            NoticeKind.REPORT_DECIDED: reports.decided,
            NoticeKind.CONFIRMATION_CHANGED: reports.confirmation_changed,
            NoticeKind.REQUEST_ASKED: papers.asked,
            NoticeKind.REQUEST_ANSWERED: papers.answered,
            NoticeKind.REQUEST_REFUSED: papers.refused,
            NoticeKind.REQUEST_MOVED: papers.moved,
            NoticeKind.RECEIPT_REFUSED: papers.receipt_refused,
            NoticeKind.PAYMENT_CONFIRMED: papers.paid,
            NoticeKind.PAPER_COPY_READY: papers.copy_ready,
            NoticeKind.REQUEST_DUE_SOON: papers.due_soon,
            NoticeKind.DESK_MORNING: papers.morning,
            NoticeKind.ROLE_CHANGED: roles.changed,
            NoticeKind.ANNOUNCEMENT: announcements.announced,
            NoticeKind.ANNOUNCEMENT_LATE: announcements.held,
        }

    async def render(self, notice: DueNotice) -> OutgoingMessage | None:
        """Return the message; None if it is no longer true."""
        with self._i18n.context(), self._i18n.use_locale(notice.language.value):
            try:
                return await self._renderers[notice.kind](notice)
            except Exception as error:  # the edge of features: one that fails must not stop what others send
                if is_passing(error):
                    raise
                logger.exception("delivery %d (%s) cannot be put into words", notice.delivery_id, notice.kind.value)
                raise CannotBeTold from error

    def head_digest(self, language: Language) -> str:
        """Return the first line of an evening's digest."""
        with self._i18n.context(), self._i18n.use_locale(language.value):
            return _("🗞 <b>Your messages, gathered</b>")
