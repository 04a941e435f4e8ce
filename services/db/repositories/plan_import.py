"""Plans as an import writes them: thousands of items by a handful of statements."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ARRAY, BigInteger, DateTime, bindparam, cast, delete, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.db.locks import AdvisoryLock
from services.db.models import Plan, PlanAlias, PlanHistory, PlanInstance, PlanItem, PlanParty
from services.db.repositories.plan_rows import instance_of, values_of
from services.db.repositories.plans import SqlPlanRepository
from services.plan_import.dto import Changed
from services.plan_import.writing import ChangedRow, NewItem, days_of
from services.plans.dto import Instance, ItemState, PlannedItem
from services.plans.dto import PlanItem as Item
from services.responsibles.dto import Alias
from services.spelling import fold

_FULFIL = text("""
    update plan_extensions e set decision = 'granted', granted = i.due, decided_at = :now, decided_by = :by
    from plan_duties d join plan_instances i on i.id = d.instance_id
    where d.id = e.duty_id and i.id = any(:ids) and e.decision is null and e.wanted <= i.due
""").bindparams(bindparam("ids", type_=ARRAY(BigInteger)))
_OUTLIVE = text("""
    with gone as (
        update plan_duties d
        set due = null, due_version = d.due_version + 1, version = d.version + 1, changed_at = :now
        from plan_instances i
        where i.id = d.instance_id and i.id = any(:ids) and d.due <= i.due
        returning i.item_id, i.id as instance_id, d.unit_code
    )
    insert into plan_history (item_id, instance_id, unit_code, at, account_id, act)
    select item_id, instance_id, unit_code, :now, :by, 'own_day_outlived' from gone
""").bindparams(
    bindparam("ids", type_=ARRAY(BigInteger)),
    bindparam("now", type_=DateTime(timezone=True)),
    bindparam("by", type_=BigInteger),
)


class SqlPlanImportRepository:
    """Plans, their items, instances and parties, written."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lock(self) -> None:
        """Let another import wait until the end of the transaction."""
        await self._connection.execute(select(func.pg_advisory_xact_lock(AdvisoryLock.PLANS)))

    async def lock_items(self, plan_id: int) -> None:
        """Let whoever changes an item of a plan wait until the end of the transaction."""
        await self._connection.execute(
            select(PlanItem.id).where(PlanItem.plan_id == plan_id).order_by(PlanItem.id).with_for_update()
        )

    async def list_removed(self, plan_id: int) -> list[PlannedItem]:
        """Return the items that earlier files took out of a plan, those of the last file first."""
        removed = select(PlanItem.id).where(PlanItem.plan_id == plan_id, PlanItem.state == ItemState.REMOVED.value)
        found = await SqlPlanRepository(self._connection).list_chosen(removed)
        return sorted(found, key=lambda one: -one.item.id)

    async def list_dropped(self, plan_id: int) -> dict[int, list[Instance]]:
        """Return the times that earlier printings took away, by item."""
        dropped: dict[int, list[Instance]] = {}
        rows = await self._connection.execute(
            select(PlanInstance.__table__)
            .join(PlanItem, PlanItem.id == PlanInstance.item_id)
            .where(PlanItem.plan_id == plan_id, PlanInstance.cancelled_at.is_not(None))
            .order_by(PlanInstance.id)
        )
        for row in rows:
            dropped.setdefault(row.item_id, []).append(instance_of(row))
        return dropped

    async def add_plan(self, year: int, name: str, reminds_from: date, now: datetime, account_id: int | None) -> int:
        """Write a plan without items; return its id."""
        values = {
            "year": year, "name": name, "reminds_from": reminds_from, "imported_at": now, "imported_by": account_id,
        }  # fmt: skip
        plan_id: int = (await self._connection.execute(insert(Plan).values(values).returning(Plan.id))).scalar_one()
        return plan_id

    async def note_file(
        self, plan_id: int, file_id: int, file_name: str, now: datetime, account_id: int | None
    ) -> None:
        """Note which file the plan is of now."""
        await self._connection.execute(
            update(Plan)
            .where(Plan.id == plan_id)
            .values(
                file_id=file_id,
                file_name=file_name,
                imported_at=now,
                imported_by=account_id,
                version=Plan.version + 1,
            )
        )

    async def add_items(self, items: Sequence[NewItem], now: datetime, account_id: int | None) -> None:
        """Write items with their parties and instances."""
        if not items:
            return
        written = await self._connection.execute(
            insert(PlanItem).returning(PlanItem.id, sort_by_parameter_order=True),
            [{**values_of(one.item), "changed_at": now} for one in items],
        )
        ids = list(written.scalars())
        await self._add_parties([(item_id, one.item) for item_id, one in zip(ids, items, strict=True)])
        await self._add_instances(
            [
                {
                    "item_id": item_id,
                    "ordinal": ordinal,
                    "starts_on": new.starts_on,
                    "first_due": new.due,
                    "due": new.due,
                    "soft": new.soft,
                }
                for item_id, one in zip(ids, items, strict=True)
                for ordinal, new in enumerate(one.instances, 1)
            ]
        )
        await self._note(ids, "imported", now, account_id)

    async def change_items(self, rows: Sequence[ChangedRow], now: datetime, account_id: int | None) -> None:
        """Write items as they will be; their history tells what of their printing changed."""
        if not rows:
            return
        ids = [row.item.id for row in rows]
        # Keys may change places among items; none may meet another's on the way.
        aside = PlanItem.key + ":" + func.cast(PlanItem.id, PlanItem.key.type)
        await self._connection.execute(update(PlanItem).where(PlanItem.id.in_(ids)).values(key=aside))
        columns = _printed_of(rows[0].item)
        statement = (
            update(PlanItem)
            .where(PlanItem.id == bindparam("row_id"))
            .values(
                **{name: bindparam(f"new_{name}") for name in columns},
                changed_at=bindparam("now"),
                version=PlanItem.version + bindparam("step"),
            )
        )
        await self._connection.execute(statement, [_parameters(row, now) for row in rows])
        await self._change_parties([row.item for row in rows if row.parties_changed])
        for row in rows:
            await self._refit(row, now, account_id)
        later = [one.instance_id for row in rows if row.refitted for one in row.refitted.moved if one.moves]
        await self._outlive(later, now, account_id)

    async def forget_places(self, plan_id: int, item_ids: Collection[int]) -> None:
        """Forget where the items of a plan stood in its file, but for these."""
        staying = select(func.unnest(cast(list(item_ids), ARRAY(BigInteger))))
        await self._connection.execute(
            update(PlanItem)
            .where(PlanItem.plan_id == plan_id, PlanItem.place_table.is_not(None), PlanItem.id.not_in(staying))
            .values(place_table=None, place_row=None)
        )

    async def remove_items(self, item_ids: Collection[int], now: datetime, account_id: int | None) -> None:
        """Take items out of the plan; what was reported on them stays."""
        if not item_ids:
            return
        await self._connection.execute(
            update(PlanItem)
            .where(PlanItem.id.in_(item_ids))
            .values(state=ItemState.REMOVED.value, changed_at=now, version=PlanItem.version + 1)
        )
        await self._note(list(item_ids), "removed", now, account_id)

    async def learn(self, aliases: Sequence[Alias], now: datetime, account_id: int | None) -> None:
        """Keep what a person said that words stand for."""
        for alias in aliases:
            values: dict[str, Any] = {
                "text": alias.text, "codes": list(alias.codes), "learned_at": now, "learned_by": account_id,
            }  # fmt: skip
            statement = upsert(PlanAlias).values(text_key=fold(alias.text), **values)
            await self._connection.execute(
                statement.on_conflict_do_update(index_elements=[PlanAlias.text_key], set_=values)
            )

    async def _refit(self, row: ChangedRow, now: datetime, account_id: int | None) -> None:
        if row.changed:
            details: dict[str, Any] = {"changed": sorted(one.value for one in row.changed)}
            if row.refitted is not None:
                details["dates"] = days_of(row.item.deadline.dates)
            act = "revived" if Changed.BACK in row.changed else "reprinted"
            await self._note([row.item.id], act, now, account_id, details)
        if row.refitted is None:
            return
        for moved in row.refitted.moved:
            new = moved.wanted
            await self._connection.execute(
                update(PlanInstance)
                .where(PlanInstance.id == moved.instance_id)
                .values(
                    starts_on=new.starts_on,
                    due=new.due,
                    first_due=func.coalesce(PlanInstance.first_due, new.due),
                    soft=new.soft,
                    cancelled_at=None,
                    due_version=PlanInstance.due_version + int(moved.moves),
                )
            )
        for ordinal, new in row.refitted.added:
            values = {"starts_on": new.starts_on, "first_due": new.due, "due": new.due, "soft": new.soft}
            await self._connection.execute(insert(PlanInstance).values(item_id=row.item.id, ordinal=ordinal, **values))
        await self._connection.execute(
            update(PlanInstance).where(PlanInstance.id.in_(row.refitted.dropped)).values(cancelled_at=now)
        )

    async def _outlive(self, instance_ids: Sequence[int], now: datetime, account_id: int | None) -> None:
        """Let days of single units go that are not later than the day of all; wishes for such a day are fulfilled."""
        known = {"ids": list(instance_ids), "now": now, "by": account_id}
        if instance_ids:
            await self._connection.execute(_FULFIL, known)
            await self._connection.execute(_OUTLIVE, known)

    async def _change_parties(self, items: Sequence[Item]) -> None:
        if items:
            await self._connection.execute(delete(PlanParty).where(PlanParty.item_id.in_([item.id for item in items])))
            await self._add_parties([(item.id, item) for item in items])

    async def _add_parties(self, items: Sequence[tuple[int, Item]]) -> None:
        rows = [
            {"item_id": item_id, "code": party.code, "share": party.share.value, "position": place, "text": party.text}
            for item_id, item in items
            for place, party in enumerate(item.parties)
        ]
        if rows:
            await self._connection.execute(insert(PlanParty), rows)

    async def _add_instances(self, rows: Sequence[dict[str, Any]]) -> None:
        if rows:
            await self._connection.execute(insert(PlanInstance), list(rows))

    async def _note(
        self,
        item_ids: Sequence[int],
        act: str,
        now: datetime,
        account_id: int | None,
        details: dict[str, Any] | None = None,
    ) -> None:
        rows = [
            {"item_id": item_id, "at": now, "account_id": account_id, "act": act, "details": details or {}}
            for item_id in item_ids
        ]
        await self._connection.execute(insert(PlanHistory), rows)


def _printed_of(item: Item) -> dict[str, Any]:
    """Return the columns that a file says something about; the others are the coordinator's."""
    theirs = {"plan_id", "origin", "sitting_id", "reason"}
    return {name: value for name, value in values_of(item).items() if name not in theirs}


def _parameters(row: ChangedRow, now: datetime) -> dict[str, Any]:
    return {
        "row_id": row.item.id,
        "now": now,
        "step": int(bool(row.changed) or row.parties_changed or row.refitted is not None),
        **{f"new_{name}": value for name, value in _printed_of(row.item).items()},
    }
