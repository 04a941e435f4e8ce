"""What this feature needs from storage."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from services.announcements.dto import Voice
from services.announcements.ports import AnnouncementRepository
from services.audit.ports import AuditLog
from services.bulletin.dto import OutAnnouncement
from services.bulletin.figures import TotalsRow, UnitFigures
from services.channels.ports import ChannelRepository
from services.delivery.ports import Broadcasts, Outbox
from services.ports import Transaction


class BulletinRepository(Protocol):
    """Announcements as accounts may see them: who is linked sees what was sent to them and what is public."""

    async def list_out(self, account_id: int, since: datetime, first: int, most: int) -> list[OutAnnouncement]:
        """Return what an account may see of what was due since then, the newest first, from the place `first` on."""
        ...

    async def find_out(self, account_id: int, announcement_id: int) -> OutAnnouncement | None:
        """Return one if the account may see it."""
        ...

    async def confirm(self, announcement_id: int, account_id: int, now: datetime) -> datetime | None:
        """Note that a recipient has read it; returns when that was first said, None for who is no recipient.

        A reading from before a correction does not count any more, here and below.
        """
        ...

    async def count_unread(self, announcement_id: int) -> int:
        """Count whom a reminder would reach: who got it, has not confirmed it, and is linked and reachable."""
        ...

    async def freeze_unread(self, announcement_id: int, notice_id: int) -> int:
        """Write a delivery of a reminder for everybody of those; returns how many."""
        ...

    async def find_reminded(self, subject: str) -> datetime | None:
        """Return when readers were last reminded of a subject."""
        ...


class FigureRepository(Protocol):
    """Counted, never named."""

    async def get_out_since(self, notice_id: int) -> datetime:
        """Return when something began to go out."""
        ...

    async def count_by_unit(self, announcement_id: int, notice_id: int) -> list[UnitFigures]:
        """Count the recipients of each unit as people belong to it now; whoever belongs to none under an empty code."""
        ...

    async def count_by_hour(self, announcement_id: int) -> list[tuple[datetime, int]]:
        """Count the readings of each hour in which there were any."""
        ...

    async def count_before_correction(self, announcement_id: int) -> int:
        """Count who has confirmed it only before it was corrected."""
        ...

    async def list_totals(
        self, voices: Collection[Voice], since: datetime, most: int | None
    ) -> tuple[int, list[TotalsRow]]:
        """Return how many began to go out since then in these names, and the newest of them, the newest first.

        The university's holds those of all units. `most`: how many are counted out; None: all.
        """
        ...


class BulletinUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def announcements(self) -> AnnouncementRepository:
        """Announcements."""
        ...

    @property
    def channels(self) -> ChannelRepository:
        """Channels and groups."""
        ...

    @property
    def bulletin(self) -> BulletinRepository:
        """Announcements as accounts may see them."""
        ...

    @property
    def figures(self) -> FigureRepository:
        """Figures."""
        ...

    @property
    def broadcasts(self) -> Broadcasts:
        """Notices for many."""
        ...

    @property
    def audit(self) -> AuditLog:
        """What was done."""
        ...

    @property
    def outbox(self) -> Outbox:
        """Messages to people."""
        ...
