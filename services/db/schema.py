"""Bringing the schema up to date, once, however many start at the same time."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import AsyncEngine

from services.db.engine import create_engine, parse_database_url

if TYPE_CHECKING:
    from alembic.config import Config

_SCRIPTS = Path(__file__).parents[2] / "migrations"
_MIGRATION_LOCK = 0x4B42_0000


def newest_revision() -> str:
    """Return the revision that this version of the program needs.

    A migration's file begins with its revision, which is the time it was made (a test holds this against Alembic, which
    takes too long to load just to look).
    """
    return max("_".join(file.stem.split("_")[:2]) for file in (_SCRIPTS / "versions").glob("2*.py"))


async def current_revision(engine: AsyncEngine) -> str | None:
    """Return the revision of the database; None for an empty one."""
    async with engine.connect() as connection:
        try:
            return (await connection.execute(text("select version_num from alembic_version"))).scalar_one_or_none()
        except ProgrammingError:  # no such table
            return None


async def migrate(engine: AsyncEngine, revision: str = "head") -> None:
    """Bring the schema to a revision; several callers at once wait for the first."""
    async with engine.connect() as connection:
        await connection.execute(text("select pg_advisory_lock(:key)"), {"key": _MIGRATION_LOCK})
        await connection.commit()
        try:
            await connection.run_sync(_run, revision)
            await connection.commit()
        finally:
            await connection.rollback()
            await connection.execute(text("select pg_advisory_unlock(:key)"), {"key": _MIGRATION_LOCK})
            await connection.commit()


async def bring_up_to_date(engine: AsyncEngine, owner_url: str = "") -> None:
    """Migrate if the database is older than the program; `owner_url`: the account that may change the schema."""
    if await current_revision(engine) == newest_revision():
        return
    if not owner_url:
        await migrate(engine)
        return
    owner = create_engine(parse_database_url(owner_url), pool_size=1)
    try:
        await migrate(owner)
    finally:
        await owner.dispose()


async def check_against_models(engine: AsyncEngine) -> None:
    """Raise if the migrated schema is not that of the models (for tests)."""
    async with engine.connect() as connection:
        await connection.run_sync(_check)


def _run(connection: Connection, revision: str) -> None:
    from alembic import command  # noqa: PLC0415 -- takes 0.3 s; only who migrates waits for it

    config = _config(connection)
    if revision == "base" or revision.startswith("-"):
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)


def _check(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 -- as above

    command.check(_config(connection))


def _config(connection: Connection) -> "Config":
    from alembic.config import Config  # noqa: PLC0415 -- as above

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
