"""Nobody keeps the former words because they were on their way while a correction or a recall began."""

import logging
from datetime import datetime

from services.ports import Bell, Clock, Factory
from services.revisions.beginning import change_copies
from services.revisions.dto import Revision, RevisionKind
from services.revisions.ports import RevisionsUnitOfWork
from services.revisions.rules import FORMER_WORDS, SWEPT_AFTER

logger = logging.getLogger(__name__)


class RevisionSweeps:
    """Asked every few seconds: whoever was being told is added to the revision as soon as their message has arrived."""

    def __init__(self, unit_of_work: Factory[RevisionsUnitOfWork], clock: Clock, outbox_bell: Bell) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._outbox_bell = outbox_bell

    async def sweep(self) -> int:
        """Add those; return how many."""
        now = self._clock.now()
        added = 0
        async with self._unit_of_work() as uow:
            for revision in await uow.revisions.list_unswept():
                added += await _sweep(uow, revision, now)
            await uow.commit()
        if added:
            logger.info("%d messages that were on their way are corrected or taken back, too", added)
            self._outbox_bell.ring()
        return added


async def _sweep(uow: RevisionsUnitOfWork, revision: Revision, now: datetime) -> int:
    announcement = await uow.announcements.find(revision.announcement_id)
    if revision.begun_at is None or revision.notice_id is None or announcement is None:
        raise ValueError(f"revision {revision.id} has not begun")
    original, made_before = announcement.notice_id or 0, revision.begun_at + FORMER_WORDS
    over = now >= revision.begun_at + SWEPT_AFTER and not await uow.revisions.has_in_hand(
        announcement.id, original, made_before
    )
    added = await uow.revisions.freeze_late(revision.notice_id, original, made_before, now)
    recalled = revision.kind is RevisionKind.RECALL
    added += await change_copies(uow, revision.id, announcement.id, now, made_before=made_before, recalled=recalled)
    if over:
        await uow.revisions.end_sweep(revision.id, now)
    return added
