"""Papers and pictures about surveys, for the chat and the command line."""

import asyncio
import threading
from typing import TYPE_CHECKING, Any, Final

from bot.documents.charts import printable
from bot.documents.survey_pictures import compose_picture
from services.languages import Language
from services.survey_reports.report_dto import Picture, Report
from services.surveys.dto import Stratum
from services.university import UniversityCard

if TYPE_CHECKING:
    from bot.documents.typesetting import Typesetter

_PPI: Final = 210.0  # of a narrow page: as many points as a phone shows


class SurveyPaperMaker:
    """Makes one at a time, away from the event loop (`handlers.survey_reports.ports.SurveyPapers`)."""

    def __init__(self, university: UniversityCard) -> None:
        self._university = university
        self._lock = threading.Lock()
        self._typesetters: dict[str, Typesetter] = {}

    async def draw(self, report: Report, picture: Picture, stratum: Stratum, language: Language) -> bytes:
        """Return a PNG picture in the reader's language."""
        return await asyncio.to_thread(self._draw, report, picture, stratum, language)

    def _draw(self, report: Report, picture: Picture, stratum: Stratum, language: Language) -> bytes:
        data: dict[str, Any] = printable(compose_picture(report, picture, stratum, language, self._university.name))
        with self._lock:
            return self._typesetter("survey_figures.typ").pictures(_PPI, chart=data)[0]

    def _typesetter(self, template: str) -> "Typesetter":
        if template not in self._typesetters:
            from bot.documents.typesetting import Typesetter  # noqa: PLC0415 -- Typst takes 0.15 s

            self._typesetters[template] = Typesetter(template)
        return self._typesetters[template]
