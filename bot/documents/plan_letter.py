"""Draws the letter to a unit that nobody hears for. Light to import: the tools come with the first letter."""

import asyncio
import threading
from typing import TYPE_CHECKING, Any

from bot.documents.coverage import can_print
from services.certificates.cleaning import clean
from services.languages import Language
from services.plan_reminders.ahead import Letter
from services.plan_reminders.dto import Line
from services.university import UniversityCard

if TYPE_CHECKING:
    from bot.documents.typesetting import Typesetter
    from bot.localtime import LocalTime


class PlanLetterPrinter:
    """Draws one letter at a time, in Kyrgyz, away from the event loop (`handlers.common.ports.PlanLetters`)."""

    def __init__(self, university: UniversityCard, dates: "LocalTime") -> None:
        self._university = university
        self._dates = dates
        self._lock = threading.Lock()
        self._typesetter: Typesetter | None = None

    async def draw(self, letter: Letter) -> bytes:
        """Return the letter as PDF/A-2b; a sign that the fonts lack is left out."""
        return await asyncio.to_thread(self._draw, letter)

    def _draw(self, letter: Letter) -> bytes:
        data = {
            "university": _printable(self._university.name.get(Language.KY)),
            "unit": _printable(letter.unit.name.get(Language.KY) or letter.unit.code),
            "plan": _printable(letter.plan.name),
            "year": letter.plan.year.label,
            "day": self._dates.date(letter.today, Language.KY),
            "iso_date": letter.today.isoformat(),
            "rows": [self._row(line) for line in letter.lines],
        }
        with self._lock:
            if self._typesetter is None:
                from bot.documents.typesetting import Typesetter  # noqa: PLC0415 -- Typst takes 0.15 s

                self._typesetter = Typesetter("plan_letter.typ")
            return self._typesetter.pdf(letter=data)

    def _row(self, line: Line) -> dict[str, Any]:
        return {
            "number": _printable(line.number),
            "title": _printable(line.title),
            "printed": _printable(line.printed),
            "due": self._dates.date(line.due, Language.KY) if line.due is not None else "",
        }


def _printable(text: str) -> str:
    text = clean(text)
    return text if can_print(text) else "".join(sign for sign in text if can_print(sign))
