"""How an announcement stands, asked inside of somebody's unit of work."""

from services.announcements.dto import Announcement, AnnouncementState, AnnouncementView
from services.announcements.ports import AnnouncementsUnitOfWork
from services.announcements.rules import state_before, state_since, tally_before


async def state_of(uow: AnnouncementsUnitOfWork, announcement: Announcement) -> AnnouncementState:
    """Return how far it is."""
    if announcement.notice_id is None:
        return state_before(announcement)
    return state_since(await uow.broadcasts.get_state(announcement.notice_id))


async def view_of(uow: AnnouncementsUnitOfWork, announcement: Announcement) -> AnnouncementView:
    """Return how far it is, and how its recipients stand."""
    state = await state_of(uow, announcement)  # before the tally: what is done has nobody left who waits
    if announcement.notice_id is None:
        tally = tally_before(announcement)
    else:
        tally = await uow.broadcasts.tally(announcement.notice_id)
    fault = ""
    if state is AnnouncementState.STOPPED and announcement.notice_id is not None:
        fault = await uow.broadcasts.find_fault(announcement.notice_id)
    return AnnouncementView(announcement=announcement, state=state, tally=tally, fault=fault)
