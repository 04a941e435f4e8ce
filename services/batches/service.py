"""Whole groups: planned, begun, looked at, handed out as an archive."""

from collections.abc import AsyncIterator

from services.access import Actor
from services.audit.dto import Act
from services.batches.archive import ArchiveWriter
from services.batches.dto import Batch, BatchPlan, BatchWish, NewBatch
from services.batches.errors import BatchDiffers, BatchNotReady, NobodyCanHaveIt, NoSuchBatch
from services.batches.planning import BatchPlanner
from services.batches.ports import BatchesUnitOfWork
from services.certificates.desks import require_desk
from services.certificates.drafting import Drafting
from services.ports import Bell, Clock, Factory

_RECENT = 5


class BatchService:
    """Batches as desks and operators begin them; who sits at the kind's desk may."""

    def __init__(
        self,
        unit_of_work: Factory[BatchesUnitOfWork],
        clock: Clock,
        drafting: Drafting,
        planner: BatchPlanner,
        batch_bell: Bell,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._drafting = drafting
        self._planner = planner
        self._batch_bell = batch_bell

    async def plan(self, actor: Actor, wish: BatchWish) -> BatchPlan:
        """Return what would be issued; nothing is written."""
        require_desk(actor, self._drafting.get_kind(wish.kind).desk)
        async with self._unit_of_work() as uow:
            return await self._planner.plan(uow, wish)

    async def begin(self, actor: Actor, wish: BatchWish, mark: int | None = None) -> Batch:
        """Write a batch of all for whom a certificate can be issued; workers issue them, and go on after a crash.

        `mark`: of the plan that was shown.
        """
        kind, now = self._drafting.get_kind(wish.kind), self._clock.now()
        require_desk(actor, kind.desk)
        async with self._unit_of_work() as uow:
            plan = await self._planner.plan(uow, wish)
            if mark is not None and plan.mark != mark:
                raise BatchDiffers
            if not plan.ready:
                raise NobodyCanHaveIt
            new = NewBatch(
                kind=kind.id,
                language=wish.language,
                desk=kind.desk,
                title=plan.title,
                account_id=actor.account_id,
                created_at=now,
                rows=plan.ready,
            )
            batch_id = await uow.batches.add(new)
            await uow.audit.add(actor, Act.BATCH_BEGUN, f"batch:{batch_id}", now, kind=kind.id, people=len(plan.ready))
            batch = await self._find(uow, actor, batch_id)
            await uow.commit()
        self._batch_bell.ring()
        return batch

    async def get(self, actor: Actor, batch_id: int) -> Batch:
        """Return how far a batch is."""
        async with self._unit_of_work() as uow:
            return await self._find(uow, actor, batch_id)

    async def list_recent(self, actor: Actor, desk: str) -> list[Batch]:
        """Return a desk's newest batches."""
        require_desk(actor, desk)
        async with self._unit_of_work() as uow:
            return await uow.batches.list_recent(desk, _RECENT)

    async def cancel(self, actor: Actor, batch_id: int) -> Batch:
        """Issue no more of a batch; what has its number keeps it."""
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            await self._find(uow, actor, batch_id)
            if await uow.batches.cancel(batch_id, now):
                await uow.audit.add(actor, Act.BATCH_CANCELLED, f"batch:{batch_id}", now)
            batch = await self._find(uow, actor, batch_id)
            await uow.commit()
        return batch

    async def read_archives(self, actor: Actor, batch_id: int) -> AsyncIterator[tuple[str, bytes]]:
        """Return the archives of a finished batch, name and bytes: one ZIP, or several where one would be too large."""
        async with self._unit_of_work() as uow:
            batch = await self._find(uow, actor, batch_id)
            if not batch.is_complete:
                raise BatchNotReady(batch.printed, batch.rows)
            writer = ArchiveWriter(batch)
            async for paper in uow.batches.read_papers(batch_id):
                if (full := writer.add(paper)) is not None:
                    yield full
            yield writer.finish()

    async def find_told(self, batch_id: int, account_id: int) -> Batch | None:
        """Return what who began a batch is told of it. For the outbox."""
        async with self._unit_of_work() as uow:
            batch = await uow.batches.find(batch_id)
        return batch if batch is not None and batch.account_id == account_id else None

    async def _find(self, uow: BatchesUnitOfWork, actor: Actor, batch_id: int) -> Batch:
        batch = await uow.batches.find(batch_id)
        if batch is None:
            raise NoSuchBatch
        require_desk(actor, batch.desk)
        return batch
