"""`kabarchy plan report`."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

import asyncio
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from bot.settings import Settings
    from services.plan_reports.state_dto import PlanState

_FORMS = (".xlsx", ".docx")


def report(
    on: Annotated[datetime, typer.Option(metavar="YYYY-MM-DD", formats=["%Y-%m-%d"], help="As of which day.")],
    out: Annotated[Path, typer.Option(metavar="FILE.xlsx|FILE.docx", help="The file to write.")],
) -> None:
    """Write the state of the plans of an academic year by unit, programme and month, and every item."""
    if out.suffix.lower() not in _FORMS:
        raise typer.BadParameter("the file's name must end in .xlsx or .docx", param_hint="'--out'")
    from bot.cli.files import write_whole_file
    from bot.cli.settings import command_settings

    settings, day = command_settings(), on.date()
    state = _read(settings, day)
    write_whole_file(out, asyncio.run(_written(state, out.suffix.lower()[1:], settings)))
    typer.echo(f"{out}: {state.figures.total.total} items of {len(state.figures.plans)} plans, as of {day}.")


def _read(settings: "Settings", day: date) -> "PlanState":
    from zoneinfo import ZoneInfo

    from bot.cli.database import with_database
    from bot.cli.failures import CommandFailed
    from bot.localtime import LocalTime
    from services.access import OPERATOR
    from services.db.uow import reading_factory
    from services.plan_reports.errors import NothingPlanned
    from services.plan_reports.service import PlanReportService
    from services.ports import SystemClock

    async def work(engine: "AsyncEngine") -> "PlanState":
        reports = PlanReportService(reading_factory(engine), SystemClock(), LocalTime(ZoneInfo(settings.timezone)))
        return await reports.get_state(OPERATOR, 0, day)

    try:
        return with_database(settings, work)
    except NothingPlanned as error:
        raise CommandFailed("there is no plan yet: bring one with `kabarchy plan import`") from error


async def _written(state: "PlanState", form: str, settings: "Settings") -> bytes:
    from zoneinfo import ZoneInfo

    from bot.documents.university import load
    from bot.i18n import Catalogues
    from bot.localtime import LocalTime
    from bot.plan_papers import PlanPaperMaker
    from bot.stationery import UniversityWords
    from handlers.common.reader import Reader
    from handlers.plan_reports.book import compose_book
    from services.plan_reports.papers import PaperForm

    university, language = load(settings.university_file), settings.default_locale
    dates = LocalTime(ZoneInfo(settings.timezone))
    i18n = Catalogues(language)
    with i18n.context(), i18n.use_locale(language.value):
        book = compose_book(state, Reader(language=language, words=UniversityWords(university), dates=dates))
    return await PlanPaperMaker(university).write_state(book, PaperForm(form))
