"""Announcements."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from services.delivery.dto import IfLate, Tally, Urgency
from services.languages import Language

#: An announcement that an outage made later than this is not sent without a word of its author.
LATE_AFTER = timedelta(hours=24)


class AnnouncementStage(StrEnum):
    """How an announcement is kept. From `begun` on its broadcast says how far it is."""

    DRAFT = "draft"
    AWAITING_APPROVAL = "awaiting_approval"
    SCHEDULED = "scheduled"
    PAUSED = "paused"
    BEGUN = "begun"
    CANCELLED = "cancelled"


class AnnouncementState(StrEnum):
    """How far an announcement is, as it is shown. `stopped`: the first ones all failed alike."""

    DRAFT = "draft"
    AWAITING_APPROVAL = "awaiting_approval"
    SCHEDULED = "scheduled"
    SENDING = "sending"
    PAUSED = "paused"
    STOPPED = "stopped"
    DONE = "done"
    CANCELLED = "cancelled"


class Hold(StrEnum):
    """Why an announcement waits for its author.

    An outage made it late, what its audience names is gone, the first ones to whom it went all failed alike, or it has
    so many recipients by now that somebody else must approve it. `author`: whoever submitted it may not announce any
    more, so it waits for its approvers and administrators.
    """

    LATE = "late"
    AUDIENCE = "audience"
    FAULT = "fault"
    APPROVAL = "approval"
    AUTHOR = "author"


class Category(StrEnum):
    """What an announcement is about; people switch off what they do not want to be told."""

    GENERAL = "general"
    STUDY = "study"
    EVENTS = "events"
    STATE_LANGUAGE = "state_language"
    SCIENCE = "science"
    CAREER = "career"
    CAMPUS = "campus"


class Media(StrEnum):
    """What a text can be the caption of."""

    PHOTO = "photo"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """In whose name something is announced, and to whose people it goes: a unit, a curator's group, else everybody."""

    unit_code: str | None = None
    group_name: str | None = None

    @property
    def is_university(self) -> bool:
        """Whether it speaks for the whole university."""
        return self.unit_code is None and self.group_name is None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkButton:
    """A button with an address: one label for all, or one for each language."""

    labels: Mapping[Language, str]
    address: str

    def label(self, reader: Language) -> str:
        """Return what the reader sees."""
        return self.labels.get(reader) or next(iter(self.labels.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaFile:
    """A photo or a document of ours, sent with the text as its caption."""

    media: Media
    file_id: int
    file_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What readers see. `about`: a line for those in whose language there is no text."""

    texts: Mapping[Language, str] = field(default_factory=dict)
    about: Mapping[Language, str] = field(default_factory=dict)
    fallback: Language | None = None
    file: MediaFile | None = None
    links: tuple[LinkButton, ...] = ()
    category: Category = Category.GENERAL


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingOptions:
    """How it goes out. `wanted_at`: None for at once. `asks_reading`: with a button to say that one has read it."""

    wanted_at: datetime | None = None
    urgent: bool = False
    asks_reading: bool = False
    is_public: bool = False


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
    """An announcement as it is kept. `announced_by`: None for the operator; `notice_id`: once it has begun.

    `channels`: the ids of the channels and groups where it goes, too; where there are some, `audience` may be empty.
    `recipients`: people only. `version` grows with every change of content, audience, channels or options.
    `unit_code`: the unit it speaks for and to whose people it is confined; `group_name`: the study group to which its
    curator writes. `writers`: the accounts of all who wrote in it or submitted it; `submitted_by`: of who let it go
    last, None for the operator. `returned`: why an approver sent it back.
    """

    id: int
    stage: AnnouncementStage
    version: int
    content: Content
    audience: str
    channels: tuple[int, ...] = ()
    unit_code: str | None
    options: SendingOptions
    urgency: Urgency
    due_at: datetime
    late_after: timedelta | None
    if_late: IfLate
    recipients: int
    notice_id: int | None
    announced_at: datetime
    announced_by: int | None
    changed_by: int | None
    changed_at: datetime | None
    writers: frozenset[int]
    approved_by: int | None
    returned: str = ""
    corrected_at: datetime | None
    withdrawn_at: datetime | None
    group_name: str | None = None
    submitted_by: int | None = None

    @property
    def voice(self) -> Voice:
        """In whose name it speaks."""
        return Voice(unit_code=self.unit_code, group_name=self.group_name)

    @property
    def texts(self) -> Mapping[Language, str]:
        """The texts by language."""
        return self.content.texts

    @property
    def fallback(self) -> Language | None:
        """Whose text those get in whose language there is none."""
        return self.content.fallback


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftChange:
    """What somebody changes of one that has not begun; None stays as it is."""

    content: Content | None = None
    audience: str | None = None
    channels: tuple[int, ...] | None = None
    options: SendingOptions | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """What became of a `NewAnnouncement`. Who stopped the bot (`unreachable`) counts among the recipients."""

    id: int
    recipients: int
    unreachable: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementView:
    """How an announcement stands; the tally always adds up to its recipients. `fault`: why it was stopped."""

    announcement: Announcement
    state: AnnouncementState
    tally: Tally
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StateChange:
    """The state that was asked for. `changed`: False if it was so before."""

    state: AnnouncementState
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenText:
    """The text for a reader, in the reader's language or, without one, in that of the fallback.

    `about`: what that text is about, in the reader's own language.
    """

    html: str
    language: Language
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An announcement for one reader."""

    announcement: Announcement
    text: ChosenText
