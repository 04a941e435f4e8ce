"""Announcements that wait for a word of their author."""

import logging
from collections.abc import Sequence
from datetime import datetime

from services.announcements.dto import Announcement, Hold
from services.announcements.notices import announcement_held
from services.announcements.ports import Alarm, AnnouncementsUnitOfWork
from services.announcements.rules import asked_about
from services.delivery.dto import BroadcastState
from services.ports import Bell, Factory

logger = logging.getLogger(__name__)


class LateAnnouncements:
    """Asks authors; those of the operator's own announcements are the operators."""

    def __init__(self, unit_of_work: Factory[AnnouncementsUnitOfWork], outbox_bell: Bell, alarm: Alarm) -> None:
        self._unit_of_work = unit_of_work
        self._outbox_bell = outbox_bell
        self._alarm = alarm

    async def ask(self, notice_id: int, opened_at: datetime, now: datetime) -> None:
        """Pause a broadcast that an outage made late, if it is not paused yet, and ask its author whether to go on.

        `opened_at`: when it began to go out. It has a unit of work of its own, so it must not be called inside of a
        transaction that has changed this broadcast. What is no announcement, or has ended, is passed over.
        """
        async with self._unit_of_work() as uow:
            found = await uow.announcements.find_by_notice(notice_id)
            announcement = await uow.announcements.lock(found.id) if found is not None else None
            if announcement is None:
                return
            await uow.broadcasts.pause(notice_id)
            if await uow.broadcasts.get_state(notice_id) is not BroadcastState.PAUSED:
                return
            await ask_author(uow, announcement, Hold.LATE, opened_at, now)
            await uow.commit()

    async def stop(self, notice_id: int, fault: str, now: datetime) -> None:
        """Stop a broadcast whose first messages all failed alike, and tell its author why; anything else goes on."""
        async with self._unit_of_work() as uow:
            found = await uow.announcements.find_by_notice(notice_id)
            announcement = await uow.announcements.lock(found.id) if found is not None else None
            if announcement is None:
                await uow.broadcasts.spare(notice_id)
                await uow.commit()
                return
            if not await uow.broadcasts.stop(notice_id, fault):
                return  # another replica was quicker, or its author
            await ask_author(uow, announcement, Hold.FAULT, announcement.due_at, now, names=(fault,))
            await uow.commit()
        await self.tell_of(announcement, Hold.FAULT)

    async def tell(self, notice_id: int) -> None:
        """See to it that whoever was asked about a late one hears of it; never inside of a transaction."""
        async with self._unit_of_work() as uow:
            announcement = await uow.announcements.find_by_notice(notice_id)
        if announcement is not None:
            await self.tell_of(announcement, Hold.LATE)

    async def tell_of(self, announcement: Announcement, hold: Hold, *, asked: bool = True) -> None:
        """Do the same for any reason to wait; where nobody could be `asked`, the operators hear of it."""
        logger.warning("announcement %d waits for its author: %s", announcement.id, hold.value)
        self._outbox_bell.ring()
        if asked_about(announcement) is None or not asked:
            await self._alarm.announcement_waits(announcement.id, hold)


async def ask_author(
    uow: AnnouncementsUnitOfWork,
    announcement: Announcement,
    hold: Hold,
    due_at: datetime,
    now: datetime,
    *,
    names: Sequence[str] = (),
) -> None:
    """Leave the question for the account of its author, or of who changed the operator's; the operator has none."""
    author = asked_about(announcement)
    if author is not None:
        notice = announcement_held(announcement, author, hold, due_at, now, names=names)
        await uow.outbox.add(notice, now)
