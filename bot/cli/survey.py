"""`kabarchy survey`: one file a subcommand."""

import typer

from bot.cli import survey_close
from bot.cli.survey_draft import import_questionnaire, list_surveys
from bot.cli.survey_open import open_survey
from bot.cli.survey_report import report
from bot.cli.survey_tickets import make_tickets


def add_to(app: typer.Typer) -> None:
    """Add the command group."""
    group = typer.Typer(help="Surveys: questionnaires, opening, tickets, closing, reports.", no_args_is_help=True)
    group.command("import")(import_questionnaire)
    group.command("list")(list_surveys)
    group.command("open")(open_survey)
    group.command("tickets")(make_tickets)
    survey_close.add_to(group)
    group.command("report")(report)
    app.add_typer(group, name="survey")
