"""The workers of batches: a few rows in each transaction, so that a crash loses no number and repeats none."""

import logging
from dataclasses import dataclass
from datetime import datetime

from services.batches.dto import Batch, BatchRow
from services.batches.errors import PersonNotInRoster
from services.batches.ports import BatchesUnitOfWork
from services.batches.rules import AHEAD, ROWS_AT_ONCE
from services.certificates.drafting import Draft, Drafting
from services.certificates.issuing import Issuer
from services.certificates.notices import document
from services.certificates.register import SameDay
from services.certificates.rules import facts_digest
from services.delivery.dto import NewNotice, NoticeKind, Urgency
from services.errors import Refusal
from services.ports import Bell, Clock, Factory

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paper:
    """A row that can be issued; `same`: the same certificate of today, locked."""

    row: BatchRow
    draft: Draft
    same: SameDay | None


class BatchWorker:
    """Issues what batches ask for, as fast as it is printed. Several processes may: each takes a batch no other has.

    `halted`: why no number could be given when that was tried last.
    """

    def __init__(
        self,
        unit_of_work: Factory[BatchesUnitOfWork],
        clock: Clock,
        drafting: Drafting,
        issuer: Issuer,
        print_bell: Bell,
        outbox_bell: Bell,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._drafting = drafting
        self._issuer = issuer
        self._print_bell = print_bell
        self._outbox_bell = outbox_bell
        self.halted: Refusal | None = None

    async def work_next(self) -> bool:
        """Issue the next few certificates of a batch, or finish it; False if there is nothing to do now."""
        async with self._unit_of_work() as uow:
            batch_id = await uow.batches.claim(AHEAD)
            batch = None if batch_id is None else await uow.batches.find(batch_id)
            if batch is None:
                return False
            rows = await uow.batches.list_left(batch.id, ROWS_AT_ONCE)
            if not rows and batch.waiting:  # another process was at it in this moment; the printers are not done
                return False
            try:
                # Who issues holds the end of the register: whatever other rows are needed is locked before.
                found = [await self._examine(uow, batch, row) for row in sorted(rows, key=lambda row: row.person_id)]
                for paper in sorted(filter(None, found), key=lambda paper: paper.row.row):
                    await uow.batches.settle(batch.id, paper.row.row, await self._issue(uow, paper), None)
            except _SameInThisMoment:  # left without commit, numbers go back; the next round finds it
                return True
            except _NoNumberNow as error:  # likewise; it is tried again by and by
                self.halted = error.refusal
                logger.info("batch %d waits: %s", batch.id, type(error.refusal).__name__)
                return False
            if not rows:
                await self._finish(uow, batch, self._clock.now())
            await uow.commit()
        self.halted = None
        self._print_bell.ring()
        self._outbox_bell.ring()
        return True

    async def _examine(self, uow: BatchesUnitOfWork, batch: Batch, row: BatchRow) -> _Paper | None:
        """Return what is to be issued, with the same one of today if there is one; None for who cannot have it."""
        profile = await uow.certificates.find_profile(row.person_id)
        try:
            if profile is None:
                raise PersonNotInRoster(str(row.person_id))
            draft = self._drafting.draft(profile, batch.kind, batch.language, row.facts)
        except Refusal as refusal:  # the person left, say, after the batch was begun
            logger.info("row %d of batch %d was refused: %s", row.row, batch.id, type(refusal).__name__)
            await uow.batches.settle(batch.id, row.row, None, type(refusal).__name__)
            return None
        return _Paper(row=row, draft=draft, same=await _find_same_day(uow, draft))

    async def _issue(self, uow: BatchesUnitOfWork, paper: _Paper) -> int:
        """Issue a certificate, or take the same one of today; leave it for its person if that is wanted."""
        draft, same = paper.draft, paper.same
        if same is not None:
            if same.failed:
                await uow.certificates.print_again(same.id)
            await self._leave(uow, draft, paper.row, same.id, draft.moment if same.printed else None)
            return same.id
        try:
            issued = await self._issuer.issue(uow, draft)
        except Refusal as refusal:
            raise _NoNumberNow(refusal) from refusal
        if issued is None:
            raise _SameInThisMoment
        await self._leave(uow, draft, paper.row, issued.id, None)
        return issued.id

    async def _leave(
        self, uow: BatchesUnitOfWork, draft: Draft, row: BatchRow, certificate_id: int, due_at: datetime | None
    ) -> None:
        if row.account_id is None:
            return
        notice = document(certificate_id, row.account_id, "batch", due_at=due_at)
        await uow.outbox.add(notice, draft.moment)

    async def _finish(self, uow: BatchesUnitOfWork, batch: Batch, now: datetime) -> None:
        await uow.batches.finish(batch.id, now)
        if batch.account_id is None:
            return
        notice = NewNotice(
            kind=NoticeKind.BATCH_ISSUED,
            account_id=batch.account_id,
            urgency=Urgency.ANSWER,
            payload={"batch_id": batch.id},
            subject=f"batch:{batch.id}",
            occasion=f"batch:{batch.id}:issued",
            due_at=now,
        )
        await uow.outbox.add(notice, now)


class _SameInThisMoment(Exception):  # noqa: N818 -- states a fact
    """Somebody else issued the same certificate while this transaction was under way."""


class _NoNumberNow(Exception):  # noqa: N818 -- as above
    """No certificate is issued at all for the moment, whoever it is for: after a restore, say."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(type(refusal).__name__)
        self.refusal = refusal


async def _find_same_day(uow: BatchesUnitOfWork, draft: Draft) -> SameDay | None:
    return await uow.certificates.find_same_day(
        draft.profile.person_id, draft.kind.id, draft.language, draft.day, facts_digest(draft.facts)
    )
