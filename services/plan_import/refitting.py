"""When an item is due, as a file prints it anew: each time keeps what was said of it, and nobody else's word."""

from dataclasses import dataclass
from datetime import date

from services.plans.dto import Instance, NewInstance


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The times that an item was due until now. `dropped`: those that an earlier printing took away.

    `spoken`: ids of those that a unit said something of. `printed`: the days that were printed; a day that is printed
    as before stays where its coordinator moved it to.
    """

    instances: tuple[Instance, ...]
    dropped: tuple[Instance, ...] = ()
    spoken: frozenset[int] = frozenset()
    printed: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedInstance:
    """An instance that gets another last day, or another convention about it, or comes back."""

    instance_id: int
    wanted: NewInstance
    moves: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Refitted:
    """What becomes of an item's instances: some move, some are new (with their ordinals), some are over."""

    moved: tuple[MovedInstance, ...]
    added: tuple[tuple[int, NewInstance], ...]
    dropped: tuple[int, ...]


def refit(told: Told, wanted: tuple[NewInstance, ...]) -> Refitted:
    """Return how instances follow a deadline that is understood otherwise now; `first_due` is no part of it.

    A day finds its own instance again, also one that was over. What is left is another day: an only one moves, one of
    a list is a time of its own, unless it stands in the place of the only one that the list has no more.
    """
    pairs = _by_day(told, wanted)
    _rest(told, wanted, pairs)
    moved = [_moved(told, pairs[at], new) for at, new in enumerate(wanted) if at in pairs]
    last = max((one.ordinal for one in (*told.instances, *told.dropped)), default=0)
    new = [one for at, one in enumerate(wanted) if at not in pairs]
    kept = {one.id for one in pairs.values()}
    return Refitted(
        moved=tuple(one for one in moved if one is not None),
        added=tuple(enumerate(new, last + 1)),
        dropped=tuple(one.id for one in told.instances if one.id not in kept),
    )


def _by_day(told: Told, wanted: tuple[NewInstance, ...]) -> dict[int, Instance]:
    """Pair days with instances: due then, printed so at first and moved here, over by now."""
    pairs: dict[int, Instance] = {}
    taken: set[int] = set()
    moved_here = tuple(one for one in told.instances if one.first_due in told.printed)
    for instances, first in ((told.instances, False), (moved_here, True), (told.dropped, False), (told.dropped, True)):
        for at, new in enumerate(wanted):
            if at in pairs or new.due is None:
                continue
            same = (one for one in instances if one.id not in taken and _day(one, first=first) == new.due)
            found = next(same, None)
            if found is not None:
                pairs[at] = found
                taken.add(found.id)
    return pairs


def _day(instance: Instance, *, first: bool) -> date | None:
    return instance.first_due if first else instance.due


def _rest(told: Told, wanted: tuple[NewInstance, ...], pairs: dict[int, Instance]) -> None:
    """Pair what is left: an only one with an only one, an undated one with the first, a place with the same place."""
    taken = {one.id for one in pairs.values()}
    left = [(at, one) for at, one in enumerate(told.instances) if one.id not in taken]
    open_places = [at for at in range(len(wanted)) if at not in pairs]
    if not left or not open_places:
        return
    if len(told.instances) == 1:  # it had one day, or none: the first that is another
        if len(wanted) == 1 or left[0][1].due is None or left[0][1].id not in told.spoken:
            pairs[open_places[0]] = left[0][1]
        return
    if len(told.instances) != len(wanted):
        return
    single = len(left) == 1
    pairs.update({at: one for at, one in left if at in open_places and (single or one.id not in told.spoken)})


def _moved(told: Told, instance: Instance, new: NewInstance) -> MovedInstance | None:
    returns = any(one.id == instance.id for one in told.dropped)
    if not returns and instance.due != new.due and new.due in told.printed and instance.first_due == new.due:
        return None  # the plan prints the day that it printed before: the coordinator's stays
    if not returns and (instance.due, instance.soft, instance.starts_on) == (new.due, new.soft, new.starts_on):
        return None
    return MovedInstance(instance_id=instance.id, wanted=new, moves=returns or instance.due != new.due)
