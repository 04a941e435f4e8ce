"""When a unit is reminded, and what climbs to whom: pure, over counted working days.

A step is the signed number of working days to the last day: 7, 0, or -4 for the fourth working day after it. What else
is told has a name: `i` to those who take part, `e1` to the head, `e2` to the leadership.
"""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from services.plan_reminders.dto import Said, SaidRow, Timing
from services.plans.dto import Duty, DutyState, Instance, ItemState, Plan, PlanItem
from services.plans.rules import due_of

#: Steps beside the ladder.
INFORMED, TO_HEAD, TO_LEADERSHIP = "i", "e1", "e2"
#: A day that is only a convention is reminded of this late.
SOFT_FROM = 14
#: Working days of silence after which a reminder climbs.
CLIMBS_AFTER = 2
#: Digests of so many working days are told after all, if an outage of the messenger dropped them.
MADE_UP_FOR = 10
#: More items than this for one unit on one day are warned of.
MOST_A_DAY = 10

_DAY = timedelta(days=1)
_SETTLED = frozenset({DutyState.REPORTED, DutyState.DONE, DutyState.RELEASED})


class WorkingDays:
    """The working days of some years, counted: `index` of a day is the number of them up to it."""

    def __init__(self, days: Iterable[date]) -> None:
        self._days = sorted(days)
        self._known: dict[date, int] = {}

    def index(self, day: date) -> int:
        """Return how many working days there are up to a day, itself included."""
        known = self._known.get(day)
        if known is None:
            known = self._known[day] = bisect_right(self._days, day)
        return known

    def is_working(self, day: date) -> bool:
        """Tell whether a day is worked."""
        place = self.index(day)
        return place > 0 and self._days[place - 1] == day

    def at(self, index: int) -> date:
        """Return the working day with this index; one beyond the years that are counted is their first or last."""
        return self._days[min(max(index, 1), len(self._days)) - 1]

    def turned(self, day: date) -> "WorkingDays":
        """Return the same with one day worked that is off, or the other way round."""
        return WorkingDays(set(self._days) ^ {day})

    def following(self, day: date) -> date:
        """Return the first working day after a day."""
        return self.at(self.index(day) + 1)

    def several_before(self, day: date, count: int) -> list[date]:
        """Return the last working days before a day."""
        index = self.index(day - _DAY)
        return self._days[max(index - count, 0) : index]

    def previous(self, day: date) -> date:
        """Return the last working day before a day."""
        return self.at(self.index(day - _DAY))


def timing_of(plan: Plan, instance: Instance, duty: Duty | None, reminds_from: date) -> Timing:
    """Return by what a unit's reminders of an instance go; a day of its own is never a convention."""
    own = duty is not None and duty.due is not None
    return Timing(
        due=due_of(instance, duty),
        soft=instance.soft and not own,
        ladder=plan.ladder,
        overdue_every=plan.overdue_every,
        reminds_from=reminds_from,
    )


def beginning_of(plan: Plan, item: PlanItem, rows: Iterable[SaidRow] = ()) -> date:
    """Return when reminders of an item begin: with its plan's, or later, as it came or was confirmed later.

    `rows`: what was told of one instance; where a unit heard of it earlier, that is not begun anew.
    """
    if item.reminds_from is None or item.reminds_from <= plan.reminds_from:
        return plan.reminds_from
    was_told = any(row.first_day is not None and row.first_day < item.reminds_from for row in rows)
    return plan.reminds_from if was_told else item.reminds_from


def is_asked(item: PlanItem) -> bool:
    """Tell whether anybody is reminded of an item: it is to be done, and its days are sure or confirmed."""
    return item.confirmed and item.state is ItemState.ACTIVE


def is_settled(duty: Duty | None) -> bool:
    """Tell whether a unit has done its part, or has none."""
    return duty is not None and duty.state in _SETTLED


def is_disputed(duty: Duty | None) -> bool:
    """Tell whether a unit says that it is not its business: it hears nothing until the coordinator decides."""
    return duty is not None and duty.state is DutyState.DISPUTED


def rungs_of(timing: Timing) -> tuple[int, ...]:
    """Return the ladder that holds, the farthest step first."""
    return _rungs(timing.ladder, timing.soft)


def fires_at(timing: Timing, step: int, days: WorkingDays) -> int:
    """Return the index of the working day on which a step is told."""
    if step < 0:
        return days.index(_counted_from(timing)) - step
    due = _required(timing)
    shift = 0 if step == 0 or days.is_working(due) else 1  # as `WorkCalendar.before` counts
    return days.index(due) - step + shift


def nearest_step(timing: Timing, today: date, days: WorkingDays) -> int | None:
    """Return the nearest step that has come by a working day, whether it was told or not; None while it is far off."""
    if timing.due is None or today < timing.reminds_from:
        return None
    counted_from = _counted_from(timing)
    if today > counted_from:
        late = days.index(today) - days.index(counted_from)
        return -(1 + (late - 1) // timing.overdue_every * timing.overdue_every) if late > 0 else None
    here, nearest = days.index(today), None
    for step in rungs_of(timing):
        if fires_at(timing, step, days) > here:
            break
        nearest = step
    return nearest


def step_to_tell(timing: Timing, said: Said, today: date, days: WorkingDays) -> int | None:
    """Return the step that a unit is told on a working day; None for nothing.

    Only the nearest is ever told: what is farther lies behind it, whether the day was missed or the calendar changed.
    After a last day has moved, what lies before the last reminder of the former one is behind, too; and what lies
    before `reminds_from` is not made up for, unless it is the last step of the ladder.
    """
    step = nearest_step(timing, today, days)
    if step is None or _is_behind(timing, said, step, fires_at(timing, step, days), days):
        return None
    return step


def steps_to_come(timing: Timing, said: Said, after: date, days: WorkingDays) -> dict[int, int]:
    """Return the steps of the ladder that later days bring, by the index of their day; the nearer of two on one day."""
    here, coming = days.index(after), {}
    for step in rungs_of(timing):
        fires = fires_at(timing, step, days)
        if fires > here and not _is_behind(timing, said, step, fires, days):
            coming[fires] = step
    return coming


def has_arrived_overdue(timing: Timing) -> bool:
    """Tell whether it was overdue when reminders of it began: counted in one line, never listed."""
    return timing.due is not None and timing.due < timing.reminds_from


def informs(timing: Timing, said: Said, today: date, days: WorkingDays) -> bool:
    """Tell whether those who take part are informed: once, with the first step of the ladder."""
    if said.informed:
        return False
    step = step_to_tell(timing, Said(), today, days)
    return step is not None and step >= 0


def climbs(timing: Timing, duty: Duty | None, said: Said, today: date, days: WorkingDays) -> bool:
    """Tell whether silence climbs: not accepted for two working days after the first reminder, or overdue.

    Nothing climbs before the unit itself was told. What was overdue when reminders of it began has the same two working
    days first; a day that is only a convention climbs after it has passed.
    """
    if said.first_day is None:
        return False
    if has_arrived_overdue(timing):
        return _has_waited(said.first_day, today, days)
    if days.index(today) > days.index(_required(timing)):
        return True
    if timing.soft:
        return False
    silent = duty is None or duty.state is DutyState.OPEN
    return silent and _has_waited(said.first_day, today, days)


def climbs_in(plan: Plan, today: date) -> bool:
    """Tell whether silence climbs in a plan, and its reminders have begun."""
    return plan.escalates and plan.reminds_from <= today


def climbs_on(said: Said, today: date, days: WorkingDays) -> bool:
    """Tell whether what the head was told climbs to the leadership."""
    return said.escalated is not None and _has_waited(said.escalated, today, days)


def joined(rows: Iterable[SaidRow], due_version: int) -> Said:
    """Return what was told of an instance, from all versions of its last day."""
    rows = tuple(rows)
    now = next((row for row in rows if row.due_version == due_version), None)
    before = [row.last_day for row in rows if row.due_version < due_version and row.last_day is not None]
    return Said(
        nearest=now.nearest if now else None,
        first_day=now.first_day if now else None,
        before=max(before, default=None),
        informed=any(row.informed for row in rows),
        escalated=now.escalated if now else None,
        escalated_again=now.escalated_again if now else None,
    )


def begins_month(today: date, before: date) -> bool:
    """Tell whether a working day is the first of its month; `before`: the last that reminders were planned on."""
    return (today.year, today.month) != (before.year, before.month)


def begins_quarter(today: date, before: date) -> bool:
    """Tell whether a working day is the first of its quarter."""
    return begins_month(today, before) and _quarter(today) != _quarter(before)


def begins_week(today: date, before: date) -> bool:
    """Tell whether a working day is the first of its week."""
    return today.isocalendar()[:2] != before.isocalendar()[:2]


@lru_cache
def _rungs(ladder: tuple[int, ...], soft: bool) -> tuple[int, ...]:
    return tuple(sorted({step for step in ladder if step >= 0 and (not soft or step <= SOFT_FROM)}, reverse=True))


def _quarter(day: date) -> tuple[int, int]:
    return day.year, (day.month - 1) // 3


def _has_waited(since: date, today: date, days: WorkingDays) -> bool:
    return days.index(today) - days.index(since) >= CLIMBS_AFTER


def _is_behind(timing: Timing, said: Said, step: int, fires: int, days: WorkingDays) -> bool:
    """Tell whether a step lies behind what was told, or before the beginning of reminders."""
    if said.nearest is not None and step >= said.nearest:
        return True
    if said.before is not None and fires <= days.index(said.before):
        return True
    return 0 <= step != rungs_of(timing)[-1] and fires <= days.index(timing.reminds_from - _DAY)


def _counted_from(timing: Timing) -> date:
    """Return the day after which it is overdue; of what was so when the plan came, the eve of its reminders."""
    return max(_required(timing), timing.reminds_from - _DAY)


def _required(timing: Timing) -> date:
    if timing.due is None:
        raise ValueError("without a last day nothing is counted")
    return timing.due
