"""The schema: migrations up and down, alike with the models, once however many start."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import AsyncEngine

from services.db.engine import DatabaseUrlError, create_engine, parse_database_url
from services.db.models import Base
from services.db.schema import bring_up_to_date, check_against_models, current_revision, migrate, newest_revision
from tests.support import database
from tests.support.office import rows

THINGS = """
    select 'table ' || tablename from pg_tables where schemaname = 'public'
    union all select 'index ' || indexname from pg_indexes where schemaname = 'public'
    union all select 'function ' || proname from pg_proc where pronamespace = 'public'::regnamespace
    union all select 'trigger ' || tgrelid::regclass || ' ' || tgname from pg_trigger where not tgisinternal
    union all select 'sequence ' || sequencename from pg_sequences where schemaname = 'public'
    order by 1
"""


@pytest.fixture
async def empty(postgres: URL) -> AsyncIterator[AsyncEngine]:
    """An engine on a database without anything in it."""
    async with database.clone(postgres, "template1") as url:
        engine = create_engine(url, pool_size=8)
        yield engine
        await engine.dispose()


async def things(engine: AsyncEngine) -> list[tuple[object, ...]]:
    async with engine.connect() as connection:
        return await rows(connection, THINGS)


async def test_migrations_go_up_down_and_up_again(empty: AsyncEngine) -> None:
    assert await current_revision(empty) is None
    await migrate(empty)
    full = await things(empty)
    assert await current_revision(empty) == newest_revision()
    await migrate(empty, "base")
    assert await things(empty) == [("index alembic_version_pkc",), ("table alembic_version",)]
    assert await current_revision(empty) is None
    await migrate(empty)
    assert await things(empty) == full


async def test_migrated_schema_is_that_of_the_models(engine: AsyncEngine) -> None:
    await check_against_models(engine)


async def test_checks_and_sequences_which_alembic_does_not_compare_are_those_of_the_models_too(
    engine: AsyncEngine, empty: AsyncEngine
) -> None:
    async with empty.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    constraints = """
        select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint
        where connamespace = 'public'::regnamespace and conrelid <> coalesce(to_regclass('alembic_version'), 0)
        order by 1, 2
    """
    sequences = "select sequencename, data_type::text from pg_sequences where schemaname = 'public' order by 1"
    indexes = (
        "select indexdef from pg_indexes where schemaname = 'public' and tablename <> 'alembic_version' order by 1"
    )
    for query in (constraints, sequences, indexes):
        async with engine.connect() as migrated, empty.connect() as made:
            assert await rows(migrated, query) == await rows(made, query)


async def test_newest_revision_is_the_one_that_alembic_would_choose() -> None:
    config = Config()
    config.set_main_option("script_location", "migrations")
    assert ScriptDirectory.from_config(config).get_heads() == [newest_revision()]


async def test_four_programs_that_start_at_once_migrate_once(postgres: URL, empty: AsyncEngine) -> None:
    engines = [create_engine(empty.url, pool_size=1) for _ in range(4)]
    try:
        await asyncio.gather(*(bring_up_to_date(engine) for engine in engines))
    finally:
        for engine in engines:
            await engine.dispose()
    assert await current_revision(empty) == newest_revision()
    await check_against_models(empty)
    assert postgres.database != empty.url.database


async def test_program_that_is_up_to_date_touches_nothing(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:  # somebody reads a table all the while: a migration would wait for it
        await connection.execute(text("select 1 from people"))
        async with asyncio.timeout(5):
            await bring_up_to_date(engine, owner_url="postgresql://nobody@nowhere.invalid/none")


async def test_migration_runs_with_the_owners_account(empty: AsyncEngine) -> None:
    address = empty.url.set(drivername="postgresql").render_as_string(hide_password=False)
    await bring_up_to_date(empty, owner_url=address)
    assert await current_revision(empty) == newest_revision()


async def test_migration_that_fails_leaves_nothing_and_lets_the_next_one_in(empty: AsyncEngine) -> None:
    async with empty.begin() as connection:
        await connection.execute(text("create table people (in_the_way text)"))
    with pytest.raises(Exception, match="people"):
        await migrate(empty)
    assert await things(empty) == [("table people",)]
    async with empty.begin() as connection:
        await connection.execute(text("drop table people"))
    async with asyncio.timeout(10):
        await migrate(empty)
    await check_against_models(empty)


@pytest.mark.parametrize(
    "address",
    ["postgresql://u:p@h:5432/d", "postgres://u:p@h:5432/d", "postgresql+psycopg://u:p@h:5432/d",
     "postgresql+asyncpg://u:p@h:5432/d"],
)  # fmt: skip
def test_address_of_the_database_may_name_any_driver(address: str) -> None:
    url = parse_database_url(address)
    assert url.render_as_string(hide_password=False) == "postgresql+asyncpg://u:p@h:5432/d"


@pytest.mark.parametrize("address", ["", "nonsense", "mysql://h/d", "sqlite:///x.db", "://", "postgresql//h"])
def test_address_of_another_database_is_refused(address: str) -> None:
    with pytest.raises(DatabaseUrlError):
        parse_database_url(address)
