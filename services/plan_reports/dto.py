"""How plans stand on a day: entries, tallies and the rows that they are counted in."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from services.plans.dto import Duty, Instance, NamedUnit, Plan, PlanItem, Standing

#: The key of what belongs nowhere: no programme, no month, nobody known to answer.
NOWHERE = ""


class Axis(StrEnum):
    """By what is counted. `UNIT` counts what each unit has to do; the others count each item's times once."""

    ALL = "a"
    PROGRAMME = "p"
    UNIT = "u"
    MONTH = "m"


class Measure(StrEnum):
    """A number that can be opened as a list: a standing, what was put off, or everything."""

    DONE = "done"
    DONE_LATE = "done_late"
    REPORTED = "reported"
    OVERDUE = "overdue"
    NEAR = "near"
    AHEAD = "ahead"
    UNDATED = "undated"
    RELEASED = "released"
    EXTENDED = "extended"
    ALL = "all"


#: The measures that part everything between them, as bars show them.
STANDINGS = tuple(Measure(standing.value) for standing in Standing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one unit has to do with one instance; with an empty `unit_code` the instance over all its units.

    `due`: the last day that holds; None where there is none or nobody has said yet that it was read well.
    `extended`: that day is later than the one that the plan had first.
    """

    item: PlanItem
    instance: Instance
    unit_code: str
    duty: Duty | None
    due: date | None
    standing: Standing
    extended: bool

    def counts_as(self, measure: Measure) -> bool:
        """Tell whether the entry is one of this number."""
        if measure is Measure.ALL:
            return True
        return self.extended if measure is Measure.EXTENDED else self.standing.value == measure.value


@dataclass(frozen=True, slots=True)
class Tally:
    """How many entries stand how."""

    total: int
    by_measure: dict[Measure, int] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Tally":
        """Count entries."""
        counted: Counter[Measure] = Counter()
        total = 0
        for entry in entries:
            total += 1
            counted[Measure(entry.standing.value)] += 1
            counted[Measure.EXTENDED] += entry.extended
        return cls(total, dict(counted))

    def count(self, measure: Measure) -> int:
        """Return one number."""
        return self.total if measure is Measure.ALL else self.by_measure.get(measure, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Discipline:
    """Of what was due before the day: how much was done in time. What is reported and not looked at is left out."""

    in_time: int
    whole: int
    waiting: int

    @property
    def percent(self) -> int | None:
        """The share in per cent; None where there is too little for one to mean anything."""
        return round(100 * self.in_time / self.whole) if self.whole >= FEW else None


#: Fewer items than that are told as numbers, not as a share.
FEW = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One programme, unit or month. `key` finds it again in a button."""

    axis: Axis
    key: str
    tally: Tally
    discipline: Discipline
    programme: str = ""
    unit: NamedUnit | None = None
    unit_code: str = ""
    month: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What somebody may see: of these units and posts, or (`codes` is None) everything.

    `manages`: may open the items at the coordinator's desk.
    """

    codes: frozenset[str] | None
    manages: bool = False

    def has(self, code: str) -> bool:
        """Tell whether a unit is seen."""
        return self.codes is None or code in self.codes


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How plans stand on a day. `entries`: by unit; `times`: each instance once."""

    day: date
    plans: tuple[Plan, ...]
    scope: Scope
    entries: tuple[Entry, ...]
    times: tuple[Entry, ...]
    units: dict[str, NamedUnit]

    @property
    def total(self) -> Tally:
        """The numbers over all of it."""
        return Tally.of(self.times)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage:
    """A page of the list behind a number. `page`: from 0. `row` is None for the list over everything."""

    figures: Figures
    axis: Axis
    row: Row | None
    measure: Measure
    entries: tuple[Entry, ...]
    number: int
    page: int
    pages: int
