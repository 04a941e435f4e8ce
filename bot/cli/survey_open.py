"""`kabarchy survey open`."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.output import AsJson, print_json, print_table
from bot.cli.survey_draft import survey_document

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from services.surveys.dto import Opened, Stratum


def open_survey(
    survey: Annotated[str, typer.Argument(metavar="ID", help="The survey's number, or the questionnaire's code.")],
    as_json: AsJson = False,
) -> None:
    """Open a survey: mode, questions, people and groups are fixed from then on, and people are invited."""
    opened = _open(survey)
    if as_json:
        print_json(_document(opened))
    else:
        _print(opened)


def _open(named: str) -> "Opened":
    from zoneinfo import ZoneInfo

    from bot.cli.database import with_database
    from bot.cli.settings import command_settings
    from bot.localtime import LocalTime
    from bot.survey_keys import SurveyKeyFiles
    from services.access import OPERATOR
    from services.db.uow import unit_of_work_factory
    from services.ports import NoBell, SystemClock
    from services.surveys.opening import OpeningService
    from services.surveys.service import SurveyService

    settings = command_settings()

    async def work(engine: "AsyncEngine") -> "Opened":
        doors = (unit_of_work_factory(engine), SystemClock(), LocalTime(ZoneInfo(settings.timezone)))
        keys = SurveyKeyFiles(settings.survey_keys)
        opening = OpeningService(*doors, keys, NoBell(), public_url=settings.public_url)
        found = await SurveyService(*doors).find_draft(OPERATOR, named)
        return await opening.open(OPERATOR, found.id)

    return with_database(settings, work)


def _document(opened: "Opened") -> dict[str, Any]:
    return {
        **survey_document(opened.survey),
        "people": opened.people,
        "invited": opened.invited,
        "strata": [_stratum(one) for one in opened.strata],
        "key": opened.key_place or None,
        "address": opened.address or None,
    }


def _stratum(stratum: "Stratum") -> dict[str, Any]:
    return {
        "code": stratum.code,
        "parent": stratum.parent,
        "name": {"ky": stratum.name.ky, "ru": stratum.name.ru, "en": stratum.name.en},
        "people": stratum.people,
        "leaf": stratum.leaf,
        "covers": list(stratum.covers),
    }


def _print(opened: "Opened") -> None:
    survey = opened.survey
    typer.echo(
        f"Survey {survey.id} ({survey.questionnaire.code}, {survey.mode.value}) is open until {survey.closes_on}: "
        f"{opened.people} people, {opened.invited} invited in the chat."
    )
    if survey.mode.value == "anonymous":
        typer.echo("Print tickets now: people are invited at 10:00 by themselves, once there are tickets.")
    if opened.address:
        typer.echo(f"Whoever has this address can answer: {opened.address}")
    leaves = [(one.code, one.name.en, str(one.people), ", ".join(one.covers)) for one in opened.strata if one.leaf]
    print_table(("Group", "Name", "People", "Merged from"), leaves)
    if opened.key_place:
        typer.echo(f"The key lies in {opened.key_place}, on this machine only, and in no backup.")
        typer.echo("If it is lost, all answers are lost: nobody can open them. It is deleted when the survey closes.")
