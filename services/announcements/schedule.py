"""Scheduled announcements whose time comes."""

import logging
from collections.abc import Collection
from datetime import date, datetime

from services.access import Role
from services.announcements.beginning import begin
from services.announcements.dto import Announcement, Hold
from services.announcements.lateness import LateAnnouncements, ask_author
from services.announcements.notices import announcement_held
from services.announcements.ports import AnnouncementsUnitOfWork
from services.announcements.recipients import count_people
from services.announcements.rights import Rights
from services.announcements.rules import asked_about, is_late, may_outgrow
from services.announcements.sending_ports import SendingUnitOfWork
from services.audience.errors import AudienceUnknown, AudienceUnreadable
from services.delivery.dto import IfLate
from services.ports import Bell, Calendar, Clock, Factory

logger = logging.getLogger(__name__)


class AnnouncementSchedule:
    """Lets them begin; on several replicas everyone takes what no other has in hand."""

    def __init__(
        self,
        unit_of_work: Factory[SendingUnitOfWork],
        clock: Clock,
        calendar: Calendar,
        outbox_bell: Bell,
        late: LateAnnouncements,
        *,
        approval_above: int,
        administrators: Collection[int] = (),
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar
        self._outbox_bell = outbox_bell
        self._late = late
        self._above = approval_above
        self._rights = Rights(administrators)
        self._administrators = frozenset(administrators)

    async def take_next(self) -> bool:
        """Take up what is due first; False if nothing is.

        What an outage made too late is dropped, or its author asked, as it was wished; the author is asked, too, where
        the audience names what is gone (without an exclusion it would reach too many), and where so many are meant by
        now that somebody else must approve it. Where whoever submitted it may not announce any more, its approvers and
        administrators are asked.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            announcement = await uow.announcements.claim_due(now)
            if announcement is None:
                return False
            hold = await self._settle(uow, announcement, now)
            asked = hold is not Hold.AUTHOR or await self._ask_others(uow, announcement, now)
            await uow.commit()
        self._outbox_bell.ring()
        if hold is not None:
            await self._late.tell_of(announcement, hold, asked=asked)
        return True

    async def _settle(self, uow: SendingUnitOfWork, announcement: Announcement, now: datetime) -> Hold | None:
        """Begin it, drop it, or ask its author; then return why."""
        today, late = self._calendar.today(now), is_late(announcement, now)
        if late and announcement.if_late is IfLate.DROP:
            logger.warning("announcement %d came too late after an outage and was dropped", announcement.id)
            await uow.announcements.cancel(announcement.id)
            return None
        if await self._rights.are_gone(uow, announcement, today):
            await uow.announcements.pause(announcement.id)
            return Hold.AUTHOR
        if late:
            return await _hold(uow, announcement, Hold.LATE, now)
        return await self._begin(uow, announcement, today, now)

    async def _begin(
        self, uow: SendingUnitOfWork, announcement: Announcement, today: date, now: datetime
    ) -> Hold | None:
        try:
            if may_outgrow(announcement) and (await count_people(uow, announcement, today)).recipients > self._above:
                return await _hold(uow, announcement, Hold.APPROVAL, now)
            await begin(uow, announcement, today, now)
        except AudienceUnknown as unknown:
            return await _hold(uow, announcement, Hold.AUDIENCE, now, unknown.terms)
        except AudienceUnreadable as unreadable:  # an earlier version knew the term
            return await _hold(uow, announcement, Hold.AUDIENCE, now, (unreadable.term,))
        return None

    async def _ask_others(self, uow: SendingUnitOfWork, announcement: Announcement, now: datetime) -> bool:
        """Ask everybody who may decide instead of who submitted it, and tell its author; False if nobody may."""
        today = self._calendar.today(now)
        deciders = set(await uow.sendings.list_holders([Role.APPROVER, Role.ADMIN], announcement.unit_code, today))
        concerned = {asked_about(announcement), announcement.submitted_by, *self._administrators} - {None}
        for account in concerned - deciders:
            if account is not None and await self._rights.has(uow, account, announcement, today):
                deciders.add(account)
        told = deciders | {asked_about(announcement), announcement.submitted_by}
        for account in sorted(one for one in told if one is not None):
            due_at, deciding = announcement.due_at, account in deciders
            notice = announcement_held(announcement, account, Hold.AUTHOR, due_at, now, deciding=deciding)
            await uow.outbox.add(notice, now)
        return bool(deciders)


async def _hold(
    uow: AnnouncementsUnitOfWork, announcement: Announcement, hold: Hold, now: datetime, names: tuple[str, ...] = ()
) -> Hold:
    await uow.announcements.pause(announcement.id)
    await ask_author(uow, announcement, hold, announcement.due_at, now, names=names)
    return hold
