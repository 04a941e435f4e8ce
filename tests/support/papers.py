"""Papers for tests of the services: one kind of certificate, and stand-ins for the slow and the far away."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from services.certificates.addresses import OwnAddresses
from services.certificates.dto import (
    CertificateKind,
    FactRule,
    FactType,
    Fee,
    FileFinding,
    Paper,
    PaperOrder,
    Publicity,
    Requirement,
    SignedPaper,
    Source,
)
from services.certificates.ports import PaperSpoiled, SigningKeyInfo
from services.delivery.dto import Attachment, Outcome, OutgoingMessage, Receipt
from services.languages import Language, Trilingual


def fact(
    name: str,
    kind: FactType = FactType.TEXT,
    requirement: Requirement = Requirement.REQUIRED,
    public: Publicity = Publicity.YES,
    choices: Sequence[str] = (),
) -> FactRule:
    """Write a rule for a fact in one line."""
    return FactRule(name=name, type=kind, requirement=requirement, public=public, choices=tuple(choices))


def asked(name: str, kind: FactType = FactType.TEXT, **changes: Any) -> FactRule:  # noqa: ANN401 -- fields of a rule
    """Write a rule for a fact that the person is asked for."""
    return replace(fact(name, kind), source=Source.ASKED, **changes)


def entered(name: str, kind: FactType = FactType.TEXT, **changes: Any) -> FactRule:  # noqa: ANN401 -- as above
    """Write a rule for a fact that the desk enters."""
    return replace(fact(name, kind), source=Source.DESK, public=Publicity.NO, **changes)


#: The kind of the demonstration university, as far as its rules go.
STUDY = CertificateKind(
    id="study",
    name=Trilingual(ky="Окуп жаткандыгы жөнүндө маалымкат", ru="Справка об обучении", en="Certificate of study"),
    desk="study_office",
    desk_name=Trilingual(ky="Окуу бөлүмү", ru="Учебный отдел", en="Study Office"),
    languages=tuple(Language),
    validity_days=30,
    facts=(
        fact("name"),
        fact("unit", requirement=Requirement.IF_IN_ROSTER),
        fact("programme"),
        fact("course"),
        fact("group", requirement=Requirement.OPTIONAL, public=Publicity.NO),
        fact("study_form", FactType.CHOICE, choices=("full_time", "part_time")),
        fact("admission_order", public=Publicity.MASKED),
        fact("expected_graduation", FactType.DATE),
    ),
)

#: A kind that exists in Kyrgyz only and never ends.
ARCHIVE = replace(STUDY, id="archive", languages=(Language.KY,), validity_days=None)

#: A kind that a desk approves: something is asked of the person, something is entered by the desk.
GRANT = replace(
    STUDY,
    id="grant",
    name=Trilingual(ky="Стипендия жөнүндө маалымкат", ru="Справка о стипендии", en="Certificate of scholarship"),
    desk="accounting",
    desk_name=Trilingual(ky="Бухгалтерия", ru="Бухгалтерия", en="Accounting"),
    approved=True,
    promised_days=3,
    facts=(
        fact("name"),
        asked("recipient", requirement=Requirement.OPTIONAL),
        asked("purpose", FactType.CHOICE, choices=("bank", "other")),
        replace(asked("other_purpose"), needed_when={"purpose": ("other",)}),
        entered("result", FactType.CHOICE, choices=("yes", "no")),
        replace(entered("amount", FactType.MONEY), least=Decimal(0), needed_when={"result": ("yes",)}),
    ),
)

#: A kind that costs something.
TRANSCRIPT = replace(
    STUDY,
    id="transcript",
    name=Trilingual(ky="Академиялык маалымкат", ru="Академическая справка", en="Academic certificate"),
    approved=True,
    promised_days=5,
    facts=(fact("name"),),
    fee=Fee(amount=Decimal(250), how_to_pay=Trilingual(ky="Кассага", ru="В кассу", en="At the cash desk")),
)

UNPRINTABLE = "☃"
OWN = OwnAddresses(public_url="https://papers.university.example", bot_username="kabarchy_test_bot")
KEY = SigningKeyInfo(fingerprint="ab" * 32, certificate_pem="the key's certificate", authority_pems=("an authority",))


class PlainStationery:
    """Puts the order on paper as it is."""

    def compose(self, order: PaperOrder) -> Paper:
        """Return the order as JSON-ready data."""
        return {
            "number": order.number,
            "code": order.code,
            "language": order.language.value,
            "issued_on": order.issued_on.isoformat(),
            "facts": dict(order.facts),
        }

    def can_print(self, text: str) -> bool:
        """Everything but the snowman."""
        return UNPRINTABLE not in text


class PaperPress:
    """Prints at once; every print has bytes of its own, as a real signature has."""

    def __init__(self) -> None:
        self.key = KEY
        self.failures = 0  # so many of the next papers are spoiled
        self.produced: list[Mapping[str, Any]] = []
        self._prints = count(1)

    async def produce(self, paper: Paper, *, code: str, signed_at: datetime) -> SignedPaper:
        """Return the signed document."""
        if self.failures:
            self.failures -= 1
            raise PaperSpoiled("the ink is dry")
        self.produced.append(paper)
        content = f"%PDF {code} print {next(self._prints)}".encode()
        return SignedPaper(content=content, sha256=hashlib.sha256(content).hexdigest(), signed_at=signed_at)

    async def preview(self, paper: Paper) -> Sequence[bytes]:
        """Return a picture of nothing."""
        return [b"\x89PNG\r\n\x1a\n" + str(paper["number"]).encode()]


class ToldInspector:
    """Finds in every file what it was told to find."""

    def __init__(self) -> None:
        self.finding: FileFinding | None = None
        self.asked_with: Sequence[bytes] = ()

    async def inspect(self, content: bytes, authorities: Sequence[bytes]) -> FileFinding:
        """Return the finding; by default an intact file of ours."""
        self.asked_with = authorities
        return self.finding or intact_file(content)


class ToldReader:
    """Sees in every picture the QR codes it was told to see; None: it is no picture."""

    def __init__(self) -> None:
        self.texts: tuple[str, ...] | None = ()

    async def read(self, content: bytes) -> tuple[str, ...] | None:
        """Return what the codes hold."""
        assert content
        return self.texts


def intact_file(content: bytes) -> FileFinding:
    """Return what is found in a file that we signed and nobody touched."""
    digest = hashlib.sha256(content).hexdigest()
    return FileFinding(
        readable=True, signed_by_us=True, unchanged=True, key_valid_then=True, sha256=digest, revision_sha256=digest
    )


class ToldMessenger:
    """Takes every message and gives the receipts it was told to give; afterwards everything is sent."""

    bot_id = 1

    def __init__(self) -> None:
        self.receipts: list[Receipt] = []
        self.sent: list[tuple[int, OutgoingMessage, Attachment | None]] = []
        self.asked = 0
        self._numbers = count(1)

    async def send(
        self, chat_id: int, message: OutgoingMessage, attachment: Attachment | None, *, asked: bool = False
    ) -> Receipt:
        """Note the message, and whether somebody waits for it."""
        self.asked += asked
        self.sent.append((chat_id, message, attachment))
        if self.receipts:
            return self.receipts.pop(0)
        number = next(self._numbers)
        copy = f"telegram-{number}" if attachment else None
        return Receipt(outcome=Outcome.SENT, telegram_message_id=number, telegram_file_id=copy)

    async def probe(self) -> bool:
        """Answer."""
        return True


class BishkekCalendar:
    """The day in Bishkek, without a time zone database: six hours ahead of UTC."""

    def today(self, now: datetime) -> date:
        """Return the day."""
        return (now + timedelta(hours=6)).date()

    def time_of_day(self, now: datetime) -> time:
        """Return the time."""
        return (now + timedelta(hours=6)).time()

    def moment_of(self, day: date, at: time) -> datetime:
        """Return the moment."""
        return datetime.combine(day, at, UTC) - timedelta(hours=6)
