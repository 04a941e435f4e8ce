"""`kabarchy roster`."""

import typer

from bot.cli import codes
from bot.cli.roster_import import import_roster, list_corrections, undo_import


def add_to(app: typer.Typer) -> None:
    """Add the command group."""
    group = typer.Typer(help="Students and staff.", no_args_is_help=True)
    group.command("import")(import_roster)
    group.command("undo")(undo_import)
    group.command("corrections")(list_corrections)
    codes.add_to(group)
    app.add_typer(group, name="roster")
