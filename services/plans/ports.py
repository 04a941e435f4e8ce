"""What all features of plans read from storage."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Protocol

from services.deadlines.dto import AcademicYear
from services.plans.dto import Instance, Membership, NamedUnit, Plan, PlannedItem
from services.responsibles.dto import Alias


class PlanRepository(Protocol):
    """Plans and their items, read; each feature writes what is its own."""

    async def list_plans(self, year: AcademicYear | None = None) -> list[Plan]:
        """Return the plans that are not closed (of a year: all of it), the newest year first, then by name."""
        ...

    async def find_plan(self, plan_id: int) -> Plan | None:
        """Return a plan."""
        ...

    async def list_planned(self, plan_ids: Collection[int]) -> list[PlannedItem]:
        """Return the active and cancelled items of plans in their order, with instances and duties."""
        ...

    async def list_named(self, codes: Collection[str]) -> list[PlannedItem]:
        """Return the active items of open plans that name one of the codes."""
        ...

    async def find_planned(self, item_id: int) -> PlannedItem | None:
        """Return an item with instances and duties."""
        ...

    async def find_instance(self, instance_id: int) -> Instance | None:
        """Return an instance."""
        ...

    async def lock_item(self, item_id: int) -> None:
        """Let others who change the item or its duties wait until the end of the transaction."""
        ...

    async def load_membership(self) -> Membership:
        """Return who stands in which groups, and what is above each unit."""
        ...

    async def list_units(self, codes: Collection[str] | None = None) -> dict[str, NamedUnit]:
        """Return units and posts by code; without codes all of them. What is not in the directory is left out."""
        ...

    async def find_unit(self, unit_id: int) -> NamedUnit | None:
        """Return a unit or post."""
        ...

    async def list_aliases(self) -> Sequence[Alias]:
        """Return what coordinators taught."""
        ...

    async def note(
        self,
        item_id: int,
        act: str,
        now: datetime,
        *,
        account_id: int | None,
        instance_id: int | None = None,
        unit_code: str | None = None,
        details: dict[str, Any] | None = None,
    ) -> None:
        """Write a line of an item's history."""
        ...
