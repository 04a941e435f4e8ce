"""Who draws and writes what is taken along."""

from typing import Protocol

from services.plan_reports.language_dto import LanguageReport
from services.plan_reports.papers import PaperForm, StackedChart, StateBook
from services.plan_reports.state_dto import PlanFile


class PlanPapers(Protocol):
    """Pictures and files about plans, made away from the event loop."""

    async def draw(self, chart: StackedChart) -> bytes:
        """Return a PNG picture."""
        ...

    async def write_state(self, book: StateBook, form: PaperForm) -> bytes:
        """Return an XLSX or DOCX file."""
        ...

    async def write_language_report(self, report: LanguageReport, form: PaperForm) -> bytes:
        """Return a DOCX or PDF file, in the state language."""
        ...

    async def write_statuses(self, file: PlanFile) -> bytes:
        """Return a plan's own Word file with a column of statuses, in the state language.

        Raises:
            PlanFileUnreadable: it is no Word file.
        """
        ...
