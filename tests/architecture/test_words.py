"""Every refusal has a sentence and every notice its words, in three languages."""

import importlib
import pkgutil
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import cast
from zoneinfo import ZoneInfo

import pytest

import services
from bot.documents.university import load
from bot.i18n import Catalogues
from bot.localtime import LocalTime
from bot.notices import NoticeBook
from bot.refusals import OPERATOR_REFUSALS, RefusalSentences
from bot.refusals.words import Words
from bot.stationery import UniversityWords, card_of, kinds_of
from handlers.link_requests.notices import RequestNotices
from handlers.linking.notices import LinkNotices
from services.access import LinkedPerson, LinkFrozen, NotAllowed, NotLinked
from services.access import LinkedPerson, NotAllowed, NotLinked, Role
from handlers.study_office.notices import certificate_revoked
from services.access import LinkedPerson, NotAllowed, NotLinked
from services.certificates.dto import RevocationReason
from services.certificates.errors import (
    FactsMissing,
    FactsUnprintable,
    KindNotOffered,
    LanguageNotOffered,
    NoSuchCertificate,
    NotAStudent,
    NotStudying,
    ReasonNeeded,
    ReasonTooLong,
    RevokedAlready,
)
from services.certificates.register import DeliveredCertificate, RegisterStatus, RevokedCertificate
from services.certificates.service import CertificateService
from services.corrections.dto import Fact, FactForm
from services.corrections.errors import (
    CorrectionEnded,
    FactMalformed,
    FactNeeded,
    FactNotPrintable,
    FactTooLong,
    FactUnchanged,
    RosterBusy,
)
from services.delivery.dto import ClaimedMessage, NoticeKind, OutgoingMessage, Urgency
from services.errors import Refusal
from services.languages import Language
from services.link_requests.dto import LinkRequest, RefusalReason, RequestState, TypedFacts
from services.link_requests.errors import (
    AskerFrozen,
    HolderNeedsCode,
    ReasonUnreadable,
    RequestDecided,
    RequestsExhausted,
    RequestUnreadable,
    RequestWaiting,
)
from services.linking.dto import AccountStanding, LinkRecord
from services.linking.errors import (
    ConsentNeeded,
    ContactForwarded,
    ContactLocked,
    ContactNotOwn,
    GroupLinked,
    LinkCodeExpired,
    LinkCodeUnknown,
    LinkCodeUsed,
    LinkedToAnother,
    LinkingLocked,
    LinkStandsNoMore,
    LinkTaken,
    NotFrozen,
    NumberNotRecognised,
    PersonAbsent,
    PersonNotLinked,
    UnknownGroup,
)
from services.languages import Language, Trilingual
from services.linking.errors import LinkCodeExpired, LinkCodeUnknown, LinkCodeUsed, LinkedToAnother, LinkingLocked
from services.mydata.errors import DataTakenTooOften
from services.people.dto import PersonStatus
from services.roles.dto import Grant, GrantState, Period, Principal, UnitName
from services.roles.errors import (
    BeyondGrant,
    DeputyNeedsPeriod,
    DeputyOfDeputy,
    DeputyOfThemself,
    GrantNotInForce,
    LastAdministrator,
    OwnAdministration,
    PeriodIsOver,
    RoleHeldAlready,
    RoleNotHeld,
    UnitNeeded,
    UnknownHolder,
    UnknownUnit,
    WrongPeriod,
)
from services.roles.register import RoleRegister
    PersonNotLinked,
)
from services.people.errors import NoSuchPerson, UnknownPerson
from services.study_office.errors import NothingToSearch, SearchTooLong
from services.people.errors import DraftDiffers, DraftGone, NothingToUndo, NotTheLastImport, RosterUnreadable
from services.tables.dto import FaultKind, TableFault

UNIVERSITY = load()
KIND = kinds_of(UNIVERSITY)["study"]
DATES = LocalTime(ZoneInfo("Asia/Bishkek"))
I18N = Catalogues()
MOMENT = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
DAY = date(2026, 12, 1)
UNIT = UnitName(id=1, code="mti", name=Trilingual(ky="<b>Институт"), abbreviation="МТИ")
AIZADA = LinkedPerson(id=1, person_no="S-1001", full_name="<b>Маматова</b> Айзада & Бакытовна")
SENTENCES = RefusalSentences(
    Words(university=card_of(UNIVERSITY), labels=UniversityWords(UNIVERSITY, DATES), dates=DATES)
)

REFUSALS: list[Refusal] = [
    NotAllowed(),
    NotLinked(),
    KindNotOffered(),
    LanguageNotOffered(),
    NotAStudent(),
    *(NotStudying(status) for status in PersonStatus if status is not PersonStatus.ACTIVE),
    *(FactsMissing(KIND, language, ["name", "programme", "unit"]) for language in Language),
    FactsUnprintable(KIND, ["name", "programme"]),
    *(LinkCodeUnknown(left) for left in range(5)),
    LinkCodeUsed(4),
    LinkCodeExpired(1),
    LinkingLocked(MOMENT),
    DataTakenTooOften(MOMENT),
    LinkedToAnother(AIZADA),
    LinkFrozen(),
    ConsentNeeded(),
    ContactForwarded(),
    ContactLocked(MOMENT),
    ContactNotOwn(),
    NumberNotRecognised(),
    LinkStandsNoMore(),
    LinkTaken(),
    NotFrozen(),
    PersonAbsent("S-1"),
    PersonNotLinked(),
    UnknownGroup("<b>ПИ", []),
    UnknownGroup("ПИ", ["<b>ПИ-1-25</b>", "ПИ-2-25"]),
    GroupLinked("<b>ПИ-1-25"),
    AskerFrozen(),
    HolderNeedsCode(),
    ReasonUnreadable(),
    RequestDecided(),
    RequestsExhausted(),
    RequestUnreadable(),
    RequestWaiting(MOMENT),
    UnknownHolder("<b>17</b>"),
    UnknownUnit("<i>"),
    UnitNeeded(Role.UNIT_HEAD),
    WrongPeriod(),
    PeriodIsOver(DAY),
    *(RoleHeldAlready(period) for period in (Period(), Period(first=DAY), Period(first=DAY, last=DAY))),
    RoleNotHeld(),
    OwnAdministration(),
    LastAdministrator(),
    GrantNotInForce(),
    DeputyOfDeputy(),
    DeputyOfThemself(),
    DeputyNeedsPeriod(),
    BeyondGrant(DAY),
    PersonNotLinked(),
    UnknownPerson("<S-1>"),
    NoSuchPerson(),
    NothingToSearch(),
    SearchTooLong(100),
    *(FactMalformed(Fact.NAME_LATIN, form) for form in FactForm),
    *(FactNeeded(fact) for fact in Fact),
    FactTooLong(Fact.PHONE, 300),
    FactNotPrintable(Fact.LAST_NAME, ["🎓", "<", "\u200b"]),
    FactUnchanged(Fact.BIRTH_DATE),
    CorrectionEnded(),
    RosterBusy(),
    NoSuchCertificate(),
    RevokedAlready("2026-00001", MOMENT),
    ReasonNeeded(),
    ReasonTooLong(300),
    *(
        RosterUnreadable(TableFault(kind=kind, names=("person_no", "<b>"), limit=200_000, row=row, merged=bool(row)))
        for kind in FaultKind
        for row in (None, 2)
        if row is None or kind is FaultKind.MISSING_COLUMNS
    ),
    DraftGone(),
    DraftDiffers(),
    NothingToUndo(),
    NotTheLastImport(),
]


def all_refusals() -> set[type[Refusal]]:
    """Import all services and return what they can refuse; a class with subclasses is only their common name."""
    for module in pkgutil.walk_packages(services.__path__, "services."):
        importlib.import_module(module.name)
    found: set[type[Refusal]] = set()
    waiting = [Refusal]
    while waiting:
        children = waiting.pop().__subclasses__()
        waiting += children
        found |= {child for child in children if not child.__subclasses__()}
    return {refusal for refusal in found if refusal.__module__.startswith("services.")}


def test_every_refusal_has_a_sentence_for_the_chat_or_is_the_operators_own() -> None:
    assert all_refusals() == SENTENCES.worded | OPERATOR_REFUSALS
    assert not SENTENCES.worded & OPERATOR_REFUSALS


def test_every_sentence_is_tried_here() -> None:
    assert {type(refusal) for refusal in REFUSALS} == SENTENCES.worded


class Markup(HTMLParser):
    """Collects tags; Telegram refuses a message whose tags do not close."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        """Note that the tag is open."""
        self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the last one; another must not be closed before it."""
        assert self.opened.pop() == tag

    def handle_data(self, data: str) -> None:
        """Collect what is read."""
        self.text += data


def check(texts: dict[Language, str]) -> None:
    """Check a text in its three languages."""
    for text in texts.values():
        markup = Markup(text)
        assert markup.opened == []
        assert markup.text.strip()
        assert not set("{}") & set(markup.text)
        assert "None" not in markup.text
        assert len(markup.text.encode("utf-16-le")) // 2 <= 1024  # Telegram's limit for a caption
    assert len(set(texts.values())) == 3, "two languages say the same: a text is not translated"


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: f"{type(refusal).__name__} {refusal}".strip())
def test_refusal_is_said_in_three_languages(refusal: Refusal) -> None:
    texts = {}
    for language in Language:
        with I18N.context(), I18N.use_locale(language.value):
            texts[language] = SENTENCES.sentence(refusal, language)
    check(texts)


def test_what_is_missing_is_named_in_the_readers_words() -> None:
    with I18N.context(), I18N.use_locale("ru"):
        text = SENTENCES.sentence(FactsMissing(KIND, Language.EN, ["programme", "name"]), Language.RU)
    words = UniversityWords(UNIVERSITY, DATES)
    for fact in ("programme", "name"):
        assert words.label("study", fact, Language.RU) in text
    assert UNIVERSITY.study_office.phone in text


def test_name_that_somebody_typed_is_no_markup() -> None:
    with I18N.context(), I18N.use_locale("ky"):
        text = SENTENCES.sentence(LinkedToAnother(AIZADA), Language.KY)
    assert AIZADA.full_name in Markup(text).text


def delivered(**changes: object) -> DeliveredCertificate:
    facts: dict[str, object] = {
        "kind": "study", "language": Language.KY, "number": "2026-00001", "code": "7K3QX9MVP2RTABCDE123",
        "valid_until": date(2026, 12, 21), "file_id": 5, "failed": False, "status": RegisterStatus.ISSUED,
    }  # fmt: skip
    return DeliveredCertificate(**{**facts, **changes})  # type: ignore[arg-type]


class Register:
    """A register with one certificate."""

    def __init__(self, certificate: DeliveredCertificate) -> None:
        self.certificate = certificate

    async def get_delivered(self, _certificate_id: int) -> DeliveredCertificate:
        """Return it."""
        return self.certificate

    async def find_revoked(self, _certificate_id: int, _account_id: int) -> RevokedCertificate | None:
        """Return it as its holder is told of its revocation."""
        return RevokedCertificate(
            kind=self.certificate.kind,
            number=self.certificate.number,
            issued_on=date(2026, 11, 21),
            reason=RevocationReason.OTHER,
            text="<b>Мөөр</b> & кол",
        )


class News:
    """A link, an account and a request of which everything told is still true."""

    def __init__(self, kind: NoticeKind, reason: str = "", left: int = 1) -> None:
        self.frozen = kind in {NoticeKind.LINK_FROZEN, NoticeKind.LINK_DISPUTED}
        state = RequestState.REFUSED if reason else RequestState.LINKED
        self.state = RequestState.WAITING if kind is NoticeKind.LINK_REQUEST_WAITING else state
        self.reason, self.left = reason, left

    async def find_link(self, link_id: int) -> LinkRecord | None:
        """Return a link that stands."""
        return LinkRecord(
            id=link_id, account_id=1, person_id=1, linked_at=MOMENT, former_account_id=7001, disowned=False, ended=False
        )

    async def find_account(self, account_id: int) -> AccountStanding | None:
        """Return an account without a person."""
        return AccountStanding(account_id=account_id, person_id=None, person=None, frozen=self.frozen)

    async def find_request(self, request_id: int) -> LinkRequest | None:
        """Return a request."""
        facts = TypedFacts(name="<b>Ким", group_name="ПИ & Ко", person_no="S-1")
        return LinkRequest(
            id=request_id, account_id=7001, facts=facts, asked_at=MOMENT, state=self.state, reason=self.reason,
            person=AIZADA,
        )  # fmt: skip

    async def count_left(self, _account_id: int) -> int:
        """Return what was said."""
        return self.left


async def rendered(
    kind: NoticeKind, certificate: DeliveredCertificate, news: News | None = None, **payload: object
) -> dict[Language, OutgoingMessage | None]:
    card, news = card_of(UNIVERSITY), news or News(kind)
    book = NoticeBook(
        I18N, cast("CertificateService", Register(certificate)), kinds_of(UNIVERSITY), DATES,
        LinkNotices(news, card), RequestNotices(news, card),
    )  # fmt: skip
    ids = {"certificate_id": 1, "link_id": 1, "account_id": 7001, "request_id": 1, "may_disown": True, **payload}
class Roles:
    """Roles with one grant."""

    def __init__(self, grant: Grant | None) -> None:
        self.grant = grant

    async def find_told(self, _grant_id: int) -> Grant | None:
        """Return it."""
        return self.grant


def held(**changes: object) -> Grant:
    facts: dict[str, object] = {
        "id": 1, "role": Role.REGISTRAR, "unit": None, "telegram_id": 7001, "wrote": True, "person": AIZADA,
        "account_person": AIZADA, "period": Period(), "principal": None, "granted_at": MOMENT, "granted_by": None,
        "granted_by_person": None, "ended": False, "state": GrantState.IN_FORCE,
    }  # fmt: skip
    return Grant(**{**facts, **changes})  # type: ignore[arg-type]


async def rendered(
    kind: NoticeKind, certificate: DeliveredCertificate, grant: Grant | None = None, *, granted: bool = True
) -> dict[Language, OutgoingMessage | None]:
    book = NoticeBook(
        I18N,
        cast("CertificateService", Register(certificate)),
        kinds_of(UNIVERSITY),
        DATES,
        cast("RoleRegister", Roles(grant or held())),
    )
    return {
        language: await book.render(
            ClaimedMessage(
                id=1,
                chat_id=7001,
                urgency=Urgency.ANSWER,
                attempt=1,
                unclear=0,
                kind=kind,
                payload=ids,
                payload={"certificate_id": 1, "grant_id": 1, "granted": granted},
                language=language,
            )
        )
        for language in Language
    }


@pytest.mark.parametrize("kind", NoticeKind)
@pytest.mark.parametrize(
    "certificate",
    [delivered(), delivered(file_id=None, failed=True), delivered(valid_until=None), delivered(kind="gone")],
    ids=["in order", "spoiled", "without an end", "of a kind that is gone"],
)
async def test_every_notice_is_put_into_words_in_three_languages(
    kind: NoticeKind, certificate: DeliveredCertificate
) -> None:
    messages = await rendered(kind, certificate)
    check({language: message.text for language, message in messages.items() if message is not None})
    if kind is NoticeKind.CERTIFICATE_READY:
        assert {message.file_id for message in messages.values() if message} == {certificate.file_id}


def test_every_reason_of_a_revocation_is_said_in_three_languages() -> None:
    for reason in RevocationReason:
        certificate = RevokedCertificate(
            kind="study", number="2026-00001", issued_on=date(2026, 11, 21), reason=reason, text="Өз сөзү"
        )
        texts = {}
        for language in Language:
            with I18N.context(), I18N.use_locale(language.value):
                texts[language] = certificate_revoked(certificate, KIND, language, DATES).text
        check(texts)


async def test_revoked_certificate_is_not_announced() -> None:
    messages = await rendered(NoticeKind.CERTIFICATE_READY, delivered(status=RegisterStatus.REVOKED))
    assert set(messages.values()) == {None}


@pytest.mark.parametrize("reason", [*RefusalReason, "<b>өз сөзү & дагы"])
@pytest.mark.parametrize("left", [0, 2])
async def test_refused_request_is_told_with_its_reason_and_the_way_on(reason: str, left: int) -> None:
    kind = NoticeKind.LINK_REQUEST_DECIDED
    messages = await rendered(kind, delivered(), News(kind, str(reason), left))
    check({language: message.text for language, message in messages.items() if message is not None})
    for language, message in messages.items():
        assert message is not None
        assert len(message.buttons) == 1
        assert UNIVERSITY.study_office.place.get(language) in message.text


async def test_former_account_that_is_frozen_itself_is_not_asked_whether_it_was_them() -> None:
    offered = await rendered(NoticeKind.LINK_MOVED, delivered())
    told = await rendered(NoticeKind.LINK_MOVED, delivered(), may_disown=False)
    assert all(message is not None and message.buttons for message in offered.values())
    assert all(message is not None and not message.buttons for message in told.values())
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("granted", [True, False])
async def test_every_role_that_is_given_or_ended_is_told_in_three_languages(role: Role, granted: bool) -> None:
    principal = Principal(grant_id=2, telegram_id=7002, person=None, account_person=AIZADA)
    grant = held(role=role, unit=UNIT, period=Period(first=DAY, last=DAY), principal=principal, ended=not granted)
    messages = await rendered(NoticeKind.ROLE_CHANGED, delivered(), grant, granted=granted)
    check({language: message.text for language, message in messages.items() if message is not None})


async def test_role_that_was_ended_before_anybody_was_told_is_not_announced() -> None:
    messages = await rendered(NoticeKind.ROLE_CHANGED, delivered(), held(ended=True), granted=True)
    assert set(messages.values()) == {None}
