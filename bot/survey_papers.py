"""Papers and pictures about surveys, for the chat and the command line."""

import asyncio
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from bot.documents.charts import printable
from bot.documents.plan_book import write_xlsx
from bot.documents.sheets import write_csv
from bot.documents.survey_codebook import codebook
from bot.documents.survey_pictures import compose_picture
from bot.documents.survey_report import compose_report
from bot.documents.survey_tables import long_table, workbook
from services.languages import Language
from services.plan_reports.papers import BookTable
from services.survey_reports.report_dto import Picture, Report, ReportForm
from services.surveys.dto import Stratum
from services.tables.dto import SheetText
from services.university import UniversityCard

if TYPE_CHECKING:
    from bot.documents.typesetting import Typesetter

_PPI: Final = 210.0  # of a narrow page: as many points as a phone shows


class Paper(NamedTuple):
    """A file and what it is called."""

    name: str
    content: bytes


class SurveyPaperMaker:
    """Makes one at a time, away from the event loop (`handlers.survey_reports.ports.SurveyPapers`)."""

    def __init__(self, university: UniversityCard) -> None:
        self._university = university
        self._lock = threading.Lock()
        self._typesetters: dict[str, Typesetter] = {}

    async def draw(self, report: Report, picture: Picture, stratum: Stratum, language: Language) -> list[bytes]:
        """Return a picture in the reader's language as PNG: several where one would be too high for a phone."""
        return await asyncio.to_thread(self._draw, report, picture, stratum, language)

    async def write(self, report: Report, form: ReportForm, language: Language) -> tuple[Paper, ...]:
        """Return the report as files in the reader's language, a CSV with its codebook."""
        return await asyncio.to_thread(self._write, report, form, language)

    async def write_trilingual(self, report: Report) -> Paper:
        """Return the report as PDF with a part for each language."""
        return await asyncio.to_thread(self._pdf, report, tuple(Language))

    def _write(self, report: Report, form: ReportForm, language: Language) -> tuple[Paper, ...]:
        name = _name(report)
        if form is ReportForm.XLSX:
            return (Paper(f"{name}.xlsx", write_xlsx(workbook(report, language))),)
        if form is ReportForm.CSV:
            tables = {f"{name}.csv": long_table(report, language), f"{name}-codebook.csv": codebook(report)}
            return tuple(Paper(file, write_csv(_as_texts(table))) for file, table in tables.items())
        return (self._pdf(report, (language,)),)

    def _pdf(self, report: Report, languages: Sequence[Language]) -> Paper:
        data: dict[str, Any] = printable(compose_report(report, self._university.name, languages))
        spoken = "-".join(language.value for language in languages)
        with self._lock:
            return Paper(f"{_name(report)}-{spoken}.pdf", self._typesetter("survey_report.typ").pdf(report=data))

    def _draw(self, report: Report, picture: Picture, stratum: Stratum, language: Language) -> list[bytes]:
        data: dict[str, Any] = printable(compose_picture(report, picture, stratum, language, self._university.name))
        with self._lock:
            return self._typesetter("survey_figures.typ").pictures(_PPI, chart=data)

    def _typesetter(self, template: str) -> "Typesetter":
        if template not in self._typesetters:
            from bot.documents.typesetting import Typesetter  # noqa: PLC0415 -- Typst takes 0.15 s

            self._typesetters[template] = Typesetter(template)
        return self._typesetters[template]


def _name(report: Report) -> str:
    return f"survey-{report.round.questionnaire.code}-{report.round.closed_on:%Y-%m-%d}"


def _as_texts(table: BookTable) -> SheetText:
    rows = tuple(tuple("" if cell is None else str(cell) for cell in row) for row in table.rows)
    return SheetText(title=table.title, heading=table.heading, rows=rows)
