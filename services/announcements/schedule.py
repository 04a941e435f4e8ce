"""Scheduled announcements whose time comes."""

import logging
from datetime import datetime

from services.announcements.beginning import begin, count
from services.announcements.dto import Announcement, Hold
from services.announcements.lateness import LateAnnouncements, ask_author
from services.announcements.ports import AnnouncementsUnitOfWork
from services.announcements.rules import is_late, may_outgrow
from services.audience.errors import AudienceUnknown, AudienceUnreadable
from services.delivery.dto import IfLate
from services.ports import Bell, Calendar, Clock, Factory

logger = logging.getLogger(__name__)


class AnnouncementSchedule:
    """Lets them begin; on several replicas everyone takes what no other has in hand."""

    def __init__(
        self,
        unit_of_work: Factory[AnnouncementsUnitOfWork],
        clock: Clock,
        calendar: Calendar,
        outbox_bell: Bell,
        late: LateAnnouncements,
        *,
        approval_above: int,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar
        self._outbox_bell = outbox_bell
        self._late = late
        self._above = approval_above

    async def take_next(self) -> bool:
        """Take up what is due first; False if nothing is.

        What an outage made too late is dropped, or its author asked, as it was wished; the author is asked, too, where
        the audience names what is gone (without an exclusion it would reach too many), and where so many are meant by
        now that somebody else must approve it.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            announcement = await uow.announcements.claim_due(now)
            if announcement is None:
                return False
            hold = await self._settle(uow, announcement, now)
            await uow.commit()
        self._outbox_bell.ring()
        if hold is not None:
            await self._late.tell_of(announcement, hold)
        return True

    async def _settle(self, uow: AnnouncementsUnitOfWork, announcement: Announcement, now: datetime) -> Hold | None:
        """Begin it, drop it, or ask its author; then return why."""
        if is_late(announcement, now):
            if announcement.if_late is IfLate.DROP:
                logger.warning("announcement %d came too late after an outage and was dropped", announcement.id)
                await uow.announcements.cancel(announcement.id)
                return None
            return await _hold(uow, announcement, Hold.LATE, now)
        today = self._calendar.today(now)
        try:
            if may_outgrow(announcement) and await count(uow, announcement, today) > self._above:
                return await _hold(uow, announcement, Hold.APPROVAL, now)
            await begin(uow, announcement, today, now)
        except AudienceUnknown as unknown:
            return await _hold(uow, announcement, Hold.AUDIENCE, now, unknown.terms)
        except AudienceUnreadable as unreadable:  # an earlier version knew the term
            return await _hold(uow, announcement, Hold.AUDIENCE, now, (unreadable.term,))
        return None


async def _hold(
    uow: AnnouncementsUnitOfWork, announcement: Announcement, hold: Hold, now: datetime, names: tuple[str, ...] = ()
) -> Hold:
    await uow.announcements.pause(announcement.id)
    await ask_author(uow, announcement, hold, announcement.due_at, now, names=names)
    return hold
