"""The database that a command works on: that of DATABASE_URL, or the embedded one under DATA_DIR."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

import asyncio
import fcntl
import os
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from bot.cli.failures import CommandFailed
from bot.settings import Settings
from services.db.embedded import EmbeddedPostgres

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

T = TypeVar("T")


@contextmanager
def database_address(settings: Settings, *, exclusive: bool = False) -> Iterator[str]:
    """Yield the database's address; the embedded server runs while the block lasts.

    `exclusive`: this process must own the embedded server (a long-running one). To be entered in the main thread.
    """
    from services.db.engine import DatabaseUrlError, parse_database_url

    if not settings.database_url:
        with embedded_database(settings.data_dir, exclusive=exclusive) as address:
            yield address
        return
    try:
        url = parse_database_url(settings.database_url)
    except DatabaseUrlError as error:
        raise CommandFailed(str(error)) from error
    yield url.render_as_string(hide_password=False)


@contextmanager
def embedded_database(data_dir: Path, *, exclusive: bool) -> Iterator[str]:
    """Yield the address of the embedded server.

    Commands on one DATA_DIR follow one another, for the server that one of them started ends with it.
    """
    postgres = EmbeddedPostgres(data_dir)
    try:
        _make_data_dir(data_dir)
        turn = os.open(data_dir, os.O_RDONLY)
    except OSError as error:
        raise CommandFailed(f"DATA_DIR {data_dir} cannot be used: {error.strerror}") from error
    try:
        if not exclusive:
            fcntl.flock(turn, fcntl.LOCK_EX)
        yield _start(postgres, data_dir, exclusive=exclusive)
    finally:
        postgres.stop()
        os.close(turn)


def with_database(
    settings: Settings, work: "Callable[[AsyncEngine], Awaitable[T]]", *, migrated: bool = True, connections: int = 2
) -> T:
    """Do a short piece of work on the database, which is brought up to date before unless `migrated` is false."""

    async def run(address: str) -> T:
        from services.db.engine import create_engine

        engine = create_engine(address, pool_size=connections)
        try:
            await require_reachable(engine)
            if migrated:
                await require_up_to_date(engine, settings)
            return await work(engine)
        finally:
            await engine.dispose()

    with database_address(settings) as address:
        return asyncio.run(run(address))


async def require_usable(address: str, settings: Settings) -> None:
    """Fail with one line unless the database can be reached and brought up to date."""
    from services.db.engine import create_engine

    engine = create_engine(address, pool_size=2)
    try:
        await require_reachable(engine)
        await require_up_to_date(engine, settings)
    finally:
        await engine.dispose()


async def require_reachable(engine: "AsyncEngine") -> None:
    """Fail with one line if no connection can be made."""
    import asyncpg
    from sqlalchemy.exc import SQLAlchemyError

    try:
        async with engine.connect():
            pass
    except (OSError, SQLAlchemyError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise CommandFailed(f"the database {engine.url!r} cannot be reached: {_reason(error)}") from error


async def require_up_to_date(engine: "AsyncEngine", settings: Settings) -> None:
    """Bring the schema up to date, or fail with one line."""
    import asyncpg
    from sqlalchemy.exc import SQLAlchemyError

    from services.db.schema import bring_up_to_date

    if await is_up_to_date(engine, settings):
        return
    from alembic.util import CommandError

    try:
        await bring_up_to_date(engine, settings.migration_database_url)
    except CommandError as error:
        raise CommandFailed(f"the database does not fit this version of kabarchy: {error}") from error
    except (OSError, SQLAlchemyError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise CommandFailed(_not_migrated(error, settings)) from error


async def is_up_to_date(engine: "AsyncEngine", settings: Settings) -> bool:
    """Whether a migration has nothing to do, or fail with one line."""
    import asyncpg
    from sqlalchemy.exc import SQLAlchemyError

    from services.db import schema

    try:
        return await schema.is_up_to_date(engine, settings.migration_database_url)
    except (OSError, SQLAlchemyError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise CommandFailed(_not_migrated(error, settings)) from error


def _not_migrated(error: Exception, settings: Settings) -> str:
    if settings.migration_database_url:
        return f"the account of MIGRATION_DATABASE_URL could not bring the database up to date: {_reason(error)}"
    return (
        f"the account of DATABASE_URL could not bring the database up to date: {_reason(error)}; run `kabarchy "
        "migrate` with an account that may change the schema (MIGRATION_DATABASE_URL)"
    )


def _start(postgres: EmbeddedPostgres, data_dir: Path, *, exclusive: bool) -> str:
    try:
        return postgres.start(exclusive=exclusive)
    except OSError as error:
        raise CommandFailed(f"DATA_DIR {data_dir} cannot be used: {error.strerror}") from error


def _make_data_dir(data_dir: Path) -> None:
    if not data_dir.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        data_dir.chmod(0o711 if os.geteuid() == 0 else 0o700)  # root's PostgreSQL runs as another account


def _reason(error: BaseException) -> str:
    cause: BaseException = getattr(error, "orig", None) or error
    text = str(cause.__cause__ or cause).strip() or type(cause).__name__
    return text.splitlines()[0]
