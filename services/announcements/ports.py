"""What this feature needs from storage, and from whoever tells the operators."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Protocol

from services.accounts.dto import Account
from services.announcements.dto import Announcement, AnnouncementDraft, Content, DraftChange, Hold, Voice
from services.audience.ports import AudienceOffers, AudienceRepository
from services.audit.ports import AuditLog
from services.channels.ports import ChannelRepository
from services.delivery.ports import Broadcasts, Outbox
from services.languages import Language
from services.ports import Transaction


class AnnouncementRepository(Protocol):
    """Announcements by id."""

    async def add(self, draft: AnnouncementDraft, recipients: int, now: datetime) -> Announcement:
        """Write one down that waits for its time."""
        ...

    async def add_draft(self, content: Content, voice: Voice, by: int | None, now: datetime) -> Announcement:
        """Write down the beginning of one."""
        ...

    async def change(self, announcement_id: int, change: DraftChange, by: int | None, now: datetime) -> Announcement:
        """Change one, which is a draft again with a new version and without an approval."""
        ...

    async def list_unsent(self, voices: Collection[Voice], first: int, most: int) -> list[Announcement]:
        """Return those that have not begun and were not cancelled from a place on, the one changed last first.

        The university's voice: of all units.
        """
        ...

    async def find(self, announcement_id: int) -> Announcement | None:
        """Return one."""
        ...

    async def lock(self, announcement_id: int) -> Announcement | None:
        """Return one that nobody else changes until the end of the transaction."""
        ...

    async def find_by_notice(self, notice_id: int) -> Announcement | None:
        """Return the one that a notice was made of."""
        ...

    async def claim_due(self, now: datetime) -> Announcement | None:
        """Return, locked, the first scheduled one whose time has come; none while nothing may go out at all."""
        ...

    async def begin(self, announcement_id: int, notice_id: int, recipients: int) -> None:
        """Note what was made of one, and for how many."""
        ...

    async def note_submitter(self, announcement_id: int, by: int | None) -> None:
        """Keep who lets one go, and so has a hand in it; None for the operator."""
        ...

    async def submit(self, announcement_id: int, recipients: int) -> None:
        """Let a draft wait for an approval."""
        ...

    async def clear(
        self, announcement_id: int, due_at: datetime, recipients: int, now: datetime, approved_by: int | None = None
    ) -> Announcement:
        """Let one wait for its time: nobody has to approve it, or somebody has."""
        ...

    async def send_back(self, announcement_id: int, reason: str) -> None:
        """Make one a draft again, and keep why."""
        ...

    async def list_sent(self, voices: Collection[Voice], most: int) -> list[Announcement]:
        """Return those that have begun or wait for their time, the last first; the university's voice: of all units."""
        ...

    async def schedule(self, announcement_id: int) -> None:
        """Let one that has not begun wait for its time again."""
        ...

    async def pause(self, announcement_id: int) -> None:
        """Keep one that has not begun from beginning."""
        ...

    async def cancel(self, announcement_id: int) -> None:
        """End one that has not begun."""
        ...


class Accounts(Protocol):
    """Whose accounts these are, and what they may do."""

    async def find(self, telegram_id: int, fallback: Language, today: date) -> Account | None:
        """Return an account with its actor."""
        ...


class AnnouncementsUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def accounts(self) -> Accounts:
        """Accounts."""
        ...

    @property
    def announcements(self) -> AnnouncementRepository:
        """Announcements."""
        ...

    @property
    def audiences(self) -> AudienceRepository:
        """Who is meant."""
        ...

    @property
    def audience_offers(self) -> AudienceOffers:
        """What can be named in an audience."""
        ...

    @property
    def channels(self) -> ChannelRepository:
        """Channels and groups."""
        ...

    @property
    def broadcasts(self) -> Broadcasts:
        """Notices for many."""
        ...

    @property
    def outbox(self) -> Outbox:
        """Messages to people."""
        ...

    @property
    def audit(self) -> AuditLog:
        """What was done."""
        ...


class Alarm(Protocol):
    """Tells the operators what only they can settle."""

    async def announcement_waits(self, announcement_id: int, hold: Hold) -> None:
        """Say that an announcement of theirs waits for a word of theirs."""
        ...
