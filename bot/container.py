"""Everything the program is made of, put together once: engine -> units of work -> services -> conversation."""

from dataclasses import dataclass

from aiogram import Dispatcher

from bot.commands import MenuPublisher
from bot.delivery import Delivery, create_delivery
from bot.desks import DeskServices, create_desks
from bot.dispatcher import Given, create_dispatcher
from bot.errors import IncidentReporter, OperatorsAlarm
from bot.fsm_storage import PostgresStorage
from bot.given import create_given, links_of
from bot.i18n import Catalogues
from bot.notices import FeatureNotices, NoticeBook
from bot.papers import PaperServices
from bot.plans import (
    create_duty_news,
    create_material_rounds,
    create_plan_desk_news,
    create_plan_news,
    create_plan_rounds,
    create_plan_sweeps,
)
from bot.progress import ProgressBoard
from bot.register_channel import RegisterChannel
from bot.settings import Settings
from bot.stationery import kinds_of
from bot.supervisor import Doorbells, Supervisor
from bot.survey_door import SurveyDoor
from bot.surveys import (
    SurveyTicks,
    create_outcome_notices,
    create_survey_door,
    create_survey_notices,
    create_survey_pages,
    create_survey_ticks,
)
from bot.tools import Bells, Ground, Tools
from bot.trust import create_trust_news, create_trust_rounds
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
from handlers.trust.notices import TrustNotices
from services.announcements.lateness import LateAnnouncements
from services.announcements.news import AnnouncementNews
from services.announcements.schedule import AnnouncementSchedule
from services.batches.work import BatchWorker
from services.bulletin.service import BulletinNews
from services.certificates.ports import SigningKeyInfo
from services.certificates.printing import PrintingService
from services.certificates.watch import ConfirmationWatch
from services.channels.news import ChannelNews
from services.db.repositories.conversation import ConversationStore
from services.db.repositories.inbox import SqlInboxStore
from services.delivery.file_sweeps import FileSweeps
from services.expiries.news import ExpiryNews
from services.expiries.sweeps import ExpirySweeps
from services.inbox.service import Inbox
from services.keys.service import KeyService
from services.link_requests.news import LinkRequestNews
from services.linking.news import LinkNews
from services.plan_desk.rounds import PlanDeskRounds
from services.plan_reminders.sweeps import PlanSweeps
from services.register.heads import DailyHeads
from services.requests.news import RequestNews
from services.revisions.news import RevisionNews
from services.revisions.sweeps import RevisionSweeps
from services.roles.menus import MenuService
from services.sittings.rounds import MaterialRounds
from services.survey_tickets.page import SurveyPageService
from services.timestamps.service import StampingService
from services.trust.rounds import TrustRounds
from services.workdays.service import WorkdayService


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """The program's parts, as far as it runs them."""

    dispatcher: Dispatcher
    incidents: IncidentReporter
    i18n: Catalogues
    given: Given
    survey_door: SurveyDoor
    inbox: Inbox
    states: ConversationStore
    printing: PrintingService
    stamping: StampingService | None
    keys: KeyService
    signing_key: SigningKeyInfo
    batches: BatchWorker
    supervisor: Supervisor
    delivery: Delivery
    desks: DeskServices
    schedule: AnnouncementSchedule
    progress: ProgressBoard
    confirmations: ConfirmationWatch
    expiry_sweeps: ExpirySweeps
    plan_sweeps: PlanSweeps
    survey_ticks: SurveyTicks
    survey_pages: SurveyPageService
    plan_rounds: PlanDeskRounds
    material_rounds: MaterialRounds
    revision_sweeps: RevisionSweeps
    trust_rounds: TrustRounds
    menus: MenuPublisher
    heads: DailyHeads
    file_sweeps: FileSweeps
    bells: Bells


def create_container(settings: Settings, tools: Tools, worker: int) -> Container:
    """Put the program together for one worker process."""
    ground = Ground(settings, tools, Catalogues(settings.default_locale), Bells())
    papers, workdays = PaperServices(ground, links_of(ground)), _workdays(ground)
    desks = create_desks(ground, papers, workdays)
    given = create_given(ground, papers, desks, workdays)
    incidents = IncidentReporter(ground.i18n, settings.operators_chat, given.accounts)
    states, late, materials = ConversationStore(tools.engine), _late(ground), create_material_rounds(ground, workdays)
    return Container(
        dispatcher=create_dispatcher(given, storage=PostgresStorage(states), i18n=ground.i18n, incidents=incidents),
        incidents=incidents,
        i18n=ground.i18n,
        given=given,
        survey_door=create_survey_door(ground, given),
        inbox=Inbox(SqlInboxStore(tools.engine), worker),
        states=states,
        printing=_printing(ground, worker),
        stamping=StampingService(ground.unit_of_work, tools.clock, tools.stamper) if tools.stamper else None,
        keys=KeyService(ground.unit_of_work, tools.clock),
        signing_key=tools.press.key,
        batches=papers.batch_worker(),
        supervisor=tools.supervisor,
        delivery=create_delivery(ground, _notices(ground, given, workdays, materials), late, worker),
        desks=desks,
        schedule=_schedule(ground, late),
        progress=_progress(ground, given),
        confirmations=_confirmations(ground),
        expiry_sweeps=_expiry_sweeps(ground),
        plan_sweeps=create_plan_sweeps(ground, workdays),
        survey_ticks=create_survey_ticks(ground),
        survey_pages=create_survey_pages(ground),
        plan_rounds=create_plan_rounds(ground, workdays),
        material_rounds=materials,
        revision_sweeps=RevisionSweeps(ground.unit_of_work, ground.clock, ground.bells.outbox),
        trust_rounds=create_trust_rounds(ground),
        menus=MenuPublisher(tools.bot, ground.i18n, _menus(ground), tools.clock),
        heads=_heads(ground),
        file_sweeps=FileSweeps(ground.unit_of_work, ground.clock),
        bells=ground.bells,
    )


def _confirmations(ground: Ground) -> ConfirmationWatch:
    kinds = kinds_of(ground.tools.university)
    return ConfirmationWatch(ground.unit_of_work, ground.clock, ground.calendar, kinds, ground.bells.outbox)


def _expiry_sweeps(ground: Ground) -> ExpirySweeps:
    expiring = ground.tools.university.expiring
    return ExpirySweeps(ground.unit_of_work, ground.clock, ground.calendar, ground.bells.outbox, expiring)


def _notices(ground: Ground, given: Given, workdays: WorkdayService, materials: MaterialRounds) -> NoticeBook:
    """Let every feature bring the words of its own notices."""
    kinds = kinds_of(ground.tools.university)
    announcements = AnnouncementNews(ground.reading, ground.clock, ground.calendar)
    return NoticeBook(
        ground.i18n,
        FeatureNotices(
            certificates=CertificateNotices(given.certificates, kinds, given.dates),
            batches=BatchNotices(given.batches, kinds),
            revocations=RevocationNotices(given.certificates, kinds, given.dates),
            links=LinkNotices(LinkNews(ground.reading), given.university),
            requests=RequestNotices(LinkRequestNews(ground.reading), given.university),
            reports=ReportNotices(given.wrongs, given.certificates, kinds),
            papers=PaperRequestNotices(_request_news(ground), given.dates),
            roles=RoleNotices(given.role_register, given.dates),
            announcements=AnnouncementNotices(announcements, given.dates),
            revisions=RevisionNotices(RevisionNews(ground.reading, ground.clock), given.dates),
            bulletin=BulletinNotices(BulletinNews(ground.reading, announcements), given.paper_words, given.dates),
            channels=ChannelNotices(ChannelNews(ground.reading)),
            expiries=ExpiryNotices(
                ExpiryNews(ground.reading, ground.clock, ground.calendar, ground.tools.university.expiring),
                kinds,
                given.dates,
            ),
            duties=DutyNotices(create_duty_news(ground), given.paper_words, given.dates),
            plans=PlanReminderNotices(
                create_plan_news(ground, workdays), given.charts, given.university, given.paper_words, given.dates
            ),
            sittings=SittingNotices(materials, given.paper_words, given.dates),
            trust=TrustNotices(create_trust_news(ground), given.paper_words, given.dates),
            plan_desk=PlanDeskNotices(create_plan_desk_news(ground), given.paper_words, given.dates),
            surveys=create_survey_notices(given),
            survey_outcomes=create_outcome_notices(ground),
        ),
    )


def _request_news(ground: Ground) -> RequestNews:
    return RequestNews(
        ground.reading,
        ground.clock,
        ground.calendar,
        kinds_of(ground.tools.university),
        administrators=ground.settings.admin_ids,
    )


def _workdays(ground: Ground) -> WorkdayService:
    """Make the calendar of working days; it keeps what was noted, so there is one of it."""
    week = ground.tools.university.working_week
    return WorkdayService(ground.unit_of_work, ground.reading, ground.clock, ground.calendar, week=week)


def _printing(ground: Ground, worker: int) -> PrintingService:
    """Make the printers; batches wait for them as messages do."""
    printed = Doorbells(ground.bells.outbox, ground.bells.batches)
    stamped = ground.tools.stamper is not None
    return PrintingService(
        ground.unit_of_work, ground.clock, ground.tools.press, printed, worker=worker, time_stamped=stamped
    )


def _late(ground: Ground) -> LateAnnouncements:
    alarm = OperatorsAlarm(ground.tools.bot, ground.settings.operators_chat)
    return LateAnnouncements(ground.unit_of_work, ground.bells.outbox, alarm)


def _schedule(ground: Ground, late: LateAnnouncements) -> AnnouncementSchedule:
    bell, above = ground.bells.outbox, ground.settings.approval_above
    return AnnouncementSchedule(
        ground.unit_of_work, ground.clock, ground.calendar, bell, late,
        approval_above=above, administrators=ground.settings.admin_ids,
    )  # fmt: skip


def _progress(ground: Ground, given: Given) -> ProgressBoard:
    default = ground.settings.default_locale
    return ProgressBoard(
        ground.tools.bot, given.announcement_cards, ground.i18n, ground.calendar, ground.clock, default
    )


def _heads(ground: Ground) -> DailyHeads:
    name = ground.settings.register_channel
    channel = RegisterChannel(ground.tools.bot, name, ground.i18n, ground.calendar) if name else None
    return DailyHeads(ground.unit_of_work, ground.clock, ground.calendar, channel)


def _menus(ground: Ground) -> MenuService:
    return MenuService(
        ground.unit_of_work,
        ground.reading,
        ground.clock,
        ground.calendar,
        default_language=ground.settings.default_locale,
        administrators=ground.settings.admin_ids,
    )
