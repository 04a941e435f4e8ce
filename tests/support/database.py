"""Databases for tests: one server a run, one migrated template, clones of it where several connections matter."""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import URL, make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.db.embedded import EmbeddedPostgres
from services.db.engine import create_engine, parse_database_url
from services.db.schema import migrate
from services.db.uow import SqlUnitOfWork, UnitOfWorkFactory

_TEMPLATE = f"kabarchy_test_template_{os.getpid()}"
_numbers = count(1)


@contextmanager
def server(*, durable: bool = False) -> Iterator[URL]:
    """Yield the server of TEST_DATABASE_URL, or start an embedded one, which forgets everything unless `durable`."""
    if address := os.environ.get("TEST_DATABASE_URL"):
        yield parse_database_url(address)
        return
    memory = Path("/dev/shm")  # noqa: S108 -- a folder in memory, where there is one
    folder = Path(tempfile.mkdtemp(prefix="kabarchy-test-", dir=memory if memory.is_dir() and not durable else None))
    folder.chmod(0o711)
    postgres = EmbeddedPostgres(folder, durable=durable)
    try:
        yield make_url(postgres.start(exclusive=True))
    finally:
        postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)


@asynccontextmanager
async def template(admin: URL) -> AsyncIterator[str]:
    """Make a migrated database to clone from; yields its name."""
    await _execute(admin, f'drop database if exists "{_TEMPLATE}"', f'create database "{_TEMPLATE}"')
    engine = create_engine(admin.set(database=_TEMPLATE), pool_size=2)
    await migrate(engine)
    await engine.dispose()
    try:
        yield _TEMPLATE
    finally:
        await _execute(admin, f'drop database if exists "{_TEMPLATE}" with (force)')


@asynccontextmanager
async def clone(admin: URL, source: str) -> AsyncIterator[URL]:
    """Clone a database for one test."""
    name = f"kabarchy_test_{os.getpid()}_{next(_numbers)}"
    await _execute(admin, f'create database "{name}" template "{source}" strategy file_copy')
    try:
        yield admin.set(database=name)
    finally:
        await _execute(admin, f'drop database if exists "{name}" with (force)')


@asynccontextmanager
async def rolled_back(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """Yield a connection whose transaction is undone at the end."""
    async with engine.connect() as connection:
        transaction = await connection.begin()
        try:
            yield connection
        finally:
            await transaction.rollback()


def savepoints(connection: AsyncConnection) -> UnitOfWorkFactory:
    """Return units of work that are savepoints of one transaction."""

    @asynccontextmanager
    async def open_unit_of_work() -> AsyncIterator[SqlUnitOfWork]:
        savepoint = await connection.begin_nested()
        try:
            yield SqlUnitOfWork(connection, savepoint)
        finally:
            if savepoint.is_active:
                await savepoint.rollback()

    return open_unit_of_work


def statements(connection: AsyncConnection) -> UnitOfWorkFactory:
    """Return the counterpart of `reading_factory`: single statements on the same connection."""

    @asynccontextmanager
    async def open_reading() -> AsyncIterator[SqlUnitOfWork]:
        yield SqlUnitOfWork(connection, None)

    return open_reading


async def _execute(admin: URL, *statements: str) -> None:
    engine = create_engine(admin, pool_size=1).execution_options(isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        for statement in statements:
            await connection.execute(text(statement))
    await engine.dispose()
