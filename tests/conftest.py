"""Fixtures of all tests."""

import gc
from collections.abc import AsyncIterator, Iterator

import pytest
from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.db.engine import create_engine
from services.db.uow import UnitOfWorkFactory
from tests.support import database
from tests.support.clock import StandingClock
from tests.support.nursery import Nursery

#: The folders that take longest; they begin first, so that no worker is left with one of them at the end.
_LONGEST = ("web", "durability", "cli", "sandbox")
#: Folders whose files stay with one worker: a browser, or a survey of 300 people, for each worker costs too much.
_TOGETHER = ("web", "attacks")

#: New objects between two searches for garbage.
_ALLOCATIONS = 20_000


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Keep each file with one worker; put the longest folders first; within them the order stays random."""
    for item in items:
        folder = item.path.parent.name
        item.add_marker(pytest.mark.xdist_group(folder if folder in _TOGETHER else str(item.path)))
    yield

    def rank(item: pytest.Item) -> int:
        folder = item.path.parent.name
        return _LONGEST.index(folder) if folder in _LONGEST else len(_LONGEST)

    items.sort(key=rank)


@pytest.hookimpl
def pytest_collection_finish() -> None:
    """Leave modules and tests out of every later search for garbage: they stay to the end, and there are many."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_ALLOCATIONS, *gc.get_threshold()[1:])


@pytest.fixture(scope="session")
def postgres() -> Iterator[URL]:
    """The server of this run."""
    with database.server() as url:
        yield url


@pytest.fixture(scope="session")
async def template_database(postgres: URL) -> AsyncIterator[str]:
    """The name of a migrated, empty database."""
    async with database.template(postgres) as name:
        yield name


@pytest.fixture(scope="session")
async def shared_engine(postgres: URL, template_database: str) -> AsyncIterator[AsyncEngine]:
    """An engine on a database that every test leaves as it found it."""
    async with database.clone(postgres, template_database) as url:
        engine = create_engine(url, pool_size=5)
        yield engine
        await engine.dispose()


@pytest.fixture
async def connection(shared_engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection whose effects are undone after the test."""
    async with database.rolled_back(shared_engine) as connection:
        yield connection


@pytest.fixture
def unit_of_work(connection: AsyncConnection) -> UnitOfWorkFactory:
    """Units of work, undone after the test."""
    return database.savepoints(connection)


@pytest.fixture
def reading(connection: AsyncConnection) -> UnitOfWorkFactory:
    """Single statements on the connection of `unit_of_work`."""
    return database.statements(connection)


@pytest.fixture
async def database_url(postgres: URL, template_database: str) -> AsyncIterator[URL]:
    """A database of its own, for tests with several connections or processes."""
    async with database.clone(postgres, template_database) as url:
        yield url


@pytest.fixture
async def engine(database_url: URL) -> AsyncIterator[AsyncEngine]:
    """An engine on a database of its own."""
    engine = create_engine(database_url, pool_size=20)
    yield engine
    await engine.dispose()


@pytest.fixture
def clock() -> StandingClock:
    """A clock that stands at noon in Bishkek."""
    return StandingClock()


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """The process that forks commands and bots."""
    nursery = Nursery()
    yield nursery
    nursery.close()
