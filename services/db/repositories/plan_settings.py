"""Settings of plans, members of groups, words that were taught."""

import zlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.db.locks import AdvisoryLock
from services.db.models import Plan, PlanAlias, PlanItem, PlanParty, Unit
from services.db.repositories.plan_rows import alias_of
from services.plan_desk.setting_dto import PlanSettings
from services.plans.dto import ItemState
from services.responsibles.dto import Alias


class SqlPlanSettingsRepository:
    """What coordinators set."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def change(self, plan_id: int, version: int, settings: PlanSettings, now: datetime) -> bool:
        """Write settings of a plan of this version; False if it has another by now."""
        wanted = {
            "ladder": list(settings.ladder) if settings.ladder is not None else None,
            "overdue_every": settings.overdue_every,
            "escalates": settings.escalates,
            "reminds_from": settings.reminds_from,
        }
        values: dict[str, Any] = {name: value for name, value in wanted.items() if value is not None}
        if settings.closed is not None:
            values["closed_at"] = now if settings.closed else null()
        changed = await self._connection.execute(
            update(Plan).where(Plan.id == plan_id, Plan.version == version).values(version=Plan.version + 1, **values)
        )
        return changed.rowcount == 1

    async def list_named_codes(self) -> frozenset[str]:
        """Return the codes that active items of open plans name."""
        statement = (
            select(PlanParty.code)
            .join(PlanItem, PlanItem.id == PlanParty.item_id)
            .join(Plan, Plan.id == PlanItem.plan_id)
            .where(Plan.closed_at.is_(None), PlanItem.state == ItemState.ACTIVE.value)
            .distinct()
        )
        return frozenset(await self._connection.scalars(statement))

    async def lock_groups(self) -> None:
        """Let others who change groups wait until the end of the transaction."""
        await self._connection.execute(select(func.pg_advisory_xact_lock(AdvisoryLock.PLANS)))

    async def put_members(self, code: str, members: Sequence[str]) -> None:
        """Write who stands in a group."""
        await self._connection.execute(update(Unit).where(Unit.code == code).values(members=list(members)))

    async def list_taught(self) -> list[tuple[int, Alias]]:
        """Return what was taught, the newest first, each with a number that stands for its words."""
        rows = await self._connection.execute(
            select(PlanAlias.text_key, PlanAlias.text, PlanAlias.codes).order_by(
                PlanAlias.learned_at.desc(), PlanAlias.text_key
            )
        )
        return [(zlib.crc32(row.text_key.encode()), alias_of(row)) for row in rows]

    async def forget(self, text_key: str) -> None:
        """Forget words."""
        await self._connection.execute(delete(PlanAlias).where(PlanAlias.text_key == text_key))
