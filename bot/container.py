"""Everything the program is made of, put together once: engine -> units of work -> services -> conversation."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from aiogram import Bot, Dispatcher
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.code_sheets import CodeSheets
from bot.commands import MenuPublisher
from bot.dispatcher import Given, create_dispatcher
from bot.documents.links import PublicLinks
from bot.documents.my_data import ReportPrinter
from bot.documents.sheets import XlsxWriter
from bot.documents.university_model import University
from bot.errors import OperatorsAlarm
from bot.errors import IncidentReporter
from bot.fsm_storage import PostgresStorage
from bot.i18n import Catalogues
from bot.localtime import LocalTime
from bot.messenger import TelegramMessenger
from bot.notices import NoticeBook
from bot.settings import Settings
from bot.stationery import UniversityStationery, UniversityWords, card_of, kinds_of
from bot.supervisor import Doorbell
from handlers.link_requests.notices import RequestNotices
from handlers.linking.notices import LinkNotices
from services.accounts.service import AccountService
from services.certificates.ports import PaperInspector, PaperPress
from services.certificates.printing import PrintingService
from services.certificates.revocation import RevocationService
from services.certificates.service import CertificateService
from services.certificates.verification import VerificationService
from services.corrections.service import CorrectionService
from services.db.repositories.conversation import ConversationStore
from services.db.repositories.inbox import SqlInboxStore
from services.db.uow import reading_factory, unit_of_work_factory
from services.delivery.service import DeliveryService
from services.inbox.service import Inbox
from services.link_requests.news import LinkRequestNews
from services.link_requests.service import LinkRequestService
from services.linking.news import LinkNews
from services.linking.service import LinkingService
from services.mydata.service import MyDataService
from services.people.drafts import RosterDraftService
from services.people.service import RosterService
from services.ports import Clock
from services.roles.menus import MenuService
from services.roles.register import RoleRegister
from services.roles.service import RoleService
from services.study_office.service import StudyOfficeService


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
    delivery: DeliveryService
    print_bell: Doorbell
    outbox_bell: Doorbell
    menus: MenuPublisher
    menu_bell: Doorbell


@dataclass(frozen=True, slots=True, kw_only=True)
class Bells:
    """What wakes the workers of this process."""

    printing: Doorbell = field(default_factory=Doorbell)
    outbox: Doorbell = field(default_factory=Doorbell)
    menus: Doorbell = field(default_factory=Doorbell)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What the parts stand on; tests put their own clock and press here."""

    engine: AsyncEngine
    clock: Clock
    university: University
    press: PaperPress
    inspector: PaperInspector
    bot: Bot
    bot_username: str


def create_container(settings: Settings, tools: Tools, worker: int) -> Container:
    """Put the program together for one worker process."""
    engine, clock = tools.engine, tools.clock
    unit_of_work = unit_of_work_factory(engine)
    i18n = Catalogues(settings.default_locale)
    print_bell, outbox_bell = Doorbell(), Doorbell()
    given = _given(settings, tools, i18n, print_bell, outbox_bell)
    bells = Bells()
    given = _given(settings, tools, bells)
    states = ConversationStore(engine)
    incidents = IncidentReporter(i18n, settings.operators_chat, given.accounts)
    return Container(
        dispatcher=create_dispatcher(given, storage=PostgresStorage(states), i18n=i18n, incidents=incidents),
        incidents=incidents,
        i18n=i18n,
        given=given,
        inbox=Inbox(SqlInboxStore(engine), worker),
        states=states,
        printing=PrintingService(unit_of_work, clock, tools.press, bells.outbox, worker=worker),
        delivery=DeliveryService(
            unit_of_work,
            clock,
            NoticeBook(
                i18n,
                given.certificates,
                kinds_of(tools.university),
                given.dates,
                LinkNotices(LinkNews(reading_factory(engine)), given.university),
                RequestNotices(LinkRequestNews(reading_factory(engine)), given.university),
            ),
            NoticeBook(i18n, given.certificates, kinds_of(tools.university), given.dates, given.role_register),
            LocalTime(ZoneInfo(settings.timezone)),
            NoticeBook(i18n, given.certificates, kinds_of(tools.university), given.dates),
            TelegramMessenger(tools.bot),
            worker=worker,
            default_language=settings.default_locale,
            quiet_hours=settings.quiet_hours,
        ),
        print_bell=bells.printing,
        outbox_bell=bells.outbox,
        menus=MenuPublisher(tools.bot, i18n, _menus(settings, tools), clock),
        menu_bell=bells.menus,
    )


def _given(settings: Settings, tools: Tools, i18n: Catalogues, print_bell: Doorbell, outbox_bell: Doorbell) -> Given:
def _given(settings: Settings, tools: Tools, bells: Bells) -> Given:
    """Make the services that the conversation asks."""
    engine, clock, university = tools.engine, tools.clock, tools.university
    unit_of_work = unit_of_work_factory(engine)
    localtime = LocalTime(ZoneInfo(settings.timezone))
    links = PublicLinks(public_url=settings.public_url, bot_username=tools.bot_username)
    kinds = kinds_of(university)
    stationery = UniversityStationery(university, links)
    return Given(
        accounts=AccountService(
            unit_of_work,
            reading_factory(engine),
            clock,
            localtime,
            bells.menus,
            default_language=settings.default_locale,
            administrators=settings.admin_ids,
            quiet_hours=settings.quiet_hours,
        ),
        certificates=CertificateService(unit_of_work, clock, localtime, stationery, kinds, print_bell, outbox_bell),
        linking=_linking(settings, tools, localtime, outbox_bell),
        link_requests=LinkRequestService(
            unit_of_work, clock, localtime, outbox_bell, administrators=settings.admin_ids
        ),
        code_sheets=CodeSheets(university, links, localtime, i18n),
        certificates=CertificateService(
            unit_of_work, clock, localtime, stationery, kinds, bells.printing, bells.outbox
        ),
        linking=LinkingService(unit_of_work, clock, bells.outbox),
        roles=RoleService(unit_of_work, clock, localtime, bells.outbox, bells.menus, administrators=settings.admin_ids),
        role_register=RoleRegister(unit_of_work, clock, localtime, administrators=settings.admin_ids),
        corrections=CorrectionService(unit_of_work, clock, stationery, kinds.values()),
        revocations=RevocationService(unit_of_work, clock, outbox_bell),
        study_office=StudyOfficeService(
            unit_of_work, reading_factory(engine), clock, localtime, stationery, kinds.values()
        ),
        linking=LinkingService(unit_of_work, clock, outbox_bell),
        my_data=MyDataService(unit_of_work, clock, kinds),
        verification=VerificationService(
            reading_factory(engine),  # single statements: no BEGIN and ROLLBACK on the way
            clock,
            localtime,
            kinds,
            tools.inspector,
            authorities=[pem.encode() for pem in tools.press.key.authority_pems],
        ),
        roster=RosterService(unit_of_work, clock),
        drafts=RosterDraftService(unit_of_work, clock),
        university=card_of(university),
        paper_words=UniversityWords(university, localtime),
        dates=localtime,
        links=links,
        reports=ReportPrinter(),
    )


def _linking(settings: Settings, tools: Tools, localtime: LocalTime, outbox_bell: Doorbell) -> LinkingService:
    return LinkingService(
        unit_of_work_factory(tools.engine),
        tools.clock,
        localtime,
        outbox_bell,
        administrators=settings.admin_ids,
        alarm=OperatorsAlarm(tools.bot, settings.operators_chat),
def _menus(settings: Settings, tools: Tools) -> MenuService:
    return MenuService(
        unit_of_work_factory(tools.engine),
        reading_factory(tools.engine),
        tools.clock,
        LocalTime(ZoneInfo(settings.timezone)),
        default_language=settings.default_locale,
        administrators=settings.admin_ids,
        sheets=XlsxWriter(),
    )
