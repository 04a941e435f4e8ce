"""Every notice has its words in three languages, and what is no longer true is not told."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from aiogram.filters.callback_data import CallbackData

from bot.notices import FeatureNotices, NoticeBook
from bot.stationery import UniversityWords, kinds_of
from handlers.announcements.notices import AnnouncementNotices
from handlers.batches.notices import BatchNotices
from handlers.bulletin.notices import BulletinNotices
from handlers.certificates.notices import CertificateNotices
from handlers.channels.notices import ChannelNotices
from handlers.common.callbacks import OpenDraft, OpenQueue, OpenRequest
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
from handlers.survey_chat.callbacks import Action, Buttons
from handlers.survey_chat.notices import SurveyNotices
from handlers.survey_reports.notices import SurveyOutcomeNotices
from handlers.trust.notices import TrustNotices
from services.access import LinkedPerson, Role
from services.announcements.dto import (
    Announcement,
    AnnouncementStage,
    AnnouncementState,
    AnnouncementView,
    Hold,
    Media,
    MediaFile,
    SendingOptions,
    Told,
)
from services.announcements.rules import FALLBACK_LINE, text_for
from services.batches.dto import Batch, BatchState
from services.bulletin.dto import BulletinEntry, OutAnnouncement
from services.bulletin.figures import Chart
from services.certificates.dto import CertificateKind, RevocationReason
from services.certificates.register import DeliveredCertificate, RegisterStatus, RevokedCertificate
from services.channels.dto import Channel, ChannelKind
from services.delivery.dto import DueNotice, NoticeKind, OutgoingMessage, Tally
from services.duties.dto import HandedOn
from services.expiries.dto import Ending, MarkedEnding, OfficeNews, Paper, PaperGuide
from services.html import visible_length
from services.languages import Language, Trilingual
from services.link_requests.dto import LinkRequest, RefusalReason, RequestState, TypedFacts
from services.linking.dto import AccountStanding, LinkRecord
from services.plan_desk.dto import DeskNews, WaitNews
from services.plan_reminders.dto import Digest, Line, Part, StandingList, Week, WeekFigures
from services.plans.dto import DutyState, NamedUnit
from services.questionnaires.dto import SurveyMode
from services.questionnaires.reading import read_questionnaire
from services.reports.dto import Report, ReportState
from services.requests.dto import CertificateRequest, DeskMorning, DueRequest, PaperCopy, QueueCounts
from services.requests.dto import RequestState as PaperRequestState
from services.revisions.dto import Changed, Revision, RevisionKind, RevisionStage, WaitingCorrection
from services.revisions.rules import CORRECTION_LINE
from services.roles.dto import Grant, GrantState, Period, Principal, UnitName
from services.sittings.dto import MaterialsNews
from services.survey_answers.dto import OpenSurvey
from services.trust.dto import Slot, Talk, TalkState, Topic
from tests.architecture.wording import AIZADA, CARD, DATES, DAY, I18N, MOMENT, UNIVERSITY, check_messages
from tests.support.announcements import announcement as invented
from tests.support.desk_news import desk_news, materials_news, wait_news
from tests.support.handed_on import handed_on_duty
from tests.support.surveyed import library_body
from tests.support.surveying import prepared

UNIT = UnitName(id=1, code="mti", name=Trilingual(ky="<b>Институт"), abbreviation="МТИ")
IDS = {
    "certificate_id": 1, "link_id": 1, "account_id": 7001, "request_id": 1, "report_id": 1, "may_disown": True,
    "grant_id": 1, "person_id": 1, "paper": "visa", "expires_on": DAY.isoformat(), "office": "ebb", "day": "2026-11-23",
    "desks": ["ob", "gone"], "request_ids": [1, 2], "batch_id": 1,
    "version": 1, "language": "", "marked": True,
    "announcement_id": 1, "hold": "late", "due_at": MOMENT.isoformat(), "names": ["list:<b>олимпиада"],
    "revision_id": 1, "approved": True, "channel_id": 1,
    "instance_id": 1, "unit_id": 1, "listed": True, "asked": True, "posts": ["vr"], "line_id": 1, "sitting_id": 1,
    "survey_id": 12,
    "talk_id": 1,
}  # fmt: skip


def delivered(**changes: object) -> DeliveredCertificate:
    facts: dict[str, object] = {
        "id": 1, "account_id": 7001, "confirmed": False, "replaces": "", "kind": "study", "language": Language.KY,
        "number": "2026-00001", "code": "7K3QX9MVP2RTABCDE123",
        "valid_until": date(2026, 12, 21), "file_id": 5, "failed": False, "status": RegisterStatus.ISSUED,
    }  # fmt: skip
    return DeliveredCertificate(**{**facts, **changes})  # type: ignore[arg-type]


def revoked(reason: RevocationReason = RevocationReason.OTHER) -> RevokedCertificate:
    return RevokedCertificate(
        kind="study", number="2026-00001", issued_on=date(2026, 11, 21), reason=reason, text="<b>Мөөр</b> & кол"
    )


def held(**changes: object) -> Grant:
    facts: dict[str, object] = {
        "id": 1, "role": Role.REGISTRAR, "unit": None, "telegram_id": 7001, "wrote": True, "person": AIZADA,
        "account_person": AIZADA, "period": Period(), "principal": None, "granted_at": MOMENT, "granted_by": None,
        "granted_by_person": None, "ended": False, "state": GrantState.IN_FORCE,
    }  # fmt: skip
    return Grant(**{**facts, **changes})  # type: ignore[arg-type]


def batch(**changes: object) -> Batch:
    facts: dict[str, object] = {
        "id": 1, "kind": "study", "language": Language.KY, "desk": "ob", "title": "<b>ПИ & Ко", "send": False,
        "state": BatchState.DONE, "account_id": 7001, "created_at": MOMENT, "rows": 40, "issued": 40, "printed": 40,
        "waiting": 0, "refused": 0,
    }  # fmt: skip
    return Batch(**{**facts, **changes})  # type: ignore[arg-type]


ANNOUNCED = {Language.KY: "<b>Жарыя</b>", Language.RU: "<b>Объявление</b>", Language.EN: "<b>News</b> &amp; more"}


def announcement(**changes: object) -> Announcement:
    return invented(**{"stage": AnnouncementStage.BEGUN, "notice_id": 1, "texts": ANNOUNCED, **changes})


def ending(paper: Paper = Paper.VISA, **changes: object) -> Ending:
    facts: dict[str, object] = {
        "person": AIZADA, "group_name": "<b>ПИ & Ко", "paper": paper, "expires_on": DAY, "applied": False,
    }  # fmt: skip
    return Ending(**{**facts, **changes})  # type: ignore[arg-type]


POST = NamedUnit(
    id=1, code="vr", name=Trilingual(ky="<b>Проректор", ru="<b>П", en="<b>V"), abbreviation="", is_post=True
)


def duty(part: Part, late: int = 0, **changes: object) -> Line:
    facts: dict[str, object] = {
        "part": part, "plan_id": 1, "item_id": 1, "instance_id": 1, "unit_code": "vr", "unit": POST,
        "number": "<i>1", "title": "<b>Отчет & башка", "due": DAY - timedelta(days=late), "soft": False,
        "printed": "<b>декабрь", "step": "0", "state": DutyState.OPEN, "arrived": False, "own": True,
    }  # fmt: skip
    return Line(**{**facts, **changes})  # type: ignore[arg-type]


#: In which state each notice about a request for a certificate is true.
PAPER_STATES = {
    NoticeKind.REQUEST_ASKED: PaperRequestState.ASKED,
    NoticeKind.REQUEST_ANSWERED: PaperRequestState.TAKEN,
    NoticeKind.REQUEST_REFUSED: PaperRequestState.REFUSED,
    NoticeKind.REQUEST_MOVED: PaperRequestState.WAITING,
    NoticeKind.RECEIPT_REFUSED: PaperRequestState.UNPAID,
    NoticeKind.PAYMENT_CONFIRMED: PaperRequestState.WAITING,
    NoticeKind.PAPER_COPY_READY: PaperRequestState.APPROVED,
}


def paper_request(state: PaperRequestState, **changes: object) -> CertificateRequest:
    facts: dict[str, object] = {
        "id": 1, "version": 1, "person_id": 1, "account_id": 7001, "kind": "study", "language": Language.KY,
        "desk": "gone", "state": state, "asked": {}, "entered": {}, "question": "<b>Кайсы</b> банк?",
        "answer": "<i>Бакай", "refusal": "<b>Жок</b> & бүттү", "receipt_file_id": None,
        "receipt_refusal": "<b>Окулбайт", "paid_at": MOMENT, "created_at": MOMENT, "queued_at": MOMENT,
        "promised_on": DAY, "taken_by": 7001, "holder": "", "decided_at": None, "certificate_id": None,
        "paper_copy": PaperCopy.READY, "paper_copy_at": MOMENT,
    }  # fmt: skip
    return CertificateRequest(**{**facts, **changes})  # type: ignore[arg-type]


TALK = Talk(
    id=1,
    slot=Slot(id=1, officer_id=2, starts_at=MOMENT, ends_at=MOMENT + timedelta(minutes=30), place="<b>214 & 215"),
    topic=Topic.RELATIONS,
    state=TalkState.BOOKED,
    person=AIZADA,
    officer=LinkedPerson(id=2, person_no="E-1", full_name="<i>Бакыт"),
)


CHANNEL = Channel(id=1, chat_id=-1_002_000_000_001, kind=ChannelKind.CHANNEL, title="<b>Канал</b> & топ")


@dataclass(kw_only=True)
class News:
    """What the services know at the moment of sending: everything told is still true unless a test says otherwise."""

    kind: NoticeKind
    certificate: DeliveredCertificate = field(default_factory=delivered)
    revocation: RevokedCertificate = field(default_factory=revoked)
    batch: Batch | None = field(default_factory=batch)
    grant: Grant = field(default_factory=held)
    announced: Announcement | None = field(default_factory=announcement)
    held_in: AnnouncementState = AnnouncementState.PAUSED
    young: bool = True
    report_state: ReportState = ReportState.REFUSED
    end: Ending | None = field(default_factory=ending)
    now_is: date = date(2026, 11, 21)
    marked: int = 3
    reason: str = ""
    left: int = 1
    ended: bool = False
    back: bool = False
    hold: int = 1
    paper_state: PaperRequestState | None = None
    counts: QueueCounts = field(default_factory=lambda: QueueCounts(late=1, due_today=2, free=3, mine=4, receipts=5))
    due: int = 2
    read_at: datetime | None = None
    survey_mode: SurveyMode = SurveyMode.CONFIDENTIAL
    talk: Talk | None = TALK
    officer: bool | None = None
    duties: tuple[Line, ...] = field(default_factory=lambda: (duty(Part.OVERDUE, 1), duty(Part.TODAY)))

    async def get_delivered(self, _certificate_id: int) -> DeliveredCertificate:
        """Return the certificate."""
        return self.certificate

    async def find_revoked(self, _certificate_id: int, _account_id: int) -> RevokedCertificate | None:
        """Return the certificate as its holder is told of its revocation."""
        return self.revocation

    async def find_told(self, _id: int, _account_id: int | None = None, reader: Language | None = None) -> Any:  # noqa: ANN401 -- see below
        """Return the role, the batch, or the announcement for a reader."""
        if self.kind is NoticeKind.ANNOUNCEMENT:
            told = self.announced
            return Told(announcement=told, text=text_for(told, reader or Language.KY)) if told else None
        return self.batch if self.kind is NoticeKind.BATCH_ISSUED else self.grant

    async def find_decided(self, report_id: int, _account_id: int) -> Report | None:
        """Return a report of a wrong fact."""
        return Report(
            id=report_id, certificate_id=1, person_id=1, person_name="<b>Ким", account_id=7001, desk="ob", kind="study",
            language=Language.KY, number="2026-00001", fact="last_name", value="Асан & Ко", state=self.report_state,
            file_id=None, decided_value="", refusal="<i>жок", created_at=MOMENT, new_number="",
        )  # fmt: skip

    async def find_link(self, link_id: int) -> LinkRecord | None:
        """Return a link that stands."""
        return LinkRecord(
            id=link_id,
            account_id=1,
            person_id=1,
            linked_at=MOMENT,
            former_account_id=7001,
            disowned=False,
            ended=self.ended,
        )

    async def find_announcement(self, _announcement_id: int) -> Announcement | None:
        """Return an announcement in the stage in which the notice is true."""
        if self.announced is None:
            return None
        stages = {
            NoticeKind.ANNOUNCEMENT_TO_APPROVE: AnnouncementStage.AWAITING_APPROVAL,
            NoticeKind.ANNOUNCEMENT_APPROVED: AnnouncementStage.SCHEDULED,
        }
        stage = stages.get(self.kind, AnnouncementStage.DRAFT)
        return replace(self.announced, stage=stage, approved_by=7002, returned="<b>Күнү</b> & сааты")

    async def find_paused(self, _announcement_id: int) -> AnnouncementView | None:
        """Return an announcement that waits."""
        if self.announced is None:
            return None
        tally = Tally(sent=2, pending=3)
        return AnnouncementView(announcement=self.announced, state=self.held_in, tally=tally)

    async def find_corrected(self, _revision_id: int, _account_id: int, reader: Language) -> Changed | None:
        """Return a message that is corrected."""
        if self.announced is None:
            return None
        corrected = replace(self.announced, corrected_at=MOMENT)
        return Changed(announcement=corrected, number=5, sent_at=MOMENT, text=text_for(corrected, reader))

    async def find_corrected_copy(
        self, announcement_id: int, account_id: int, reader: Language, _copy: int
    ) -> Changed | None:
        """Return a copy that is corrected."""
        return await self.find_corrected(announcement_id, account_id, reader)

    async def find_withdrawn(self, _announcement_id: int, _account_id: int, _copy: int | None = None) -> Changed | None:
        """Return a message that is taken back."""
        return Changed(announcement=self.announced, number=5, sent_at=MOMENT) if self.announced else None

    def is_deletable(self, _message: Changed) -> bool:
        """Tell whether it is young enough."""
        return self.young

    async def find_waiting(self, revision_id: int, version: int) -> WaitingCorrection | None:
        """Return a correction that waits for an approver."""
        if self.announced is None:
            return None
        revision = Revision(
            id=revision_id, announcement_id=1, kind=RevisionKind.CORRECTION, stage=RevisionStage.AWAITING_APPROVAL,
            version=version, texts=ANNOUNCED, notice_id=None, made_at=MOMENT, made_by=7001, writers=frozenset({7001}),
            begun_at=None, swept_at=None,
        )  # fmt: skip
        return WaitingCorrection(revision=revision, after=self.announced, messages=5)

    async def find_entry(self, _announcement_id: int, _account_id: int, reader: Language) -> BulletinEntry | None:
        """Return an announcement for a reader."""
        if self.announced is None:
            return None
        out = OutAnnouncement(announcement=self.announced, out_since=MOMENT, mine=True, read_at=self.read_at)
        return BulletinEntry(out=out, text=text_for(self.announced, reader))

    async def find_meant(self, announcement_id: int, account_id: int, reader: Language) -> BulletinEntry | None:
        """Return the same: it is meant for everybody."""
        return await self.find_entry(announcement_id, account_id, reader)

    async def find_account(self, account_id: int) -> AccountStanding | None:
        """Return an account; without a person, unless they are back."""
        frozen = self.kind in {NoticeKind.LINK_FROZEN, NoticeKind.LINK_DISPUTED}
        return AccountStanding(
            account_id=account_id, person_id=1 if self.back else None, person=None, hold=self.hold if frozen else None
        )

    async def find_request(self, request_id: int) -> LinkRequest | None:
        """Return a request."""
        decided = RequestState.REFUSED if self.reason else RequestState.LINKED
        state = RequestState.WAITING if self.kind is NoticeKind.LINK_REQUEST_WAITING else decided
        facts = TypedFacts(name="<b>Ким", group_name="ПИ & Ко", person_no="S-1")
        return LinkRequest(
            id=request_id, account_id=7001, facts=facts, asked_at=MOMENT, state=state, reason=self.reason, person=AIZADA
        )

    async def find_ending(self, _person_id: int, _account_id: int, _paper: Paper, _expires_on: date) -> Ending | None:
        """Return a paper that ends."""
        return self.end

    async def find_office(self, office: str, day: date, _account_id: int) -> OfficeNews | None:
        """Return whose papers came to a threshold at an office."""
        if self.end is None:
            return None
        return OfficeNews(office=office, day=day, marked=(MarkedEnding(ending=self.end, threshold=30),) * self.marked)

    async def find_handed_on(
        self, _instance_id: int, _unit_id: int, _person_id: int, _account_id: int
    ) -> HandedOn | None:
        """Return a duty that was handed to a colleague."""
        return handed_on_duty(DAY) if self.young else None

    async def find_line(self, _line_id: int, _unit_id: int, _account_id: int) -> DeskNews | None:
        """Return what a coordinator decided."""
        return desk_news(DAY) if self.young else None

    async def count_waiting(self, _account_id: int) -> WaitNews:
        """Return what waits for a coordinator."""
        return wait_news(MOMENT) if self.young else WaitNews()

    async def find_materials(self, _sitting_id: int, _unit_id: int, _account_id: int) -> MaterialsNews | None:
        """Return what a unit is asked for."""
        return materials_news(DAY) if self.young else None

    async def find_to_invite(self, survey_id: int, _account_id: int) -> OpenSurvey | None:
        """Return a survey that is open and not finished for whoever would be written to."""
        questionnaire = read_questionnaire(library_body())
        return prepared(questionnaire, self.survey_mode, number=survey_id) if self.young else None

    async def find_outcome(self, _survey_id: int) -> tuple[Trilingual, Trilingual] | None:
        """Return what changed because of a survey's answers."""
        said = Trilingual(ky="Жылуулук <b>", ru="Отопление <b>", en="Heating <b>")
        return (said, said) if self.young else None

    def find_guide(self, paper: Paper) -> PaperGuide:
        """Return what the university says of a paper."""
        return UNIVERSITY.expiring[paper]

    def today(self) -> date:
        """Return the day on which all this is read."""
        return self.now_is

    async def find_mine(self, _request_id: int, _account_id: int) -> CertificateRequest | None:
        """Return a request for a certificate."""
        state = self.paper_state or PAPER_STATES[self.kind]
        return None if state is PaperRequestState.WITHDRAWN else paper_request(state)

    async def find_held(self, request_id: int, account_id: int) -> CertificateRequest | None:
        """Return a request that the account works on."""
        return await self.find_mine(request_id, account_id)

    async def list_mornings(self, desks: Collection[str], _account_id: int, _today: date) -> list[DeskMorning]:
        """Return how desks stand."""
        return [DeskMorning(desk=desk, counts=self.counts) for desk in desks]

    async def list_due(self, _request_ids: Collection[int], _account_id: int) -> list[DueRequest]:
        """Return what is due."""
        return [DueRequest(id=number, desk="gone", taken_by=None) for number in range(self.due)]

    def find_kind(self, kind_id: str) -> CertificateKind | None:
        """Return a kind."""
        return kinds_of(UNIVERSITY).get(kind_id)

    def kind_of_desk(self, desk: str) -> CertificateKind | None:
        """Return a kind of a desk, none of one that is gone."""
        return None if desk == "gone" else kinds_of(UNIVERSITY)["study"]

    async def find_talk(self, _talk_id: int, _account_id: int) -> tuple[Talk, bool] | None:
        """Return a talk, and whether its officer is told."""
        if self.talk is None:
            return None
        officer = self.kind is NoticeKind.TRUST_BOOKED if self.officer is None else self.officer
        cancelled = self.kind is NoticeKind.TRUST_CANCELLED and self.talk.state is TalkState.BOOKED
        return (replace(self.talk, state=TalkState.CALLED_OFF) if cancelled else self.talk), officer

    async def find_offered(self, channel_id: int) -> Channel | None:
        """Return a channel of which an administrator is asked."""
        return replace(CHANNEL, id=channel_id) if self.young else None

    async def find_lost(self, channel_id: int) -> Channel | None:
        """Return a channel in which the bot may not write."""
        return await self.find_offered(channel_id)

    async def find_digest(self, _account_id: int, _day: date, *, listed: bool, asked: bool) -> Digest | None:
        """Return a digest of what a test says."""
        if not self.duties:
            return None
        standing = StandingList(count=9, nearest=self.duties[:2], asks=asked) if listed else None
        return Digest(today=DAY, lines=self.duties, arrived=self.marked, standing=standing, several=True)

    async def find_week(self, _account_id: int, _posts: Sequence[str]) -> Week | None:
        """Return a week."""
        if not self.duties:
            return None
        figures = WeekFigures(whole=9, done=3, late=1, overdue=2, near=2, waiting=1)
        return Week(
            today=DAY, posts=(POST,), university=False, figures=figures, by_unit=((POST, figures),),
            escalated=self.duties * 3,
        )  # fmt: skip

    async def draw(self, chart: Chart) -> bytes:
        """Draw nothing."""
        assert chart.facts
        return b""

    async def keep_picture(self, _content: bytes) -> int:
        """Keep nothing."""
        return 5

    async def count_left(self, _account_id: int) -> int:
        """Return how many requests are left."""
        return self.left


async def told(news: News, **payload: object) -> dict[Language, OutgoingMessage | None]:
    kinds = kinds_of(UNIVERSITY)
    book = NoticeBook(
        I18N,
        FeatureNotices(
            certificates=CertificateNotices(news, kinds, DATES),
            batches=BatchNotices(news, kinds),
            revocations=RevocationNotices(news, kinds, DATES),
            links=LinkNotices(news, CARD),
            requests=RequestNotices(news, CARD),
            reports=ReportNotices(news, news, kinds),
            papers=PaperRequestNotices(news, DATES),
            roles=RoleNotices(news, DATES),
            announcements=AnnouncementNotices(news, DATES),
            revisions=RevisionNotices(news, DATES),
            bulletin=BulletinNotices(news, UniversityWords(UNIVERSITY), DATES),
            expiries=ExpiryNotices(news, kinds, DATES),
            channels=ChannelNotices(news),
            duties=DutyNotices(news, UniversityWords(UNIVERSITY), DATES),
            plans=PlanReminderNotices(news, news, CARD, UniversityWords(UNIVERSITY), DATES),
            plan_desk=PlanDeskNotices(news, UniversityWords(UNIVERSITY), DATES),
            sittings=SittingNotices(news, UniversityWords(UNIVERSITY), DATES),
            surveys=SurveyNotices(news, DATES),
            survey_outcomes=SurveyOutcomeNotices(news),
            trust=TrustNotices(news, UniversityWords(UNIVERSITY), DATES),
        ),
    )
    return {
        language: await book.render(
            DueNotice(
                delivery_id=1,
                chat_id=7001,
                kind=news.kind,
                payload={**IDS, "granted": True, "confirmed": False, **payload},
                language=language,
            )
        )
        for language in Language
    }


@pytest.mark.parametrize("kind", NoticeKind)
async def test_every_notice_is_put_into_words_in_three_languages(kind: NoticeKind) -> None:
    check_messages(await told(News(kind=kind)))


@pytest.mark.parametrize(
    "certificate",
    [
        delivered(),
        delivered(file_id=None, failed=True),
        delivered(valid_until=None),
        delivered(kind="gone"),
        delivered(replaces="2026-00001"),
    ],
    ids=["in order", "spoiled", "without an end", "of a kind that is gone", "in another's place"],
)
async def test_every_state_of_a_certificate_is_told(certificate: DeliveredCertificate) -> None:
    messages = await told(News(kind=NoticeKind.CERTIFICATE_READY, certificate=certificate))
    check_messages(messages)
    assert {message.file_id for message in messages.values() if message} == {certificate.file_id}


async def test_revoked_certificate_is_not_announced() -> None:
    certificate = delivered(status=RegisterStatus.REVOKED)
    messages = await told(News(kind=NoticeKind.CERTIFICATE_READY, certificate=certificate))
    assert set(messages.values()) == {None}


@pytest.mark.parametrize("counts", [{}, {"printed": 37, "refused": 2}, {"printed": 0, "issued": 0}], ids=str)
async def test_every_end_of_a_batch_is_told(counts: dict[str, int]) -> None:
    news = News(kind=NoticeKind.BATCH_ISSUED, batch=batch(**counts))
    check_messages(await told(news))
    assert set((await told(News(kind=NoticeKind.BATCH_ISSUED, batch=None))).values()) == {None}


@pytest.mark.parametrize("reason", RevocationReason)
async def test_every_reason_of_a_revocation_is_told(reason: RevocationReason) -> None:
    check_messages(await told(News(kind=NoticeKind.CERTIFICATE_REVOKED, revocation=revoked(reason))))


@pytest.mark.parametrize("state", [ReportState.REFUSED, ReportState.DOCUMENT_WANTED])
async def test_what_a_desk_decides_of_a_report_is_told(state: ReportState) -> None:
    check_messages(await told(News(kind=NoticeKind.REPORT_DECIDED, report_state=state)))


async def test_accepted_report_is_told_by_the_new_certificate_itself() -> None:
    messages = await told(News(kind=NoticeKind.REPORT_DECIDED, report_state=ReportState.ACCEPTED))
    assert set(messages.values()) == {None}


@pytest.mark.parametrize("confirmed", [True, False])
async def test_change_of_what_is_confirmed_is_told(*, confirmed: bool) -> None:
    news = News(kind=NoticeKind.CONFIRMATION_CHANGED, certificate=delivered(confirmed=confirmed))
    check_messages(await told(news, confirmed=confirmed))
    assert set((await told(news, confirmed=not confirmed)).values()) == {None}


@pytest.mark.parametrize("kind", [NoticeKind.CERTIFICATE_READY, NoticeKind.CONFIRMATION_CHANGED])
@pytest.mark.parametrize("now", [7002, None], ids=["another's", "nobody's"])
async def test_certificate_does_not_go_to_an_account_that_is_not_its_holders_any_more(
    kind: NoticeKind, now: int | None
) -> None:
    news = News(kind=kind, certificate=delivered(account_id=now))
    assert set((await told(news)).values()) == {None}


@pytest.mark.parametrize("reason", [*RefusalReason, "<b>өз сөзү & дагы"])
@pytest.mark.parametrize("left", [0, 2])
async def test_refused_request_is_told_with_its_reason_and_the_way_on(reason: str, left: int) -> None:
    messages = await told(News(kind=NoticeKind.LINK_REQUEST_DECIDED, reason=str(reason), left=left))
    check_messages(messages)
    for language, message in messages.items():
        assert message is not None
        assert len(message.buttons) == 1
        assert UNIVERSITY.study_office.place.get(language) in message.text


async def test_former_account_that_is_frozen_itself_is_not_asked_whether_it_was_them() -> None:
    offered = await told(News(kind=NoticeKind.LINK_MOVED))
    only_told = await told(News(kind=NoticeKind.LINK_MOVED), may_disown=False)
    assert all(message is not None and message.buttons for message in offered.values())
    assert all(message is not None and not message.buttons for message in only_told.values())


async def test_former_account_is_told_of_a_link_that_has_ended_but_not_once_the_person_is_back() -> None:
    ended = await told(News(kind=NoticeKind.LINK_MOVED, ended=True))
    assert all(message is not None and message.buttons for message in ended.values())
    assert set((await told(News(kind=NoticeKind.LINK_MOVED, back=True))).values()) == {None}


async def test_dispute_that_was_settled_is_not_told_even_if_the_account_is_on_hold_again() -> None:
    assert set((await told(News(kind=NoticeKind.LINK_DISPUTED, hold=2))).values()) == {None}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("granted", [True, False])
async def test_every_role_that_is_given_or_ended_is_told(role: Role, granted: bool) -> None:
    principal = Principal(grant_id=2, telegram_id=7002, person=None, account_person=AIZADA)
    grant = held(role=role, unit=UNIT, period=Period(first=DAY, last=DAY), principal=principal, ended=not granted)
    check_messages(await told(News(kind=NoticeKind.ROLE_CHANGED, grant=grant), granted=granted))


async def test_role_that_was_ended_before_anybody_was_told_is_not_announced() -> None:
    messages = await told(News(kind=NoticeKind.ROLE_CHANGED, grant=held(ended=True)))
    assert set(messages.values()) == {None}


@pytest.mark.parametrize("kind", PAPER_STATES)
async def test_request_that_has_moved_on_is_not_told_of(kind: NoticeKind) -> None:
    assert set((await told(News(kind=kind, paper_state=PaperRequestState.WITHDRAWN))).values()) == {None}


async def test_nothing_is_told_of_desks_that_are_through_with_everything() -> None:
    assert set((await told(News(kind=NoticeKind.DESK_MORNING, counts=QueueCounts()))).values()) == {None}
    assert set((await told(News(kind=NoticeKind.REQUEST_DUE_SOON, due=0))).values()) == {None}


@pytest.mark.parametrize(
    ("kind", "leads"),
    [
        (NoticeKind.DESK_MORNING, [OpenQueue(desk="ob"), OpenQueue(desk="gone")]),
        (NoticeKind.REQUEST_DUE_SOON, [OpenQueue(desk="gone")]),
        (NoticeKind.REQUEST_ANSWERED, [OpenRequest(request_id=1)]),
    ],
)
async def test_what_a_desk_is_told_leads_to_the_desk(kind: NoticeKind, leads: list[CallbackData]) -> None:
    for message in (await told(News(kind=kind))).values():
        assert message is not None
        assert [button.data for button in message.buttons] == [lead.pack() for lead in leads]


async def test_announcement_comes_as_it_was_written() -> None:
    messages = await told(News(kind=NoticeKind.ANNOUNCEMENT))
    assert {language: message.text for language, message in messages.items() if message} == announcement().texts


@pytest.mark.parametrize("only", Language)
async def test_reader_without_a_text_is_told_in_their_own_language_in_which_one_it_is(only: Language) -> None:
    news = News(kind=NoticeKind.ANNOUNCEMENT, announced=announcement(texts={only: "<b>Жарыя</b>"}, fallback=only))
    messages = await told(news)
    check_messages(messages)
    for language, message in messages.items():
        assert message is not None
        line = message.text.removesuffix("<b>Жарыя</b>")
        assert bool(line) is (language is not only)
        assert visible_length(line) <= FALLBACK_LINE


@pytest.mark.parametrize("hold", Hold)
@pytest.mark.parametrize(
    "waiting",
    [announcement(), announcement(stage=AnnouncementStage.PAUSED, notice_id=None)],
    ids=["on the way", "not begun"],
)
async def test_author_is_asked_about_what_waits(hold: Hold, waiting: Announcement) -> None:
    state = AnnouncementState.STOPPED if hold is Hold.FAULT else AnnouncementState.PAUSED
    news = News(kind=NoticeKind.ANNOUNCEMENT_LATE, announced=waiting, held_in=state)
    messages = await told(news, hold=hold.value)
    check_messages(messages)
    assert {len(message.buttons) for message in messages.values() if message} == {2}
    mends = [OpenDraft(draft_id=waiting.id).pack()] if hold is Hold.AUDIENCE else []
    for message in filter(None, messages.values()):
        assert [one.data for one in message.buttons if one.data.startswith(f"{OpenDraft.__prefix__}:")] == mends


@pytest.mark.parametrize("kind", [kind for kind in NoticeKind if kind.value.startswith("announcement")])
async def test_announcement_that_is_no_longer_for_the_reader_is_not_told(kind: NoticeKind) -> None:
    assert set((await told(News(kind=kind, announced=None))).values()) == {None}


async def test_preview_comes_as_its_readers_will_get_it_whatever_the_editors_language() -> None:
    for language in Language:
        news = News(
            kind=NoticeKind.ANNOUNCEMENT_PREVIEW, announced=announcement(options=SendingOptions(asks_reading=True))
        )
        messages = await told(news, language=language.value, marked=False)
        assert {message.text for message in messages.values() if message} == {ANNOUNCED[language]}
        assert len({message.buttons for message in messages.values() if message}) == 1


async def test_preview_of_another_version_is_not_told() -> None:
    assert set((await told(News(kind=NoticeKind.ANNOUNCEMENT_PREVIEW), version=2)).values()) == {None}


async def test_long_preview_is_marked_by_a_button() -> None:
    long = announcement(texts=dict.fromkeys(Language, "а" * 4_090))
    messages = await told(News(kind=NoticeKind.ANNOUNCEMENT_PREVIEW, announced=long))
    for message in messages.values():
        assert message is not None
        assert (visible_length(message.text), len(message.buttons)) == (4_090, 1)


async def test_who_has_confirmed_meanwhile_is_not_reminded_and_sees_when() -> None:
    asking = announcement(options=SendingOptions(asks_reading=True))
    news = News(kind=NoticeKind.ANNOUNCEMENT_REMINDER, announced=asking, read_at=MOMENT)
    assert set((await told(news)).values()) == {None}
    news.kind = NoticeKind.ANNOUNCEMENT_SHOWN
    for message in (await told(news)).values():
        assert message is not None
        (button,) = message.buttons
        assert "2026" in button.text


async def test_corrected_one_that_comes_once_more_says_since_when() -> None:
    news = News(kind=NoticeKind.ANNOUNCEMENT_SHOWN, announced=announcement(corrected_at=MOMENT))
    for message in (await told(news)).values():
        assert message is not None
        assert "✏️" in message.text


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("today", [date(2026, 11, 21), DAY, date(2026, 12, 2)], ids=["ahead", "last day", "ended"])
async def test_every_paper_is_reminded_of_before_on_and_after_its_last_day(paper: Paper, today: date) -> None:
    news = News(kind=NoticeKind.PAPER_ENDS, end=ending(paper), now_is=today)
    messages = await told(news, paper=paper.value)
    check_messages(messages)
    kinds = bool(UNIVERSITY.expiring[paper].kind)
    assert {len(message.buttons) for message in messages.values() if message} == {2 + kinds}


@pytest.mark.parametrize("kind", [NoticeKind.PAPER_ENDS, NoticeKind.PAPERS_AT_OFFICE])
async def test_paper_that_was_prolonged_or_answered_for_is_not_reminded_of(kind: NoticeKind) -> None:
    assert set((await told(News(kind=kind, end=None))).values()) == {None}


async def test_office_with_many_papers_gets_a_message_that_fits() -> None:
    long = AIZADA.full_name + "<b>" * 100
    end = ending(person=LinkedPerson(id=1, person_no="S-1", full_name=long), group_name="<&" * 100, applied=True)
    for message in (await told(News(kind=NoticeKind.PAPERS_AT_OFFICE, end=end, marked=500))).values():
        assert message is not None
        assert visible_length(message.text) <= 4096
        assert "480" in message.text


@pytest.mark.parametrize("kind", [NoticeKind.ANNOUNCEMENT_CORRECTED, NoticeKind.ANNOUNCEMENT_RECALLED])
@pytest.mark.parametrize("file", [None, MediaFile(media=Media.PHOTO, file_id=5)])
async def test_change_of_a_message_names_it_and_keeps_its_file(kind: NoticeKind, file: MediaFile | None) -> None:
    messages = await told(News(kind=kind, announced=announcement(file=file), young=False))
    check_messages(messages)
    facts = {(message.edits, message.deletes, message.file_id) for message in messages.values() if message}
    assert facts == {(5, None, file.file_id if file else None)}


async def test_young_message_is_deleted_and_one_that_is_not_there_is_left() -> None:
    messages = await told(News(kind=NoticeKind.ANNOUNCEMENT_RECALLED))
    assert {(message.edits, message.deletes) for message in messages.values() if message} == {(None, 5)}
    for kind in (
        NoticeKind.ANNOUNCEMENT_CORRECTED,
        NoticeKind.ANNOUNCEMENT_RECALLED,
        NoticeKind.CORRECTION_WAITING,
        NoticeKind.CORRECTION_DECIDED,
    ):
        assert set((await told(News(kind=kind, announced=None))).values()) == {None}


async def test_author_hears_either_word_of_the_approver() -> None:
    for approved in (True, False):
        check_messages(await told(News(kind=NoticeKind.CORRECTION_DECIDED), approved=approved))


async def test_line_of_a_correction_fits_into_the_place_that_is_kept_for_it() -> None:
    short = announcement(texts=dict.fromkeys(Language, "a"))
    messages = await told(News(kind=NoticeKind.ANNOUNCEMENT_CORRECTED, announced=short))
    for message in messages.values():
        assert message is not None
        assert "\n\n✏️ " in message.text
        assert visible_length(message.text) - 1 <= CORRECTION_LINE
    full = announcement(texts=dict.fromkeys(Language, "a" * 4096))
    kept = await told(News(kind=NoticeKind.ANNOUNCEMENT_CORRECTED, announced=full))
    assert {message.text for message in kept.values() if message} == {"a" * 4096}


@pytest.mark.parametrize(
    "kind", [NoticeKind.PLAN_ITEM_CHANGED, NoticeKind.PLAN_DECISIONS_WAIT, NoticeKind.PLAN_MATERIALS]
)
async def test_what_the_desk_has_overtaken_is_not_told(kind: NoticeKind) -> None:
    assert set((await told(News(kind=kind, young=False))).values()) == {None}


TALK_KINDS = [kind for kind in NoticeKind if kind.value.startswith("trust_")]


async def test_officer_hears_who_comes_and_who_has_cancelled() -> None:
    left = replace(TALK, state=TalkState.LEFT)
    for news in (
        News(kind=NoticeKind.TRUST_BOOKED),
        News(kind=NoticeKind.TRUST_CANCELLED, talk=left, officer=True),
    ):
        messages = await told(news)
        check_messages(messages)
        for message in messages.values():
            assert message is not None
            assert "&lt;b&gt;Маматова" in message.text
            assert "Маматова" not in message.text[:30]
            assert [button.data for button in message.buttons] == ["go:9"]


@pytest.mark.parametrize("officer", [True, False])
async def test_reminder_of_a_talk_says_no_more_than_when(*, officer: bool) -> None:
    for message in (await told(News(kind=NoticeKind.TRUST_REMINDER, officer=officer))).values():
        assert message is not None
        assert "12:00–12:30" in message.text
        assert not {"Маматова", "Бакыт", "214"} & set(message.text.replace(">", " ").split())


@pytest.mark.parametrize("kind", TALK_KINDS)
@pytest.mark.parametrize("officer", [True, False])
async def test_talk_is_told_only_to_whom_it_concerns(kind: NoticeKind, *, officer: bool) -> None:
    others = {
        NoticeKind.TRUST_BOOKED: [(None, True), (TALK, False), (replace(TALK, state=TalkState.LEFT), True)],
        NoticeKind.TRUST_CANCELLED: [(None, officer), (replace(TALK, state=TalkState.LEFT), False)],
        NoticeKind.TRUST_REMINDER: [(None, officer), (replace(TALK, state=TalkState.CALLED_OFF), officer)],
    }
    for talk, told_officer in others[kind]:
        assert set((await told(News(kind=kind, talk=talk, officer=told_officer))).values()) == {None}


@pytest.mark.parametrize("kind", [NoticeKind.CHANNEL_OFFERED, NoticeKind.CHANNEL_LOST])
async def test_what_became_of_a_channel_meanwhile_is_not_told_any_more(kind: NoticeKind) -> None:
    assert set((await told(News(kind=kind, young=False))).values()) == {None}


async def test_duty_that_is_somebody_elses_by_now_is_not_told() -> None:
    assert set((await told(News(kind=NoticeKind.PLAN_HANDED_ON, young=False))).values()) == {None}


@pytest.mark.parametrize("part", Part)
async def test_every_part_of_a_plan_s_digest_is_told(part: Part) -> None:
    lines = (
        duty(part, soft=True, own=False),
        duty(part, due=None, unit=None, unit_code="", own=False, printed=""),
        duty(part, late=-3, title="Узун " * 60),
    )
    messages = await told(News(kind=NoticeKind.PLAN_DIGEST, duties=lines, marked=0), listed=False)
    check_messages(messages)
    for message in messages.values():
        assert message is not None
        assert message.buttons[-1].data == "go:f"


async def test_a_digest_of_very_many_items_stays_within_telegram_s_limits() -> None:
    lines = tuple(
        duty(part, title="Ө" * 400, printed="ж" * 400, soft=True, unit=replace(POST, name=Trilingual(ky="К" * 300)))
        for part in Part
        for _ in range(100)
    )
    messages = await told(News(kind=NoticeKind.PLAN_DIGEST, duties=lines))
    weeks = await told(News(kind=NoticeKind.PLAN_WEEKLY, duties=lines))
    for message, week in zip(messages.values(), weeks.values(), strict=True):
        assert message is not None
        assert week is not None
        assert visible_length(message.text) <= 4096
        assert "588" in message.text  # those that are only counted
        assert visible_length(week.text) <= 1024


@pytest.mark.parametrize("kind", [NoticeKind.PLAN_DIGEST, NoticeKind.PLAN_WEEKLY])
async def test_plan_of_which_nothing_is_left_is_not_told(kind: NoticeKind) -> None:
    assert set((await told(News(kind=kind, duties=()))).values()) == {None}


@pytest.mark.parametrize("mode", [SurveyMode.CONFIDENTIAL, SurveyMode.NAMED, SurveyMode.ANONYMOUS])
@pytest.mark.parametrize("kind", [NoticeKind.SURVEY_INVITATION, NoticeKind.SURVEY_REMINDER])
async def test_a_survey_s_notice_says_nothing_that_a_lock_screen_should_not(kind: NoticeKind, mode: SurveyMode) -> None:
    messages = await told(News(kind=kind, survey_mode=mode))
    check_messages(messages)
    survey = prepared(read_questionnaire(library_body()), mode)
    wanted = [Action.QUIET] if mode is SurveyMode.ANONYMOUS else [Action.PROMISE, Action.DECLINE]
    for language, message in messages.items():
        assert message is not None
        assert survey.questionnaire.title.get(language) not in message.text
        steps = [Buttons(survey, 7001).read(button.data) for button in message.buttons]
        assert [(step.action, step.language) for step in steps if step] == [(action, language) for action in wanted]
    assert set((await told(News(kind=kind, survey_mode=mode, young=False))).values()) == {None}
