"""Corrections and what they correct, found inside of somebody's unit of work."""

from dataclasses import dataclass

from services.access import Actor
from services.announcements.dto import Announcement
from services.revisions import rules
from services.revisions.dto import Revision, RevisionStage, RunningRevision
from services.revisions.errors import CorrectionChanged, NotOutYet
from services.revisions.ports import RevisionsUnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A correction that is open, and what it corrects; both locked."""

    announcement: Announcement
    revision: Revision


async def find_out(uow: RevisionsUnitOfWork, actor: Actor, announcement_id: int) -> tuple[Announcement, int]:
    """Return an announcement that somebody may have got, with its notice."""
    announcement = rules.require_changer(actor, await uow.announcements.find(announcement_id))
    if announcement.notice_id is None:
        raise NotOutYet(announcement_id)
    return announcement, announcement.notice_id


async def find(uow: RevisionsUnitOfWork, revision_id: int, version: int) -> Found:
    """Lock the announcement, as everybody does, and then look whether its correction is the one that was shown."""
    known = await uow.revisions.find(revision_id)
    if known is None:
        raise CorrectionChanged
    announcement = await uow.announcements.lock(known.announcement_id)
    if announcement is None:
        raise CorrectionChanged
    revision = rules.require_as_shown(await uow.revisions.find(revision_id), version)
    return Found(announcement=announcement, revision=revision)


async def find_waiting(uow: RevisionsUnitOfWork, actor: Actor, revision_id: int, version: int) -> Found:
    """Return one that waits for this approver, in the version that they were shown; locked."""
    found = await find(uow, revision_id, version)
    rules.require_approver(actor, found.announcement)
    rules.require_second_person(actor, found.revision)
    if found.revision.stage is not RevisionStage.AWAITING_APPROVAL:
        raise CorrectionChanged
    return found


async def running(uow: RevisionsUnitOfWork, revision: Revision) -> RunningRevision:
    """Return how far one is that has begun."""
    notice_id = revision.notice_id or 0
    state = await uow.broadcasts.get_state(notice_id)
    return RunningRevision(revision=revision, state=state, tally=await uow.broadcasts.tally(notice_id))
