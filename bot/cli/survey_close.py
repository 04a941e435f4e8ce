"""`kabarchy survey close`."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.failures import CommandFailed
from bot.cli.output import AsJson, print_json, working

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from bot.settings import Settings
    from services.surveys.dto import Closing


def add_to(group: typer.Typer) -> None:
    """Add the command."""
    group.command()(close)


def close(
    survey: Annotated[str, typer.Argument(metavar="ID", help="The survey's number, or the questionnaire's code.")],
    without_answers: Annotated[
        bool, typer.Option("--without-answers", help="The key is lost: give up what was sealed to it.")
    ] = False,
    accept_damage: Annotated[
        bool, typer.Option("--accept-damage", help="Many replies cannot be read: close, and give these up.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Close a survey now: its replies are opened, shuffled and readable, and its key is destroyed."""
    from bot.cli.settings import command_settings
    from services.surveys.dto import ClosingEnd

    settings = command_settings()
    with working("Closing …"):
        closing = _close(settings, survey, without_answers=without_answers, accept_damage=accept_damage)
    if closing.end is ClosingEnd.KEY_MISSING:
        raise CommandFailed(_missing(settings, closing.survey_id))
    if closing.end is ClosingEnd.DAMAGED:
        raise CommandFailed(_damaged(closing))
    if as_json:
        print_json(_document(closing))
        return
    typer.echo(_said(closing))


def _close(settings: "Settings", named: str, *, without_answers: bool, accept_damage: bool) -> "Closing":
    from zoneinfo import ZoneInfo

    from bot.cli.database import with_database
    from bot.localtime import LocalTime
    from bot.survey_keys import SurveyKeyFiles
    from services.access import OPERATOR
    from services.db.uow import reading_factory, unit_of_work_factory
    from services.ports import SystemClock
    from services.surveys.closing import ClosingService
    from services.surveys.dto import SurveyState
    from services.surveys.finding import find_named
    from services.surveys.ports import NoAlarm

    async def work(engine: "AsyncEngine") -> "Closing":
        service = ClosingService(
            unit_of_work_factory(engine),
            SystemClock(),
            LocalTime(ZoneInfo(settings.timezone)),
            SurveyKeyFiles(settings.survey_keys),
            NoAlarm(),
        )
        async with reading_factory(engine)() as uow:
            found = await find_named(uow.surveys, named, [SurveyState.OPEN, SurveyState.CLOSING])
        return await service.close(OPERATOR, found.id, without_answers=without_answers, accept_damage=accept_damage)

    return with_database(settings, work)


def _missing(settings: "Settings", survey_id: int) -> str:
    return (
        f"survey {survey_id} takes no answers any more, but its key is not in {settings.survey_keys}: whichever "
        "running bot has it closes the survey within a minute; if the file is lost, so are the answers, and `kabarchy "
        f"survey close {survey_id} --without-answers` ends the survey"
    )


def _damaged(closing: "Closing") -> str:
    return (
        f"survey {closing.survey_id} takes no answers any more, but {closing.broken} of its replies cannot be read, so "
        "it is not closed: look for the cause (another key under its name, a damaged disk, a version that does not "
        f"fit); `kabarchy survey close {closing.survey_id} --accept-damage` closes it and gives these replies up"
    )


def _document(closing: "Closing") -> dict[str, object]:
    return {
        "id": closing.survey_id,
        "closed": closing.end.value == "closed",
        "replies": closing.replies,
        "texts": closing.texts,
        "damaged": closing.broken,
        "too_few": closing.too_few,
    }


def _said(closing: "Closing") -> str:
    if closing.end.value == "waits":
        return (
            f"Survey {closing.survey_id} takes no answers any more. Its replies are in use (by a backup or another "
            "closing); a running bot ends the closing in a minute or so, or repeat this command."
        )
    damaged = f" {closing.broken} were damaged and are not counted." if closing.broken else ""
    said = ""
    if closing.too_few:
        said = ": fewer than ten answered, so nothing of what they said is kept"
    elif closing.replies:
        said = f": {closing.replies} replies or some more, {closing.texts} texts in people's own words or some more"
    return f"Survey {closing.survey_id} is closed{said}.{damaged} Its key is destroyed."
