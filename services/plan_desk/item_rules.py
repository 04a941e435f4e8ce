"""How items stand on the whole, without I/O."""

from collections.abc import Iterable
from datetime import date

from services.plan_desk.item_dto import DutyLine, Figures, ItemLine, View
from services.plans.dto import DutyState, ItemState, Membership, NamedUnit, PlannedItem, Standing
from services.plans.rules import due_of, standing_of, units_of
from services.responsibles.dto import Share

_OVER = frozenset({Standing.DONE, Standing.DONE_LATE, Standing.RELEASED})
#: What an item is called by where its units stand differently: the first of these that any of them has.
_ORDER = (
    Standing.OVERDUE, Standing.NEAR, Standing.AHEAD, Standing.UNDATED, Standing.REPORTED, Standing.DONE_LATE,
    Standing.DONE, Standing.RELEASED,
)  # fmt: skip


def is_unclear(one: PlannedItem) -> bool:
    """Tell whether a person should look: its days are not confirmed, or nobody or somebody unknown answers."""
    item = one.item
    named = any(party.share is Share.RESPONSIBLE for party in item.parties)
    return not item.confirmed or bool(item.unresolved) or not named


def duty_lines(one: PlannedItem, membership: Membership, today: date) -> tuple[DutyLine, ...]:
    """Return how each responsible unit stands with each time that the item is due."""
    codes = units_of(one.item, membership)
    return tuple(
        DutyLine(
            instance=instance, unit_code=code, duty=(duty := one.find_duty(instance.id, code)),
            standing=standing_of(instance, duty, today),
        )
        for instance in one.instances
        for code in codes
    )  # fmt: skip


def line_of(one: PlannedItem, membership: Membership, today: date) -> ItemLine:
    """Return an item as a line of a list."""
    lines = duty_lines(one, membership, today)
    standings = {line.standing for line in lines} or {standing_of(inst, None, today) for inst in one.instances}
    open_days = [line.due for line in lines if line.standing not in _OVER and line.due is not None]
    days = open_days or [due for instance in one.instances if (due := due_of(instance, None)) is not None]
    return ItemLine(
        item_id=one.item.id,
        number=one.item.number,
        title=one.item.title or one.item.task,
        due=min(days, default=None),
        standing=next((standing for standing in _ORDER if standing in standings), Standing.UNDATED),
        unclear=is_unclear(one),
        cancelled=one.item.state is ItemState.CANCELLED,
    )


def is_in(line: ItemLine, view: View) -> bool:
    """Tell whether a line belongs to a view."""
    if view is View.ALL:
        return True
    if line.cancelled or view is View.CANCELLED:
        return line.cancelled and view is View.CANCELLED
    if view is View.UNCLEAR:
        return line.unclear
    if view is View.OVERDUE:
        return line.standing is Standing.OVERDUE
    return (line.standing in _OVER) is (view is View.DONE)


def figures_of(lines: Iterable[ItemLine]) -> Figures:
    """Return a plan in short."""
    known = tuple(lines)
    return Figures(
        items=sum(not line.cancelled for line in known),
        unclear=sum(is_in(line, View.UNCLEAR) for line in known),
        overdue=sum(is_in(line, View.OVERDUE) for line in known),
        done=sum(is_in(line, View.DONE) for line in known),
        cancelled=sum(line.cancelled for line in known),
    )


def still_open(one: PlannedItem, membership: Membership, instance_id: int | None = None) -> tuple[str, ...]:
    """Return the units that have something to do yet: with one instance, or with any."""
    instances = [each for each in one.instances if instance_id in {None, each.id}]
    closed = {DutyState.DONE, DutyState.RELEASED}
    return tuple(
        code
        for code in units_of(one.item, membership)
        if any((duty := one.find_duty(each.id, code)) is None or duty.state not in closed for each in instances)
    )


def units_named(planned: Iterable[PlannedItem], membership: Membership, units: dict[str, NamedUnit]) -> list[NamedUnit]:
    """Return the units that answer for any of the items, in the directory's order."""
    codes = {code for one in planned for code in units_of(one.item, membership)}
    return [unit for code, unit in units.items() if code in codes]
