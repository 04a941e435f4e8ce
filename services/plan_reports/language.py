"""What the report on the state language says, out of the plan and of what units told."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from services.plan_reports.dto import Entry
from services.plan_reports.language_dto import Activity, Told, Undone, Why
from services.plan_reports.quarters import Quarter
from services.plans.dto import DutyState, NamedUnit, PlanItem, Standing

_DONE = frozenset({Standing.DONE, Standing.DONE_LATE, Standing.REPORTED, Standing.RELEASED})


def activities_of(
    told: Iterable[Told], items: Mapping[int, PlanItem], units: Mapping[str, NamedUnit]
) -> tuple[Activity, ...]:
    """Return a line for each item and unit that told something which stands, in the plan's order."""
    gathered: dict[tuple[int, str], list[Told]] = defaultdict(list)
    for one in told:
        if not one.returned:
            gathered[one.item_id, one.unit_code].append(one)
    ordered = sorted(gathered.items(), key=lambda pair: (_place(items[pair[0][0]]), pair[0][1]))
    return tuple(_activity(items[item_id], name_of(code, units), reports) for (item_id, code), reports in ordered)


def undone_of(
    entries: Iterable[Entry],
    told: Iterable[Told],
    comments: Mapping[int, str],
    units: Mapping[str, NamedUnit],
    quarter: Quarter,
    today: date,
) -> tuple[Undone, ...]:
    """Return what was due in the quarter before `today` and is not done, by the plan's first day, by whom or nobody."""
    partly = {(one.instance_id, one.unit_code) for one in told if one.partly and not one.returned}
    missed = [entry for entry in entries if _was_due(entry, quarter, today) and entry.standing not in _DONE]
    missed.sort(key=lambda entry: (_place(entry.item), entry.instance.ordinal, entry.unit_code))
    return tuple(_undone(entry, partly, comments, units) for entry in missed)


def silent_of(
    entries: Iterable[Entry], told: Iterable[Told], units: Mapping[str, NamedUnit], quarter: Quarter, today: date
) -> tuple[str, ...]:
    """Return the units that had something to do in the quarter before `today` and said not one word about any of it."""
    heard = {one.unit_code for one in told}
    asked: dict[str, bool] = {}
    for entry in entries:
        if entry.unit_code and _was_due(entry, quarter, today):
            spoke = entry.unit_code in heard or entry.duty is not None
            asked[entry.unit_code] = asked.get(entry.unit_code, False) or spoke
    order = {code: place for place, code in enumerate(units)}
    silent = sorted((code for code, spoke in asked.items() if not spoke), key=lambda code: order.get(code, len(order)))
    return tuple(name_of(code, units) for code in silent)


def name_of(code: str, units: Mapping[str, NamedUnit]) -> str:
    """Return what a unit is called in the state language, else its code."""
    return units[code].name.ky or code if code in units else code


def _was_due(entry: Entry, quarter: Quarter, today: date) -> bool:
    """Tell whether it should be done by now; what still has time in a running quarter is missed by nobody."""
    first = entry.instance.first_due if entry.item.confirmed else entry.due
    return any(day is not None and quarter.first <= day <= quarter.last and day < today for day in (first, entry.due))


def _place(item: PlanItem) -> tuple[int, int]:
    return item.plan_id, item.position


def _activity(item: PlanItem, unit: str, reports: Sequence[Told]) -> Activity:
    days = sorted({one.held_on or one.reported_on for one in reports})
    counted = [one.count for one in reports if one.count is not None]
    came = [one.attendance for one in reports if one.attendance is not None]
    return Activity(
        number=item.number,
        title=item.title,
        unit=unit,
        days=tuple(days),
        attendance=sum(came) if came else None,
        count=sum(counted) if counted else None,
        partly=all(one.partly for one in reports),
        words=tuple(dict.fromkeys(one.words for one in reports if one.words)),
        evidence=tuple(dict.fromkeys(name for one in reports for name in one.evidence)),
    )


def _undone(
    entry: Entry, partly: set[tuple[int, str]], comments: Mapping[int, str], units: Mapping[str, NamedUnit]
) -> Undone:
    duty, first = entry.duty, entry.instance.first_due
    why, reason = Why.SILENT if entry.unit_code else Why.NOBODY, ""
    if duty is not None:
        why, reason = Why.ACCEPTED, duty.reason
        if duty.state is DutyState.DISPUTED:
            why = Why.DISPUTED
        elif duty.state is DutyState.RETURNED:
            why, reason = Why.RETURNED, comments.get(duty.id, "")
        elif duty.state is DutyState.OPEN:
            why = Why.SILENT
    if why in {Why.SILENT, Why.ACCEPTED}:
        if entry.extended:
            why = Why.EXTENDED
        elif (entry.instance.id, entry.unit_code) in partly:
            why = Why.PARTLY
    due = first or entry.due or date.max
    return Undone(
        number=entry.item.number,
        title=entry.item.title,
        unit=name_of(entry.unit_code, units),
        due=due,
        until=entry.due if entry.extended else None,
        why=why,
        reason=reason,
    )
