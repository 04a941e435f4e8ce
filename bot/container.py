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
from bot.notices import NoticeBook
from bot.settings import Settings
from bot.stationery import kinds_of
from bot.supervisor import Supervisor
from bot.tools import Bells, Ground, Tools
from handlers.announcements.notices import AnnouncementNotices
from handlers.certificates.notices import CertificateNotices
from handlers.link_requests.notices import RequestNotices
from handlers.linking.notices import LinkNotices
from handlers.reports.notices import ReportNotices
from handlers.requests.notices import PaperRequestNotices
from handlers.roles.notices import RoleNotices
from handlers.study_office.notices import RevocationNotices
from services.announcements.lateness import LateAnnouncements
from services.announcements.news import AnnouncementNews
from services.announcements.schedule import AnnouncementSchedule
from services.certificates.printing import PrintingService
from services.certificates.watch import ConfirmationWatch
from services.db.repositories.conversation import ConversationStore
from services.db.repositories.inbox import SqlInboxStore
from services.inbox.service import Inbox
from services.link_requests.news import LinkRequestNews
from services.linking.news import LinkNews
from services.requests.news import RequestNews
from services.roles.menus import MenuService


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """The program's parts, as far as it runs them."""

    dispatcher: Dispatcher
    incidents: IncidentReporter
    i18n: Catalogues
    given: Given
    inbox: Inbox
    states: ConversationStore
    printing: PrintingService
    supervisor: Supervisor
    delivery: Delivery
    desks: DeskServices
    schedule: AnnouncementSchedule
    confirmations: ConfirmationWatch
    menus: MenuPublisher
    bells: Bells


def create_container(settings: Settings, tools: Tools, worker: int) -> Container:
    """Put the program together for one worker process."""
    ground = Ground(settings, tools, Catalogues(settings.default_locale), Bells())
    desks = create_desks(ground, links_of(ground))
    given = create_given(ground, desks)
    states = ConversationStore(tools.engine)
    incidents = IncidentReporter(ground.i18n, settings.operators_chat, given.accounts)
    late = _late(ground)
    return Container(
        dispatcher=create_dispatcher(given, storage=PostgresStorage(states), i18n=ground.i18n, incidents=incidents),
        incidents=incidents,
        i18n=ground.i18n,
        given=given,
        inbox=Inbox(SqlInboxStore(tools.engine), worker),
        states=states,
        printing=PrintingService(ground.unit_of_work, tools.clock, tools.press, ground.bells.outbox, worker=worker),
        supervisor=tools.supervisor,
        delivery=create_delivery(ground, _notices(ground, given), late, worker),
        desks=desks,
        schedule=AnnouncementSchedule(ground.unit_of_work, ground.clock, ground.calendar, ground.bells.outbox, late),
        confirmations=ConfirmationWatch(
            ground.unit_of_work, ground.clock, ground.calendar, kinds_of(tools.university), ground.bells.outbox
        ),
        menus=MenuPublisher(tools.bot, ground.i18n, _menus(ground), tools.clock),
        bells=ground.bells,
    )


def _notices(ground: Ground, given: Given) -> NoticeBook:
    """Let every feature bring the words of its own notices."""
    kinds = kinds_of(ground.tools.university)
    return NoticeBook(
        ground.i18n,
        certificates=CertificateNotices(given.certificates, kinds, given.dates),
        revocations=RevocationNotices(given.certificates, kinds, given.dates),
        links=LinkNotices(LinkNews(ground.reading), given.university),
        requests=RequestNotices(LinkRequestNews(ground.reading), given.university),
        reports=ReportNotices(given.wrongs, given.certificates, kinds),
        papers=PaperRequestNotices(RequestNews(ground.reading, kinds), given.dates),
        roles=RoleNotices(given.role_register, given.dates),
        announcements=AnnouncementNotices(AnnouncementNews(ground.reading, ground.clock, ground.calendar), given.dates),
    )


def _late(ground: Ground) -> LateAnnouncements:
    alarm = OperatorsAlarm(ground.tools.bot, ground.settings.operators_chat)
    return LateAnnouncements(ground.unit_of_work, ground.bells.outbox, alarm)


def _menus(ground: Ground) -> MenuService:
    return MenuService(
        ground.unit_of_work,
        ground.reading,
        ground.clock,
        ground.calendar,
        default_language=ground.settings.default_locale,
        administrators=ground.settings.admin_ids,
    )
