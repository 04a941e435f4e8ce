"""Announcements as their readers have them."""

from dataclasses import dataclass
from datetime import datetime

from services.announcements.dto import Announcement, ChosenText


@dataclass(frozen=True, slots=True, kw_only=True)
class OutAnnouncement:
    """An announcement that an account may see. `mine`: it was meant for the account, not only public.

    `out_since`: when it began to go out. `read_at`: when the account confirmed that it was read.
    """

    announcement: Announcement
    out_since: datetime
    mine: bool
    read_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinEntry:
    """The same with the text for the reader."""

    out: OutAnnouncement
    text: ChosenText

    @property
    def announcement(self) -> Announcement:
        """The announcement."""
        return self.out.announcement


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinPage:
    """A page of the last announcements, the newest first; `number` from 0."""

    entries: tuple[BulletinEntry, ...]
    number: int
    has_more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """That somebody has read an announcement, and when they first said so."""

    announcement: Announcement
    read_at: datetime
