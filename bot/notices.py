"""The words of the outbox: every kind of notice has its renderer here."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from aiogram.utils.i18n import I18n
from aiogram.utils.i18n import gettext as _

from bot.errors import is_passing
from handlers.announcements.notices import AnnouncementNotices
from handlers.batches.notices import BatchNotices
from handlers.bulletin.notices import BulletinNotices
from handlers.certificates.notices import CertificateNotices
from handlers.channels.notices import ChannelNotices
from handlers.expiries.notices import ExpiryNotices
from handlers.link_requests.notices import RequestNotices
from handlers.linking.notices import LinkNotices
from handlers.plan.notices import DutyNotices
from handlers.plan_desk.notices import PlanDeskNotices
from handlers.plan_reminders.notices import PlanReminderNotices
from handlers.reports.notices import ReportNotices
from handlers.requests.notices import PaperRequestNotices
from handlers.revisions.notices import RevisionNotices
from handlers.roles.notices import RoleNotices
from handlers.sittings.notices import SittingNotices
from handlers.study_office.notices import RevocationNotices
from handlers.survey_chat.notices import SurveyNotices
from handlers.survey_reports.notices import SurveyOutcomeNotices
from handlers.trust.notices import TrustNotices
from services.delivery.dto import DueNotice, NoticeKind, OutgoingMessage
from services.delivery.errors import CannotBeTold
from services.languages import Language

logger = logging.getLogger(__name__)

_Renderer = Callable[[DueNotice], Awaitable[OutgoingMessage | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureNotices:
    """What each feature brings."""

    certificates: CertificateNotices
    batches: BatchNotices
    revocations: RevocationNotices
    links: LinkNotices
    requests: RequestNotices
    reports: ReportNotices
    papers: PaperRequestNotices
    roles: RoleNotices
    announcements: AnnouncementNotices
    revisions: RevisionNotices
    bulletin: BulletinNotices
    expiries: ExpiryNotices
    channels: ChannelNotices
    duties: DutyNotices
    plans: PlanReminderNotices
    plan_desk: PlanDeskNotices
    sittings: SittingNotices
    trust: TrustNotices
    surveys: SurveyNotices
    survey_outcomes: SurveyOutcomeNotices

    def renderers(self) -> Mapping[NoticeKind, _Renderer]:
        """Return the renderer of every kind of notice."""
        return {
            NoticeKind.CERTIFICATE_READY: self.certificates.ready,
            NoticeKind.BATCH_ISSUED: self.batches.issued,
            NoticeKind.CERTIFICATE_REVOKED: self.revocations.revoked,
            NoticeKind.LINK_MOVED: self.links.moved,
            NoticeKind.LINK_FROZEN: self.links.frozen,
            NoticeKind.LINK_DISPUTED: self.links.disputed,
            NoticeKind.LINK_RELEASED: self.links.released,
            NoticeKind.LINK_TAKEN_AWAY: self.links.taken_away,
            NoticeKind.LINK_REQUEST_WAITING: self.requests.waiting,
            NoticeKind.LINK_REQUEST_DECIDED: self.requests.decided,
            NoticeKind.REPORT_DECIDED: self.reports.decided,
            NoticeKind.CONFIRMATION_CHANGED: self.reports.confirmation_changed,
            NoticeKind.REQUEST_ASKED: self.papers.asked,
            NoticeKind.REQUEST_ANSWERED: self.papers.answered,
            NoticeKind.REQUEST_REFUSED: self.papers.refused,
            NoticeKind.REQUEST_MOVED: self.papers.moved,
            NoticeKind.RECEIPT_REFUSED: self.papers.receipt_refused,
            NoticeKind.PAYMENT_CONFIRMED: self.papers.paid,
            NoticeKind.PAPER_COPY_READY: self.papers.copy_ready,
            NoticeKind.REQUEST_DUE_SOON: self.papers.due_soon,
            NoticeKind.DESK_MORNING: self.papers.morning,
            NoticeKind.ANNOUNCEMENT: self.announcements.announced,
            NoticeKind.ANNOUNCEMENT_LATE: self.announcements.held,
            NoticeKind.ANNOUNCEMENT_PREVIEW: self.announcements.preview,
            NoticeKind.ANNOUNCEMENT_TO_APPROVE: self.announcements.to_approve,
            NoticeKind.ANNOUNCEMENT_APPROVED: self.announcements.approved,
            NoticeKind.ANNOUNCEMENT_RETURNED: self.announcements.returned,
            NoticeKind.ANNOUNCEMENT_CORRECTED: self.revisions.corrected,
            NoticeKind.ANNOUNCEMENT_RECALLED: self.revisions.recalled,
            NoticeKind.CORRECTION_WAITING: self.revisions.waiting,
            NoticeKind.CORRECTION_DECIDED: self.revisions.decided,
            NoticeKind.ANNOUNCEMENT_SHOWN: self.bulletin.shown,
            NoticeKind.ANNOUNCEMENT_REMINDER: self.bulletin.reminder,
            **self._of_officials(),
            **self._of_plans(),
            **self._of_talks(),
        }

    def _of_talks(self) -> Mapping[NoticeKind, _Renderer]:
        """Return those of surveys and of personal talks."""
        return {
            NoticeKind.SURVEY_INVITATION: self.surveys.invitation,
            NoticeKind.SURVEY_REMINDER: self.surveys.reminder,
            NoticeKind.SURVEY_OUTCOME: self.survey_outcomes.outcome,
            NoticeKind.TRUST_BOOKED: self.trust.booked,
            NoticeKind.TRUST_CANCELLED: self.trust.cancelled,
            NoticeKind.TRUST_REMINDER: self.trust.reminder,
        }

    def _of_officials(self) -> Mapping[NoticeKind, _Renderer]:
        """Return those of papers that end, of channels and of roles."""
        return {
            NoticeKind.ROLE_CHANGED: self.roles.changed,
            NoticeKind.PAPER_ENDS: self.expiries.ends,
            NoticeKind.PAPERS_AT_OFFICE: self.expiries.at_office,
            NoticeKind.CHANNEL_OFFERED: self.channels.offered,
            NoticeKind.CHANNEL_LOST: self.channels.lost,
        }

    def _of_plans(self) -> Mapping[NoticeKind, _Renderer]:
        """Return those of work plans."""
        return {
            NoticeKind.PLAN_HANDED_ON: self.duties.handed_on,
            NoticeKind.PLAN_DIGEST: self.plans.digest,
            NoticeKind.PLAN_WEEKLY: self.plans.weekly,
            NoticeKind.PLAN_REPORT_DECIDED: self.plan_desk.decided,
            NoticeKind.PLAN_EXTENSION_DECIDED: self.plan_desk.decided,
            NoticeKind.PLAN_DISPUTE_DECIDED: self.plan_desk.decided,
            NoticeKind.PLAN_ITEM_CHANGED: self.plan_desk.decided,
            NoticeKind.PLAN_DECISIONS_WAIT: self.plan_desk.waits,
            NoticeKind.PLAN_MATERIALS: self.sittings.materials,
        }


class NoticeBook:
    """Puts notices into words in the reader's language, at the moment of sending."""

    def __init__(self, i18n: I18n, features: FeatureNotices) -> None:
        self._i18n = i18n
        self._renderers = features.renderers()

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
