"""Announcements."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from services.delivery.dto import IfLate, Tally, Urgency
from services.languages import Language

#: An announcement that an outage made later than this is not sent without a word of its author.
LATE_AFTER = timedelta(hours=24)


class AnnouncementStage(StrEnum):
    """How an announcement is kept. From `begun` on its broadcast says how far it is."""

    SCHEDULED = "scheduled"
    PAUSED = "paused"
    BEGUN = "begun"
    CANCELLED = "cancelled"


class AnnouncementState(StrEnum):
    """How far an announcement is, as it is shown."""

    SCHEDULED = "scheduled"
    SENDING = "sending"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


class Hold(StrEnum):
    """Why an announcement waits for its author: an outage made it late, or what its audience names is gone."""

    LATE = "late"
    AUDIENCE = "audience"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAnnouncement:
    """What somebody wants to announce. `texts`: HTML as Telegram reads it, by language.

    `fallback`: the language of the text that readers get in whose own there is none. `due_at`: None for now.
    `late_after`, `if_late`: what becomes of it when an outage made it later than that.
    """

    texts: Mapping[Language, str]
    audience: str = "all"
    fallback: Language | None = None
    due_at: datetime | None = None
    urgent: bool = False
    late_after: timedelta = LATE_AFTER
    if_late: IfLate = IfLate.ASK


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementDraft:
    """A checked announcement as it is written down. `approved_at`: None where nobody had to approve."""

    texts: Mapping[Language, str]
    fallback: Language | None
    audience: str
    urgency: Urgency
    due_at: datetime
    late_after: timedelta
    if_late: IfLate
    announced_by: int | None
    approved_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """An announcement as it is kept. `announced_by`: None for the operator; `notice_id`: once it has begun."""

    id: int
    stage: AnnouncementStage
    texts: Mapping[Language, str]
    fallback: Language | None
    audience: str
    urgency: Urgency
    due_at: datetime
    late_after: timedelta | None
    if_late: IfLate
    recipients: int
    notice_id: int | None
    announced_at: datetime
    announced_by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """What became of a `NewAnnouncement`. Who stopped the bot (`unreachable`) counts among the recipients."""

    id: int
    recipients: int
    unreachable: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementView:
    """How an announcement stands; the tally always adds up to its recipients."""

    announcement: Announcement
    state: AnnouncementState
    tally: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class StateChange:
    """The state that was asked for. `changed`: False if it was so before."""

    state: AnnouncementState
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenText:
    """The text for a reader, in the reader's language or, without one, in that of the fallback."""

    html: str
    language: Language
