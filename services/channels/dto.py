"""Channels and groups."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.languages import Language, Trilingual


class ChannelKind(StrEnum):
    """What it is: in a channel the bot is an administrator, in a group a member."""

    CHANNEL = "channel"
    GROUP = "group"


class ChannelStage(StrEnum):
    """Whether announcements may go there: an administrator was only asked, or has registered it."""

    OFFERED = "offered"
    REGISTERED = "registered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A channel or a group. `chat_id`: Telegram's number, below zero.

    `language`: whose text goes there; None for all of them in one message. `unit_code`: the unit whose editors may
    choose it, too. `lost_at`: since when the bot may not write there.
    """

    id: int
    chat_id: int
    kind: ChannelKind
    title: str
    username: str = ""
    language: Language | None = None
    unit_code: str | None = None
    stage: ChannelStage = ChannelStage.OFFERED
    registered_at: datetime | None = None
    registered_by: int | None = None
    lost_at: datetime | None = None

    @property
    def is_registered(self) -> bool:
        """Whether announcements may go there."""
        return self.stage is ChannelStage.REGISTERED

    @property
    def is_open(self) -> bool:
        """Whether they would arrive."""
        return self.is_registered and self.lost_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatChange:
    """What Telegram tells of the bot in a chat that is nobody's own: whether it may write there, and who did it."""

    chat_id: int
    kind: ChannelKind
    title: str
    username: str
    may_write: bool
    by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelCard:
    """A channel as an administrator looks at it. `registrar`: whose name is in the roster, else empty.

    `unit`: what its unit is called; None without one.
    """

    channel: Channel
    registrar: str = ""
    unit: Trilingual | None = None


class PostState(StrEnum):
    """How an announcement stands in a channel."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"
    BLOCKED = "blocked"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelPost:
    """An announcement in one channel."""

    title: str
    kind: ChannelKind
    state: PostState
