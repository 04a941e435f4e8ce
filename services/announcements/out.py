"""What is out, or on its way: its card, and the messages in which somebody watches it go."""

import math
from collections.abc import Awaitable, Collection
from datetime import datetime

from services.access import Actor
from services.announcements.dto import Announcement, AnnouncementState
from services.announcements.errors import NoSuchAnnouncement
from services.announcements.rules import ENDED, check_stopping, voices_of
from services.announcements.sending_dto import Card, Sent, Watched
from services.announcements.sending_ports import SendingUnitOfWork
from services.announcements.service import AnnouncementService
from services.announcements.standing import state_of, view_of
from services.delivery.dto import Outcome
from services.languages import Language
from services.ports import Clock, Factory

#: How many of those sent lately are listed.
MOST_LISTED = 10


class OutService:
    """Cards of announcements. Where `screen` is a message of the actor's chat, it shows the card (0: there is none)."""

    def __init__(
        self,
        unit_of_work: Factory[SendingUnitOfWork],
        clock: Clock,
        announcements: AnnouncementService,
        *,
        messages_per_second: int,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._announcements = announcements
        self._pace = messages_per_second

    async def list_sent(self, actor: Actor, screen: int = 0) -> list[Sent]:
        """Return what went out lately in all names in which somebody writes; the message is watched in no more."""
        async with self._unit_of_work() as uow:
            sent = await uow.announcements.list_sent(voices_of(actor), MOST_LISTED)
            lines = [Sent(announcement=one, state=await state_of(uow, one)) for one in sent]
            await _leave(uow, actor, screen)
        return lines

    async def look(self, actor: Actor, announcement_id: int, screen: int = 0) -> Card:
        """Return a card that stays as it is."""
        async with self._unit_of_work() as uow:
            card = await self._card(uow, _seen(actor, announcement_id, await uow.announcements.find(announcement_id)))
            await _leave(uow, actor, screen)
        return card

    async def follow(self, actor: Actor, announcement_id: int, screen: int) -> Card:
        """Return a card that is kept up to date until everything has gone out."""
        async with self._unit_of_work() as uow:
            card = await self._card(uow, _seen(actor, announcement_id, await uow.announcements.find(announcement_id)))
            if screen and actor.account_id is not None and card.state not in ENDED:
                await uow.sendings.watch(announcement_id, actor.account_id, screen, self._clock.now())
                await uow.commit()
        return card

    async def pause(self, actor: Actor, announcement_id: int, screen: int) -> Card:
        """Let nothing more of it go out until somebody says so."""
        return await self._after(actor, announcement_id, screen, self._announcements.pause(actor, announcement_id))

    async def resume(self, actor: Actor, announcement_id: int, screen: int) -> Card:
        """Go on."""
        return await self._after(actor, announcement_id, screen, self._announcements.resume(actor, announcement_id))

    async def cancel(self, actor: Actor, announcement_id: int, screen: int) -> Card:
        """End it."""
        return await self._after(actor, announcement_id, screen, self._announcements.cancel(actor, announcement_id))

    async def send_again(self, actor: Actor, announcement_id: int, outcomes: Collection[Outcome], screen: int) -> Card:
        """Send it once more to those with whom it ended so."""
        again = self._announcements.send_again(actor, announcement_id, outcomes)
        return await self._after(actor, announcement_id, screen, again)

    async def take_watched(self, fallback: Language) -> tuple[Watched, Card] | None:
        """Take up a message that somebody watches, with what is to stand in it; None if none is due."""
        async with self._unit_of_work() as uow:
            watched = await uow.sendings.claim_watched(self._clock.now(), fallback)
            if watched is None:
                return None
            announcement = await uow.announcements.find(watched.announcement_id)
            if announcement is None:
                raise NoSuchAnnouncement(watched.announcement_id)
            card = await self._card(uow, announcement)
            await uow.commit()
        return watched, card

    async def note_shown(self, watched: Watched, shown: str, *, ended: bool) -> None:
        """Note what stands in it now; `ended`: it will not change any more."""
        async with self._unit_of_work() as uow:
            await uow.sendings.note_shown(watched, shown, ended=ended)
            await uow.commit()

    async def rest(self, watched: Watched, until: datetime) -> None:
        """Leave it alone for a while."""
        async with self._unit_of_work() as uow:
            await uow.sendings.rest(watched, until)
            await uow.commit()

    async def _after(self, actor: Actor, announcement_id: int, screen: int, step: Awaitable[object]) -> Card:
        await step
        return await self.follow(actor, announcement_id, screen)

    async def _card(self, uow: SendingUnitOfWork, announcement: Announcement) -> Card:
        view = await view_of(uow, announcement)
        by = announcement.announced_by
        going = view.state is AnnouncementState.SENDING
        notice = announcement.notice_id
        posts = await uow.channels.list_posts(notice) if notice is not None and announcement.channels else []
        return Card(
            announcement=announcement,
            state=view.state,
            tally=view.tally,
            author=await uow.sendings.find_name(by) if by is not None else "",
            fault=view.fault,
            seconds_left=math.ceil(view.tally.pending / self._pace) if going else 0,
            posts=tuple(posts),
        )


async def _leave(uow: SendingUnitOfWork, actor: Actor, screen: int) -> None:
    if screen and actor.account_id is not None:
        await uow.sendings.leave(actor.account_id, screen)
        await uow.commit()


def _seen(actor: Actor, announcement_id: int, announcement: Announcement | None) -> Announcement:
    check_stopping(actor, announcement)
    if announcement is None:
        raise NoSuchAnnouncement(announcement_id)
    return announcement
