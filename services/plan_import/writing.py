"""What an import writes: items as printed now, what they mean, and when they are due, statuses kept."""

from dataclasses import dataclass, replace
from datetime import date

from services.plan_import.dto import Changed, ChangedItem, ReadItem
from services.plan_import.understanding import printed_deadline
from services.plans.dto import Instance, ItemState, NewInstance, Origin, PlanItem
from services.plans.rules import instances_of


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    """An item to be written, and the times that it is due."""

    item: PlanItem
    instances: tuple[NewInstance, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedInstance:
    """An instance that gets another last day, or another convention about it."""

    instance_id: int
    wanted: NewInstance
    moves: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Refitted:
    """What becomes of an item's instances: some move, some are new (with their ordinals), some are over."""

    moved: tuple[MovedInstance, ...]
    added: tuple[tuple[int, NewInstance], ...]
    dropped: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedRow:
    """A stored item as it will be. `parties_changed`, `refitted`: None where nothing of it changes."""

    item: PlanItem
    parties_changed: bool
    refitted: Refitted | None
    changed: frozenset[Changed]


def new_item(read: ReadItem, plan_id: int, today: date) -> NewItem:
    """Return an item that the plan did not have; nobody is reminded of what passed before it came."""
    return NewItem(item=replace(_as_read(read, plan_id), reminds_from=today), instances=instances_of(read.deadline))


def changed_row(one: ChangedItem, today: date) -> ChangedRow | None:
    """Return a stored item as the file has it now; None where nothing of it differs.

    What a person decided stays as long as the plan prints the same; another printing is read anew.
    """
    stored, read = one.stored.item, one.read
    rereads = Changed.DEADLINE in one.changed or (read.confirmed and not stored.confirmed)
    regroups = Changed.RESPONSIBLE in one.changed or bool(stored.unresolved)
    anew = _as_read(read, stored.plan_id)
    deadline = read.deadline if rereads else replace(stored.deadline, text=printed_deadline(read.row))
    item = replace(
        anew,
        id=stored.id,
        deadline=deadline,
        confirmed=read.confirmed if rereads else stored.confirmed,
        parties=read.parties if regroups else stored.parties,
        unresolved=read.unresolved if regroups else stored.unresolved,
        count_target=stored.count_target if stored.count_target is not None else anew.count_target,
        state_language=stored.state_language or anew.state_language,
        origin=stored.origin,
        sitting_id=stored.sitting_id,
        state=stored.state,
        reason=stored.reason,
        version=stored.version,
        reminds_from=stored.reminds_from,
    )
    if item == stored:
        return None
    refitted = refit(one.stored.instances, instances_of(deadline)) if rereads else None
    if item.confirmed and (not stored.confirmed or _looks_back(refitted, today)):
        item = replace(item, reminds_from=today)
    return ChangedRow(item=item, parties_changed=item.parties != stored.parties, refitted=refitted, changed=one.changed)


def refit(instances: tuple[Instance, ...], wanted: tuple[NewInstance, ...]) -> Refitted:
    """Return how instances follow a deadline that is understood otherwise now; `first_due` is no part of it."""
    known = {instance.ordinal: instance for instance in instances}
    moved, added = [], []
    for ordinal, new in enumerate(wanted, 1):
        instance = known.pop(ordinal, None)
        if instance is None:
            added.append((ordinal, new))
        elif (instance.due, instance.soft, instance.starts_on) != (new.due, new.soft, new.starts_on):
            moved.append(MovedInstance(instance_id=instance.id, wanted=new, moves=instance.due != new.due))
    return Refitted(moved=tuple(moved), added=tuple(added), dropped=tuple(one.id for one in known.values()))


def _looks_back(refitted: Refitted | None, today: date) -> bool:
    """Tell whether a day that is new has passed already."""
    if refitted is None:
        return False
    new = [one.wanted.due for one in refitted.moved if one.moves] + [one.due for _, one in refitted.added]
    return any(due is not None and due < today for due in new)


def days_of(dates: tuple[date, ...]) -> list[str]:
    """Return days as the history keeps them."""
    return [day.isoformat() for day in dates]


def _as_read(read: ReadItem, plan_id: int) -> PlanItem:
    row = read.row
    return PlanItem(
        id=0,
        plan_id=plan_id,
        key=read.key,
        position=row.row,
        place=row.place,
        section=row.section,
        number=row.number,
        title=row.title,
        task=row.task,
        deadline=read.deadline,
        confirmed=read.confirmed,
        responsible_text=row.responsible,
        participants_text=row.participants,
        parties=read.parties,
        unresolved=read.unresolved,
        document=row.document,
        indicator=row.indicator,
        budget=row.budget,
        count_target=read.count_target,
        state_language=read.state_language,
        origin=Origin.FILE,
        sitting_id=None,
        state=ItemState.ACTIVE,
        reason="",
        version=1,
    )
