"""Whole groups: planned, begun, looked at, handed out as an archive."""

import asyncio
from collections.abc import Mapping, Sequence

from services.access import Actor
from services.audit.dto import Act
from services.batches.archive import name_of, write_archive, write_list
from services.batches.dto import Archive, ArchivedPaper, Batch, BatchPlan, BatchWish, ListWords, NewBatch, TypedRow
from services.batches.errors import BatchDiffers, BatchNotReady, NobodyCanHaveIt, NoSuchBatch, NothingToCancel
from services.batches.list_file import Labels, read_list
from services.batches.planning import BatchPlanner
from services.batches.ports import BatchesUnitOfWork
from services.batches.rules import in_parts
from services.certificates.desks import require_desk
from services.certificates.drafting import Drafting
from services.certificates.dto import CertificateKind
from services.languages import Language
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

    def list_kinds(self, actor: Actor, desk: str) -> tuple[CertificateKind, ...]:
        """Return the kinds that a desk answers for, in the order of the university's file."""
        require_desk(actor, desk)
        return tuple(kind for kind in self._drafting.kinds.values() if kind.desk == desk)

    def get_kind(self, actor: Actor, kind_id: str) -> CertificateKind:
        """Return a kind to somebody of its desk."""
        kind = self._drafting.get_kind(kind_id)
        require_desk(actor, kind.desk)
        return kind

    def require_offered(self, actor: Actor, kind_id: str, language: Language) -> CertificateKind:
        """Return a kind that exists in a language."""
        self.get_kind(actor, kind_id)
        return self._planner.require_offered(kind_id, language)

    def read_list(self, actor: Actor, kind_id: str, content: bytes, labels: Labels) -> tuple[TypedRow, ...]:
        """Read a file of people; takes a while for a long one. `labels`: what its columns for facts may be called."""
        return read_list(content, self.get_kind(actor, kind_id), labels)

    def read_value(self, actor: Actor, kind_id: str, name: str, text: str, typed: Mapping[str, str]) -> str:
        """Return a value that is the same for all as it is kept, or refuse it. `typed`: what was typed before."""
        return self._planner.read(self.get_kind(actor, kind_id), name, text, typed)

    def read_values(self, actor: Actor, kind_id: str, typed: Mapping[str, str]) -> Mapping[str, str]:
        """Return the values that are the same for all as they are kept."""
        return self._planner.read_all(self.get_kind(actor, kind_id), typed)

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
                send=wish.send,
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
            if not await uow.batches.cancel(batch_id, now):
                raise NothingToCancel
            await uow.audit.add(actor, Act.BATCH_CANCELLED, f"batch:{batch_id}", now)
            batch = await self._find(uow, actor, batch_id)
            await uow.commit()
        return batch

    async def list_papers(self, actor: Actor, batch_id: int) -> Sequence[ArchivedPaper]:
        """Return the rows that have come to an end."""
        async with self._unit_of_work() as uow:
            await self._find(uow, actor, batch_id)
            return await uow.batches.list_papers(batch_id)

    async def read_archive(self, actor: Actor, batch_id: int, part: int, words: ListWords) -> Archive:
        """Return an archive of a finished batch, from 1: mostly there is one, of a large batch there are several.

        The first holds the list of all rows.
        """
        async with self._unit_of_work() as uow:
            batch = await self._find(uow, actor, batch_id)
            if not batch.is_complete:
                raise BatchNotReady(batch.printed, batch.rows)
            papers = await uow.batches.list_papers(batch_id)
            parts = in_parts(papers)
            if not 0 < part <= len(parts):
                raise NoSuchBatch
            chosen = parts[part - 1]
            contents = await uow.batches.read_files([paper.file_id for paper in chosen if paper.file_id is not None])
        listing = write_list(papers, words) if part == 1 else ""
        content = await asyncio.to_thread(write_archive, chosen, contents, listing)
        return Archive(name=name_of(batch, part, len(parts)), content=content, part=part, parts=len(parts))

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
