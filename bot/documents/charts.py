"""Draws figures as a picture. Light to import: the tools come with the first picture."""

import asyncio
import threading
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from bot.documents.coverage import can_print
from services.bulletin.figures import Chart
from services.certificates.cleaning import clean

if TYPE_CHECKING:
    from bot.documents.typesetting import Typesetter

_PPI = 144.0


class ChartPrinter:
    """Draws one picture at a time, away from the event loop (`handlers.common.ports.Charts`)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._typesetter: Typesetter | None = None

    async def draw(self, chart: Chart) -> bytes:
        """Return a PNG picture; a sign that the fonts lack is left out."""
        return await asyncio.to_thread(self._draw, chart)

    def _draw(self, chart: Chart) -> bytes:
        with self._lock:
            if self._typesetter is None:
                from bot.documents.typesetting import Typesetter  # noqa: PLC0415 -- Typst takes 0.15 s

                self._typesetter = Typesetter("figures.typ")
            return self._typesetter.pictures(_PPI, chart=_printable(asdict(chart)))[0]


def _printable(value: Any) -> Any:  # noqa: ANN401 -- whatever a chart is made of
    if isinstance(value, str):
        text = clean(value)
        return text if can_print(text) else "".join(sign for sign in text if can_print(sign))
    if isinstance(value, dict):
        return {name: _printable(one) for name, one in value.items()}
    return [_printable(one) for one in value] if isinstance(value, list | tuple) else value
