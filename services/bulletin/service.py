"""Reading announcements: the last ones, one whole, and the word that it was read."""

from datetime import timedelta

from services.access import Actor, NotLinked
from services.announcements.dto import Announcement, AnnouncementStage
from services.announcements.errors import NoSuchAnnouncement
from services.announcements.news import AnnouncementNews
from services.announcements.rules import text_for
from services.bulletin.dto import BulletinEntry, BulletinPage, Confirmation, OutAnnouncement
from services.bulletin.errors import AnnouncementWithdrawn, NotARecipient, NotInBulletin, OnlyPreview
from services.bulletin.notices import announcement_shown
from services.bulletin.ports import BulletinUnitOfWork
from services.languages import Language
from services.ports import Bell, Clock, Factory

#: How many stand on a page, and how far back the pages go.
ON_A_PAGE = 5
MEMORY = timedelta(days=365)


class BulletinService:
    """Announcements for their readers: for whom they were meant, and for everybody where they are public."""

    def __init__(
        self,
        unit_of_work: Factory[BulletinUnitOfWork],
        reading: Factory[BulletinUnitOfWork],
        clock: Clock,
        outbox_bell: Bell,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._reading = reading
        self._clock = clock
        self._outbox_bell = outbox_bell

    async def list_page(self, actor: Actor, number: int) -> BulletinPage:
        """Return a page of the last announcements; an old button may ask for one that is not there any more."""
        account_id, number = _account_of(actor), max(0, number)
        since = self._clock.now() - MEMORY
        async with self._reading() as uow:
            found = await uow.bulletin.list_out(account_id, since, number * ON_A_PAGE, ON_A_PAGE + 1)
            if not found and number:
                number = 0
                found = await uow.bulletin.list_out(account_id, since, 0, ON_A_PAGE + 1)
        entries = tuple(entry_for(out, actor.language) for out in found[:ON_A_PAGE])
        return BulletinPage(entries=entries, number=number, has_more=len(found) > ON_A_PAGE)

    async def open(self, actor: Actor, announcement_id: int) -> BulletinEntry:
        """Return one whole; one with a file comes as a message of its own, from the outbox.

        Raises:
            NotInBulletin: there is none, or not for this account.
        """
        account_id, now = _account_of(actor), self._clock.now()
        async with self._unit_of_work() as uow:
            out = await uow.bulletin.find_out(account_id, announcement_id)
            if out is None:
                raise NotInBulletin
            if out.announcement.content.file is not None:
                await uow.outbox.add(announcement_shown(announcement_id, account_id, now), now)
                await uow.commit()
                self._outbox_bell.ring()
        return entry_for(out, actor.language)

    async def confirm(self, actor: Actor, announcement_id: int) -> Confirmation:
        """Note that somebody has read an announcement; saying it again changes nothing, unless it was corrected.

        Raises:
            AnnouncementWithdrawn: it was taken back.
            NoSuchAnnouncement: there is none, or it asks nobody.
            NotARecipient: it was not sent to this account.
            OnlyPreview: it has not begun to go out.
        """
        account_id = _account_of(actor)
        async with self._unit_of_work() as uow:
            announcement = _confirmable(announcement_id, await uow.announcements.find(announcement_id))
            read_at = await uow.bulletin.confirm(announcement_id, account_id, self._clock.now())
            if read_at is None:
                raise NotARecipient
            await uow.commit()
        return Confirmation(announcement=announcement, read_at=read_at)


class BulletinNews:
    """What notices ask at the moment of sending."""

    def __init__(self, reading: Factory[BulletinUnitOfWork], announcements: AnnouncementNews) -> None:
        self._reading = reading
        self._announcements = announcements

    async def find_meant(self, announcement_id: int, account_id: int, reader: Language) -> BulletinEntry | None:
        """Do as `find_entry`; None also if it would not be sent to the account today."""
        if await self._announcements.find_told(announcement_id, account_id, reader) is None:
            return None
        return await self.find_entry(announcement_id, account_id, reader)

    async def find_entry(self, announcement_id: int, account_id: int, reader: Language) -> BulletinEntry | None:
        """Return an announcement with its text for an account; None if the account may not see it any more."""
        async with self._reading() as uow:
            out = await uow.bulletin.find_out(account_id, announcement_id)
        return None if out is None else entry_for(out, reader)


def entry_for(out: OutAnnouncement, reader: Language) -> BulletinEntry:
    """Return what a reader sees."""
    return BulletinEntry(out=out, text=text_for(out.announcement, reader))


def _confirmable(announcement_id: int, announcement: Announcement | None) -> Announcement:
    if announcement is None or not announcement.options.asks_reading:
        raise NoSuchAnnouncement(announcement_id)
    if announcement.stage is not AnnouncementStage.BEGUN:
        raise OnlyPreview
    if announcement.withdrawn_at is not None:
        raise AnnouncementWithdrawn
    return announcement


def _account_of(actor: Actor) -> int:
    if actor.account_id is None:  # the operator at the command line reads nothing here
        raise NotLinked
    return actor.account_id
