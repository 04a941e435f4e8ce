"""`kabarchy units`."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.output import AsJson, print_json, working

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from services.units.dto import UnitsDifference


def add_to(app: typer.Typer) -> None:
    """Add the command group."""
    group = typer.Typer(help="Units and posts of the university.", no_args_is_help=True)
    group.callback()(lambda: None)  # with one command only, Typer would drop the word `import`
    group.command("import")(import_units)
    app.add_typer(group, name="units")


def import_units(
    file: Annotated[Path, typer.Argument(help="XLSX or CSV; the column `code` must be there.")], as_json: AsJson = False
) -> None:
    """Take over units and posts; a unit that is not in the file stays."""
    from bot.cli.database import with_database
    from bot.cli.files import read_table_file
    from bot.cli.settings import command_settings
    from services.access import OPERATOR
    from services.db.uow import unit_of_work_factory
    from services.units.service import UnitService
    from services.units.units_file import read_units

    settings = command_settings()
    entries = read_units(read_table_file(file))

    async def work(engine: "AsyncEngine") -> "UnitsDifference":
        return await UnitService(unit_of_work_factory(engine)).import_units(OPERATOR, entries)

    with working("Taking over the units …"):
        difference = with_database(settings, work)
    if as_json:
        print_json(asdict(difference))
        return
    typer.echo(f"Added {difference.added}, changed {difference.changed}, unchanged {difference.unchanged}.")
    missing = ", ".join(f"{count} in {language}" for language, count in difference.missing_names.items() if count)
    if missing:
        typer.echo(f"Names are missing: {missing}.")
