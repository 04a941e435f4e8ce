"""`kabarchy survey import` and `kabarchy survey list`."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from bot.cli.output import AsJson, print_json, print_table
from services.questionnaires.dto import SurveyMode
from services.surveys.dto import Split

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from services.surveys.dto import Imported, Survey
    from services.surveys.service import SurveyService

T = TypeVar("T")


def import_questionnaire(  # noqa: PLR0913, PLR0917 -- the options of the command
    file: Annotated[Path, typer.Argument(metavar="FILE.toml", help="The questionnaire.")],
    mode: Annotated[SurveyMode | None, typer.Option(help="Else as its draft has it, or the file.")] = None,
    audience: Annotated[str | None, typer.Option(metavar="EXPR", help="Who is asked; else as for --mode.")] = None,
    split: Annotated[Split | None, typer.Option(help="How far the report tells groups apart.")] = None,
    closes: Annotated[
        datetime | None,
        typer.Option(metavar="YYYY-MM-DD", formats=["%Y-%m-%d"], help="The last day; else 14 days from opening."),
    ] = None,
    period_ky: Annotated[str, typer.Option(help='What "the last semester" means, in Kyrgyz.')] = "",
    period_ru: Annotated[str, typer.Option(help="The same in Russian.")] = "",
    period_en: Annotated[str, typer.Option(help="The same in English.")] = "",
    reader: Annotated[str | None, typer.Option(metavar="UNIT", help="Who reads named answers.")] = None,
    as_json: AsJson = False,
) -> None:
    """Take a questionnaire into the library and prepare a survey with it; nobody is asked before it is opened."""
    from bot.cli.files import read_file
    from services.access import OPERATOR
    from services.languages import Trilingual
    from services.questionnaires.limits import LARGEST_FILE
    from services.questionnaires.reading import read_toml
    from services.surveys.dto import SurveySettings

    period = Trilingual(ky=period_ky, ru=period_ru, en=period_en)
    settings = SurveySettings(
        mode=mode,
        audience=audience,
        split=split,
        period=period if any((period_ky, period_ru, period_en)) else None,
        closes_on=closes.date() if closes is not None else None,
        reader_unit=reader,
    )
    body = read_toml(read_file(file, limit=LARGEST_FILE))
    done = on_surveys(lambda surveys: surveys.import_questionnaire(OPERATOR, body, settings))
    if as_json:
        print_json({**survey_document(done.survey), "new": done.new, "fits_chat": done.fits_chat})
    else:
        _print(done)


def list_surveys(as_json: AsJson = False) -> None:
    """List all surveys, the newest first."""
    from services.access import OPERATOR

    surveys = on_surveys(lambda service: service.list_surveys(OPERATOR))
    if as_json:
        print_json([survey_document(survey) for survey in surveys])
        return
    if not surveys:
        typer.echo("There is no survey yet; `kabarchy survey import FILE.toml` brings a questionnaire.")
        return
    print_table(("ID", "Questionnaire", "Mode", "State", "Last day", "Asked"), [_row(survey) for survey in surveys])


def on_surveys(work: "Callable[[SurveyService], Awaitable[T]]") -> T:
    """Do something with surveys in the database of the settings."""
    from zoneinfo import ZoneInfo

    from bot.cli.database import with_database
    from bot.cli.settings import command_settings
    from bot.localtime import LocalTime
    from services.db.uow import unit_of_work_factory
    from services.ports import SystemClock
    from services.surveys.service import SurveyService

    settings = command_settings()

    async def ask(engine: "AsyncEngine") -> T:
        calendar = LocalTime(ZoneInfo(settings.timezone))
        return await work(SurveyService(unit_of_work_factory(engine), SystemClock(), calendar))

    return with_database(settings, ask)


def survey_document(survey: "Survey") -> dict[str, Any]:
    """Return a survey as its JSON."""
    return {
        "id": survey.id,
        "code": survey.questionnaire.code,
        "revision": survey.questionnaire.revision,
        "mode": survey.mode.value,
        "state": survey.state.value,
        "items": len(survey.questionnaire.items),
        "audience": survey.audience,
        "split": survey.split.value,
        "opened_on": survey.opened_on.isoformat() if survey.opened_on is not None else None,
        "closes_on": survey.closes_on.isoformat() if survey.closes_on is not None else None,
        "closed_on": survey.closed_on.isoformat() if survey.closed_on is not None else None,
    }


def _print(done: "Imported") -> None:
    survey, questionnaire = done.survey, done.survey.questionnaire
    known = "new in the library" if done.new else "known already"
    typer.echo(f"{questionnaire.code}, revision {questionnaire.revision} ({known}): {len(questionnaire.items)} items.")
    typer.echo(
        f"Survey {survey.id} is a draft: {survey.mode.value}, asked are {survey.audience or 'all with the link'}."
    )
    if kept := _kept(survey):
        typer.echo(
            f"The draft has it so, and not as in the file: {'; '.join(kept)}. Options of this command change it."
        )
    if not done.fits_chat:
        typer.echo("Its answers do not fit the buttons of a chat: it can be anonymous or an open link only.")
    if survey.mode is SurveyMode.NAMED:
        read_by = survey.reader_unit or "nobody yet (give --reader UNIT)"
        typer.echo(f"`kabarchy survey open {survey.id}` opens it; answers are kept with names, read by {read_by}.")
        return
    typer.echo(
        f"`kabarchy survey open {survey.id}` opens it and makes its key, a file of this machine in SURVEY_KEY_DIR: if "
        "that file is lost before the survey closes, all answers are lost."
    )


def _kept(survey: "Survey") -> list[str]:
    """Say what was set of a draft against its file."""
    from services.audience.rules import read_audience

    questionnaire, kept = survey.questionnaire, []
    if survey.mode is not questionnaire.mode:
        kept.append(f"mode {survey.mode.value} (file: {questionnaire.mode.value})")
    file = questionnaire.audience
    if file and survey.audience and str(read_audience(file)) != str(read_audience(survey.audience)):
        kept.append(f"audience {survey.audience} (file: {file})")
    return kept


def _row(survey: "Survey") -> tuple[str, ...]:
    last = survey.closes_on.isoformat() if survey.closes_on is not None else ""
    return (str(survey.id), survey.questionnaire.code, survey.mode.value, survey.state.value, last, survey.audience)
