"""Taking over the roster, and taking that back."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from services.access import Actor, Role
from services.audit.dto import Act
from services.corrections.dto import Correction, ListedCorrection
from services.corrections.rules import roster_view
from services.people.comparison import Plan, Rewriting, by_person_id, compare, difference_of, rewrite
from services.people.dto import RosterDifference, RosterFile, StoredPerson
from services.people.errors import ImportUndone, NothingToUndo, NotTheLastImport, TooManyRemovals
from services.people.imports_dto import ChangedByImport, PastImport, RosterOverview, UndoneImport
from services.people.ports import RosterUnitOfWork
from services.people.rules import number_key
from services.ports import Clock, Factory

#: How long an import can be undone.
UNDO_PERIOD = timedelta(days=7)


class RosterService:
    """The roster as a whole; one person's facts belong to other features."""

    def __init__(self, unit_of_work: Factory[RosterUnitOfWork], clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def import_roster(
        self, actor: Actor, roster: RosterFile, *, dry_run: bool = False, allow_removals: bool = False
    ) -> RosterDifference:
        """Make the roster equal to the file, all or nothing.

        With a rejected row, and in a dry run, nothing is written and the difference says what would be.
        """
        actor.require(Role.ADMIN)
        async with self._unit_of_work() as uow:
            plan, difference = await plan_import(uow, roster)
            if dry_run or roster.rejected:
                return difference
            if difference.too_many and not allow_removals:
                first = difference.too_many[0]
                raise TooManyRemovals(first.kind, first.removed, first.present)
            await write_import(uow, actor, plan, difference, self._clock.now())
            await uow.commit()
        return difference

    async def undo(self, actor: Actor, import_id: int | None = None) -> UndoneImport:
        """Make the roster as it was before its newest import; corrections made since stay.

        `import_id`: the import that is meant; it is refused if another one is the newest by now. Without it only the
        import that was really the last is undone: whoever repeats the act does not take back one more unseen.
        """
        actor.require(Role.ADMIN)
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            await uow.people.lock_roster()
            last = await uow.roster.find_undoable(now - UNDO_PERIOD)
            if last is None:
                raise NothingToUndo
            await _require_meant(uow, last, import_id)
            undone = await _undo(uow, last, now)
            await uow.roster.mark_undone(last.id, actor.account_id, now)
            await uow.audit.add(actor, Act.ROSTER_UNDONE, f"import:{last.id}", now)
            await uow.commit()
        return undone

    async def forget(self) -> int:
        """Forget how people were before imports that cannot be undone any more; return of how many people."""
        async with self._unit_of_work() as uow:
            forgotten = await uow.roster.forget_changes(self._clock.now() - UNDO_PERIOD)
            await uow.commit()
        return forgotten

    async def get_overview(self, actor: Actor) -> RosterOverview:
        """Return what the roster holds and what can be undone."""
        actor.require(Role.ADMIN)
        async with self._unit_of_work() as uow:
            return RosterOverview(
                present=await uow.people.count_present(),
                corrections=await uow.corrections.count(),
                last=await uow.roster.find_last_import(),
                undoable=await uow.roster.find_undoable(self._clock.now() - UNDO_PERIOD),
            )

    async def list_corrections(self, actor: Actor) -> list[ListedCorrection]:
        """Return what the officials have put right and the source system does not have yet."""
        actor.require(Role.ADMIN)
        async with self._unit_of_work() as uow:
            return await uow.corrections.list_for_source()


async def plan_import(uow: RosterUnitOfWork, roster: RosterFile) -> tuple[Plan, RosterDifference]:
    """Lay the file beside the roster, which nobody else changes until the end of the transaction."""
    kinds = sorted({entry.kind for entry in roster.entries})
    await uow.people.lock_roster()
    stored = await uow.people.list_for_import(kinds, [number_key(entry.person_no) for entry in roster.entries])
    corrections = await uow.corrections.list_in_force()
    units = await uow.units.resolve(sorted({entry.unit for entry in roster.entries if entry.unit}))
    return await asyncio.to_thread(_compared, roster, stored, corrections, units)  # a second for 20,000 people


def _compared(
    roster: RosterFile, stored: Sequence[StoredPerson], corrections: Sequence[Correction], units: Mapping[str, int]
) -> tuple[Plan, RosterDifference]:
    plan = compare(roster, stored, corrections)
    return plan, difference_of(roster, plan, units)


async def write_import(
    uow: RosterUnitOfWork, actor: Actor, plan: Plan, difference: RosterDifference, now: datetime
) -> None:
    """Write what was planned, and what is needed to take it back."""
    if not plan.changes_anything:
        return
    units = await uow.units.resolve(sorted({entry.unit for entry in plan.added if entry.unit}))
    await uow.people.add(plan.added, units)
    await _rewrite(uow, plan.changed, now)
    await uow.people.mark_absent([person.id for person in plan.removed], now)
    await uow.people.settle_keys()
    import_id = await uow.roster.add_import(actor.account_id, difference, now)
    added = [number_key(entry.person_no) for entry in plan.added]
    await uow.roster.keep_changes(import_id, plan.before(), added)
    counts = {"added": difference.added, "changed": difference.changed, "removed": difference.removed}
    await uow.audit.add(actor, Act.ROSTER_IMPORTED, f"import:{import_id}", now, **counts)


async def _rewrite(uow: RosterUnitOfWork, people: Sequence[Rewriting], now: datetime) -> None:
    units = await uow.units.resolve(sorted({one.in_force.unit for one in people if one.in_force.unit}))
    await uow.people.change({one.person.id: one.in_force for one in people}, units)
    await uow.corrections.note_told({key: text for one in people for key, text in one.kept.items()})
    await uow.corrections.adopt([key for one in people for key in one.adopted], now)


async def _require_meant(uow: RosterUnitOfWork, last: PastImport, import_id: int | None) -> None:
    """Refuse unless the newest import that is not undone is the one that is meant."""
    if import_id is None:
        newest = await uow.roster.find_last_import()
        if newest is None or newest.id != last.id:
            raise ImportUndone(last.id, last.imported_at)
    elif import_id != last.id:
        raise NotTheLastImport


async def _undo(uow: RosterUnitOfWork, last: PastImport, now: datetime) -> UndoneImport:
    """Give everybody the former facts; who was added leaves, who was removed is back."""
    former = {change.person_id: change for change in await uow.roster.list_changes(last.id)}
    await uow.corrections.revive(list(former), last.imported_at)
    corrections = by_person_id(await uow.corrections.list_in_force())
    people = {person.id: person for person in await uow.people.list_by_ids(list(former))}
    await _rewrite(uow, _rewritings(former, people, corrections), now)
    leaving: dict[datetime, list[int]] = {}
    for change in former.values():
        since = now if change.before is None else change.absent_since
        if since is not None:
            leaving.setdefault(since, []).append(change.person_id)
    for since, person_ids in leaving.items():
        await uow.people.mark_absent(person_ids, since)
    await uow.people.settle_keys()
    back = sum(people[key].absent and change.absent_since is None for key, change in former.items() if change.before)
    taken_out = sum(change.before is None for change in former.values())
    return UndoneImport(
        import_id=last.id,
        imported_at=last.imported_at,
        taken_out=taken_out,
        restored=len(former) - taken_out - back,
        brought_back=back,
    )


def _rewritings(
    former: Mapping[int, ChangedByImport],
    people: Mapping[int, StoredPerson],
    corrections: Mapping[int, Sequence[Correction]],
) -> list[Rewriting]:
    found = []
    for key, change in former.items():
        if change.before is not None:
            view = roster_view(people[key].entry, corrections.get(key, ()))
            exact = rewrite(people[key], change.before, change.before, corrections)
            found.append(replace(exact, before=view))
    return found
