"""Which worker processes live: each holds an advisory lock on a connection of its own.

The lock goes with the connection, so the work of a killed process is taken over at once and not only when its lease
runs out. The lease remains the bound where a dead connection is noticed late.
"""

import asyncio
from contextlib import suppress
from types import TracebackType
from typing import Self

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, InvalidRequestError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.db.locks import AdvisoryLock

#: The second is what a connection says that was lost before.
_AWAY = (DBAPIError, InvalidRequestError, PoolTimeoutError, OSError)


_WORKERS = f"""
    select objid::int from pg_locks
    where locktype = 'advisory' and objsubid = 2 and granted and classid = {AdvisoryLock.WORKERS:d}
      and database = (select oid from pg_database where datname = current_database())
    order by objid
"""  # noqa: S608 -- a number of ours


def worker_is_gone(table: str) -> str:
    """Return the SQL condition on a table with a column `worker`: nobody holds the lock of that worker."""
    return f"""
        not exists (
            select from pg_locks
            where locktype = 'advisory' and objsubid = 2 and granted and classid = {AdvisoryLock.WORKERS:d}
              and database = (select oid from pg_database where datname = current_database())
              and objid = {table}.worker
        )
    """  # noqa: S608 -- names of our own tables


def others_hand_is_dead(table: str) -> str:
    """Return the SQL condition that a row was in the hand of another worker (not `:worker`) who is gone.

    What this very process has in hand is not free, even while its own life sign is lost for a moment.
    """
    return f"({table}.worker <> :worker and {worker_is_gone(table)})"


async def list_workers(engine: AsyncEngine) -> list[int]:
    """Return the numbers of the worker processes that live on this database."""
    async with engine.connect() as connection:
        return list((await connection.execute(text(_WORKERS))).scalars())


class WorkerPresence:
    """The life sign of this process; `number` identifies it in leases."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._connection: AsyncConnection | None = None
        self._one_at_a_time = asyncio.Lock()
        self.number = 0

    async def __aenter__(self) -> Self:
        async with self._engine.connect() as connection:
            self.number = (await connection.execute(text("select nextval('worker_numbers')"))).scalar_one()
        await self._announce()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._leave()

    async def take_duty(self, duty: int) -> bool:
        """Try to become the one process with this duty (polling); False also while the database is away."""
        try:
            await self.check()
            async with self._one_at_a_time:
                return bool(
                    await self._ask("select pg_try_advisory_lock(:scope, :duty)", scope=AdvisoryLock.DUTIES, duty=duty)
                )
        except _AWAY:
            return False

    async def lay_down_duty(self, duty: int) -> None:
        """Let another process have the duty; where the database is away it was lost with the connection."""
        with suppress(*_AWAY):
            async with self._one_at_a_time:
                laying_down = "select pg_advisory_unlock(:scope, :duty)"
                while await self._ask(laying_down, scope=AdvisoryLock.DUTIES, duty=duty):
                    pass  # it was taken as often as it was asked for

    async def check(self) -> bool:
        """Renew the life sign if the connection was lost; False says that duties are lost with it.

        Raises:
            DBAPIError, OSError: the database is still away; to be asked again.
        """
        async with self._one_at_a_time:
            if self._connection is not None:
                try:
                    await self._ask("select true")
                except _AWAY:
                    await self._leave()
                else:
                    return True
            await self._announce()
            return False

    async def _announce(self) -> None:
        self._connection = await self._engine.connect()
        await self._ask("select pg_advisory_lock(:scope, :number)", scope=AdvisoryLock.WORKERS, number=self.number)

    async def _leave(self) -> None:
        """End the connection itself: given back to the pool it would go on holding the locks."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.invalidate()
            await connection.close()

    async def _ask(self, statement: str, **parameters: int) -> object:
        if self._connection is None:
            raise ConnectionError("the database is away")
        return (await self._connection.execute(text(statement), parameters)).scalar()
