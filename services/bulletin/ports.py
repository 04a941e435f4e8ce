"""What this feature needs from storage."""

from datetime import datetime
from typing import Protocol

from services.announcements.ports import AnnouncementRepository
from services.bulletin.dto import OutAnnouncement
from services.delivery.ports import Outbox
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
        """Note that a recipient has read it; returns when that was first said, None for who is no recipient."""
        ...


class BulletinUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def announcements(self) -> AnnouncementRepository:
        """Announcements."""
        ...

    @property
    def bulletin(self) -> BulletinRepository:
        """Announcements as accounts may see them."""
        ...

    @property
    def outbox(self) -> Outbox:
        """Messages to people."""
        ...
