"""Requests as their person sees them, and as the desk does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from services.certificates.dto import CertificateKind, FactRule, Fee
from services.certificates.register import RegisterStatus
from services.errors import Refusal
from services.languages import Language, Trilingual


class RequestState(StrEnum):
    """How far a request is."""

    UNPAID = "unpaid"
    WAITING = "waiting"
    TAKEN = "taken"
    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class PaperCopy(StrEnum):
    """How far a copy on paper is."""

    NONE = "none"
    WANTED = "wanted"
    READY = "ready"
    GIVEN = "given"


class ReadyReason(StrEnum):
    """Reasons that desks need again and again: the first three refuse a request, the others a receipt."""

    NOT_ENTITLED = "not_entitled"
    TOO_LITTLE = "too_little"
    COME_IN_PERSON = "come_in_person"
    NOT_LEGIBLE = "not_legible"
    OTHER_AMOUNT = "other_amount"
    OTHER_PAYMENT = "other_payment"


class QueueView(StrEnum):
    """Which requests of a desk are listed.

    `OPEN`: all that the desk has to decide about. `FREE`: those that nobody has taken. `RECEIPTS`: those whose receipt
    is to be looked at. `COPIES`: those whose copy on paper is wanted, or waits to be picked up.
    """

    OPEN = "open"
    FREE = "free"
    MINE = "mine"
    LATE = "late"
    RECEIPTS = "receipts"
    COPIES = "copies"


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateRequest:
    """A request as it is kept. `asked` and `entered`: facts by name, as `FactType` keeps them.

    `promised_on`: the working day by whose end the desk answers; None while the fee is not confirmed.
    `taken_by`: the account of who works on it, `holder` their name.
    """

    id: int
    version: int
    person_id: int
    account_id: int
    kind: str
    language: Language
    desk: str
    state: RequestState
    asked: Mapping[str, str]
    entered: Mapping[str, str]
    question: str
    answer: str
    refusal: str
    receipt_file_id: int | None
    receipt_refusal: str
    paid_at: datetime | None
    created_at: datetime
    queued_at: datetime | None
    promised_on: date | None
    taken_by: int | None
    holder: str
    decided_at: datetime | None
    certificate_id: int | None
    paper_copy: PaperCopy
    paper_copy_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRequest:
    """A request to be written. `occasion`: the screen that asked; it asks for the very same only once."""

    person_id: int
    account_id: int
    kind: str
    language: Language
    desk: str
    state: RequestState
    occasion: str
    asked: Mapping[str, str]
    created_at: datetime
    queued_at: datetime | None = None
    promised_on: date | None = None
    certificate_id: int | None = None
    paper_copy: PaperCopy = PaperCopy.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPlan:
    """What is asked for a kind, and what was answered so far.

    `given`: the answers that have a place on the paper, as they are kept. `questions`: all, those with an answer too.
    `at_once`: nobody decides, the certificate is issued when it is confirmed. `promised_on`: None if at once, and where
    the days are counted from the confirmation of the fee.
    """

    kind: CertificateKind
    language: Language
    name: str
    given: Mapping[str, str]
    questions: tuple[FactRule, ...]
    at_once: bool
    promised_on: date | None
    fee: Fee | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MyRequest:
    """A request as its person sees it. `place` in the queue counts from 1; None unless it waits to be taken up."""

    request: CertificateRequest
    kind: CertificateKind | None
    place: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MyCertificate:
    """An issued certificate as its holder sees it in the list."""

    id: int
    kind: str
    language: Language
    number: str
    issued_on: date
    valid_until: date | None
    status: RegisterStatus
    printed: bool
    failed: bool
    paper_copy: PaperCopy = PaperCopy.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class MyPapers:
    """A page of what somebody asked for: requests that are open first, then all the rest, the newest first."""

    requests: tuple[MyRequest, ...]
    certificates: tuple[MyCertificate, ...]
    kind_names: Mapping[str, Trilingual]
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueCounts:
    """How a desk stands. Late and due today: what waits or is in work, not what the person is asked about.

    `reports`: of wrong facts on its papers, undecided.
    """

    open: int = 0
    late: int = 0
    due_today: int = 0
    mine: int = 0
    free: int = 0
    asked: int = 0
    receipts: int = 0
    copies: int = 0
    reports: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueEntry:
    """A request in the list of a desk."""

    request: CertificateRequest
    person_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """A part of a desk's queue, by promise and then by age; pages count from 0."""

    desk: str
    view: QueueView
    entries: tuple[QueueEntry, ...]
    page: int
    pages: int
    counts: QueueCounts
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskFact:
    """A fact of a request: its rule, and its value as `FactType` keeps it, empty where there is none yet."""

    rule: FactRule
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestOnDesk:
    """A request with what its kind needs, and nothing else, of its person.

    `facts`: those of the kind, in its order, in the paper's language. `lacking`: what the desk still has to enter, by
    name. `kind` is None if the university's file does not have it any more. `receipts_alike`: other requests with the
    very same receipt.
    """

    request: CertificateRequest
    kind: CertificateKind | None
    person_name: str
    person_no: str
    facts: tuple[DeskFact, ...]
    lacking: tuple[str, ...]
    mine: bool
    today: date
    receipts_alike: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """An approved request, the desk that did it, and the number of the certificate."""

    request_id: int
    desk: str
    certificate_id: int
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkEntry:
    """A request that could be approved with others: its name, and why not, if there is something."""

    request_id: int
    version: int
    kind: str
    person_name: str
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkOutcome:
    """What became of one request of many."""

    request_id: int
    approved: Approved | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskOfficial:
    """Who may answer: an account and the units for which it is a registrar.

    `everywhere`: it is told about desks without a registrar of their own. `administrator`: it may answer at every desk.
    """

    account_id: int
    units: frozenset[str] = frozenset()
    everywhere: bool = False
    administrator: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRequest:
    """A request whose promised day comes near."""

    id: int
    desk: str
    taken_by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskMorning:
    """How a desk stands in the morning."""

    desk: str
    counts: QueueCounts = field(default_factory=QueueCounts)
