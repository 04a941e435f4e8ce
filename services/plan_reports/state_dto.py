"""What is taken along: the state of plans, and a plan's own file with what is to be written into it."""

from dataclasses import dataclass
from datetime import date

from services.plan_files.dto import Place
from services.plan_reports.dto import Entry, Figures
from services.plans.dto import PlanItem, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanState:
    """Everything that is counted, and the items that were cancelled, which are not."""

    figures: Figures
    cancelled: tuple[PlanItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemStatus:
    """How an item of a file stands over all its times and units.

    `done` of `whole` duties are done; `done_on`: the last day of them once all are. `until`: the day that it was put
    off to. `cancelled`: with `reason`.
    """

    standing: Standing
    done: int
    whole: int
    done_on: date | None = None
    until: date | None = None
    cancelled: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFile:
    """A plan's own file, and how its items stand by their places in it."""

    name: str
    content: bytes
    day: date
    statuses: dict[Place, ItemStatus]


#: Entries by the id of their instance.
ByInstance = dict[int, list[Entry]]
