"""One account owns the schema, another works with it."""

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from sqlalchemy import URL, text

from services.db.engine import create_engine, parse_database_url
from tests.cli.console import Console
from tests.support import database
from tests.support.nursery import ROOT
from tests.support.office import rows

UNITS = ROOT / "bot" / "demonstration" / "data" / "units.csv"
OWNER, WORKER = f"kabarchy_owner_{os.getpid()}", f"Kabarchy worker {os.getpid()}"


@dataclass(frozen=True, slots=True)
class Accounts:
    """An empty database and the two accounts' addresses of it."""

    admin: URL
    owner: str
    worker: str


async def execute(url: URL, *statements: str) -> None:
    engine = create_engine(url, pool_size=1).execution_options(isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        for statement in statements:
            await connection.execute(text(statement))
    await engine.dispose()


@pytest.fixture
async def accounts(postgres: URL) -> AsyncIterator[Accounts]:
    """Two accounts; the second may do nothing yet."""
    roles = (OWNER, WORKER)
    await execute(postgres, *(f"create role \"{name}\" login password 'pw'" for name in roles))
    try:
        async with database.clone(postgres, "template1") as url:
            await execute(
                url,
                f'alter schema public owner to "{OWNER}"',
                "revoke all on schema public from public",
            )
            owner, worker = (
                url.set(drivername="postgresql", username=name, password="pw").render_as_string(hide_password=False)
                for name in roles
            )
            yield Accounts(url, owner, worker)
    finally:
        await execute(postgres, *(f'drop role "{name}"' for name in roles))


async def test_the_owner_migrates_and_the_other_account_can_work(console: Console, accounts: Accounts) -> None:
    both = {"DATABASE_URL": accounts.worker, "MIGRATION_DATABASE_URL": accounts.owner}
    migrated = console.run("migrate", **both)
    assert (migrated.code, migrated.err) == (0, "")
    assert "was up to date" in console.run("migrate", **both).out
    console.environment["DATABASE_URL"] = accounts.worker
    assert console.run("units", "import", UNITS, "--json").json["added"] == 94
    assert console.run("role", "grant", "7001", "admin").code == 0
    await execute(accounts.admin, f'revoke insert on table units from "{WORKER}"')  # as after an older version
    assert "is now up to date" in console.run("migrate", **both).out
    engine = create_engine(parse_database_url(accounts.worker), pool_size=1)
    async with engine.connect() as connection:
        may = "select has_schema_privilege('public', 'create'), has_table_privilege('alembic_version', 'update')"
        assert await rows(connection, may) == [(False, False)]
        assert await rows(connection, "select has_table_privilege('units', 'insert')") == [(True,)]
        rewrite = (
            "select bool_or(has_table_privilege(t, r)) from unnest(array['register_entries', 'certificates']) t,"
            " unnest(array['delete', 'truncate']) r"
        )
        assert await rows(connection, rewrite) == [(False,)]
        assert await rows(connection, "select has_table_privilege('register_entries', 'update')") == [(False,)]
        for table in ("sealed_replies", "survey_marks"):
            assert await rows(connection, f"select has_table_privilege('{table}', 'truncate')") == [(True,)]
    await engine.dispose()


async def test_what_keeps_the_owner_out_ends_in_one_line(console: Console, accounts: Accounts) -> None:
    console.environment["DATABASE_URL"] = accounts.worker
    for owner in ("postgresql://o@127.0.0.1:9/d", "mysql://h/d", "postgresql://o@h/d?options=x", accounts.worker):
        refused = console.run("migrate", MIGRATION_DATABASE_URL=owner)
        assert (refused.code, refused.out) == (1, "")
        assert "MIGRATION_DATABASE_URL" in refused.line
    alone = console.run("migrate")
    assert alone.code == 1
    assert "MIGRATION_DATABASE_URL" in alone.line


async def test_tables_that_may_not_be_read_are_not_taken_for_an_empty_database(
    console: Console, accounts: Accounts
) -> None:
    assert console.run("migrate", DATABASE_URL=accounts.owner).code == 0
    await execute(accounts.admin, f'grant usage on schema public to "{WORKER}"')
    console.environment["DATABASE_URL"] = accounts.worker
    for command in (("migrate",), ("role", "grant", "7001", "admin")):
        refused = console.run(*command)
        assert (refused.code, refused.out) == (1, "")
        assert "permission denied for table alembic_version" in refused.line
        assert "MIGRATION_DATABASE_URL" in refused.line
    assert console.run("role", "grant", "7001", "admin", MIGRATION_DATABASE_URL=accounts.owner).code == 0
