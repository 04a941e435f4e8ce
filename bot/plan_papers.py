"""Papers and pictures about plans, for the chat and the command line."""

import asyncio

from bot.documents.charts import ChartPrinter
from bot.documents.language_report import LanguageReportPrinter
from bot.documents.plan_book import write_docx, write_xlsx
from bot.documents.plan_statuses import write_statuses
from bot.documents.university_model import University
from services.plan_reports.language_dto import LanguageReport
from services.plan_reports.papers import PaperForm, StackedChart, StateBook
from services.plan_reports.state_dto import PlanFile

_CHART_PPI = 210.0  # of a narrow page: as many points as a phone shows


class PlanPaperMaker:
    """Makes them away from the event loop (`handlers.plan_reports.ports.PlanPapers`)."""

    def __init__(self, university: University) -> None:
        self._charts = ChartPrinter("plan_figures.typ", ppi=_CHART_PPI)
        self._reports = LanguageReportPrinter(university)

    async def draw(self, chart: StackedChart) -> bytes:
        """Return a PNG picture."""
        return await self._charts.draw(chart)

    async def write_state(self, book: StateBook, form: PaperForm) -> bytes:
        """Return an XLSX or DOCX file."""
        return await asyncio.to_thread(write_xlsx if form is PaperForm.XLSX else write_docx, book)

    async def write_language_report(self, report: LanguageReport, form: PaperForm) -> bytes:
        """Return a DOCX or PDF file, in the state language."""
        return await asyncio.to_thread(self._reports.write, report, form)

    async def write_statuses(self, file: PlanFile) -> bytes:
        """Return a plan's own Word file with a column of statuses, in the state language."""
        return await asyncio.to_thread(write_statuses, file)
