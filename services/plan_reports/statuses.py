"""What stands beside each item of a plan's own file."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from services.plan_files.dto import Place
from services.plan_reports.dto import Entry, Figures
from services.plan_reports.figures import WORST_FIRST
from services.plan_reports.state_dto import ByInstance, ItemStatus
from services.plans.dto import PlanItem, Standing

_DONE = frozenset({Standing.DONE, Standing.DONE_LATE})


def by_instance(figures: Figures) -> ByInstance:
    """Return the units' entries by the instance that they are about."""
    found: ByInstance = defaultdict(list)
    for entry in figures.entries:
        found[entry.instance.id].append(entry)
    return found


def statuses_of(figures: Figures, cancelled: Iterable[PlanItem]) -> dict[Place, ItemStatus]:
    """Return how the items of a file stand, by their places in it; what was added here has no place."""
    gathered: dict[Place, list[Entry]] = defaultdict(list)
    for entry in figures.entries:
        if entry.item.place is not None:
            gathered[entry.item.place].append(entry)
    statuses = {place: status_of(entries) for place, entries in gathered.items()}
    for item in cancelled:
        if item.place is not None and item.place not in statuses:
            statuses[item.place] = ItemStatus(
                standing=Standing.RELEASED, done=0, whole=0, cancelled=True, reason=item.reason
            )
    return statuses


def status_of(entries: Sequence[Entry]) -> ItemStatus:
    """Return how an item stands over its times and units; who was released of it does not count."""
    asked = [entry for entry in entries if entry.standing is not Standing.RELEASED]
    done = [entry for entry in asked if entry.standing in _DONE]
    standings = {entry.standing for entry in asked} or {Standing.RELEASED}
    days = [entry.duty.done_on for entry in done if entry.duty is not None and entry.duty.done_on is not None]
    moved = [entry.due for entry in asked if entry.extended and entry.standing not in _DONE and entry.due is not None]
    return ItemStatus(
        standing=next(one for one in WORST_FIRST if one in standings),
        done=len(done),
        whole=len(asked),
        done_on=max(days) if days and len(done) == len(asked) else None,
        until=max(moved, default=None),
    )
