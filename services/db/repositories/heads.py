"""The heads of the days."""

from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.db.models import RegisterEntry, RegisterHead
from services.register.dto import Head, Tail


class SqlHeadRepository:
    """One row a day."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find_last_day(self) -> date | None:
        """Return the last day that has a head."""
        return await self._connection.scalar(select(func.max(RegisterHead.day)))

    async def find_tail(self, before: datetime) -> Tail | None:
        """Return the last entry of before a moment."""
        rows = await self._connection.execute(
            select(RegisterEntry.seq, RegisterEntry.hash)
            .where(RegisterEntry.at < before)
            .order_by(RegisterEntry.seq.desc())
            .limit(1)
        )
        row = rows.one_or_none()
        return None if row is None else Tail(seq=row.seq, hash=row.hash)

    async def add(self, day: date, tail: Tail) -> None:
        """Write the head of a day, unless it has one."""
        statement = insert(RegisterHead).values(day=day, seq=tail.seq, hash=tail.hash)
        await self._connection.execute(statement.on_conflict_do_nothing())

    async def find_unposted(self, since: date) -> Head | None:
        """Return the oldest head of a day, from this one on, that is not known to be posted."""
        rows = await self._connection.execute(
            select(RegisterHead.day, RegisterHead.seq, RegisterHead.hash)
            .where(RegisterHead.posted_at.is_(None), RegisterHead.day >= since)
            .order_by(RegisterHead.day)
            .limit(1)
        )
        row = rows.one_or_none()
        return None if row is None else Head(day=row.day, seq=row.seq, hash=row.hash)

    async def note_posted(self, day: date, at: datetime) -> None:
        """Note that the head of a day was posted."""
        await self._connection.execute(update(RegisterHead).where(RegisterHead.day == day).values(posted_at=at))
