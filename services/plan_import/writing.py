"""What an import writes: items as printed now, what they mean, and when they are due, statuses kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from services.plan_import.dto import Changed, ChangedItem, ReadItem
from services.plan_import.refitting import Refitted, Told, refit
from services.plan_import.understanding import printed_deadline
from services.plans.dto import Instance, ItemState, NewInstance, Origin, PlanItem
from services.plans.rules import instances_of


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    """An item to be written, and the times that it is due."""

    item: PlanItem
    instances: tuple[NewInstance, ...]


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


def changed_row(one: ChangedItem, today: date, dropped: Sequence[Instance] = ()) -> ChangedRow | None:
    """Return a stored item as the file has it now; None where nothing of it differs.

    `dropped`: the times it was due that are over.
    What a person decided stays as long as the plan prints the same and nobody decides otherwise now; another printing
    is read anew.
    """
    stored, read = one.stored.item, one.read
    rereads = Changed.DEADLINE in one.changed | read.decided or (read.confirmed and not stored.confirmed)
    item = _reprinted(one, rereads=rereads)
    if item == stored:
        return None
    told = Told(
        instances=one.stored.instances,
        dropped=tuple(dropped),
        spoken=frozenset(duty.instance_id for duty in one.stored.duties),
        printed=frozenset() if Changed.DEADLINE in read.decided else frozenset(stored.deadline.dates),
    )
    refitted = refit(told, instances_of(item.deadline)) if rereads else None
    if Changed.BACK in one.changed:
        state = ItemState.CANCELLED if stored.reason else ItemState.ACTIVE
        item = replace(item, state=state, reminds_from=today)
    elif item.confirmed and (not stored.confirmed or _looks_back(refitted, today)):
        item = replace(item, reminds_from=today)
    return ChangedRow(item=item, parties_changed=item.parties != stored.parties, refitted=refitted, changed=one.changed)


def _reprinted(one: ChangedItem, *, rereads: bool) -> PlanItem:
    """Return a stored item as printed now; `rereads`: its deadline is understood anew, too."""
    stored, read = one.stored.item, one.read
    regroups = Changed.RESPONSIBLE in one.changed | read.decided or bool(stored.unresolved)
    anew = _as_read(read, stored.plan_id)
    return replace(
        anew,
        id=stored.id,
        deadline=read.deadline if rereads else replace(stored.deadline, text=printed_deadline(read.row)),
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
