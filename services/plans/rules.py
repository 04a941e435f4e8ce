"""When items are due, what stands open, and how an item is found again in the next file."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from services.deadlines.dto import SOFT_KINDS, Deadline
from services.plans.dto import Duty, DutyState, Instance, Membership, NewInstance, PlanItem, Standing
from services.responsibles.dto import Share
from services.spelling import fold

#: Calendar days before the last one from which on a duty is shown as near.
NEAR_DAYS = 14


def instances_of(deadline: Deadline) -> tuple[NewInstance, ...]:
    """Return the times that an item with such a deadline is due; one without a day where it names none."""
    soft = deadline.kind in SOFT_KINDS
    if not deadline.dates:
        return (NewInstance(starts_on=deadline.start, due=None, soft=False),)
    if len(deadline.dates) == 1:
        return (NewInstance(starts_on=deadline.start, due=deadline.dates[0], soft=soft),)
    starts = (deadline.start, *deadline.dates[:-1])
    return tuple(
        NewInstance(starts_on=start, due=due, soft=soft) for start, due in zip(starts, deadline.dates, strict=True)
    )


def reminds_from(item: PlanItem, day: date, today: date) -> date | None:
    """Return from when on nothing is made up for once a day holds: from today if it passed or nobody was reminded."""
    return today if day < today or not item.confirmed else item.reminds_from


def counted(instance: Instance, *, confirmed: bool) -> Instance:
    """Return an instance as units are held to it: a day that nobody has confirmed is not one that they could miss."""
    return instance if confirmed or instance.due is None else replace(instance, due=None, soft=False)


def due_of(instance: Instance, duty: Duty | None) -> date | None:
    """Return the last day that holds for a unit: extended for it alone, or that of all."""
    return duty.due if duty is not None and duty.due is not None else instance.due


def due_version_of(instance: Instance, duty: Duty | None) -> int:
    """Return the version of that day: reminders begin anew with each."""
    return instance.due_version + (duty.due_version if duty is not None else 0)


def standing_of(instance: Instance, duty: Duty | None, today: date) -> Standing:
    """Return how a unit's duty stands on a day."""
    due = due_of(instance, duty)
    if duty is not None and duty.state is DutyState.RELEASED:
        return Standing.RELEASED
    if duty is not None and duty.state is DutyState.DONE:
        told = duty.reported_on or duty.done_on
        return Standing.DONE_LATE if due is not None and told is not None and told > due else Standing.DONE
    if duty is not None and duty.state is DutyState.REPORTED:
        return Standing.REPORTED
    if due is None:
        return Standing.UNDATED
    if due < today:
        return Standing.OVERDUE
    return Standing.NEAR if (due - today).days <= NEAR_DAYS else Standing.AHEAD


def units_of(item: PlanItem, membership: Membership, share: Share = Share.RESPONSIBLE) -> tuple[str, ...]:
    """Return the units and posts that answer for an item (or take part in it), groups put into members, each once."""
    codes = (code for party in item.parties if party.share is share for code in membership.expand(party.code))
    return tuple(dict.fromkeys(codes))


def item_keys(rows: Iterable[tuple[str, str, str]]) -> list[str]:
    """Return what finds each item again, from section, number and title: a twin of an earlier row gets a number.

    A word put right in a title makes another key; the import looks for what resembles it then.
    """
    seen: dict[str, int] = {}
    keys = []
    for section, number, title in rows:
        said = "\n".join(fold(part) for part in (section, number, title))
        digest = hashlib.sha256(said.encode()).hexdigest()[:24]
        seen[digest] = seen.get(digest, 0) + 1
        keys.append(digest if seen[digest] == 1 else f"{digest}.{seen[digest]}")
    return keys
