"""Announcements on their way out: how a draft would go, who approves it, and how far it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.announcements.dto import Announcement, AnnouncementState
from services.channels.dto import Channel, ChannelPost
from services.delivery.dto import Tally
from services.languages import Language


class Option(StrEnum):
    """What can be switched on and off of how a draft goes out."""

    URGENT = "urgent"
    READING = "reading"
    PUBLIC = "public"


class ApprovalReason(StrEnum):
    """Why somebody must approve."""

    MANY = "many"
    CHANNELS = "channels"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingPlan:
    """What would happen to a draft. `recipients`: None while nobody was chosen, or what was named is gone.

    `channels`: where it goes besides to people; some may be lost by now.
    `reasons`: why somebody must approve, empty where nobody has to; `approvers`: how many could; `above`: from how many
    recipients on an approval is needed. `promises`: it calls something anonymous while a confidential survey is open or
    being prepared; whoever sends it is warned.
    """

    draft: Announcement
    recipients: int | None
    unreachable: int
    reasons: tuple[ApprovalReason, ...]
    approvers: int
    above: int
    channels: tuple[Channel, ...] = ()
    promises: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """An announcement with the same text: to how many of the same people it goes, and when it began to go out.

    `channels`: in how many of the same channels it stands. `sent_at`: None where it has not begun yet.
    """

    announcement_id: int
    recipients: int
    channels: int = 0
    sent_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """What became of a draft; with a `twin` nothing yet: whoever sends it is asked first."""

    announcement: Announcement
    recipients: int
    twin: Twin | None = None
    approvers: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """What an approver decides about. `author`: whose name is in the roster, else empty.

    `is_past`: its time is past already, so it goes out at once. `promises`: as of `SendingPlan`.
    """

    announcement: Announcement
    recipients: int
    reasons: tuple[ApprovalReason, ...]
    is_past: bool
    author: str = ""
    channels: tuple[Channel, ...] = ()
    promises: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An announcement that is out, or on its way. `author`: whose name is in the roster, else empty.

    `fault`: why it was stopped. `seconds_left`: to the end at the full pace; 0 while nothing goes out.
    `posts`: how it stands in each of its channels.
    """

    announcement: Announcement
    state: AnnouncementState
    tally: Tally
    author: str = ""
    fault: str = ""
    seconds_left: int = 0
    posts: tuple[ChannelPost, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One line of those that were sent lately."""

    announcement: Announcement
    state: AnnouncementState


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A message in which somebody watches an announcement, in whose language, and what stands in it now."""

    announcement_id: int
    chat_id: int
    message_id: int
    language: Language
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What went out before, as far as it is compared."""

    announcement_id: int
    notice_id: int
    texts: Mapping[Language, str]
    sent_at: datetime
