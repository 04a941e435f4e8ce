"""Days of items, and items that no file brought, as their coordinator writes them."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.db.locks import AdvisoryLock
from services.db.models import PlanDuty, PlanInstance, PlanItem, PlanParty, PlanSitting
from services.db.repositories.plan_rows import document_of
from services.plan_desk.item_dto import NewDeskItem
from services.plans.dto import ItemState
from services.plans.rules import item_keys
from services.responsibles.dto import Unresolved


class SqlPlanChangeRepository:
    """What changes during the year; the item is locked by then."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def move_instance(self, instance_id: int, day: date, now: datetime) -> None:
        """Set an instance's day for good; days of single units that are not later go."""
        await self._connection.execute(
            update(PlanInstance)
            .where(PlanInstance.id == instance_id)
            .values(
                due=day,
                first_due=func.coalesce(PlanInstance.first_due, day),
                soft=False,
                due_version=PlanInstance.due_version + 1,
            )
        )
        await self._connection.execute(
            update(PlanDuty)
            .where(PlanDuty.instance_id == instance_id, PlanDuty.due <= day)
            .values(due=None, changed_at=now, version=PlanDuty.version + 1)
        )

    async def add_instance(self, item_id: int, day: date) -> int:
        """Write one more time that an item is due; return its id."""
        last = select(func.max(PlanInstance.ordinal)).where(PlanInstance.item_id == item_id)
        ordinal = (await self._connection.scalar(last)) or 0
        values = {"item_id": item_id, "ordinal": ordinal + 1, "first_due": day, "due": day, "soft": False}
        statement = insert(PlanInstance).values(values).returning(PlanInstance.id)
        return (await self._connection.execute(statement)).scalar_one()

    async def add_item(self, item: NewDeskItem, now: datetime) -> int:
        """Write an item at the end of its plan; return its id."""
        await self._connection.execute(select(func.pg_advisory_xact_lock(AdvisoryLock.PLANS)))  # as an import does
        of_plan = PlanItem.plan_id == item.plan_id
        last = await self._connection.scalar(select(func.max(PlanItem.position)).where(of_plan))
        taken = await self._connection.scalars(
            select(PlanItem.key).where(of_plan, PlanItem.state != ItemState.REMOVED.value)
        )
        statement = insert(PlanItem).values(
            plan_id=item.plan_id,
            key=_free_key(item, set(taken)),
            position=(last or 0) + 1,
            section=item.section,
            number="",
            title=item.title,
            task="",
            deadline_text=item.deadline.text,
            deadline_kind=item.deadline.kind.value,
            starts_on=item.deadline.start,
            due_on=item.deadline.due,
            due_dates=list(item.deadline.dates),
            confirmed=True,
            responsible_text="",
            participants_text="",
            document="",
            indicator="",
            budget="",
            origin=item.origin.value,
            sitting_id=item.sitting_id,
            reminds_from=item.reminds_from,
            changed_at=now,
        )
        item_id: int = (await self._connection.execute(statement.returning(PlanItem.id))).scalar_one()
        for at, party in enumerate(item.parties):
            values = {"code": party.code, "share": party.share.value, "position": at, "text": party.text}
            await self._connection.execute(insert(PlanParty).values(item_id=item_id, **values))
        for ordinal, new in enumerate(item.instances, 1):
            days = {"starts_on": new.starts_on, "first_due": new.due, "due": new.due, "soft": new.soft}
            await self._connection.execute(insert(PlanInstance).values(item_id=item_id, ordinal=ordinal, **days))
        return item_id

    async def put_unresolved(self, item_id: int, pieces: Sequence[Unresolved]) -> None:
        """Write which printed pieces stand for nobody known."""
        documents = [document_of(piece) for piece in pieces]
        await self._connection.execute(update(PlanItem).where(PlanItem.id == item_id).values(unresolved=documents))

    async def has_sitting(self, plan_id: int, sitting_id: int) -> bool:
        """Tell whether a sitting is one of a plan's."""
        of_plan = select(PlanSitting.plan_id).where(PlanSitting.id == sitting_id)
        return await self._connection.scalar(of_plan) == plan_id

    async def sitting_title(self, sitting_id: int) -> str:
        """Return what a sitting is called."""
        title = await self._connection.scalar(select(PlanSitting.title).where(PlanSitting.id == sitting_id))
        return title or ""


def _free_key(item: NewDeskItem, taken: set[str]) -> str:
    """Return the key by which a file that prints the item would find it; a twin's has a number."""
    (key,) = item_keys([(item.section, "", item.title)])
    names = [key, *(f"{key}.{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)
