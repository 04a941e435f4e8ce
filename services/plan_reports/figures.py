"""Counting how plans stand: what units have to do, put together by item, programme, unit and month."""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from services.plan_reports.dto import NOWHERE, Axis, Discipline, Entry, Figures, Measure, Row, Scope, Tally
from services.plans.dto import (
    Duty,
    DutyState,
    Instance,
    ItemState,
    Membership,
    NamedUnit,
    Plan,
    PlannedItem,
    Standing,
)
from services.plans.rules import counted, due_of, standing_of, units_of

_SETTLED = frozenset({Standing.DONE, Standing.DONE_LATE})
#: How an instance stands where units differ: the first of these that any of them has.
WORST_FIRST = (
    Standing.OVERDUE,
    Standing.NEAR,
    Standing.AHEAD,
    Standing.UNDATED,
    Standing.REPORTED,
    Standing.DONE_LATE,
    Standing.DONE,
    Standing.RELEASED,
)


def figures_of(
    plans: Sequence[Plan],
    planned: Iterable[PlannedItem],
    membership: Membership,
    units: Mapping[str, NamedUnit],
    scope: Scope,
    day: date,
) -> Figures:
    """Count items of plans as they stood on a day, as far as the scope reaches; cancelled items do not count."""
    entries: list[Entry] = []
    times: list[Entry] = []
    for one in planned:
        if one.item.state is not ItemState.ACTIVE:
            continue
        codes = units_of(one.item, membership)
        seen = [code for code in codes if scope.has(code)] if codes else [NOWHERE] if scope.codes is None else []
        if not seen:
            continue
        for instance in one.instances:
            of_units = [_entry(one, instance, code, day) for code in seen]
            entries += of_units
            times.append(_joined(of_units))
    return Figures(
        day=day, plans=tuple(plans), scope=scope, entries=tuple(entries), times=tuple(times), units=dict(units)
    )


def duty_on(duty: Duty | None, day: date) -> Duty | None:
    """Return a duty as it stood on a day that may be past: what was reported or accepted later is not so yet."""
    if duty is None:
        return None
    told = duty.reported_on if duty.reported_on is not None and duty.reported_on <= day else None
    if duty.state is DutyState.DONE and duty.done_on is not None and duty.done_on > day:
        return replace(duty, state=DutyState.REPORTED if told else DutyState.ACCEPTED, done_on=None, reported_on=told)
    if duty.state is DutyState.REPORTED and duty.reported_on is not None and told is None:
        return replace(duty, state=DutyState.ACCEPTED, reported_on=None)
    return duty


def rows_of(figures: Figures, axis: Axis) -> list[Row]:
    """Return the rows of an axis: programmes as the plans have them, units by name, months in order."""
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in figures.entries if axis is Axis.UNIT else figures.times:
        groups[_key_of(entry, axis, figures)].append(entry)
    rows = [_row(figures, axis, key, entries) for key, entries in groups.items()]
    if axis is Axis.MONTH:
        rows.sort(key=lambda row: (row.month is None, row.month or date.min))
    if axis is Axis.UNIT:
        order = {unit.code: place for place, unit in enumerate(figures.units.values())}
        rows.sort(key=lambda row: (not row.unit_code, order.get(row.unit_code, len(order)), row.unit_code))
    return rows


def entries_of(figures: Figures, axis: Axis, key: str, measure: Measure) -> list[Entry]:
    """Return the list behind a number, by last day; those without one at the end."""
    entries = figures.entries if axis is Axis.UNIT else figures.times
    found = [
        entry
        for entry in entries
        if entry.counts_as(measure) and (axis is Axis.ALL or _key_of(entry, axis, figures) == key)
    ]
    return sorted(found, key=lambda entry: (entry.due is None, entry.due or date.min, entry.item.position))


def discipline_of(entries: Iterable[Entry], day: date) -> Discipline:
    """Return how much was done in time of what was due before a day."""
    due = [entry for entry in entries if entry.due is not None and entry.due < day]
    in_time = sum(entry.standing is Standing.DONE for entry in due)
    late = sum(entry.standing in {Standing.DONE_LATE, Standing.OVERDUE} for entry in due)
    waiting = sum(entry.standing is Standing.REPORTED for entry in due)
    return Discipline(in_time=in_time, whole=in_time + late, waiting=waiting)


def _entry(planned: PlannedItem, instance: Instance, code: str, day: date) -> Entry:
    duty = duty_on(planned.find_duty(instance.id, code), day) if code else None
    held_to = counted(instance, confirmed=planned.item.confirmed)
    due = due_of(held_to, duty)
    first = instance.first_due
    return Entry(
        item=planned.item,
        instance=instance,
        unit_code=code,
        duty=duty,
        due=due,
        standing=standing_of(held_to, duty, day),
        extended=due is not None and first is not None and due > first,
    )


def _joined(of_units: Sequence[Entry]) -> Entry:
    """Return how an instance stands over its units: as the one that is worst off; done when all are."""
    if len(of_units) == 1:
        return replace(of_units[0], unit_code=NOWHERE) if of_units[0].unit_code else of_units[0]
    standings = {entry.standing for entry in of_units}
    standing = next(one for one in WORST_FIRST if one in standings)
    deciding = [entry for entry in of_units if entry.standing is standing]
    dues = [entry.due for entry in deciding if entry.due is not None]
    return replace(
        deciding[0],
        unit_code=NOWHERE,
        duty=None,
        due=max(dues) if dues and standing in _SETTLED else min(dues, default=None),
        standing=standing,
        extended=any(entry.extended for entry in of_units),
    )


def _key_of(entry: Entry, axis: Axis, figures: Figures) -> str:
    if axis is Axis.PROGRAMME:
        return programme_key(entry.item.programme)
    if axis is Axis.MONTH:
        return f"{entry.due:%Y%m}" if entry.due is not None else NOWHERE
    if axis is Axis.UNIT:
        return unit_key(entry.unit_code, figures.units)
    return NOWHERE


def programme_key(programme: str) -> str:
    """Return what stands for a programme in a button: it is too long itself, and its place may change."""
    return f"{zlib.crc32(programme.encode()):08x}" if programme else NOWHERE


def unit_key(code: str, units: Mapping[str, NamedUnit]) -> str:
    """Return what stands for a unit in a button: its id; of a code that the directory lacks a digest."""
    if not code:
        return NOWHERE
    return str(units[code].id) if code in units else f"x{zlib.crc32(code.encode()):08x}"


def _row(figures: Figures, axis: Axis, key: str, entries: Sequence[Entry]) -> Row:
    first = entries[0]
    return Row(
        axis=axis,
        key=key,
        tally=Tally.of(entries),
        discipline=discipline_of(entries, figures.day),
        programme=first.item.programme if axis is Axis.PROGRAMME else "",
        unit=figures.units.get(first.unit_code) if axis is Axis.UNIT else None,
        unit_code=first.unit_code if axis is Axis.UNIT else "",
        month=first.due.replace(day=1) if axis is Axis.MONTH and first.due is not None else None,
    )
