"""Everything the program is made of, put together once: engine -> units of work -> services -> conversation."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from aiogram import Bot, Dispatcher
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.dispatcher import Given, create_dispatcher
from bot.documents.links import PublicLinks
from bot.documents.sheets import XlsxWriter
from bot.documents.university_model import University
from bot.fsm_storage import PostgresStorage
from bot.i18n import Catalogues
from bot.localtime import LocalTime
from bot.messenger import TelegramMessenger
from bot.notices import NoticeBook
from bot.settings import Settings
from bot.stationery import UniversityStationery, UniversityWords, card_of, kinds_of
from bot.supervisor import Doorbell
from services.accounts.service import AccountService
from services.certificates.ports import PaperInspector, PaperPress
from services.certificates.printing import PrintingService
from services.certificates.service import CertificateService
from services.certificates.verification import VerificationService
from services.db.repositories.conversation import ConversationStore
from services.db.repositories.inbox import SqlInboxStore
from services.db.uow import reading_factory, unit_of_work_factory
from services.delivery.service import DeliveryService
from services.inbox.service import Inbox
from services.linking.service import LinkingService
from services.people.drafts import RosterDraftService
from services.people.service import RosterService
from services.ports import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """The program's parts, as far as it runs them."""

    dispatcher: Dispatcher
    i18n: Catalogues
    given: Given
    inbox: Inbox
    states: ConversationStore
    printing: PrintingService
    delivery: DeliveryService
    print_bell: Doorbell
    outbox_bell: Doorbell


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
    given = _given(settings, tools, print_bell, outbox_bell)
    states = ConversationStore(engine)
    return Container(
        dispatcher=create_dispatcher(
            given, storage=PostgresStorage(states), i18n=i18n, operators_chat=settings.operators_chat
        ),
        i18n=i18n,
        given=given,
        inbox=Inbox(SqlInboxStore(engine), worker),
        states=states,
        printing=PrintingService(unit_of_work, clock, tools.press, outbox_bell, worker=worker),
        delivery=DeliveryService(
            unit_of_work,
            clock,
            NoticeBook(i18n, given.certificates, kinds_of(tools.university), given.dates),
            TelegramMessenger(tools.bot),
            worker=worker,
            default_language=settings.default_locale,
        ),
        print_bell=print_bell,
        outbox_bell=outbox_bell,
    )


def _given(settings: Settings, tools: Tools, print_bell: Doorbell, outbox_bell: Doorbell) -> Given:
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
            default_language=settings.default_locale,
            administrators=settings.admin_ids,
        ),
        certificates=CertificateService(unit_of_work, clock, localtime, stationery, kinds, print_bell, outbox_bell),
        linking=LinkingService(unit_of_work, clock, outbox_bell),
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
        sheets=XlsxWriter(),
    )
