"""A day's reminders, planned over all items at once; nothing here is asked of storage."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from services.plan_reminders import rules
from services.plan_reminders.dto import Line, Part, Said, SaidRow, Step, Timing
from services.plan_reminders.hearing import Hearing
from services.plan_reminders.rules import WorkingDays
from services.plans.dto import Duty, DutyState, Instance, Plan, PlanItem, PlannedItem
from services.plans.rules import due_version_of, units_of
from services.responsibles.dto import Share

_NOTHING = Said()


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What one unit has to do with an instance. The code is empty where an item has nobody who answers for it."""

    planned: PlannedItem
    plan: Plan
    instance: Instance
    unit_code: str
    duty: Duty | None
    timing: Timing

    @property
    def item(self) -> PlanItem:
        """The item."""
        return self.planned.item

    @property
    def version(self) -> int:
        """The version of the last day."""
        return due_version_of(self.instance, self.duty)

    @property
    def is_standing(self) -> bool:
        """Whether it stands in the monthly list: without a day, or with one that is only a convention."""
        return self.timing.due is None or self.timing.soft

    def is_overdue(self, today: date) -> bool:
        """Tell whether the last day has passed."""
        return self.timing.due is not None and self.timing.due < today


@dataclass(slots=True, kw_only=True)
class Book:
    """Everything that a day's reminders are planned from. `asking`: instances and units that wait for a later day."""

    plans: Mapping[int, Plan]
    items: Sequence[PlannedItem]
    hearing: Hearing
    said: Mapping[tuple[int, str], Sequence[SaidRow]]
    days: WorkingDays
    asking: Collection[tuple[int, str]] = ()
    _meant: dict[tuple[object, ...], tuple[str, ...]] = field(init=False, default_factory=dict)
    _open: list[Task] | None = field(init=False, default=None)

    def tasks(self) -> Sequence[Task]:
        """Return what is still to be done by anybody; worked out once."""
        if self._open is None:
            self._open = [task for task in self.all_tasks() if not rules.is_settled(task.duty)]
        return self._open

    def told_tasks(self) -> Iterator[Task]:
        """Return the same without what is in dispute: nobody is reminded of it but the coordinator, at the desk."""
        return (task for task in self.tasks() if not rules.is_disputed(task.duty))

    def all_tasks(self) -> Iterator[Task]:
        """Return what is to be done with what is done already."""
        for planned in self.items:
            plan = self.plans.get(planned.item.plan_id)
            if plan is None or not rules.is_asked(planned.item):
                continue
            units = self.units_of(planned.item) or ("",)
            for instance in planned.instances:
                for code in units:
                    duty = planned.find_duty(instance.id, code) if planned.duties else None
                    begins = rules.beginning_of(plan, planned.item, self.said.get((instance.id, code), ()))
                    yield Task(
                        planned=planned, plan=plan, instance=instance, unit_code=code, duty=duty,
                        timing=rules.timing_of(plan, instance, duty, begins),
                    )  # fmt: skip

    def units_of(self, item: PlanItem, share: Share = Share.RESPONSIBLE) -> tuple[str, ...]:
        """Return who answers for an item or takes part; items name the same parties again and again."""
        key = (share, *(party.code for party in item.parties if party.share is share))
        known = self._meant.get(key)
        if known is None:
            known = self._meant[key] = units_of(item, self.hearing.membership, share)
        return known

    def said_of(self, task: Task) -> Said:
        """Return what a unit was told of its task."""
        rows = self.said.get((task.instance.id, task.unit_code))
        return rules.joined(rows, task.version) if rows else _NOTHING

    def heard_for(self, task: Task) -> str:
        """Return whose people hear of a task."""
        return self.hearing.heard_by(task.unit_code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A step with the task it was taken for."""

    step: Step
    task: Task


def plan_day(book: Book, today: date) -> list[Taken]:
    """Return every step that a working day brings."""
    taken = [one for task in book.told_tasks() for one in _steps(book, task, today)]
    return taken + list(_informing(book, today))


def foresee_day(book: Book, day: date) -> list[Taken]:
    """Return the ladder's steps of a working day, if every working day before was run with duties as they stand now."""
    before = book.days.previous(day)
    taken = [
        step_of(task, str(step), book.heard_for(task))
        for task in book.told_tasks()
        if (step := new_step(task.timing, book.said_of(task), before, day, book.days)) is not None
    ]
    for task in participation(book):
        said, heard_by = book.said_of(task), book.hearing.heard_by(task.unit_code)
        informed = rules.informs(task.timing, said, before, book.days)
        if heard_by and not informed and rules.informs(task.timing, said, day, book.days):
            taken.append(step_of(task, rules.INFORMED, heard_by))
    return taken


def new_step(timing: Timing, said: Said, before: date, day: date, days: WorkingDays) -> int | None:
    """Return the step that a day brings and the working day before it did not."""
    step = rules.step_to_tell(timing, said, day, days)
    return None if step is None or step == rules.nearest_step(timing, before, days) else step


def step_of(task: Task, step: str, heard_by: str) -> Taken:
    """Return a step taken for a task."""
    return Taken(
        task=task,
        step=Step(
            instance_id=task.instance.id,
            unit_code=task.unit_code,
            step=step,
            due_version=task.version,
            heard_by=heard_by,
        ),
    )


def line_of(book: Book, taken: Taken, today: date, *, part: Part | None = None) -> Line:
    """Return a step as a digest shows it."""
    task, item = taken.task, taken.task.item
    return Line(
        part=part or part_of(taken, today),
        plan_id=item.plan_id,
        item_id=item.id,
        instance_id=task.instance.id,
        unit_code=taken.step.unit_code,
        unit=book.hearing.directory.get(taken.step.unit_code),
        number=item.number,
        title=item.title,
        due=task.timing.due,
        soft=task.timing.soft,
        printed=item.deadline.text,
        step=taken.step.step,
        state=task.duty.state if task.duty is not None else DutyState.OPEN,
        arrived=rules.has_arrived_overdue(task.timing),
        own=taken.step.heard_by == taken.step.unit_code and bool(taken.step.unit_code),
    )


def part_of(taken: Taken, today: date) -> Part:
    """Return where a step stands in a digest."""
    step, due = taken.step, taken.task.timing.due
    named = {rules.INFORMED: Part.INFORMED, rules.TO_HEAD: Part.ESCALATED, rules.TO_LEADERSHIP: Part.ESCALATED}
    if step.step in named:
        return named[step.step]
    if not step.heard_by:
        return Part.UNHEARD
    if due is not None and due <= today:
        return Part.TODAY if due == today else Part.OVERDUE
    return Part.SOON


def urgency(line: Line) -> tuple[int, date, int]:
    """Return by what lines are sorted: their part, then their last day."""
    return list(Part).index(line.part), line.due or date.max, line.instance_id


def participation(book: Book, *, settled: bool = False) -> Iterator[Task]:
    """Return what units take part in and do not answer for, as long as not everybody has done their part.

    `settled`: also afterwards.
    """
    for planned in book.items:
        item, plan = planned.item, book.plans.get(planned.item.plan_id)
        if plan is None or not rules.is_asked(item) or not book.units_of(item, Share.PARTICIPANT):
            continue
        answering = book.units_of(item)
        for instance in planned.instances:
            if (
                not settled
                and answering
                and all(rules.is_settled(planned.find_duty(instance.id, code)) for code in answering)
            ):
                continue
            timing = rules.timing_of(plan, instance, None, rules.beginning_of(plan, item))
            for code in book.units_of(item, Share.PARTICIPANT):
                if code not in answering:
                    yield Task(planned=planned, plan=plan, instance=instance, unit_code=code, duty=None, timing=timing)


def _informing(book: Book, today: date) -> Iterator[Taken]:
    for task in participation(book):
        heard_by = book.hearing.heard_by(task.unit_code)
        if heard_by and rules.informs(task.timing, book.said_of(task), today, book.days):
            yield step_of(task, rules.INFORMED, heard_by)


def _steps(book: Book, task: Task, today: date) -> Iterator[Taken]:
    timing = task.timing
    if timing.due is None or today < timing.reminds_from:
        return
    said = book.said_of(task)
    step = rules.step_to_tell(timing, said, today, book.days)
    if step is not None:
        yield step_of(task, str(step), book.heard_for(task))
    if not task.plan.escalates or not task.unit_code or (task.instance.id, task.unit_code) in book.asking:
        return
    if rules.climbs(timing, task.duty, said, today, book.days):
        yield from _climbing(book, task, said, today)


def _climbing(book: Book, task: Task, said: Said, today: date) -> Iterator[Taken]:
    """Return the head first, and two working days later the leadership; at once where no head is between."""
    if said.escalated_again is not None:
        return
    if said.escalated is None:
        head = book.hearing.head_above(task.unit_code, book.heard_for(task))
        if head is not None:
            yield step_of(task, rules.TO_HEAD, head)
            return
    if said.escalated is None or rules.climbs_on(said, today, book.days):
        yield step_of(task, rules.TO_LEADERSHIP, book.hearing.leader_above(task.unit_code))
