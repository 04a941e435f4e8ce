"""How an announcement begins to go out, inside of somebody's unit of work."""

from datetime import date, datetime

from services.announcements.dto import Announcement
from services.announcements.notices import announcement_notice
from services.announcements.ports import AnnouncementsUnitOfWork
from services.announcements.recipients import NOBODY, known_people
from services.announcements.rules import muted_as
from services.audience.dto import AudienceCount


async def begin(uow: AnnouncementsUnitOfWork, announcement: Announcement, today: date, now: datetime) -> AudienceCount:
    """Open its broadcast and freeze who gets it, and in which channels it will stand; counted are people.

    Raises:
        AudienceUnknown: what its audience names does not exist, or no longer.
    """
    audience = await known_people(uow, announcement)
    notice_id = await uow.broadcasts.open(announcement_notice(announcement), now)
    count = NOBODY
    if audience is not None:
        count = await uow.audiences.freeze(audience, notice_id, today, muted_as(announcement))
    await uow.channels.freeze(announcement.channels, notice_id)
    await uow.announcements.begin(announcement.id, notice_id, count.recipients)
    return count
