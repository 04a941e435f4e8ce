"""Notices, deliveries, messages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

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


class IfLate(StrEnum):
    """What becomes of something that an outage made too late: its author is asked, or it is dropped."""

    ASK = "ask"
    DROP = "drop"


class BroadcastState(StrEnum):
    """How far a broadcast is."""

    OPEN = "open"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNotice:
    """A notice for one account. `due_at` is None while it waits (see `Outbox.release`)."""

    kind: NoticeKind
    account_id: int
    urgency: Urgency
    payload: Mapping[str, Any]
    subject: str
    occasion: str
    due_at: datetime | None


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
class ClaimedMessage:
    """A message in the sender's hand. `language` is the reader's of this moment.

    `unclear`: how often it left a sender's hand without anybody knowing what became of it.
    """

    id: int
    chat_id: int
    urgency: Urgency
    attempt: int
    unclear: int
    kind: NoticeKind
    payload: Mapping[str, Any]
    language: Language


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingButton:
    """A button under a message; `data` comes back when it is pressed."""

    text: str
    data: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMessage:
    """What a person is sent: HTML text, or a file of ours with the text as its caption; buttons, each on a line."""

    text: str
    file_id: int | None = None
    file_name: str = ""
    buttons: tuple[OutgoingButton, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file for Telegram: its own copy (`telegram_file_id`) if it has one, else our bytes."""

    name: str
    telegram_file_id: str | None
    content: bytes | None


class Outcome(StrEnum):
    """What became of one request to Telegram; `STALE_FILE`: its own copy of the file is gone."""

    SENT = "sent"
    BLOCKED = "blocked"
    FAILED = "failed"
    STALE_FILE = "stale_file"
    TRY_LATER = "try_later"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The outcome with what Telegram told: the message's id, its copy of the file, how long to wait (seconds)."""

    outcome: Outcome
    telegram_message_id: int | None = None
    telegram_file_id: str | None = None
    retry_after: float = 0.0
    error: str = ""
