"""The dispatcher of the program and of the tests: handlers, middlewares and what handlers are given."""

from dataclasses import dataclass, fields

from aiogram import Dispatcher
from aiogram.utils.i18n import I18n

from bot.documents.links import PublicLinks
from bot.errors import IncidentReporter
from bot.fsm_storage import PostgresStorage
from bot.middlewares.actor import ActorMiddleware
from bot.middlewares.answering import AnsweringMiddleware
from bot.middlewares.logging_context import HandlerNameMiddleware, LoggingContextMiddleware
from bot.middlewares.private_chats import PrivateChatsMiddleware
from bot.middlewares.refusals import RefusalMiddleware
from bot.refusals import RefusalSentences
from handlers import create_root_router
from handlers.common.ports import (
    Charts,
    FormWriter,
    LocalDates,
    PaperWords,
    PlanLetters,
    QuestionnaireForms,
    Reports,
    SheetWriter,
)
from handlers.plan_reports.ports import PlanPapers
from handlers.survey_reports.ports import SurveyPapers
from services.accounts.service import AccountService
from services.announcements.approval import ApprovalService
from services.announcements.audience import DraftAudienceService
from services.announcements.drafts import DraftService
from services.announcements.out import OutService
from services.announcements.posting import DraftChannelService
from services.announcements.sending import SendingService
from services.announcements.service import AnnouncementService
from services.announcements.waiting import WaitingService
from services.announcements.writing import WritingService
from services.batches.service import BatchService
from services.bulletin.reminders import ReminderService
from services.bulletin.service import BulletinService
from services.bulletin.statistics import StatisticsService
from services.certificates.replacing import ReplacementService
from services.certificates.revocation import RevocationService
from services.certificates.service import CertificateService
from services.certificates.verification import VerificationService
from services.channels.service import ChannelService
from services.corrections.service import CorrectionService
from services.desk_sheets.service import DeskSheetService
from services.duties.acting import ActingService
from services.duties.reporting import ReportingService
from services.duties.service import DutyService
from services.expiries.service import ExpiryService
from services.link_requests.service import LinkRequestService
from services.linking.service import LinkingService
from services.mydata.service import MyDataService
from services.people.drafts import RosterDraftService
from services.people.service import RosterService
from services.plan_desk.adding import AddingService
from services.plan_desk.changing import ItemChangeService
from services.plan_desk.deciding import DecisionService
from services.plan_desk.groups import GroupService
from services.plan_desk.items import PlanDeskService
from services.plan_desk.parties import PartyService
from services.plan_desk.settings import PlanSettingsService
from services.plan_import.review import PlanReviewService
from services.plan_reminders.service import PlanReminderService
from services.plan_reports.calendars import CalendarService
from services.plan_reports.service import PlanReportService
from services.questionnaires.drafts import QuestionnaireDraftService
from services.questionnaires.service import QuestionnaireService
from services.reports.desk import ReportDeskService
from services.reports.service import ReportService
from services.requests.counter import CounterService
from services.requests.desk import DeskService
from services.requests.papers import PapersService
from services.requests.service import RequestService
from services.revisions.service import RevisionService
from services.roles.register import RoleRegister
from services.roles.service import RoleService
from services.sittings.service import SittingService
from services.study_office.service import StudyOfficeService
from services.survey_answers.service import SurveyAnswerService
from services.survey_reports.outcome import OutcomeService
from services.survey_reports.service import SurveyReportService
from services.survey_reports.texts import FreeTextService
from services.survey_tickets.service import TicketService
from services.surveys.closing import ClosingService
from services.surveys.desk import SurveyDeskService
from services.surveys.opening import OpeningService
from services.surveys.service import SurveyService
from services.surveys.taking_part import TakingPartService
from services.trust.desk import TrustDeskService
from services.trust.dto import Hotlines
from services.trust.service import TrustService
from services.university import UniversityCard
from services.workdays.service import WorkdayService

#: What Telegram is asked to send; everything else is never delivered.
ALLOWED_UPDATES = ["message", "callback_query", "my_chat_member"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementServices:
    """What handlers are given, by parameter name: from a draft to what is out."""

    announcement_drafts: DraftService
    draft_audiences: DraftAudienceService
    draft_channels: DraftChannelService
    channels: ChannelService
    writing: WritingService
    announcement_sending: SendingService
    announcement_approvals: ApprovalService
    waiting_announcements: WaitingService
    announcements: AnnouncementService
    announcement_cards: OutService
    revisions: RevisionService
    bulletin: BulletinService
    statistics: StatisticsService
    reminders: ReminderService
    charts: Charts


@dataclass(frozen=True, kw_only=True)  # of the bases of one class only one can have slots
class PlanServices:
    """What handlers are given, by parameter name: from a plan's file to its report."""

    plan_review: PlanReviewService
    plan_decisions: DecisionService
    plan_desk: PlanDeskService
    item_changes: ItemChangeService
    item_parties: PartyService
    item_adding: AddingService
    plan_settings: PlanSettingsService
    plan_groups: GroupService
    sittings: SittingService
    duties: DutyService
    duty_acts: ActingService
    duty_reports: ReportingService
    plan_figures: PlanReportService
    plan_calendars: CalendarService
    plan_papers: PlanPapers
    plan_reminders: PlanReminderService
    plan_letters: PlanLetters


@dataclass(frozen=True, kw_only=True)
class SurveyServices:
    """What handlers are given, by parameter name: from a questionnaire to what changed because of the answers."""

    survey_answers: SurveyAnswerService
    survey_tickets: TicketService
    surveys: SurveyService
    survey_opening: OpeningService
    survey_rates: TakingPartService
    survey_desk: SurveyDeskService
    questionnaires: QuestionnaireService
    questionnaire_drafts: QuestionnaireDraftService
    questionnaire_forms: QuestionnaireForms
    survey_closing: ClosingService
    survey_reports: SurveyReportService
    survey_texts: FreeTextService
    survey_outcomes: OutcomeService
    survey_papers: SurveyPapers


@dataclass(frozen=True, kw_only=True)
class TrustServices:
    """What handlers are given, by parameter name: where one can call, personal talks."""

    hotlines: Hotlines
    trust: TrustService
    trust_desk: TrustDeskService


@dataclass(frozen=True, slots=True, kw_only=True)
class Given(AnnouncementServices, PlanServices, SurveyServices, TrustServices):
    """What handlers are given, by parameter name."""

    accounts: AccountService
    certificates: CertificateService
    requests: RequestService
    papers: PapersService
    desk: DeskService
    counter: CounterService
    batches: BatchService
    desk_sheets: DeskSheetService
    revocations: RevocationService
    replacements: ReplacementService
    verification: VerificationService
    wrongs: ReportService
    wrongs_desk: ReportDeskService
    linking: LinkingService
    link_requests: LinkRequestService
    study_office: StudyOfficeService
    corrections: CorrectionService
    roles: RoleService
    role_register: RoleRegister
    roster: RosterService
    drafts: RosterDraftService
    my_data: MyDataService
    workdays: WorkdayService
    expiries: ExpiryService
    university: UniversityCard
    paper_words: PaperWords
    dates: LocalDates
    links: PublicLinks
    reports: Reports
    sheets: SheetWriter
    forms: FormWriter
    refusal_words: RefusalSentences


def create_dispatcher(given: Given, *, storage: PostgresStorage, i18n: I18n, incidents: IncidentReporter) -> Dispatcher:
    """Put the conversation together. Every handler parameter is a field of `Given` or aiogram's own."""
    dispatcher = Dispatcher(
        storage=storage, disable_fsm=True, **{field.name: getattr(given, field.name) for field in fields(given)}
    )
    _add_middlewares(dispatcher, storage, i18n, given)
    dispatcher.errors.register(incidents.report)
    dispatcher.include_router(create_root_router())
    return dispatcher


def _add_middlewares(dispatcher: Dispatcher, storage: PostgresStorage, i18n: I18n, given: Given) -> None:
    dispatcher.update.outer_middleware(LoggingContextMiddleware())
    dispatcher.update.outer_middleware(PrivateChatsMiddleware(given.links, i18n, given.channels))
    dispatcher.update.outer_middleware(ActorMiddleware(given.accounts, i18n, storage, given.paper_words, given.dates))
    for observer in (dispatcher.message, dispatcher.callback_query, dispatcher.my_chat_member):
        observer.middleware(HandlerNameMiddleware())
    dispatcher.message.middleware(RefusalMiddleware(given.refusal_words))
    dispatcher.callback_query.middleware(AnsweringMiddleware(given.refusal_words))
