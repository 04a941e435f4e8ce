"""`kabarchy restore`."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.failures import CommandFailed
from bot.cli.output import working

if TYPE_CHECKING:
    from bot.cli.whole_database import WholeDatabase
    from bot.settings import Settings
    from services.db.databases import Neighbour

_RUNNING = "the bot is running on this database (workers {workers}); stop it first"
_CONNECTED = "other programs are connected to this database ({programs}); end them first"
_NOT_EMPTY = (
    "the database {database} is not empty; with --replace the backup takes its place, and what it holds now is deleted "
    "(make a backup of that first)"
)


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("restore")(restore)


def restore(
    file: Annotated[Path, typer.Argument(help="What `kabarchy backup` wrote.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Delete what the database holds; without it, it must be empty.")
    ] = False,
) -> None:
    """Bring back the whole database, or change nothing; nothing is sent or issued until you say so."""
    from bot.cli.database import database_address
    from bot.cli.settings import command_settings
    from bot.cli.whole_database import run_to_its_end
    from services.db.schema import newest_revision

    settings = command_settings()
    if not file.is_file():
        raise CommandFailed(f"{file} is not a file")
    with working("Restoring …"), database_address(settings) as address:
        run_to_its_end(_restore(settings, address, file, replace=replace))
    typer.echo(f"Restored from {file}; the schema is up to date: {newest_revision()}.")
    typer.echo("Nothing is sent unasked until `kabarchy resume-sending`.")
    typer.echo("No certificate is issued or printed until `kabarchy resume-issuing --from NUMBER`.")


async def _restore(settings: "Settings", address: str, file: Path, *, replace: bool) -> None:
    from bot.cli.whole_database import neighbour, whole_database

    async with whole_database(settings, address) as database:
        await _require_alone(database, replace=replace)
        await database.programs.require_ours(file)
        async with neighbour(database, "being_restored") as beside:
            await database.programs.read(file, beside.url)
            await _make_fit(settings, database, beside)
            await _require_alone(database, replace=replace)
            await database.engine.dispose()
            await beside.take_the_place()


async def _require_alone(database: "WholeDatabase", *, replace: bool) -> None:
    """Refuse while anybody works here. Who comes later is met by PostgreSQL: a database in use keeps its name."""
    from services.db.databases import is_empty, list_others
    from services.db.presence import list_workers

    if workers := await list_workers(database.engine):
        raise CommandFailed(_RUNNING.format(workers=", ".join(map(str, workers))))
    if programs := await list_others(database.engine):
        raise CommandFailed(_CONNECTED.format(programs=", ".join(programs)))
    if not replace and not await is_empty(database.engine):
        raise CommandFailed(_NOT_EMPTY.format(database=repr(database.engine.url)))


async def _make_fit(settings: "Settings", database: "WholeDatabase", beside: "Neighbour") -> None:
    """Bring what was restored to the newest schema, halt its sending and issuing, before anybody can see it."""
    from zoneinfo import ZoneInfo

    from bot.cli.database import require_up_to_date
    from bot.localtime import LocalTime
    from services.access import OPERATOR
    from services.db.databases import analyze
    from services.db.engine import create_engine
    from services.db.uow import unit_of_work_factory
    from services.delivery.halting import Halting
    from services.ports import SystemClock
    from services.register.fence import IssuingFence

    owner = beside.url.render_as_string(hide_password=False) if settings.migration_database_url else ""
    engine = create_engine(database.program_url.set(database=beside.name), pool_size=2)
    try:
        await require_up_to_date(engine, settings.model_copy(update={"migration_database_url": owner}))
        unit_of_work, clock = unit_of_work_factory(engine), SystemClock()
        await Halting(unit_of_work, clock).halt(OPERATOR)
        await IssuingFence(unit_of_work, clock, LocalTime(ZoneInfo(settings.timezone))).halt(OPERATOR)
    finally:
        await engine.dispose()
    engine = create_engine(beside.url, pool_size=1)
    try:
        await analyze(engine)
    finally:
        await engine.dispose()
