"""Notices, deliveries, messages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from services.delivery.quiet_hours import Hush
from services.languages import Language


class Urgency(StrEnum):
    """How a message goes out: `answer` is a tap's late result and knows no quiet hours."""

    ANSWER = "answer"
    URGENT = "urgent"
    NORMAL = "normal"


class NoticeKind(StrEnum):
    """What people are told unasked; each kind has a renderer."""

    CERTIFICATE_READY = "certificate_ready"
    CERTIFICATE_REVOKED = "certificate_revoked"
    BATCH_ISSUED = "batch_issued"
    REPORT_DECIDED = "report_decided"
    CONFIRMATION_CHANGED = "confirmation_changed"
    REQUEST_ASKED = "request_asked"
    REQUEST_ANSWERED = "request_answered"
    REQUEST_REFUSED = "request_refused"
    REQUEST_MOVED = "request_moved"
    RECEIPT_REFUSED = "receipt_refused"
    PAYMENT_CONFIRMED = "payment_confirmed"
    PAPER_COPY_READY = "paper_copy_ready"
    REQUEST_DUE_SOON = "request_due_soon"
    DESK_MORNING = "desk_morning"
    LINK_MOVED = "link_moved"
    LINK_FROZEN = "link_frozen"
    LINK_DISPUTED = "link_disputed"
    LINK_RELEASED = "link_released"
    LINK_TAKEN_AWAY = "link_taken_away"
    LINK_REQUEST_WAITING = "link_request_waiting"
    LINK_REQUEST_DECIDED = "link_request_decided"
    ROLE_CHANGED = "role_changed"
    ANNOUNCEMENT = "announcement"
    ANNOUNCEMENT_LATE = "announcement_late"
    ANNOUNCEMENT_PREVIEW = "announcement_preview"
    ANNOUNCEMENT_TO_APPROVE = "announcement_to_approve"
    ANNOUNCEMENT_APPROVED = "announcement_approved"
    ANNOUNCEMENT_RETURNED = "announcement_returned"
    ANNOUNCEMENT_CORRECTED = "announcement_corrected"
    ANNOUNCEMENT_RECALLED = "announcement_recalled"
    CORRECTION_WAITING = "correction_waiting"
    CORRECTION_DECIDED = "correction_decided"
    ANNOUNCEMENT_SHOWN = "announcement_shown"
    ANNOUNCEMENT_REMINDER = "announcement_reminder"
    PAPER_ENDS = "paper_ends"
    PAPERS_AT_OFFICE = "papers_at_office"
    CHANNEL_OFFERED = "channel_offered"
    CHANNEL_LOST = "channel_lost"
    PLAN_HANDED_ON = "plan_handed_on"
    PLAN_DIGEST = "plan_digest"
    PLAN_WEEKLY = "plan_weekly"
    PLAN_REPORT_DECIDED = "plan_report_decided"
    PLAN_EXTENSION_DECIDED = "plan_extension_decided"
    PLAN_DISPUTE_DECIDED = "plan_dispute_decided"
    PLAN_ITEM_CHANGED = "plan_item_changed"
    PLAN_DECISIONS_WAIT = "plan_decisions_wait"
    PLAN_MATERIALS = "plan_materials"
    SURVEY_INVITATION = "survey_invitation"
    SURVEY_REMINDER = "survey_reminder"
    TRUST_BOOKED = "trust_booked"
    TRUST_CANCELLED = "trust_cancelled"
    TRUST_REMINDER = "trust_reminder"
    SURVEY_OUTCOME = "survey_outcome"


#: What changes a message that the chat has already. Done twice it is done once, so nothing of it is left uncertain.
CHANGES_OF_MESSAGES = frozenset({NoticeKind.ANNOUNCEMENT_CORRECTED, NoticeKind.ANNOUNCEMENT_RECALLED})


class IfLate(StrEnum):
    """What becomes of something that an outage made too late: its author is asked, or it is dropped."""

    ASK = "ask"
    DROP = "drop"


class BroadcastState(StrEnum):
    """How far a broadcast is. `stopped`: the first ones all failed alike, and somebody must look."""

    OPEN = "open"
    PAUSED = "paused"
    STOPPED = "stopped"
    CANCELLED = "cancelled"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNotice:
    """A notice for one account. `due_at` is None while it waits (see `Outbox.release`).

    An outage that made it later than `late_after` drops it; None: it is never too late.
    """

    kind: NoticeKind
    account_id: int
    urgency: Urgency
    payload: Mapping[str, Any]
    subject: str
    occasion: str
    due_at: datetime | None
    late_after: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBroadcast:
    """A notice for many. When an outage made it later than `late_after` (None: never too late), see `if_late`."""

    kind: NoticeKind
    payload: Mapping[str, Any]
    subject: str
    urgency: Urgency
    late_after: timedelta | None = None
    if_late: IfLate = IfLate.ASK


@dataclass(frozen=True, slots=True, kw_only=True)
class LateBroadcast:
    """A broadcast that an outage made late, and when it began to go out."""

    notice_id: int
    opened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FailingBroadcast:
    """A broadcast whose first messages all failed alike, and what Telegram said."""

    notice_id: int
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How the recipients of a broadcast stand; together they are all of them. What is in hand counts as pending."""

    pending: int = 0
    sent: int = 0
    failed: int = 0
    blocked: int = 0
    unknown: int = 0
    cancelled: int = 0
    skipped: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DueNotice:
    """A notice at the moment of sending, for its renderer. `language` is the reader's of this moment."""

    delivery_id: int
    chat_id: int
    kind: NoticeKind
    payload: Mapping[str, Any]
    language: Language


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedMessage:
    """A message in a sender's hand, and what it carries; `digest`: the evening's, with as many notices as there are.

    `unclear`: how often it left a sender's hand without anybody knowing what became of it. `silent`: the reader wants
    no sound.
    """

    id: int
    chat_id: int
    urgency: Urgency
    attempt: int
    unclear: int
    digest: bool
    silent: bool
    notices: tuple[DueNotice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingButton:
    """A button under a message: `data` comes back when it is pressed, `address` is opened."""

    text: str
    data: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMessage:
    """What a person is sent: HTML text, or a file of ours with the text as its caption; buttons, each on a line.

    `photo`: the file is shown as a picture. `edits`: Telegram's number of the chat's earlier message that becomes this
    one; where `file_id` is given, that message keeps its file and only the caption and the buttons change. `deletes`:
    of the earlier message that is taken out of the chat.
    """

    text: str
    file_id: int | None = None
    file_name: str = ""
    photo: bool = False
    buttons: tuple[OutgoingButton, ...] = ()
    silent: bool = False
    edits: int | None = None
    deletes: int | None = None

    @property
    def changes_another(self) -> bool:
        """Whether nothing new comes into the chat: an earlier message is changed or goes."""
        return self.edits is not None or self.deletes is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file for Telegram: its own copy (`telegram_file_id`) if it has one, else our bytes."""

    name: str
    telegram_file_id: str | None
    content: bytes | None


class Outcome(StrEnum):
    """What became of one request to Telegram.

    The first four are the end of a message. `STALE_FILE` (Telegram's own copy of the file is gone), `TOO_MANY` (429),
    `NOT_REACHED` (no connection was made, or the bot itself is not served) and `MOVED` (the group has another number by
    now) say that it was certainly not sent.
    """

    SENT = "sent"
    FAILED = "failed"
    BLOCKED = "blocked"
    UNKNOWN = "unknown"
    STALE_FILE = "stale_file"
    TOO_MANY = "too_many"
    NOT_REACHED = "not_reached"
    MOVED = "moved"


NOT_SENT = frozenset({Outcome.STALE_FILE, Outcome.TOO_MANY, Outcome.NOT_REACHED, Outcome.MOVED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The outcome with what Telegram told: the message's id, its copy of the file, how long to wait (seconds).

    `moved_to`: the number that a group has now.
    """

    outcome: Outcome
    telegram_message_id: int | None = None
    telegram_file_id: str | None = None
    retry_after: float = 0.0
    error: str = ""
    moved_to: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """Moments at which a replica may send, evenly spaced: `count` of them, `gap` seconds apart.

    `first` and `now` are seconds of the database's clock.
    """

    first: float
    gap: float
    count: int
    now: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a round of the engine goes by: the time, its local day and time of day, limits, and the next evening."""

    now: datetime
    today: date
    hush: Hush
    daily_messages: int
    evening: datetime
    evening_day: date
    fallback: Language
