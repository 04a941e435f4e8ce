"""Waiting for what another connection does, without sleeping."""

import asyncio

from sqlalchemy.ext.asyncio import AsyncEngine

from tests.support.office import rows

_WAITING = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"


async def ask(engine: AsyncEngine, statement: str) -> list[tuple[object, ...]]:
    """Run one statement in a transaction of its own."""
    async with engine.begin() as connection:
        return await rows(connection, statement)


async def somebody_waits(engine: AsyncEngine) -> None:
    """Return when a transaction waits for the lock of another."""
    async with asyncio.timeout(10):
        while await ask(engine, _WAITING) == [(0,)]:
            pass
