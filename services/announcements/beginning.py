"""How an announcement begins to go out, inside of somebody's unit of work."""

from datetime import date, datetime

from services.announcements.dto import Announcement
from services.announcements.notices import announcement_notice
from services.announcements.ports import AnnouncementsUnitOfWork
from services.announcements.rules import muted_as, people_of
from services.audience.dto import AudienceCount
from services.audience.service import require_known

_NOBODY = AudienceCount(recipients=0, unreachable=0)


async def begin(uow: AnnouncementsUnitOfWork, announcement: Announcement, today: date, now: datetime) -> AudienceCount:
    """Open its broadcast and freeze who gets it, and in which channels it will stand; counted are people.

    Raises:
        AudienceUnknown: what its audience names does not exist, or no longer.
    """
    audience = people_of(announcement)
    if audience is not None:
        await require_known(uow.audiences, audience)
    notice_id = await uow.broadcasts.open(announcement_notice(announcement), now)
    count = _NOBODY
    if audience is not None:
        count = await uow.audiences.freeze(audience, notice_id, today, muted_as(announcement))
    await uow.channels.freeze(announcement.channels, notice_id)
    await uow.announcements.begin(announcement.id, notice_id, count.recipients)
    return count


async def count(uow: AnnouncementsUnitOfWork, announcement: Announcement, today: date) -> int:
    """Count the people who would get it if it began.

    Raises:
        AudienceUnknown: what its audience names does not exist, or no longer.
    """
    audience = people_of(announcement)
    if audience is None:
        return 0
    await require_known(uow.audiences, audience)
    return (await uow.audiences.count(audience, today, muted_as(announcement))).recipients
