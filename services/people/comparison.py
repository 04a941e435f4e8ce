"""What an import would change: a file laid beside the roster, without I/O."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from services.corrections.dto import Correction
from services.corrections.rules import corrected, is_adopted, roster_view
from services.people.dto import (
    ChangeKind,
    FactChange,
    PersonChange,
    PersonKind,
    Removals,
    RosterDifference,
    RosterEntry,
    RosterFile,
    StoredPerson,
)
from services.people.facts import FACTS, fact_text, taken_over
from services.people.imports_dto import ChangedByImport
from services.people.rules import full_name, number_key, removes_too_many
from services.spelling import sort_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewriting:
    """A person written anew: the roster's facts and those in force, and what becomes of the corrections."""

    person: StoredPerson
    before: RosterEntry
    told: RosterEntry
    in_force: RosterEntry
    kept: Mapping[int, str]
    adopted: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an import does. `before`: everybody it touches as the roster had them, but who is added."""

    added: Sequence[RosterEntry]
    changed: Sequence[Rewriting]
    removed: Sequence[StoredPerson]
    unchanged: int
    too_many: tuple[Removals, ...]
    views: Mapping[int, RosterEntry] = field(repr=False)

    @property
    def changes_anything(self) -> bool:
        """Whether there is something to write."""
        return bool(self.added or self.changed or self.removed)

    def before(self) -> list[ChangedByImport]:
        """Return what must be kept of who is changed or removed, so that the import can be undone."""
        touched = [*(one.person for one in self.changed), *self.removed]
        return [
            ChangedByImport(person_id=person.id, before=self.views[person.id], absent_since=person.absent_since)
            for person in touched
        ]


def compare(roster: RosterFile, stored: Sequence[StoredPerson], corrections: Iterable[Correction]) -> Plan:
    """Lay a file beside the roster; absence is judged only within the kinds of the file."""
    kinds = {entry.kind for entry in roster.entries}
    by_person = by_person_id(corrections)
    views = {person.id: roster_view(person.entry, by_person.get(person.id, ())) for person in stored}
    found = _found(roster.entries, stored)
    changed, unchanged = [], 0
    for entry, person in found:
        if person is None:
            continue
        rewriting = rewrite(person, views[person.id], _completed(entry, views[person.id], roster), by_person)
        if person.absent or rewriting.told != rewriting.before:
            changed.append(rewriting)
        else:
            unchanged += 1
    present = [person for person in stored if not person.absent and views[person.id].kind in kinds]
    listed = {person.id for _entry, person in found if person is not None}
    removed = [person for person in present if person.id not in listed]
    return Plan(
        added=[entry for entry, person in found if person is None],
        changed=changed,
        removed=removed,
        unchanged=unchanged,
        too_many=_too_many(present, removed, views),
        views=views,
    )


def rewrite(
    person: StoredPerson, view: RosterEntry, told: RosterEntry, corrections: Mapping[int, Sequence[Correction]]
) -> Rewriting:
    """Put what the source says now under the corrections in force; a correction that it repeats has done its work."""
    told = taken_over(view, told)
    own = corrections.get(person.id, ())
    adopted = [correction for correction in own if is_adopted(correction, told)]
    kept = [correction for correction in own if correction not in adopted]
    texts = {correction.id: fact_text(getattr(told, correction.fact)) for correction in kept}
    in_force = corrected(told, own)  # what was adopted stays in the officials' spelling
    return Rewriting(
        person=person,
        before=view,
        told=told,
        in_force=in_force,
        kept={
            correction.id: texts[correction.id]
            for correction in kept
            if texts[correction.id] != correction.roster_value
        },
        adopted=[correction.id for correction in adopted],
    )


def by_person_id(corrections: Iterable[Correction]) -> dict[int, list[Correction]]:
    """Sort corrections by the person they are about."""
    found: dict[int, list[Correction]] = defaultdict(list)
    for correction in corrections:
        found[correction.person_id].append(correction)
    return found


def difference_of(roster: RosterFile, plan: Plan, known_units: Iterable[str]) -> RosterDifference:
    """Say what a plan does, by number and by name."""
    known = set(known_units)
    without = [entry.unit for entry in roster.entries if entry.unit and entry.unit not in known]
    return RosterDifference(
        added=len(plan.added),
        changed=len(plan.changed),
        removed=len(plan.removed),
        unchanged=plan.unchanged,
        rejected=roster.rejected,
        unknown_units=tuple(sorted(set(without))),
        without_unit=len(without),
        unknown_columns=roster.unknown_columns,
        people=tuple(_people(plan)),
        too_many=plan.too_many,
    )


def _found(
    entries: Sequence[RosterEntry], stored: Iterable[StoredPerson]
) -> list[tuple[RosterEntry, StoredPerson | None]]:
    """Find everybody of a file by the exact number, else by another spelling of it that the file does not have.

    Rosters of old may hold one number in two spellings: nobody is taken for two people, nor two for one.
    """
    exact = {person.entry.person_no: person for person in stored}
    spelt = {entry.person_no for entry in entries}
    by_key: dict[str, StoredPerson] = {}
    for person in sorted(exact.values(), key=lambda person: (person.absent, person.id)):
        if person.entry.person_no not in spelt:
            by_key.setdefault(number_key(person.entry.person_no), person)
    return [(entry, exact.get(entry.person_no) or by_key.pop(number_key(entry.person_no), None)) for entry in entries]


def _completed(entry: RosterEntry, known: RosterEntry, roster: RosterFile) -> RosterEntry:
    """Keep what is known of a person where the file has no column for it."""
    return replace(entry, **{fact: getattr(known, fact) for fact in roster.absent}) if roster.absent else entry


def _too_many(
    present: Sequence[StoredPerson], removed: Sequence[StoredPerson], views: Mapping[int, RosterEntry]
) -> tuple[Removals, ...]:
    found = []
    for kind in PersonKind:
        of_kind = sum(views[person.id].kind == kind for person in present)
        leaving = sum(views[person.id].kind == kind for person in removed)
        if removes_too_many(of_kind, leaving):
            found.append(Removals(kind=kind, removed=leaving, present=of_kind))
    return tuple(found)


def _people(plan: Plan) -> list[PersonChange]:
    changes = [_change(ChangeKind.ADDED, entry) for entry in plan.added]
    for one in plan.changed:
        kind = ChangeKind.RETURNED if one.person.absent else ChangeKind.CHANGED
        changes.append(_change(kind, one.told, _facts(one.before, one.told)))
    changes += [_change(ChangeKind.REMOVED, person.entry) for person in plan.removed]
    order = list(ChangeKind)
    return sorted(changes, key=lambda change: (order.index(change.change), sort_key(change.full_name)))


def _change(kind: ChangeKind, entry: RosterEntry, facts: tuple[FactChange, ...] = ()) -> PersonChange:
    name = full_name(entry.last_name, entry.first_name, entry.patronymic)
    return PersonChange(person_no=entry.person_no, full_name=name, change=kind, facts=facts)


def _facts(old: RosterEntry, new: RosterEntry) -> tuple[FactChange, ...]:
    return tuple(
        FactChange(fact=fact, old=fact_text(getattr(old, fact)), new=fact_text(getattr(new, fact)))
        for fact in FACTS
        if getattr(old, fact) != getattr(new, fact)
    )
