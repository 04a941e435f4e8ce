"""`kabarchy survey close`."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bot.cli.failures import CommandFailed
from bot.cli.output import AsJson, print_json, working

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from bot.settings import Settings
    from services.surveys.closing import ClosingService
    from services.surveys.dto import Closing

T = TypeVar("T")


def add_to(group: typer.Typer) -> None:
    """Add the command."""
    group.command()(close)


def close(
    survey: Annotated[str, typer.Argument(metavar="ID", help="The survey's number, or the questionnaire's code.")],
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Take no more answers although the key is elsewhere; a bot ends it.")
    ] = False,
    accept_damage: Annotated[
        bool, typer.Option("--accept-damage", help="Many replies cannot be read: close, and give these up.")
    ] = False,
    without_answers: Annotated[
        bool, typer.Option("--without-answers", help="Of a survey that waits for a lost key: give up what was sealed.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before answers are given up.")] = False,
    as_json: AsJson = False,
) -> None:
    """Close a survey now: its replies are opened, shuffled and readable, and its key is destroyed."""
    from bot.cli.settings import command_settings
    from services.surveys.dto import ClosingEnd

    settings = command_settings()
    if without_answers:
        closing = _give_up(settings, survey, yes=yes)
    else:
        with working("Closing …"):
            closing = _close(settings, survey, anyway=anyway, accept_damage=accept_damage)
    if closing.end is ClosingEnd.KEY_MISSING and not anyway:
        raise CommandFailed(_missing(settings, closing.survey_id))
    if closing.end is ClosingEnd.DAMAGED:
        raise CommandFailed(_damaged(closing))
    if as_json:
        print_json(_document(closing))
    else:
        typer.echo(_missing(settings, closing.survey_id) if closing.end is ClosingEnd.KEY_MISSING else _said(closing))


def _close(settings: "Settings", named: str, *, anyway: bool, accept_damage: bool) -> "Closing":
    from services.access import OPERATOR

    return _on_closing(
        settings, named, lambda service, one: service.close(OPERATOR, one, anyway=anyway, accept_damage=accept_damage)
    )


def _give_up(settings: "Settings", named: str, *, yes: bool) -> "Closing":
    """End a survey without its answers, once it was said how many are lost and its number was typed."""
    from services.access import OPERATOR

    survey_id, lost = _on_closing(settings, named, _weigh)
    if not yes:
        typer.echo(f"Survey {survey_id} has {lost} sealed replies, and nobody can ever read them after this.", err=True)
        if typer.prompt("The survey's number gives them up", default="", show_default=False, err=True) != str(
            survey_id
        ):
            raise CommandFailed("that is not its number; nothing was done")
    with working("Closing …"):
        return _on_closing(settings, str(survey_id), lambda service, one: service.give_up(OPERATOR, one))


async def _weigh(service: "ClosingService", survey_id: int) -> tuple[int, int]:
    from services.access import OPERATOR

    return survey_id, await service.weigh_giving_up(OPERATOR, survey_id)


def _on_closing(settings: "Settings", named: str, work: "Callable[[ClosingService, int], Awaitable[T]]") -> "T":
    from zoneinfo import ZoneInfo

    from bot.cli.database import with_database
    from bot.localtime import LocalTime
    from bot.survey_keys import SurveyKeyFiles
    from services.db.uow import reading_factory, unit_of_work_factory
    from services.ports import SystemClock
    from services.surveys.closing import ClosingService
    from services.surveys.dto import SurveyState
    from services.surveys.finding import find_named
    from services.surveys.ports import NoAlarm

    async def ask(engine: "AsyncEngine") -> T:
        service = ClosingService(
            unit_of_work_factory(engine),
            SystemClock(),
            LocalTime(ZoneInfo(settings.timezone)),
            SurveyKeyFiles(settings.survey_keys),
            NoAlarm(),
        )
        async with reading_factory(engine)() as uow:
            found = await find_named(uow.surveys, named, [SurveyState.OPEN, SurveyState.CLOSING])
        return await work(service, found.id)

    return with_database(settings, ask)


def _missing(settings: "Settings", survey_id: int) -> str:
    return (
        f"survey {survey_id} takes no answers any more, but its key is not in {settings.survey_keys}: whichever "
        "running bot has it closes the survey within a minute; if the file is lost, so are the answers, and after ten "
        f"minutes `kabarchy survey close {survey_id} --without-answers` ends the survey"
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
        "key_destroyed": closing.key_destroyed,
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
    key = " Its key is destroyed." if closing.key_destroyed else ""
    return f"Survey {closing.survey_id} is closed{said}.{damaged}{key}"
