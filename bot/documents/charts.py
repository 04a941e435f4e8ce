"""Draws figures as a picture. Light to import: the tools come with the first picture."""

import asyncio
import threading
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from bot.documents.coverage import can_print
from services.bulletin.figures import Chart
from services.certificates.cleaning import clean
from services.plan_reports.papers import StackedChart

if TYPE_CHECKING:
    from bot.documents.typesetting import Typesetter

_PPI = 144.0


class ChartPrinter:
    """Draws one picture at a time, away from the event loop (`handlers.common.ports.Charts`)."""

    def __init__(self, template: str = "figures.typ", ppi: float = _PPI) -> None:
        self._template = template
        self._ppi = ppi
        self._lock = threading.Lock()
        self._typesetter: Typesetter | None = None

    async def draw(self, chart: Chart | StackedChart) -> bytes:
        """Return a PNG picture; a sign that the fonts lack is left out."""
        return await asyncio.to_thread(self._draw, chart)

    def _draw(self, chart: Chart | StackedChart) -> bytes:
        with self._lock:
            if self._typesetter is None:
                from bot.documents.typesetting import Typesetter  # noqa: PLC0415 -- Typst takes 0.15 s

                self._typesetter = Typesetter(self._template)
            return self._typesetter.pictures(self._ppi, chart=printable(asdict(chart)))[0]


def printable(value: Any) -> Any:  # noqa: ANN401 -- whatever is drawn
    """Return texts, and what is made of them, without the signs that the fonts lack."""
    if isinstance(value, str):
        text = clean(value)
        return text if can_print(text) else "".join(sign for sign in text if can_print(sign))
    if isinstance(value, dict):
        return {name: printable(one) for name, one in value.items()}
    return [printable(one) for one in value] if isinstance(value, list | tuple) else value
