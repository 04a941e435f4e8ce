"""`kabarchy survey report`."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.output import AsJson, print_json, print_table

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from bot.settings import Settings
    from services.survey_reports.report_dto import Report

_FORMS = (".pdf", ".xlsx", ".csv")


def report(
    survey: Annotated[str, typer.Argument(metavar="ID", help="The survey's number, or its questionnaire's code.")],
    out: Annotated[Path | None, typer.Option(metavar="FILE.pdf|FILE.xlsx|FILE.csv", help="The file to write.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show what a closed survey found, or write it to a file; free answers are never among it."""
    if out is not None and out.suffix.lower() not in _FORMS:
        raise typer.BadParameter("the file's name must end in .pdf, .xlsx or .csv", param_hint="'--out'")
    from bot.cli.settings import command_settings

    settings = command_settings()
    found = _read(settings, survey)
    if out is not None:
        written = _write(settings, found, out)
        if not as_json:
            typer.echo(f"{', '.join(written)}: survey {found.round.id}, {found.round.questionnaire.code}.")
    if as_json:
        from bot.documents.survey_json import report_document

        print_json(report_document(found))
    elif out is None:
        _print(found)


def _read(settings: "Settings", named: str) -> "Report":
    from bot.cli.database import with_database
    from bot.cli.failures import CommandFailed
    from services.access import OPERATOR
    from services.db.uow import reading_factory
    from services.survey_reports.errors import SurveyNotClosed
    from services.survey_reports.service import SurveyReportService

    async def work(engine: "AsyncEngine") -> "Report":
        return await SurveyReportService(reading_factory(engine), ()).get_named(OPERATOR, named)

    try:
        return with_database(settings, work)
    except SurveyNotClosed as error:
        raise CommandFailed("results appear only after closing: `kabarchy survey close` ends it") from error


def _write(settings: "Settings", found: "Report", out: Path) -> list[str]:
    """Write the report; a CSV has its codebook in a file beside it."""
    from bot.cli.files import write_whole_file
    from bot.documents.university import load
    from bot.stationery import card_of
    from bot.survey_papers import SurveyPaperMaker
    from services.survey_reports.report_dto import ReportForm

    papers = SurveyPaperMaker(card_of(load(settings.university_file)))
    form = ReportForm(out.suffix.lower()[1:])
    if form is ReportForm.PDF:  # for everybody at once
        files = {out: asyncio.run(papers.write_trilingual(found)).content}
    else:
        first, *others = asyncio.run(papers.write(found, form, settings.default_locale))
        files = {out: first.content}
        files |= {out.with_name(f"{out.stem}-codebook{out.suffix}"): other.content for other in others}
    for path, content in files.items():
        write_whole_file(path, content)
    return [str(path) for path in files]


def _print(found: "Report") -> None:
    from bot.documents.survey_tables import workbook
    from services.languages import Language

    typer.echo(f"Survey {found.round.id}, {found.round.questionnaire.code}, closed on {found.round.closed_on}.")
    response, indices, *_others = workbook(found, Language.EN).tables
    for table in (response, indices):
        rows = [["" if cell is None else str(cell) for cell in row] for row in table.rows]
        print_table(table.heading, rows, title=table.title)
