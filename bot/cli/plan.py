"""`kabarchy plan`: one file a subcommand."""

import typer

from bot.cli import plan_reminders


def add_to(app: typer.Typer) -> None:
    """Add the command group."""
    group = typer.Typer(help="The university's plans: deadlines and reminders.", no_args_is_help=True)
    group.callback()(_plans)
    plan_reminders.add_to(group)
    app.add_typer(group, name="plan")


def _plans() -> None:
    """Keep subcommands by name, even where there is only one."""
