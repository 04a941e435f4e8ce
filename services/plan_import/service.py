"""Taking over a plan's file."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.access import Actor, Role
from services.audit.dto import Act
from services.deadlines.dto import AcademicYear
from services.plan_files.dto import PlanDocument
from services.plan_files.reading import read_plan
from services.plan_import.dto import Decision, PlanImport, ReadPlan
from services.plan_import.errors import OtherYear, PlanClosed
from services.plan_import.matching import compare, resembles
from services.plan_import.ports import PlanImportUnitOfWork
from services.plan_import.understanding import Reading, decide, read_rows
from services.plan_import.writing import changed_row, new_item
from services.plans.dto import Plan, PlannedItem
from services.ports import Calendar, Clock, Factory

#: The share of a file's items that a plan must have to be taken for the same one.
_SAME_PLAN = 0.5
#: What is enough where the file has the plan's name: many files are called "plan".
_SAME_NAME = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFile:
    """A file as it came. `name`: what its plan is to be called, empty for what it resembles or is called itself.

    `as_new`: it is a plan of its own, whatever it resembles.
    """

    content: bytes
    file_name: str
    year: AcademicYear
    name: str = ""
    as_new: bool = False

    @property
    def own_name(self) -> str:
        """The file's name without its ending."""
        stem, dot, _ending = self.file_name.rpartition(".")
        return (stem if dot else self.file_name).strip() or "plan"


class PlanImportService:
    """Files of plans, understood and taken over; for coordinators and administrators."""

    def __init__(self, unit_of_work: Factory[PlanImportUnitOfWork], clock: Clock, calendar: Calendar) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar

    async def import_file(
        self,
        actor: Actor,
        file: PlanFile,
        *,
        decisions: Mapping[str, Decision] | None = None,
        dry_run: bool = False,
        removing: bool = False,
        other_year: bool = False,
    ) -> PlanImport:
        """Take over a file, all or nothing; in a dry run only say what would be.

        Doubtful items are taken over, too, and stay unconfirmed: nobody is reminded of their days. `removing`: items
        that the file lacks go, else they stay. `other_year`: the year is right, whatever the file's title says.
        """
        require_coordinator(actor)
        document = await asyncio.to_thread(read_plan, file.content, file.year)
        check_document(document, file.year, other_year=other_year)
        async with self._unit_of_work() as uow:
            await uow.plan_import.lock()
            read = await asyncio.to_thread(decide, await understand(uow, document, file.year), decisions or {})
            done = await lay_beside(uow, file, read, to_write=not dry_run)
            if dry_run:
                return done
            written = await self.write(uow, actor, file, done, removing=removing)
            await uow.commit()
        return written

    async def write(
        self, uow: PlanImportUnitOfWork, actor: Actor, file: PlanFile, planned: PlanImport, *, removing: bool
    ) -> PlanImport:
        """Write an import in the caller's transaction."""
        now, account_id = self._clock.now(), actor.account_id
        plan_id = planned.plan_id
        today = self._calendar.today(now)
        if plan_id is None:
            plan_id = await uow.plan_import.add_plan(file.year.first, planned.name, today, now, account_id)
        file_id = await uow.files.keep(file.content, mime_of(file.content), now)
        await uow.plan_import.note_file(plan_id, file_id, file.file_name, now, account_id)
        difference = planned.difference
        if removing:
            gone = [one.item.id for one in difference.removed]
            await uow.plan_import.remove_items(gone, now, account_id)
        dropped = await uow.plan_import.list_dropped(plan_id)
        kept = (*difference.changed, *difference.unchanged)
        found = [changed_row(one, today, dropped.get(one.stored.item.id, ())) for one in kept]
        rows = [row for row in found if row is not None]
        await uow.plan_import.forget_places(plan_id, [row.stored.item.id for row in kept])
        await uow.plan_import.change_items(rows, now, account_id)
        await uow.plan_import.add_items([new_item(one, plan_id, today) for one in difference.added], now, account_id)
        await uow.plan_import.learn(planned.read.learned, now, account_id)
        await uow.audit.add(
            actor,
            Act.PLAN_IMPORTED,
            f"plan:{plan_id}",
            now,
            added=len(difference.added),
            changed=len(difference.changed),
            removed=len(difference.removed) if removing else 0,
        )
        return PlanImport(
            plan_id=plan_id,
            name=planned.name,
            is_new=planned.is_new,
            read=planned.read,
            difference=difference,
            removed=removing,
        )


async def understand(uow: PlanImportUnitOfWork, document: PlanDocument, year: AcademicYear) -> Reading:
    """Read a file by the directory and what coordinators taught; the event loop does not wait for it."""
    entries, aliases = await uow.units.list_entries(), await uow.plans.list_aliases()
    return await asyncio.to_thread(read_rows, document, year, entries, aliases)


async def lay_beside(
    uow: PlanImportUnitOfWork, file: PlanFile, read: ReadPlan, *, to_write: bool = False
) -> PlanImport:
    """Lay what a file was understood as beside the plan that it is of; `to_write`: nobody changes that meanwhile."""
    plans = await uow.plans.list_plans(file.year)
    plan, stored = await _plan_of(uow, file, read, plans)
    if plan is not None and plan.closed:
        raise PlanClosed
    if plan is not None and to_write:
        await uow.plan_import.lock_items(plan.id)
        stored = await uow.plans.list_planned([plan.id])
    gone = await uow.plan_import.list_removed(plan.id) if plan is not None else []
    difference = await asyncio.to_thread(compare, stored, read.items, gone)
    return PlanImport(
        plan_id=plan.id if plan else None,
        name=plan.name if plan else _free_name(file.name or file.own_name, plans),
        is_new=plan is None,
        read=read,
        difference=difference,
        removed=False,
    )


def check_document(document: PlanDocument, year: AcademicYear, *, other_year: bool) -> None:
    """Refuse a file that says itself that it is of another year."""
    if document.other_year is not None and not other_year:
        raise OtherYear(document.other_year, year.label)


def require_coordinator(actor: Actor) -> None:
    """Refuse whoever may not change plans."""
    actor.require_any(Role.PLAN_COORDINATOR, Role.ADMIN)


def mime_of(content: bytes) -> str:
    """Return what a plan's file is."""
    if not content.startswith(b"PK\x03\x04"):
        return "text/csv"
    is_word = b"word/document.xml" in content
    document = "wordprocessingml.document" if is_word else "spreadsheetml.sheet"
    return f"application/vnd.openxmlformats-officedocument.{document}"


async def _plan_of(
    uow: PlanImportUnitOfWork, file: PlanFile, read: ReadPlan, plans: Sequence[Plan]
) -> tuple[Plan | None, list[PlannedItem]]:
    """Return the plan that a file is of, with its items: the one named, or the open one that it resembles most."""
    if file.as_new:
        return None, []
    if file.name:
        named = next((plan for plan in plans if plan.name == file.name), None)
        return named, await uow.plans.list_planned([named.id]) if named else []
    best, likeness, items = None, 0.0, []
    for plan in plans:
        if plan.closed:
            continue
        stored = await uow.plans.list_planned([plan.id])
        alike = resembles(stored, read.items)
        if alike > likeness and alike >= (_SAME_NAME if plan.name == file.own_name else _SAME_PLAN):
            best, likeness, items = plan, alike, stored
    return best, items


def _free_name(wanted: str, plans: Sequence[Plan]) -> str:
    taken = {plan.name for plan in plans}
    return next(name for number in range(1, len(taken) + 2) if (name := _numbered(wanted, number)) not in taken)


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name} ({number})"
