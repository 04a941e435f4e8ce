"""A plan's file that is sent in the chat: looked at first, doubts decided one by one, confirmed afterwards."""

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from services.access import Actor, NotAllowed
from services.deadlines.dto import AcademicYear
from services.deadlines.reading import read_deadline
from services.plan_files.dto import PlanDocument
from services.plan_files.reading import read_plan
from services.plan_import.decisions_sheet import read_decisions
from services.plan_import.dto import Decision, NewDraft, PlanDifference, PlanDraft, PlanImport, Review
from services.plan_import.errors import PlanDraftDiffers, PlanDraftGone
from services.plan_import.keeping import Kept, KeptReviews, laid_again
from services.plan_import.ports import PlanImportUnitOfWork
from services.plan_import.service import (
    PlanFile,
    PlanImportService,
    check_document,
    lay_beside,
    require_coordinator,
    understand,
)
from services.plan_import.understanding import decide
from services.plans.dto import NamedUnit
from services.ports import Calendar, Clock, Factory
from services.spelling import fold

#: How long a file waits for its confirmation.
DRAFT_PERIOD = timedelta(days=7)
_KEPT_DOCUMENTS = 4
_MOST_FOUND = 8


class PlanReviewService:
    """Drafts of coordinators. A document that was read is kept for the next taps; it is read anew at any time."""

    def __init__(
        self,
        unit_of_work: Factory[PlanImportUnitOfWork],
        clock: Clock,
        calendar: Calendar,
        imports: PlanImportService,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar
        self._imports = imports
        self._documents: dict[bytes, PlanDocument] = {}
        self._kept = KeptReviews()

    async def bring(
        self, actor: Actor, file_name: str, content: bytes, year: AcademicYear, *, other_year: bool = False
    ) -> Review:
        """Understand a file and keep it for its review; a file kept before gives way. The plan stays as it is."""
        account_id = _account(actor)
        document = await self._read(content, year)
        check_document(document, year, other_year=other_year)
        file = PlanFile(content=content, file_name=file_name, year=year)
        async with self._unit_of_work() as uow:
            reading = await understand(uow, document, year)
            planned = await lay_beside(uow, file, await asyncio.to_thread(decide, reading, {}))
            units = await uow.plans.list_units()
            new = NewDraft(year=year, name=planned.name, file_name=file_name, content=content)
            draft_id = await uow.plan_drafts.put(account_id, new, self._clock.now())
            await uow.commit()
        review = Review(draft_id=draft_id, version=1, file_name=file_name, planned=planned, decisions={}, units=units)
        self._kept.keep(Kept(review=review, reading=reading, since=self._clock.now()))
        return review

    def this_year(self) -> AcademicYear:
        """Return the academic year of today."""
        return AcademicYear.of(self._calendar.today(self._clock.now()))

    async def has_waiting(self, actor: Actor) -> bool:
        """Tell whether a draft waits for its review."""
        async with self._unit_of_work() as uow:
            return await uow.plan_drafts.waits(_account(actor), self._clock.now() - DRAFT_PERIOD)

    async def get(self, actor: Actor) -> Review:
        """Return the actor's draft as it stands."""
        async with self._unit_of_work() as uow:
            return await self._review(uow, await self._draft(uow, actor, None))

    async def decide_days(
        self, actor: Actor, draft_id: int, version: int, row: int, days: tuple[date, ...] | None
    ) -> Review:
        """Say when an item is due: on these days (none: it has no day), or as it was read (`None`)."""
        changes: dict[str, object] = {"confirmed": True} if days is None else {"dates": days}
        return await self._decide(actor, draft_id, version, row, changes)

    async def decide_piece(self, actor: Actor, draft_id: int, version: int, row: int, unit_id: int | None) -> Review:
        """Say whom the first piece of an item stands for that is not understood; None: nobody in the directory."""
        async with self._unit_of_work() as uow:
            draft = await self._draft(uow, actor, draft_id, version)
            unit = await uow.plans.find_unit(unit_id) if unit_id is not None else None
            if unit is None and unit_id is not None:
                raise PlanDraftDiffers
            codes = (unit.code,) if unit is not None else ()
            review = await self._review(uow, draft)
            item = review.find_item(row)
            if item is None or not item.unresolved:
                raise PlanDraftDiffers
            said = _said(draft, item.key)
            pieces = {**said.pieces, item.unresolved[0].text: codes}
            return await self._keep(uow, draft, {item.key: replace(said, pieces=pieces)})

    async def leave_out(self, actor: Actor, draft_id: int, version: int, row: int) -> Review:
        """Say that a row is no item of the plan."""
        return await self._decide(actor, draft_id, version, row, {"left_out": True})

    async def leave_open(self, actor: Actor, draft_id: int, version: int, row: int) -> Review:
        """Pass over an item: it is taken over as it is, and waits unconfirmed."""
        return await self._decide(actor, draft_id, version, row, {"passed": True})

    async def take_sheet(self, actor: Actor, draft_id: int, content: bytes) -> Review:
        """Take over what was corrected in a spreadsheet that was sent back; all or nothing."""
        async with self._unit_of_work() as uow:
            draft = await self._draft(uow, actor, draft_id)
            review = await self._review(uow, draft)
            codes = frozenset(review.units)
            corrected = await asyncio.to_thread(read_decisions, content, review.planned.read, codes)
            if not corrected:
                return review
            said = {key: replace(_said(draft, key), **changes) for key, changes in corrected.items()}
            return await self._keep(uow, draft, said)

    async def find_units(self, actor: Actor, words: str) -> list[NamedUnit]:
        """Return units and posts whose name or code has the words typed."""
        require_coordinator(actor)
        wanted = fold(words)
        async with self._unit_of_work() as uow:
            units = await uow.plans.list_units()
        found = [
            unit
            for unit in units.values()
            if wanted and any(wanted in fold(name) for name in (unit.code, *_names(unit), unit.abbreviation) if name)
        ]
        return found[:_MOST_FOUND]

    async def confirm(self, actor: Actor, draft_id: int, version: int, *, removing: bool) -> PlanImport:
        """Take over a draft as it was shown, and forget it. `removing`: items that the file lacks go."""
        account_id = _account(actor)
        async with self._unit_of_work() as uow:
            await uow.plan_import.lock()
            draft = await self._draft(uow, actor, draft_id, version)
            planned = (await self._review(uow, draft, anew=True, to_write=True)).planned
            if draft.digest is not None and draft.digest != digest_of(planned.difference):
                raise PlanDraftDiffers
            if not await uow.plan_drafts.delete(account_id, draft_id):
                raise PlanDraftGone  # another tap was faster
            done = await self._imports.write(uow, actor, _file(draft), planned, removing=removing)
            await uow.commit()
        self._kept.forget(draft_id)
        return done

    async def show_difference(self, actor: Actor) -> Review:
        """Return a draft for its confirmation: only what is shown now can be confirmed."""
        async with self._unit_of_work() as uow:
            draft = await self._draft(uow, actor, None)
            review = await self._review(uow, draft, anew=True)
            digest = digest_of(review.planned.difference)
            if not await uow.plan_drafts.decide(draft.id, draft.version, draft.decisions, digest):
                raise PlanDraftDiffers
            await uow.commit()
        return self._kept.renew(replace(review, version=draft.version + 1))

    async def drop(self, actor: Actor, draft_id: int) -> None:
        """Forget a draft."""
        async with self._unit_of_work() as uow:
            if not await uow.plan_drafts.delete(_account(actor), draft_id):
                raise PlanDraftGone
            await uow.commit()
        self._kept.forget(draft_id)

    async def forget(self) -> int:
        """Forget everybody's drafts that cannot be confirmed any more; return how many."""
        async with self._unit_of_work() as uow:
            forgotten = await uow.plan_drafts.forget(self._clock.now() - DRAFT_PERIOD)
            await uow.commit()
        return forgotten

    async def _decide(
        self, actor: Actor, draft_id: int, version: int, row: int, changes: Mapping[str, object]
    ) -> Review:
        async with self._unit_of_work() as uow:
            draft = await self._draft(uow, actor, draft_id, version)
            item = (await self._review(uow, draft)).find_item(row)
            if item is None:
                raise PlanDraftDiffers
            said = _said(draft, item.key)
            return await self._keep(uow, draft, {item.key: replace(said, **changes)})  # type: ignore[arg-type]

    async def _keep(self, uow: PlanImportUnitOfWork, draft: PlanDraft, new: Mapping[str, Decision]) -> Review:
        decisions = {**draft.decisions, **new}
        if not await uow.plan_drafts.decide(draft.id, draft.version, decisions, None):
            raise PlanDraftDiffers
        review = await self._review(uow, replace(draft, decisions=decisions, version=draft.version + 1))
        await uow.commit()
        return review

    async def _draft(
        self, uow: PlanImportUnitOfWork, actor: Actor, draft_id: int | None, version: int | None = None
    ) -> PlanDraft:
        draft = await uow.plan_drafts.find(_account(actor), draft_id, self._clock.now() - DRAFT_PERIOD)
        if draft is None:
            raise PlanDraftGone
        if version is not None and draft.version != version:
            raise PlanDraftDiffers
        return draft

    async def _review(
        self, uow: PlanImportUnitOfWork, draft: PlanDraft, *, anew: bool = False, to_write: bool = False
    ) -> Review:
        """Return a draft as it stands; `anew`: as the directory and the plan are in this moment, not a tap ago."""
        kept = None if anew else self._kept.find(draft.id, self._clock.now())
        if kept is not None and (kept.review.version, kept.review.decisions) == (draft.version, draft.decisions):
            return kept.review
        if kept is None:
            document = await self._read(draft.content, draft.year)
            reading, since, units = await understand(uow, document, draft.year), self._clock.now(), None
        else:
            reading, since, units = kept.reading, kept.since, kept.review.units
        read = await asyncio.to_thread(decide, reading, draft.decisions)
        planned = await asyncio.to_thread(laid_again, kept.review.planned, read) if kept is not None else None
        review = Review(
            draft_id=draft.id,
            version=draft.version,
            file_name=draft.file_name,
            planned=planned or await lay_beside(uow, _file(draft), read, to_write=to_write),
            decisions=draft.decisions,
            units=units or await uow.plans.list_units(),
        )
        self._kept.keep(Kept(review=review, reading=reading, since=since))
        return review

    async def _read(self, content: bytes, year: AcademicYear) -> PlanDocument:
        key = hashlib.sha256(content).digest() + year.label.encode()
        document = self._documents.get(key)
        if document is None:
            document = await asyncio.to_thread(read_plan, content, year)
            while len(self._documents) >= _KEPT_DOCUMENTS:
                self._documents.pop(next(iter(self._documents)))
            self._documents[key] = document
        return document


def read_days(text: str, year: AcademicYear) -> tuple[date, ...] | None:
    """Return the days that a person typed; None for what is not surely understood."""
    deadline = read_deadline(text, year)
    return deadline.dates if deadline.sure and deadline.dates else None


def digest_of(difference: PlanDifference) -> bytes:
    """Return what stands for a difference as people see it."""
    said = [
        [(one.key, one.deadline, one.parties, one.unresolved) for one in difference.added],
        [
            (one.stored.item.id, one.stored.item.version, one.read.deadline, one.read.parties)
            for one in difference.changed
        ],
        [(one.stored.item.id, one.read.deadline, one.read.parties) for one in difference.unchanged if one.clearer],
        [one.item.id for one in difference.removed],
    ]
    return hashlib.sha256(repr(said).encode()).digest()


def _said(draft: PlanDraft, key: str) -> Decision:
    """Return what was said about an item up to now."""
    return draft.decisions.get(key, Decision())


def _file(draft: PlanDraft) -> PlanFile:
    return PlanFile(content=draft.content, file_name=draft.file_name, year=draft.year, name=draft.name)


def _names(unit: NamedUnit) -> tuple[str, str, str]:
    return (unit.name.ky, unit.name.ru, unit.name.en)


def _account(actor: Actor) -> int:
    """Return the coordinator's account; the operator at the command line has none and keeps no files."""
    require_coordinator(actor)
    if actor.account_id is None:
        raise NotAllowed
    return actor.account_id
