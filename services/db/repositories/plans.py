"""Plans and their items, as every feature of plans reads them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.db.models import (
    Plan,
    PlanAlias,
    PlanDuty,
    PlanHistory,
    PlanInstance,
    PlanItem,
    PlanParty,
    PlanReport,
    Unit,
)
from services.db.repositories.plan_rows import alias_of, duty_of, instance_of, item_of, named_unit_of, party_of, plan_of
from services.deadlines.dto import AcademicYear
from services.plans import dto
from services.plans.dto import ItemState, Membership, NamedUnit, PlannedItem
from services.responsibles.dto import Alias, Party

_UNITS = select(Unit.id, Unit.code, Unit.name_ky, Unit.name_ru, Unit.name_en, Unit.abbreviation, Unit.kind).order_by(
    Unit.sort_key, Unit.id
)


class SqlPlanRepository:
    """Four statements for any number of items; twenty thousand take some tenths of a second."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_plans(self, year: AcademicYear | None = None) -> list[dto.Plan]:
        """Return the plans that are not closed (of a year: all of it), the newest year first, then by name."""
        wanted = Plan.closed_at.is_(None) if year is None else Plan.year == year.first
        rows = await self._connection.execute(
            select(Plan.__table__).where(wanted).order_by(Plan.year.desc(), Plan.name)
        )
        return [plan_of(row) for row in rows]

    async def find_plan(self, plan_id: int) -> dto.Plan | None:
        """Return a plan."""
        row = (await self._connection.execute(select(Plan.__table__).where(Plan.id == plan_id))).first()
        return plan_of(row) if row is not None else None

    async def list_planned(self, plan_ids: Collection[int]) -> list[PlannedItem]:
        """Return the active and cancelled items of plans in their order, with instances and duties."""
        return await self._list(PlanItem.plan_id.in_(plan_ids), PlanItem.state != ItemState.REMOVED.value)

    async def list_named(self, codes: Collection[str]) -> list[PlannedItem]:
        """Return the active items of open plans that name one of the codes."""
        named = select(PlanParty.item_id).where(PlanParty.code.in_(codes))
        open_plans = select(Plan.id).where(Plan.closed_at.is_(None))
        return await self._list(
            PlanItem.id.in_(named), PlanItem.plan_id.in_(open_plans), PlanItem.state == ItemState.ACTIVE.value
        )

    async def list_chosen(self, item_ids: Select[Any]) -> list[PlannedItem]:
        """Return items that a statement chooses by their ids."""
        return await self._list(PlanItem.id.in_(item_ids))

    async def find_planned(self, item_id: int) -> PlannedItem | None:
        """Return an item with instances and duties."""
        return next(iter(await self._list(PlanItem.id == item_id)), None)

    async def find_instance(self, instance_id: int) -> dto.Instance | None:
        """Return an instance."""
        statement = select(PlanInstance.__table__).where(PlanInstance.id == instance_id)
        row = (await self._connection.execute(statement.where(PlanInstance.cancelled_at.is_(None)))).first()
        return instance_of(row) if row is not None else None

    async def lock_item(self, item_id: int) -> None:
        """Let others who change the item or its duties wait until the end of the transaction."""
        await self._connection.execute(select(PlanItem.id).where(PlanItem.id == item_id).with_for_update())

    async def load_membership(self) -> Membership:
        """Return who stands in which groups, and what is above each unit."""
        rows = await self._connection.execute(select(Unit.code, Unit.parent_code, Unit.members))
        parents, members = {}, {}
        for code, parent, gathered in rows:
            if parent:
                parents[code] = parent
            if gathered:
                members[code] = tuple(gathered)
        return Membership(members=members, parents=parents)

    async def list_units(self, codes: Collection[str] | None = None) -> dict[str, NamedUnit]:
        """Return units and posts by code; without codes all of them. What is not in the directory is left out."""
        statement = _UNITS if codes is None else _UNITS.where(Unit.code.in_(codes))
        return {row.code: named_unit_of(row) for row in await self._connection.execute(statement)}

    async def find_unit(self, unit_id: int) -> NamedUnit | None:
        """Return a unit or post."""
        row = (await self._connection.execute(_UNITS.where(Unit.id == unit_id))).first()
        return named_unit_of(row) if row is not None else None

    async def list_aliases(self) -> Sequence[Alias]:
        """Return what coordinators taught."""
        rows = await self._connection.execute(select(PlanAlias.text, PlanAlias.codes).order_by(PlanAlias.text_key))
        return [alias_of(row) for row in rows]

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
        await self._connection.execute(
            insert(PlanHistory).values(
                item_id=item_id,
                instance_id=instance_id,
                unit_code=unit_code,
                at=now,
                account_id=account_id,
                act=act,
                details=details or {},
            )
        )

    async def _list(self, *conditions: ColumnElement[bool]) -> list[PlannedItem]:
        chosen = select(PlanItem.id).where(*conditions)
        items = (
            await self._connection.execute(
                select(PlanItem.__table__).where(*conditions).order_by(PlanItem.plan_id, PlanItem.position, PlanItem.id)
            )
        ).all()
        parties = await self._connection.execute(
            select(PlanParty.item_id, PlanParty.code, PlanParty.share, PlanParty.text)
            .where(PlanParty.item_id.in_(chosen))
            .order_by(PlanParty.item_id, PlanParty.position)
        )
        instances = await self._connection.execute(
            select(PlanInstance.__table__)
            .where(PlanInstance.item_id.in_(chosen), PlanInstance.cancelled_at.is_(None))
            .order_by(PlanInstance.item_id, PlanInstance.due.nulls_last(), PlanInstance.ordinal)
        )
        return _joined(items, parties, instances, await self._duties(chosen))

    async def _duties(self, chosen: Any) -> Iterable[Any]:  # noqa: ANN401 -- a statement of ids
        last = (
            select(PlanReport.reported_on)
            .where(PlanReport.duty_id == PlanDuty.id, PlanReport.outcome == "done")
            .order_by(PlanReport.id.desc())
            .limit(1)
            .scalar_subquery()
        )
        return await self._connection.execute(
            select(PlanDuty.__table__, PlanInstance.item_id, last.label("reported_on"))
            .join(PlanInstance, PlanInstance.id == PlanDuty.instance_id)
            .where(PlanInstance.item_id.in_(chosen))
            .order_by(PlanDuty.id)
        )


def _joined(
    items: Iterable[Any], parties: Iterable[Any], instances: Iterable[Any], duties: Iterable[Any]
) -> list[PlannedItem]:
    named: dict[int, list[Party]] = defaultdict(list)
    for item_id, *party in parties:
        named[item_id].append(party_of(*party))
    times: dict[int, list[dto.Instance]] = defaultdict(list)
    for row in instances:
        times[row.item_id].append(instance_of(row))
    said: dict[int, list[dto.Duty]] = defaultdict(list)
    for row in duties:
        said[row.item_id].append(duty_of(row))
    return [
        PlannedItem(item=item_of(row, tuple(named[row.id])), instances=tuple(times[row.id]), duties=tuple(said[row.id]))
        for row in items
    ]
