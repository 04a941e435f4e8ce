"""Days that are worked otherwise than the country's calendar says."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.db.models import WorkdayChange as Row
from services.workdays.dto import DayKind, WorkdayChange

_BATCH = 1_000  # the protocol knows 32,767 parameters a statement


class SqlWorkdayRepository:
    """Changes of the calendar, by day."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_changes(self) -> list[WorkdayChange]:
        """Return all, by day."""
        rows = await self._connection.execute(select(Row.day, Row.kind, Row.source, Row.decided_on).order_by(Row.day))
        return [
            WorkdayChange(day=day, kind=DayKind(kind), source=source, decided_on=decided_on)
            for day, kind, source, decided_on in rows
        ]

    async def put(self, changes: Sequence[WorkdayChange], now: datetime, by: int | None) -> None:
        """Write changes; what was noted about the same day before gives way."""
        for start in range(0, len(changes), _BATCH):
            await self._put(changes[start : start + _BATCH], now, by)

    async def _put(self, changes: Sequence[WorkdayChange], now: datetime, by: int | None) -> None:
        statement = insert(Row).values(
            [
                {
                    "day": change.day,
                    "kind": change.kind.value,
                    "source": change.source,
                    "decided_on": change.decided_on,
                    "noted_at": now,
                    "noted_by": by,
                }
                for change in changes
            ]
        )
        names = ("kind", "source", "decided_on", "noted_at", "noted_by")
        await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["day"], set_={name: statement.excluded[name] for name in names}
            )
        )

    async def remove(self, day: date) -> bool:
        """Forget what was noted about a day; False if nothing was."""
        removed = await self._connection.scalars(delete(Row).where(Row.day == day).returning(Row.day))
        return removed.first() is not None
