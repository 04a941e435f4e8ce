"""How a correction or a recall begins, inside of somebody's unit of work."""

from datetime import datetime

from services.announcements.dto import Announcement
from services.revisions.dto import Revision
from services.revisions.notices import changed_copy, correction_notice, recall_notice
from services.revisions.ports import RevisionsUnitOfWork
from services.revisions.rules import merged, require_out


async def begin_correction(
    uow: RevisionsUnitOfWork, announcement: Announcement, revision: Revision, approved_by: int | None, now: datetime
) -> int:
    """Give the announcement its new texts and freeze whose messages are changed; returns how many.

    Who has not got it yet gets the new texts; so does, as a message of its own, who got it in an evening's digest: one
    text of several cannot be changed alone.
    """
    original = require_out(announcement)
    await _end_former(uow, announcement, now)
    notice_id = await uow.broadcasts.open(correction_notice(revision), now)
    texts = merged(announcement, revision.texts, now).texts
    await uow.revisions.begin_correction(revision, texts, notice_id, approved_by, now)
    await uow.revisions.tell_digests_anew(original, now)
    await change_copies(uow, revision.id, announcement.id, now, made_before=now, recalled=False)
    return await uow.revisions.freeze(notice_id, original)


async def begin_recall(uow: RevisionsUnitOfWork, announcement: Announcement, by: int | None, now: datetime) -> int:
    """Withdraw the announcement: nobody gets it any more, and who got it is frozen; returns how many."""
    original = require_out(announcement)
    await uow.revisions.drop(announcement.id)
    await _end_former(uow, announcement, now)
    await uow.broadcasts.cancel(original, now)
    notice_id = await uow.broadcasts.open(recall_notice(announcement.id), now)
    recall = await uow.revisions.begin_recall(announcement, notice_id, by, now)
    await change_copies(uow, recall, announcement.id, now, made_before=now, recalled=True)
    return await uow.revisions.freeze(notice_id, original)


async def change_copies(
    uow: RevisionsUnitOfWork, revision_id: int, announcement_id: int, now: datetime, *, made_before: datetime,
    recalled: bool,
) -> int:  # fmt: skip
    """Let the copies follow that people fetched before that moment; returns how many. Doing it again adds nothing."""
    copies = await uow.revisions.list_copies(revision_id, announcement_id, made_before)
    notices = [changed_copy(revision_id, announcement_id, copy, now, recalled=recalled) for copy in copies]
    return await uow.outbox.add_all(notices, now) if notices else 0


async def _end_former(uow: RevisionsUnitOfWork, announcement: Announcement, now: datetime) -> None:
    """Stop what was being done to it before: what begins now concerns the same messages and more."""
    for notice_id in await uow.revisions.supersede(announcement.id, now):
        await uow.broadcasts.cancel(notice_id, now)
