"""What `backup` and `restore` share: the database as its owner sees it, and an orderly end."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from bot.cli.failures import CommandFailed

if TYPE_CHECKING:
    from sqlalchemy import URL
    from sqlalchemy.ext.asyncio import AsyncEngine

    from bot.settings import Settings
    from services.db.databases import Neighbour
    from services.db.dumping import DumpPrograms

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeDatabase:
    """A database and the programs that fit its server.

    `url` and `engine` are those of the account that may change the schema; `program_url` is what the bot uses.
    """

    engine: "AsyncEngine"
    url: "URL"
    program_url: "URL"
    programs: "DumpPrograms"


@asynccontextmanager
async def whole_database(settings: "Settings", address: str) -> AsyncIterator[WholeDatabase]:
    """Connect as the owner; fail with one line where that, or the programs, are missing."""
    from bot.cli.database import require_reachable
    from services.db.databases import current_name, server_version
    from services.db.dumping import programs_for
    from services.db.engine import create_engine, parse_database_url

    owner = settings.migration_database_url
    url = parse_database_url(owner, setting="MIGRATION_DATABASE_URL") if owner else parse_database_url(address)
    engine = create_engine(url, pool_size=1)
    try:
        await require_reachable(engine)
        name, programs = await current_name(engine), await programs_for(await server_version(engine))
        yield WholeDatabase(
            engine=engine,
            url=url.set(database=name),
            program_url=parse_database_url(address).set(database=name),
            programs=programs,
        )
    finally:
        await engine.dispose()


@asynccontextmanager
async def neighbour(database: WholeDatabase, purpose: str) -> "AsyncIterator[Neighbour]":
    """Make a database beside this one; whatever fails in the block, it is dropped."""
    from services.db.databases import Neighbour

    made = Neighbour(database.url, purpose)
    await made.create()
    try:
        yield made
    except BaseException:
        await made.drop()
        raise


def run_to_its_end(work: "Awaitable[T]") -> T:
    """Do a piece of work; SIGTERM ends it in good order, and the command fails."""

    async def run() -> T:
        with _sigterm_cancels():
            return await work

    try:
        return asyncio.run(run())
    except asyncio.CancelledError as error:
        raise CommandFailed("stopped before it was done") from error


@contextmanager
def _sigterm_cancels() -> Iterator[None]:
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    if task is not None:
        loop.add_signal_handler(signal.SIGTERM, task.cancel)
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGTERM)
