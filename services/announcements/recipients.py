"""Who gets an announcement, asked inside of somebody's unit of work: whoever counts, looks or begins asks here."""

from datetime import date

from services.announcements.dto import Announcement
from services.announcements.ports import AnnouncementsUnitOfWork
from services.announcements.rules import muted_as, people_of
from services.audience.dto import Audience, AudienceCount, AudienceSurvey
from services.audience.errors import AudienceUnknown, AudienceUnreadable
from services.audience.service import count_known, require_known

NOBODY = AudienceCount(recipients=0, unreachable=0)


async def known_people(uow: AnnouncementsUnitOfWork, announcement: Announcement) -> Audience | None:
    """Return who is meant; None where it goes to channels only.

    Raises:
        AudienceUnknown: what its audience names does not exist, or no longer.
        AudienceUnreadable: nobody is chosen yet, or an earlier version knew a term that this one does not.
    """
    audience = people_of(announcement)
    if audience is not None:
        await require_known(uow.audiences, audience)
    return audience


async def count_people(uow: AnnouncementsUnitOfWork, announcement: Announcement, today: date) -> AudienceCount:
    """Count who gets it; refuses as `known_people` does."""
    audience = people_of(announcement)
    return NOBODY if audience is None else await count_known(uow.audiences, audience, today, muted_as(announcement))


async def count_if_known(uow: AnnouncementsUnitOfWork, announcement: Announcement, today: date) -> AudienceCount | None:
    """Count who gets it; None where that cannot be said: nobody is chosen yet, or what was named is gone."""
    try:
        return await count_people(uow, announcement, today)
    except (AudienceUnknown, AudienceUnreadable):
        return None


async def survey_people(uow: AnnouncementsUnitOfWork, announcement: Announcement, today: date) -> AudienceSurvey | None:
    """Count who gets it and who of them reads none of its languages; refuses as `known_people` does."""
    audience = await known_people(uow, announcement)
    if audience is None:
        return None
    return await uow.audiences.survey(audience, tuple(announcement.texts), today, muted_as(announcement))
