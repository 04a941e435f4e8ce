"""`kabarchy survey`: one file a subcommand."""

import typer

from bot.cli import survey_close


def add_to(app: typer.Typer) -> None:
    """Add the command group."""
    group = typer.Typer(help="Surveys: closing.", no_args_is_help=True)
    survey_close.add_to(group)
    app.add_typer(group, name="survey")
