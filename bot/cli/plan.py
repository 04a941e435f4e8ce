"""`kabarchy plan`: one file a subcommand."""

import typer

from bot.cli import plan_reminders
from bot.cli.plan_deadline import read_deadlines
from bot.cli.plan_import import import_plan
from bot.cli.plan_report import report


def add_to(app: typer.Typer) -> None:
    """Add the command group."""
    group = typer.Typer(help="Work plans: deadlines, reminders, reports.", no_args_is_help=True)
    group.command("import")(import_plan)
    group.command("deadline")(read_deadlines)
    group.command("report")(report)
    plan_reminders.add_to(group)
    app.add_typer(group, name="plan")
