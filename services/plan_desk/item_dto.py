"""Plans, their lists and their items as the coordinator looks at them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.deadlines.dto import Deadline
from services.duties.dto import HistoryLine
from services.plans.dto import Duty, Instance, NamedUnit, NewInstance, Origin, Plan, PlanItem, PlannedItem, Standing
from services.plans.rules import due_of
from services.responsibles.dto import Party


class View(StrEnum):
    """Which items of a plan are looked at. `UNCLEAR`: unconfirmed, or naming somebody unknown or nobody."""

    ALL = "a"
    UNCLEAR = "u"
    OVERDUE = "o"
    OPEN = "p"
    DONE = "d"
    CANCELLED = "c"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A plan in short; cancelled items are not among the rest."""

    items: int
    unclear: int
    overdue: int
    done: int
    cancelled: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPlan:
    """A plan with its figures."""

    plan: Plan
    figures: Figures
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskHome:
    """The coordinator's desk: the plans that are not closed, and how many decisions wait."""

    plans: tuple[DeskPlan, ...]
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemWish:
    """Which items are looked at. `unit_id`: of one unit or post; `programme`: by its place among the plan's."""

    plan_id: int
    view: View = View.ALL
    unit_id: int | None = None
    programme: int | None = None
    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """A line of the list: the item with its next open day and how it stands on the whole."""

    item_id: int
    number: str
    title: str
    due: date | None
    standing: Standing
    unclear: bool
    cancelled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPage:
    """A page of a plan's items. `programmes`: all of the plan's, in order; `units`: those who answer, by name."""

    plan: Plan
    wish: ItemWish
    lines: tuple[ItemLine, ...]
    total: int
    page: int
    pages: int
    programmes: tuple[str, ...]
    units: tuple[NamedUnit, ...]

    @property
    def unit(self) -> NamedUnit | None:
        """The unit whose items are looked at."""
        return next((unit for unit in self.units if unit.id == self.wish.unit_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyLine:
    """How one unit stands with an instance."""

    instance: Instance
    unit_code: str
    duty: Duty | None
    standing: Standing

    @property
    def due(self) -> date | None:
        """The last day that holds for the unit."""
        return due_of(self.instance, self.duty)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemCard:
    """An item with everything around it. `units`: names of all codes that the card mentions; `said`: of what counts."""

    plan: Plan
    planned: PlannedItem
    duties: tuple[DutyLine, ...]
    units: Mapping[str, NamedUnit]
    said: int
    today: date
    sitting: str = ""

    @property
    def item(self) -> PlanItem:
        """The item."""
        return self.planned.item


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskHistory:
    """A page of what happened to an item, the newest first."""

    item: PlanItem
    lines: tuple[HistoryLine, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDeskItem:
    """An item that no file brought."""

    plan_id: int
    section: str
    title: str
    deadline: Deadline
    parties: tuple[Party, ...]
    instances: tuple[NewInstance, ...]
    origin: Origin
    sitting_id: int | None
    reminds_from: date
