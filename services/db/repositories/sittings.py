"""Sittings of the Academic Council."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.db.models import Plan, PlanItem, PlanSitting
from services.plans.dto import ItemState
from services.sittings import dto
from services.sittings.dto import SittingState

_ITEMS = (
    select(func.count())
    .where(PlanItem.sitting_id == PlanSitting.id, PlanItem.state == ItemState.ACTIVE.value)
    .scalar_subquery()
)
_SITTINGS = select(PlanSitting.__table__, _ITEMS.label("items"))


class SqlSittingRepository:
    """Sittings, their items and papers."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_sittings(self, plan_id: int) -> list[dto.Sitting]:
        """Return a plan's sittings, by month and day."""
        day = func.coalesce(PlanSitting.held_on, PlanSitting.month)
        rows = await self._connection.execute(
            _SITTINGS.where(PlanSitting.plan_id == plan_id).order_by(day.asc().nulls_last(), PlanSitting.id)
        )
        return [_sitting(row) for row in rows]

    async def find(self, sitting_id: int) -> dto.Sitting | None:
        """Return a sitting."""
        row = (await self._connection.execute(_SITTINGS.where(PlanSitting.id == sitting_id))).first()
        return _sitting(row) if row is not None else None

    async def lock(self, sitting_id: int) -> None:
        """Let others who change a sitting wait until the end of the transaction."""
        await self._connection.execute(select(PlanSitting.id).where(PlanSitting.id == sitting_id).with_for_update())

    async def lock_plan(self, plan_id: int) -> None:
        """Let others who make sittings of a plan wait until the end of the transaction."""
        await self._connection.execute(select(Plan.id).where(Plan.id == plan_id).with_for_update())

    async def add(self, plan_id: int, title: str, month: date | None, now: datetime) -> int:
        """Write a sitting; return its id."""
        values = {"plan_id": plan_id, "title": title, "month": month, "changed_at": now}
        statement = insert(PlanSitting).values(values).returning(PlanSitting.id)
        return (await self._connection.execute(statement)).scalar_one()

    async def change(self, sitting_id: int, now: datetime, values: Mapping[str, Any]) -> None:
        """Write columns of a sitting; its version grows."""
        await self._connection.execute(
            update(PlanSitting)
            .where(PlanSitting.id == sitting_id)
            .values({**values, "changed_at": now, "version": PlanSitting.version + 1})
        )

    async def tie(self, item_ids: Collection[int], sitting_id: int | None, now: datetime) -> None:
        """Let items go by a sitting, or by none."""
        await self._connection.execute(
            update(PlanItem)
            .where(PlanItem.id.in_(item_ids))
            .values(sitting_id=sitting_id, changed_at=now, version=PlanItem.version + 1)
        )

    async def list_tied(self, sitting_id: int) -> list[int]:
        """Return the ids of a sitting's items, in order."""
        statement = (
            select(PlanItem.id)
            .where(PlanItem.sitting_id == sitting_id, PlanItem.state != ItemState.REMOVED.value)
            .order_by(PlanItem.position, PlanItem.id)
        )
        return list(await self._connection.scalars(statement))

    async def find_paper(self, sitting_id: int, column: str) -> int | None:
        """Return the file of a paper."""
        file_id: int | None = await self._connection.scalar(
            select(PlanSitting.__table__.c[column]).where(PlanSitting.id == sitting_id)
        )
        return file_id

    async def list_coming(self, first: date, last: date) -> list[dto.Sitting]:
        """Return the planned sittings of open plans whose day is set and lies between these, both included."""
        open_plans = select(Plan.id).where(Plan.closed_at.is_(None))
        rows = await self._connection.execute(
            _SITTINGS.where(
                PlanSitting.state == SittingState.PLANNED.value,
                PlanSitting.held_on.between(first, last),
                PlanSitting.plan_id.in_(open_plans),
            ).order_by(PlanSitting.held_on, PlanSitting.id)
        )
        return [_sitting(row) for row in rows]


def _sitting(row: Any) -> dto.Sitting:  # noqa: ANN401 -- a row of the table with the number of its items
    return dto.Sitting(
        id=row.id,
        plan_id=row.plan_id,
        title=row.title,
        month=row.month,
        held_on=row.held_on,
        materials_days=row.materials_days,
        state=SittingState(row.state),
        agenda_name=row.agenda_name,
        minutes_name=row.minutes_name,
        version=row.version,
        items=row.items,
    )
