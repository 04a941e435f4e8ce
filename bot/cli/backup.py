"""`kabarchy backup`."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.failures import CommandFailed
from bot.cli.output import working

if TYPE_CHECKING:
    from bot.cli.whole_database import WholeDatabase
    from bot.settings import Settings
    from services.db.databases import Snapshot


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("backup")(backup)


def backup(
    file: Annotated[Path, typer.Argument(help="Where the backup is written; only you may read it.")],
    verify: Annotated[
        bool, typer.Option("--verify", help="Restore it into a database beside, compare, and drop that again.")
    ] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Take the place of a file that is there.")] = False,
) -> None:
    """Write the whole database into a file; the bot may be running. It appears when it is whole."""
    from bot.cli.database import database_address
    from bot.cli.settings import command_settings
    from bot.cli.whole_database import run_to_its_end

    settings = command_settings()
    _require_free(file, overwrite=overwrite)
    with working("Backing up …"), database_address(settings) as address, _unfinished(file) as unfinished:
        taken = run_to_its_end(_dump(settings, address, unfinished, verify=verify))
        _require_free(file, overwrite=overwrite)
        size = unfinished.stat().st_size
        unfinished.replace(file)
        _keep(file.parent)
    typer.echo(f"Backed up to {file}: {size / 2**20:.1f} MB, schema {taken.revision}.")
    if verify:
        typer.echo(f"It was restored and compared: {len(taken.rows)} tables, {sum(taken.rows.values())} rows.")


async def _dump(settings: "Settings", address: str, file: Path, *, verify: bool) -> "Snapshot":
    from bot.cli.whole_database import whole_database
    from services.db.databases import snapshot

    async with whole_database(settings, address) as database:
        await _shuffle(database)
        async with snapshot(database.engine, counted=verify) as taken:
            if taken.revision is None:
                raise CommandFailed(f"there is nothing to back up: the database {database.engine.url!r} is empty")
            await database.programs.write(database.url, file, taken.id)
        if verify:
            await _verify(database, file, taken)
    return taken


async def _shuffle(database: "WholeDatabase") -> None:
    """Let the backup not tell in which order people finished an open survey."""
    from services.db.schema import current_revision, newest_revision
    from services.db.uow import unit_of_work_factory
    from services.surveys.shuffling import shuffle_replies

    if await current_revision(database.engine) != newest_revision():
        return
    if not await shuffle_replies(unit_of_work_factory(database.engine)):
        typer.echo(
            "Open surveys were in use (by another backup or a closing), so this backup holds today's replies and marks "
            "in the order in which they came.",
            err=True,
        )


async def _verify(database: "WholeDatabase", file: Path, taken: "Snapshot") -> None:
    from bot.cli.whole_database import neighbour
    from services.db.databases import snapshot
    from services.db.engine import create_engine

    async with neighbour(database, "being_verified") as beside:
        await database.programs.read(file, beside.url)
        engine = create_engine(beside.url, pool_size=1)
        try:
            async with snapshot(engine, counted=True) as restored:
                pass
        finally:
            await engine.dispose()
        await beside.drop()
    if (restored.revision, restored.rows) != (taken.revision, taken.rows):
        differing = sorted(name for name, rows in taken.rows.items() if restored.rows.get(name) != rows)
        raise CommandFailed(f"the backup does not hold what the database does: {', '.join(differing) or 'the schema'}")


@contextmanager
def _unfinished(file: Path) -> Iterator[Path]:
    """Make a file beside, which only its owner may read; it goes if the block fails."""
    try:
        number, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".unfinished", dir=file.parent)
    except OSError as error:
        raise CommandFailed(f"{file.parent} cannot be written: {error.strerror}") from error
    os.close(number)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _require_free(file: Path, *, overwrite: bool) -> None:
    if file.is_dir() or (file.exists() and not overwrite):
        raise CommandFailed(f"{file} is there already; name another file, or say --overwrite")


def _keep(folder: Path) -> None:
    """Let the new name outlast a power cut (pg_dump has seen to the content)."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
