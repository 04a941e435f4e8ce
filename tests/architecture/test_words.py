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
from handlers.common.reasons import reason_text
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
from services.certificates.rules import written_reason
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
from services.linking.errors import (
    LinkCodeExpired,
    LinkCodeUnknown,
    LinkCodeUsed,
    LinkedToAnother,
    LinkingLocked,
    PersonNotLinked,
)
from services.people.dto import PersonStatus
from services.people.errors import NoSuchPerson, UnknownPerson
from services.study_office.errors import NothingToSearch, SearchTooLong

UNIVERSITY = load()
KIND = kinds_of(UNIVERSITY)["study"]
DATES = LocalTime(ZoneInfo("Asia/Bishkek"))
I18N = Catalogues()
MOMENT = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
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
    *(NotStudying(status, KIND) for status in PersonStatus if status is not PersonStatus.ACTIVE),
    *(FactsMissing(KIND, language, ["name", "programme", "unit"]) for language in Language),
    FactsUnprintable(KIND, ["name", "programme"]),
    *(LinkCodeUnknown(left) for left in range(5)),
    LinkCodeUsed(4),
    LinkCodeExpired(1),
    LinkingLocked(MOMENT),
    LinkedToAnother(AIZADA),
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


async def rendered(kind: NoticeKind, certificate: DeliveredCertificate) -> dict[Language, OutgoingMessage | None]:
    book = NoticeBook(I18N, cast("CertificateService", Register(certificate)), kinds_of(UNIVERSITY), DATES)
    return {
        language: await book.render(
            ClaimedMessage(
                id=1,
                chat_id=7001,
                urgency=Urgency.ANSWER,
                attempt=1,
                unclear=0,
                kind=kind,
                payload={"certificate_id": 1},
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


def test_reason_of_the_register_is_put_into_words() -> None:
    with I18N.context(), I18N.use_locale("en"):
        assert reason_text(written_reason(RevocationReason.OTHER, "the seal: smudged")) == "the seal: smudged"
        assert reason_text(written_reason(RevocationReason.LEFT, "")) == "the holder no longer studies here"
        assert reason_text("of an older version") == "of an older version"


async def test_revoked_certificate_is_not_announced() -> None:
    messages = await rendered(NoticeKind.CERTIFICATE_READY, delivered(status=RegisterStatus.REVOKED))
    assert set(messages.values()) == {None}
