"""Reminders to those who have not said that they have read an announcement."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.access import Actor
from services.announcements.dto import Announcement
from services.announcements.errors import NoSuchAnnouncement
from services.announcements.notices import subject_of
from services.audit.dto import Act
from services.bulletin.errors import (
    AnnouncementWithdrawn,
    NobodyToRemind,
    NothingToConfirm,
    NothingToCount,
    RemindedLately,
)
from services.bulletin.notices import reading_reminder
from services.bulletin.ports import BulletinUnitOfWork
from services.bulletin.rules import check_reminding, shown_readings
from services.ports import Bell, Clock, Factory

#: How long nobody is reminded of the same announcement again.
PAUSE = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderView:
    """Whether a reminder would reach anybody, and from when on one may be sent again; None: now.

    `waiting`: how many it would reach; None where that could tell of single people.
    """

    announcement: Announcement
    anybody: bool
    waiting: int | None
    not_before: datetime | None


class ReminderService:
    """Reminds once a day at most, and only those who got the announcement and have not confirmed it."""

    def __init__(self, unit_of_work: Factory[BulletinUnitOfWork], clock: Clock, outbox_bell: Bell) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._outbox_bell = outbox_bell

    async def look(self, actor: Actor, announcement_id: int) -> ReminderView:
        """Return how many would be reminded; the refusals are those of `remind`, without the last two."""
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            announcement = _asking(actor, announcement_id, await uow.announcements.find(announcement_id))
            waiting = await uow.bulletin.count_unread(announcement_id)
            not_before = await self._not_before(uow, announcement_id, now)
        return ReminderView(
            announcement=announcement,
            anybody=waiting > 0,
            waiting=shown_readings(waiting, announcement.recipients),
            not_before=not_before,
        )

    async def remind(self, actor: Actor, announcement_id: int) -> int:
        """Remind them; returns how many.

        Raises:
            AnnouncementWithdrawn: it was taken back.
            NoSuchAnnouncement: there is none.
            NothingToConfirm: it does not ask its readers for their word.
            NothingToCount: it has not begun to go out.
            RemindedLately: a reminder went out less than a day ago.
            NobodyToRemind: everybody who got it has confirmed it.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            announcement = _asking(actor, announcement_id, await uow.announcements.lock(announcement_id))
            not_before = await self._not_before(uow, announcement_id, now)
            if not_before is not None:
                raise RemindedLately(not_before)
            notice_id = await uow.broadcasts.open(reading_reminder(announcement), now)
            reminded = await uow.bulletin.freeze_unread(announcement_id, notice_id)
            if not reminded:
                raise NobodyToRemind
            subject = subject_of(announcement_id)
            await uow.audit.add(actor, Act.READERS_REMINDED, subject, now, recipients=reminded)
            await uow.commit()
        self._outbox_bell.ring()
        return reminded

    async def _not_before(self, uow: BulletinUnitOfWork, announcement_id: int, now: datetime) -> datetime | None:
        reminded_at = await uow.bulletin.find_reminded(subject_of(announcement_id))
        return reminded_at + PAUSE if reminded_at is not None and now - reminded_at < PAUSE else None


def _asking(actor: Actor, announcement_id: int, announcement: Announcement | None) -> Announcement:
    check_reminding(actor, announcement)
    if announcement is None:
        raise NoSuchAnnouncement(announcement_id)
    if announcement.notice_id is None:
        raise NothingToCount
    if announcement.withdrawn_at is not None:
        raise AnnouncementWithdrawn
    if not announcement.options.asks_reading:
        raise NothingToConfirm
    return announcement
