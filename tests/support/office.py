"""The services of a test, put together as the container does, on stand-ins for the slow and the far away."""

from collections.abc import Awaitable, Callable, Collection, Coroutine
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.access import OPERATOR, Actor
from services.accounts.service import AccountService
from services.announcements.approval import ApprovalService
from services.announcements.audience import DraftAudienceService
from services.announcements.drafts import DraftService
from services.announcements.dto import Announcement, Content, Hold, Voice
from services.announcements.lateness import LateAnnouncements
from services.announcements.news import AnnouncementNews
from services.announcements.out import OutService
from services.announcements.posting import DraftChannelService
from services.announcements.schedule import AnnouncementSchedule
from services.announcements.sending import SendingService
from services.announcements.service import AnnouncementService
from services.announcements.waiting import WaitingService
from services.announcements.writing import WritingService
from services.audience.service import AudienceService
from services.batches.planning import BatchPlanner
from services.batches.service import BatchService
from services.batches.work import BatchWorker
from services.bulletin.reminders import ReminderService
from services.bulletin.service import BulletinService
from services.bulletin.statistics import StatisticsService
from services.certificates.drafting import Drafting
from services.certificates.fields import FieldReader
from services.certificates.issuing import Issuer
from services.certificates.printing import PrintingService
from services.certificates.register import RegisterStatus, RequestedCertificate
from services.certificates.reissue import Reissuer
from services.certificates.replacing import ReplacementService
from services.certificates.revocation import RevocationService
from services.certificates.service import CertificateService
from services.certificates.verification import VerificationService
from services.certificates.watch import ConfirmationWatch
from services.channels.news import ChannelNews
from services.channels.service import ChannelService
from services.corrections.service import CorrectionService
from services.db.models import Base
from services.db.uow import UnitOfWorkFactory, reading_factory, unit_of_work_factory
from services.delivery.answers import AnswerService
from services.delivery.dto import DueNotice, NoticeKind, OutgoingMessage
from services.delivery.quiet_hours import NO_QUIET_HOURS, QuietHours
from services.delivery.rounds import Rounds
from services.delivery.sending import Sending
from services.expiries.dto import Paper, PaperGuide
from services.expiries.news import ExpiryNews
from services.expiries.service import ExpiryService
from services.expiries.sweeps import ExpirySweeps
from services.languages import Language, Trilingual
from services.link_requests.service import LinkRequestService
from services.linking.dto import GroupCodes
from services.linking.rules import CONSENT_VERSION
from services.linking.service import LinkingService
from services.mydata.service import MyDataService
from services.people.dto import RosterDifference, RosterEntry, RosterFile
from services.people.service import RosterService
from services.reports.desk import ReportDeskService
from services.reports.service import ReportReader, ReportService
from services.revisions.news import RevisionNews
from services.revisions.service import RevisionService
from services.revisions.sweeps import RevisionSweeps
from services.roles.menus import MenuService
from services.roles.register import RoleRegister
from services.roles.service import RoleService
from services.study_office.service import StudyOfficeService
from services.units.dto import UnitEntry, UnitKind
from services.units.service import UnitService
from services.workdays.service import WorkdayService
from tests.support.announcements import begin_draft
from tests.support.clock import SilentBell, StandingClock
from tests.support.papers import (
    ARCHIVE,
    GRANT,
    OWN,
    STUDY,
    BishkekCalendar,
    PaperPress,
    PlainStationery,
    ToldInspector,
    ToldMessenger,
    ToldReader,
)
from tests.support.people import AIZADA

AIZADAS_PHONE = 7001
NURLANS_PHONE = 7002
GULNARAS_PHONE = 7003
BAKYTS_PHONE = 7004
STRANGERS_PHONE = 7009

INSTITUTE = UnitEntry(
    code="mti",
    name=Trilingual(ky="Маалыматтык технологиялар институту", ru="Институт ИТ", en="Institute of IT"),
    abbreviation="МТИ",
    kind=UnitKind.UNIT,
    parent_code="",
    aliases=("ИТ институту",),
)

GUIDES = {
    paper: PaperGuide(paper=paper, office="mti" if paper is Paper.WORK_PERMIT else "ebb", kind=STUDY.id)
    for paper in Paper
}


class Office:
    """All services over one way to the database."""

    def __init__(
        self,
        unit_of_work: UnitOfWorkFactory,
        reading: UnitOfWorkFactory,
        clock: StandingClock,
        *,
        worker: int = 1,
        administrators: Collection[int] = (),
        quiet_hours: QuietHours = NO_QUIET_HOURS,
        daily_messages: int = 1_000,
        press: PaperPress | None = None,
    ) -> None:
        self.unit_of_work, self.reading = unit_of_work, reading
        self.clock = clock
        self.print_bell, self.outbox_bell, self.menu_bell = SilentBell(), SilentBell(), SilentBell()
        self.press, self.inspector, self.messenger = press or PaperPress(), ToldInspector(), ToldMessenger()
        calendar, kinds = BishkekCalendar(), {kind.id: kind for kind in (STUDY, ARCHIVE)}
        self.accounts = AccountService(
            unit_of_work, reading, clock, calendar, self.menu_bell,
            default_language=Language.KY, administrators=administrators, quiet_hours=quiet_hours,
        )  # fmt: skip
        self.roster = RosterService(unit_of_work, clock)
        self.units = UnitService(unit_of_work)
        self.audiences = AudienceService(unit_of_work, clock, calendar)
        self.alarm, self.sheets = NotedAlarm(), PlainSheets()
        self.linking = LinkingService(
            unit_of_work, clock, calendar, self.outbox_bell, self.menu_bell,
            administrators=administrators, alarm=self.alarm, sheets=self.sheets,
        )  # fmt: skip
        self.link_requests = LinkRequestService(
            unit_of_work, clock, calendar, self.outbox_bell, self.menu_bell, administrators=administrators
        )
        self.roles = RoleService(
            unit_of_work, clock, calendar, self.outbox_bell, self.menu_bell, administrators=administrators
        )
        self.role_register = RoleRegister(unit_of_work, clock, calendar, administrators=administrators)
        self.menus = MenuService(
            unit_of_work, reading, clock, calendar, default_language=Language.KY, administrators=administrators
        )
        drafting, issuer = Drafting(clock, calendar, PlainStationery(), kinds), Issuer(PlainStationery())
        self.certificates = CertificateService(unit_of_work, drafting, issuer, self.print_bell, self.outbox_bell)
        self.batch_bell = SilentBell()
        for_many = Drafting(clock, calendar, PlainStationery(), {**kinds, GRANT.id: GRANT})
        planner = BatchPlanner(
            for_many,
            lambda _kind: FieldReader(today=calendar.today(clock.now()), can_print=PlainStationery().can_print),
        )
        self.batches = BatchService(unit_of_work, clock, for_many, planner, self.batch_bell)
        self.batch_worker = BatchWorker(unit_of_work, clock, for_many, issuer, self.print_bell, self.outbox_bell)
        report_reader = ReportReader(clock, calendar, PlainStationery(), drafting)
        self.reports = ReportService(unit_of_work, clock, drafting, report_reader)
        self.confirmations = ConfirmationWatch(unit_of_work, clock, calendar, kinds, self.outbox_bell)
        self.replacements = ReplacementService(
            unit_of_work, drafting, Reissuer(drafting, issuer), self.print_bell, self.outbox_bell
        )
        self.report_desk = ReportDeskService(
            unit_of_work,
            clock,
            drafting,
            report_reader,
            Reissuer(drafting, issuer),
            self.print_bell,
            self.outbox_bell,
        )
        self._announce(unit_of_work, reading, clock, calendar)
        self._revise()
        self._read()
        self.my_data = MyDataService(unit_of_work, clock, kinds)
        self.expiries = ExpiryService(unit_of_work, reading, clock, calendar, GUIDES)
        self.expiry_sweeps = ExpirySweeps(unit_of_work, clock, calendar, self.outbox_bell, GUIDES)
        self.expiry_news = ExpiryNews(reading, clock, calendar, GUIDES)
        self.workdays = WorkdayService(unit_of_work, reading, clock, calendar)
        self.corrections = CorrectionService(unit_of_work, clock, PlainStationery(), kinds.values())
        self.revocations = RevocationService(unit_of_work, clock, self.outbox_bell)
        self.study_office = StudyOfficeService(
            unit_of_work, reading, clock, calendar, PlainStationery(), kinds.values()
        )
        self.reader = ToldReader()
        self.verification = VerificationService(
            unit_of_work, clock, calendar, kinds, self.inspector, reader=self.reader, own=OWN
        )
        self.printing = PrintingService(unit_of_work, clock, self.press, self.outbox_bell, worker=worker)
        self.notices = PlainNotices(self.certificates)
        sending = Sending(
            unit_of_work,
            reading,
            clock,
            calendar,
            self.notices,
            self.messenger,
            worker=worker,
            ceiling=28,
            chat_gap=timedelta(),
        )
        self.noted_late = NotedLateness(unit_of_work)
        rounds = Rounds(
            unit_of_work, reading, clock, calendar, self.noted_late, worker=worker, default_language=Language.KY,
            quiet_hours=quiet_hours, daily_messages=daily_messages,
        )  # fmt: skip
        answers = AnswerService(reading, clock, sending, PlainCrew(), worker=worker, default_language=Language.KY)
        self.delivery = PlainDelivery(rounds, sending, answers)

    def _announce(
        self,
        unit_of_work: UnitOfWorkFactory,
        reading: UnitOfWorkFactory,
        clock: StandingClock,
        calendar: BishkekCalendar,
    ) -> None:
        self.announcement_drafts = DraftService(unit_of_work, clock)
        self.writing = WritingService(unit_of_work, clock)
        self.draft_audiences = DraftAudienceService(unit_of_work, clock, calendar, self.announcement_drafts)
        self.draft_channels = DraftChannelService(unit_of_work, self.announcement_drafts)
        self.channels = ChannelService(unit_of_work, clock, calendar, self.outbox_bell)
        self.channel_news = ChannelNews(reading)
        self.announcements = AnnouncementService(unit_of_work, clock, calendar, self.outbox_bell, approval_above=1_000)
        self.sending = SendingService(unit_of_work, clock, calendar, self.outbox_bell, approval_above=1_000)
        self.approvals = ApprovalService(unit_of_work, clock, calendar, self.outbox_bell, approval_above=1_000)
        self.waiting = WaitingService(reading)
        self.out = OutService(unit_of_work, clock, self.announcements, messages_per_second=28)
        self.late = LateAnnouncements(unit_of_work, self.outbox_bell, self.alarm)
        self.schedule = AnnouncementSchedule(
            unit_of_work, clock, calendar, self.outbox_bell, self.late, approval_above=1_000
        )
        self.announcement_news = AnnouncementNews(reading, clock, calendar)

    def _read(self) -> None:
        """Make what readers ask."""
        self.bulletin = BulletinService(self.unit_of_work, self.reading, self.clock, self.outbox_bell)
        self.statistics = StatisticsService(self.reading, self.clock, BishkekCalendar())
        self.reminders = ReminderService(self.unit_of_work, self.clock, self.outbox_bell)

    def _revise(self) -> None:
        """Make what corrects announcements and takes them back."""
        doors = (self.unit_of_work, self.clock)
        self.revisions = RevisionService(*doors, BishkekCalendar(), self.outbox_bell, approval_above=1_000)
        self.revision_sweeps = RevisionSweeps(*doors, self.outbox_bell)
        self.revision_news = RevisionNews(self.reading, self.clock)

    async def enrol(self, *entries: RosterEntry) -> RosterDifference:
        """Make these people the whole roster."""
        return await self.roster.import_roster(OPERATOR, RosterFile(entries=entries, rejected=()), allow_removals=True)

    async def recognise(self, account_id: int, hint: str | None = None) -> Actor:
        """Let an account write."""
        return await self.accounts.recognise(account_id, hint)

    async def newcomer(self, account_id: int) -> Actor:
        """Let an account write that agrees to the text about personal data."""
        actor = await self.recognise(account_id)
        await self.linking.agree(actor, CONSENT_VERSION, actor.language)
        return actor

    async def connect(self, account_id: int, entry: RosterEntry) -> Actor:
        """Link an account to a person of the roster and return who writes now."""
        stranger = await self.newcomer(account_id)
        code = await self.linking.issue_code(OPERATOR, entry.person_no)
        await self.linking.link(stranger, code.code)
        return await self.recognise(account_id)

    async def aizada(self) -> Actor:
        """Put Айзада and her institute into the database, link her phone and return her."""
        await self.units.import_units(OPERATOR, [INSTITUTE])
        await self.enrol(AIZADA)
        return await self.connect(AIZADAS_PHONE, AIZADA)

    async def begin_draft(
        self, actor: Actor, unit_code: str | None = None, content: Content | None = None, *, group: str | None = None
    ) -> Announcement:
        """Begin a draft of an announcement in whose name, as `WritingService.begin` does part by part."""
        voice = Voice(unit_code=unit_code, group_name=group)
        return await begin_draft(self.unit_of_work, content, voice=voice, by=actor.account_id, now=self.clock.now())

    async def request(
        self, actor: Actor, kind: str = STUDY.id, language: Language = Language.KY, *, screen: str = "one"
    ) -> RequestedCertificate:
        """Ask for a certificate."""
        return await self.certificates.request(actor, kind, language, screen=screen)

    async def begin_due(self) -> int:
        """Take up every announcement that is due; return how many."""
        taken = 0
        while await self.schedule.take_next():
            taken += 1
        return taken

    async def send_all(self) -> int:
        """Send everything that is due; return how many messages that were taken up."""
        sent = 0
        while await self.delivery.send_next():
            sent += 1
        return sent


class PlainDelivery:
    """The engine without its slots: one message after the other, as fast as it goes."""

    def __init__(self, rounds: Rounds, sending: Sending, answers: AnswerService) -> None:
        self.rounds, self.sending, self.answers = rounds, sending, answers

    async def send_next(self) -> bool:
        """Take up one message, a second after the one before; False if none may go out now."""
        self.rounds._tidied_at = None
        await self.rounds.tidy()
        if await self.answers.send_next():
            return True
        for message in await self.rounds.take(1):
            prepared = await self.sending.prepare(message)
            if prepared is not None:
                if await self.sending.start(prepared):
                    await self.sending.settle(prepared, await self.sending.request(prepared))
                else:
                    await self.sending.give_back(prepared)
            return True
        return False


class PlainCrew:
    """Does things at once and once."""

    def start(self, _name: str, work: Coroutine[Any, Any, None]) -> object:
        """Refuse: nothing runs in the background of a test of services."""
        work.close()
        raise AssertionError

    async def insist(self, step: Callable[[], Awaitable[None]]) -> None:
        """Do it."""
        await step()


class NotedLateness:
    """Pauses what is late, and notes which authors would be asked."""

    def __init__(self, unit_of_work: UnitOfWorkFactory) -> None:
        self._unit_of_work = unit_of_work
        self.asked: list[int] = []

    async def ask(self, notice_id: int, _opened_at: datetime, _now: datetime) -> None:
        """Pause it and note it."""
        async with self._unit_of_work() as uow:
            await uow.broadcasts.pause(notice_id)
            await uow.commit()
        self.asked.append(notice_id)

    async def stop(self, notice_id: int, fault: str, _now: datetime) -> None:
        """Stop what fails, without a word to anybody."""
        async with self._unit_of_work() as uow:
            await uow.broadcasts.stop(notice_id, fault)
            await uow.commit()

    async def tell(self, notice_id: int) -> None:
        """Note that the question was asked before."""
        assert notice_id in self.asked


class NotedAlarm:
    """Notes what the operators would be told."""

    def __init__(self) -> None:
        self.locked: list[int] = []
        self.waiting: list[tuple[int, Hold]] = []

    async def codes_are_guessed(self, locked: int) -> None:
        """Note it."""
        self.locked.append(locked)

    async def announcement_waits(self, announcement_id: int, hold: Hold) -> None:
        """Note it."""
        self.waiting.append((announcement_id, hold))


class PlainSheets:
    """Sheets of codes in the fewest words; `broken`: nothing can be drawn."""

    def __init__(self) -> None:
        self.broken = False

    async def draw(self, codes: GroupCodes) -> bytes:
        """Write who gets one."""
        if self.broken:
            raise OSError("no paper")
        return ",".join(code.person.person_no for code in codes.codes).encode()


class PlainNotices:
    """Notices in the fewest words, or in `words`; what was revoked, or is for somebody `untrue`, is no longer true."""

    def __init__(self, certificates: CertificateService) -> None:
        self._certificates = certificates
        self.untrue: set[int] = set()
        self.words: OutgoingMessage | None = None

    async def render(self, message: DueNotice) -> OutgoingMessage | None:
        """Name the kind and the language; attach the certificate's file."""
        if message.chat_id in self.untrue:
            return None
        words = f"{message.kind} in {message.language}"
        if self.words is not None:
            return self.words
        if message.kind is not NoticeKind.CERTIFICATE_READY:
            return OutgoingMessage(text=words)
        certificate = await self._certificates.get_delivered(int(message.payload["certificate_id"]))
        if certificate.status is RegisterStatus.REVOKED:
            return None
        if certificate.failed:
            return OutgoingMessage(text=f"{words}: failed")
        return OutgoingMessage(text=words, file_id=certificate.file_id, file_name=f"{certificate.number}.pdf")

    def head_digest(self, language: Language) -> str:
        """Name the language."""
        return f"digest in {language}"


def office_on(engine: AsyncEngine, clock: StandingClock, *, worker: int = 1, press: PaperPress | None = None) -> Office:
    """Return the services of one worker process on a database of its own."""
    return Office(unit_of_work_factory(engine), reading_factory(engine), clock, worker=worker, press=press)


async def picture(connection: AsyncConnection) -> dict[str, str]:
    """Return a digest of every table, to show that nothing was written."""
    digests = [
        f"select '{table.name}', md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from {table.name} t"  # noqa: S608
        for table in Base.metadata.sorted_tables
    ]
    return dict(tuple(row) for row in await connection.execute(text(" union all ".join(digests))))


async def scalar(connection: AsyncConnection, statement: str, **parameters: object) -> object:
    """Ask the database one thing."""
    return (await connection.execute(text(statement), parameters)).scalar()


async def rows(connection: AsyncConnection, statement: str, **parameters: object) -> list[tuple[object, ...]]:
    """Ask the database for rows."""
    return [tuple(row) for row in await connection.execute(text(statement), parameters)]
