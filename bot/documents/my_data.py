"""Draws the report of what is kept about a person. Light to import: the tools come with the first report."""

import asyncio
import threading
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from bot.documents.coverage import can_print
from services.certificates.cleaning import clean
from services.mydata.report_dto import Report

if TYPE_CHECKING:
    from bot.documents.typesetting import Typesetter


class ReportPrinter:
    """Draws one report at a time, away from the event loop (`handlers.common.ports.Reports`)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._typesetter: Typesetter | None = None

    async def draw(self, report: Report) -> bytes:
        """Return the report as PDF/A-2b. A sign that the fonts lack is named by its number instead of printed."""
        return await asyncio.to_thread(self._draw, report)

    def _draw(self, report: Report) -> bytes:
        data = _printable(asdict(report))
        data["iso_date"] = report.day.isoformat()
        del data["day"]
        with self._lock:
            if self._typesetter is None:
                from bot.documents.typesetting import Typesetter  # noqa: PLC0415 -- Typst takes 0.15 s

                self._typesetter = Typesetter("my_data.typ")
            return self._typesetter.pdf(report=data)


def _printable(data: dict[str, Any]) -> dict[str, Any]:
    """Return the report with signs that the fonts have; the remark about the others only where there were some."""
    replaced = False

    def visit(value: Any) -> Any:  # noqa: ANN401 -- whatever a report is made of
        nonlocal replaced
        if isinstance(value, str):
            text = clean(value)
            if can_print(text):
                return text
            replaced = True
            return "".join(sign if can_print(sign) else f"[U+{ord(sign):04X}]" for sign in text)
        if isinstance(value, dict):
            return {name: visit(one) for name, one in value.items()}
        return [visit(one) for one in value] if isinstance(value, list | tuple) else value

    said = visit(data)
    return {**said, "unprintable": said["unprintable"] if replaced else ""}
