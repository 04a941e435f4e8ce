"""The workers of batches: a few rows in each transaction, so that a crash loses no number and repeats none."""

import logging
from datetime import datetime, timedelta

from services.batches.dto import Batch, BatchRow
from services.batches.errors import PersonNotInRoster
from services.batches.ports import BatchesUnitOfWork
from services.batches.rules import ROWS_AT_ONCE
from services.certificates.drafting import Draft, Drafting
from services.certificates.issuing import Issuer
from services.certificates.rules import facts_digest
from services.delivery.dto import NewNotice, NoticeKind, Urgency
from services.errors import Refusal
from services.ports import Bell, Clock, Factory

LEASE = timedelta(seconds=60)
logger = logging.getLogger(__name__)


class BatchWorker:
    """Issues what batches ask for. On several replicas each takes a batch that no living one has."""

    def __init__(
        self,
        unit_of_work: Factory[BatchesUnitOfWork],
        clock: Clock,
        drafting: Drafting,
        issuer: Issuer,
        print_bell: Bell,
        outbox_bell: Bell,
        *,
        worker: int,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._drafting = drafting
        self._issuer = issuer
        self._print_bell = print_bell
        self._outbox_bell = outbox_bell
        self._worker = worker

    async def work_next(self) -> bool:
        """Issue the next few certificates of a batch; False if none is open."""
        async with self._unit_of_work() as uow:
            batch_id = await uow.batches.claim(self._worker, LEASE)
            batch = None if batch_id is None else await uow.batches.find(batch_id)
            if batch is None:
                return False
            rows = await uow.batches.list_left(batch.id, ROWS_AT_ONCE)
            try:
                for row in rows:
                    await self._settle(uow, batch, row)
            except _SameInThisMoment:  # left without commit, numbers go back; the next round finds it
                return True
            if len(rows) < ROWS_AT_ONCE:
                await self._finish(uow, batch, self._clock.now())
            await uow.commit()
        self._print_bell.ring()
        self._outbox_bell.ring()
        return True

    async def _settle(self, uow: BatchesUnitOfWork, batch: Batch, row: BatchRow) -> None:
        try:
            certificate_id = await self._issue(uow, batch, row)
        except Refusal as refusal:  # the person left, say, after the batch was begun
            logger.info("row %d of batch %d was refused: %s", row.row, batch.id, type(refusal).__name__)
            await uow.batches.settle(batch.id, row.row, None, type(refusal).__name__)
            return
        await uow.batches.settle(batch.id, row.row, certificate_id, None)

    async def _issue(self, uow: BatchesUnitOfWork, batch: Batch, row: BatchRow) -> int:
        """Issue a certificate, or find the same one of today."""
        profile = await uow.certificates.find_profile(row.person_id)
        if profile is None:
            raise PersonNotInRoster(str(row.person_id))
        draft = self._drafting.draft(profile, batch.kind, batch.language, row.facts)
        same = await _find_same_day(uow, draft)
        if same is not None:
            return same
        issued = await self._issuer.issue(uow, draft)
        if issued is None:
            raise _SameInThisMoment
        return issued.id

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


async def _find_same_day(uow: BatchesUnitOfWork, draft: Draft) -> int | None:
    same = await uow.certificates.find_same_day(
        draft.profile.person_id, draft.kind.id, draft.language, draft.day, facts_digest(draft.facts)
    )
    return None if same is None else same.id
