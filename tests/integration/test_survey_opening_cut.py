"""An opening whose connection breaks while its commit is on the way."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from services.db.uow import SqlUnitOfWork, unit_of_work_factory
from tests.support.clock import StandingClock
from tests.support.office import rows
from tests.support.survey_desk import MANAGER, Desk, settle


async def _is_over(engine: AsyncEngine, desk: Desk) -> bool:
    """Tell whether somebody waits for the row, or has not waited and deleted the key."""
    waiting = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    async with engine.connect() as connection:
        return not desk.key_files or bool(await rows(connection, waiting))


async def test_the_key_of_a_survey_whose_commit_lands_late_is_kept(
    engine: AsyncEngine, clock: StandingClock, tmp_path: Path
) -> None:
    desk = Desk(unit_of_work_factory(engine), clock, tmp_path)
    async with engine.begin() as connection:
        await settle(connection, "mti", 40)
    survey_id = await desk.bring()
    landing: list[asyncio.Task[None]] = []

    @asynccontextmanager
    async def breaking() -> AsyncIterator[SqlUnitOfWork]:
        """The server commits what the program was told is lost, once somebody waits for it."""
        connection = await engine.connect()
        transaction = await connection.begin()
        uow = SqlUnitOfWork(connection, transaction)

        async def land() -> None:
            async with asyncio.timeout(10):
                while not await _is_over(engine, desk):
                    pass
            await transaction.commit()
            await connection.close()

        async def commit() -> None:
            landing.append(asyncio.create_task(land()))
            raise ConnectionResetError

        lost = not landing
        if lost:
            uow.commit = commit  # type: ignore[method-assign]
        try:
            yield uow
        finally:
            if not lost:
                await transaction.rollback()
                await connection.close()

    with pytest.raises(ConnectionResetError):
        await Desk(breaking, clock, tmp_path).opening.open(MANAGER, survey_id)
    await landing[0]
    async with engine.connect() as connection:
        assert await rows(connection, "select state from surveys") == [("open",)]
    assert len(desk.key_files) == 1
