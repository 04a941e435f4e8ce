"""Corrections and recalls."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.announcements.dto import Announcement, AnnouncementState, ChosenText
from services.delivery.dto import BroadcastState, Tally
from services.languages import Language


class RevisionKind(StrEnum):
    """What is done to all messages of an announcement."""

    CORRECTION = "correction"
    RECALL = "recall"


class RevisionStage(StrEnum):
    """How far a revision is. From `begun` on its broadcast says so."""

    DRAFT = "draft"
    AWAITING_APPROVAL = "awaiting_approval"
    BEGUN = "begun"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A correction or a recall. `texts`: HTML by language, of a draft only those that change, once begun all of them.

    `version` grows with every change of the texts; whoever sends or approves it names the one that was shown.
    `made_by`: who wrote in it last; None for the operator. `writers`: the accounts of all who did, or
    submitted it. `seen_by`: the accounts of the approvers to whom this version was shown. `swept_at`: once nobody can
    have the former text any more because it was on its way while this began.
    """

    id: int
    announcement_id: int
    kind: RevisionKind
    stage: RevisionStage
    version: int
    texts: Mapping[Language, str]
    notice_id: int | None
    made_at: datetime
    made_by: int | None
    writers: frozenset[int]
    seen_by: frozenset[int] = frozenset()
    begun_at: datetime | None
    swept_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCorrection:
    """A correction as somebody saw it; `revision_id` 0: there was none yet."""

    revision_id: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How many messages of an announcement there are to change.

    `fresh`: those of them that Telegram still lets a bot delete. `in_digests`: they went out as one message with other
    things. `uncertain`: nobody knows whether they arrived. `waiting`: not sent yet.
    """

    messages: int = 0
    fresh: int = 0
    in_digests: int = 0
    uncertain: int = 0
    waiting: int = 0

    @property
    def old(self) -> int:
        """How many can be changed, but not deleted any more."""
        return self.messages - self.fresh


class Unreached(StrEnum):
    """Why a reader keeps what was sent first."""

    REFUSED = "refused"
    BLOCKED = "blocked"
    UNCERTAIN = "uncertain"
    IN_DIGEST = "in_digest"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreachedReader:
    """Somebody whose message could not be changed. `error`: what Telegram said; `name`: empty for an account alone."""

    account_id: int
    person_no: str
    name: str
    group_name: str
    why: Unreached
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """An announcement that somebody fetched once more, as a message of its own: its notice, and in whose chat it is."""

    notice_id: int
    account_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningRevision:
    """A revision that has begun, and how the messages that it changes stand."""

    revision: Revision
    state: BroadcastState
    tally: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionView:
    """An announcement that is out, and what is done to it, the newest first. `draft`: a correction nobody sees yet.

    `unreached`: how many keep what was sent first. `needs_approval`: a correction needs a second person.
    """

    announcement: Announcement
    state: AnnouncementState
    reach: Reach
    draft: Revision | None
    begun: tuple[RunningRevision, ...]
    unreached: int
    needs_approval: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Correcting:
    """What is to be corrected. `draft`: a correction nobody sees yet. `needs_approval`: it needs a second person."""

    announcement: Announcement
    draft: Revision | None
    needs_approval: bool

    @property
    def shown(self) -> ShownCorrection:
        """What whoever changes it has seen."""
        if self.draft is None:
            return ShownCorrection()
        return ShownCorrection(revision_id=self.draft.id, version=self.draft.version)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingCorrection:
    """A correction before it begins; `after`: how the announcement will be, `messages`: in how many chats.

    `may_approve`: whoever looks may let it begin although somebody else wrote it.
    """

    revision: Revision
    after: Announcement
    messages: int
    may_approve: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What became of a correction: `begun` for so many messages, or so many approvers (one at least) were asked."""

    announcement_id: int
    begun: bool
    messages: int = 0
    approvers: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A message in a chat as it is to be. `number`: Telegram's; `text`: None where it is withdrawn."""

    announcement: Announcement
    number: int
    sent_at: datetime
    text: ChosenText | None = None
