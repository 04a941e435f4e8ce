"""Who draws and writes what is taken along."""

from collections.abc import Sequence
from typing import Protocol

from services.languages import Language
from services.survey_reports.report_dto import Picture, Report, ReportForm
from services.surveys.dto import Stratum


class Paper(Protocol):
    """A file and what it is called."""

    @property
    def name(self) -> str:
        """Its name."""
        ...

    @property
    def content(self) -> bytes:
        """Its bytes."""
        ...


class SurveyPapers(Protocol):
    """Pictures and files about surveys, made away from the event loop."""

    async def draw(self, report: Report, picture: Picture, stratum: Stratum, language: Language) -> Sequence[bytes]:
        """Return a picture in the reader's language as PNG: several where one would be too high for a phone."""
        ...

    async def write(self, report: Report, form: ReportForm, language: Language) -> Sequence[Paper]:
        """Return the report as files in the reader's language, a CSV with its codebook."""
        ...

    async def write_trilingual(self, report: Report) -> Paper:
        """Return the report as PDF with a part for each language."""
        ...
