"""Taking over the roster."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from services.access import Actor, Role
from services.people.dto import PersonKind, RosterDifference, RosterEntry, RosterFile, StoredPerson
from services.people.errors import TooManyRemovals
from services.people.ports import RosterUnitOfWork
from services.people.rules import changed_fields, removes_too_many
from services.ports import Clock, Factory


@dataclass(frozen=True, slots=True)
class _Plan:
    """What an import does."""

    added: Sequence[RosterEntry]
    changed: Mapping[int, RosterEntry]
    removed: Sequence[int]
    unchanged: int


class RosterService:
    """The roster as a whole; one person's facts belong to other features."""

    def __init__(self, unit_of_work: Factory[RosterUnitOfWork], clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def import_roster(
        self, actor: Actor, roster: RosterFile, *, dry_run: bool = False, allow_removals: bool = False
    ) -> RosterDifference:
        """Make the roster equal to the file, all or nothing.

        Absence is judged only within the kinds present in the file. With a rejected row, and in a dry run, nothing is
        written and the difference says what would be.
        """
        actor.require(Role.ADMIN)
        kinds = sorted({entry.kind for entry in roster.entries})
        async with self._unit_of_work() as uow:
            await uow.people.lock_roster()
            stored = await uow.people.list_for_import(kinds, [entry.person_no for entry in roster.entries])
            plan = _plan(_completed(roster, stored), stored, kinds)
            _refuse_removals(stored, plan, allowed=allow_removals or bool(roster.rejected))
            units = await uow.units.resolve(sorted({entry.unit for entry in roster.entries if entry.unit}))
            if not dry_run and not roster.rejected:
                await uow.people.add(plan.added, units)
                await uow.people.change(plan.changed, units)
                await uow.people.mark_absent(plan.removed, self._clock.now())
                await uow.commit()
        return _difference(roster, plan, units)


def _completed(roster: RosterFile, stored: Sequence[StoredPerson]) -> list[RosterEntry]:
    """Keep what is known of a person where the file has no column for it."""
    known = {person.entry.person_no: person.entry for person in stored}
    return [
        replace(entry, **{fact: getattr(known[entry.person_no], fact) for fact in roster.absent})
        if entry.person_no in known
        else entry
        for entry in roster.entries
    ]


def _plan(entries: Sequence[RosterEntry], stored: Sequence[StoredPerson], kinds: Sequence[PersonKind]) -> _Plan:
    by_number = {person.entry.person_no: person for person in stored}
    known = [(by_number[entry.person_no], entry) for entry in entries if entry.person_no in by_number]
    changed = {person.id: entry for person, entry in known if person.absent or changed_fields(person.entry, entry)}
    listed = {entry.person_no for entry in entries}
    present = [person for person in stored if not person.absent and person.entry.kind in kinds]
    return _Plan(
        added=[entry for entry in entries if entry.person_no not in by_number],
        changed=changed,
        removed=[person.id for person in present if person.entry.person_no not in listed],
        unchanged=len(known) - len(changed),
    )


def _refuse_removals(stored: Sequence[StoredPerson], plan: _Plan, *, allowed: bool) -> None:
    if allowed:
        return
    leaving = set(plan.removed)
    for kind in PersonKind:
        present = [person for person in stored if person.entry.kind == kind and not person.absent]
        removed = sum(person.id in leaving for person in present)
        if removes_too_many(len(present), removed):
            raise TooManyRemovals(kind, removed, len(present))


def _difference(roster: RosterFile, plan: _Plan, units: Mapping[str, int]) -> RosterDifference:
    unknown = {entry.unit for entry in roster.entries if entry.unit and entry.unit not in units}
    return RosterDifference(
        added=len(plan.added),
        changed=len(plan.changed),
        removed=len(plan.removed),
        unchanged=plan.unchanged,
        rejected=roster.rejected,
        unknown_units=tuple(sorted(unknown)),
    )
