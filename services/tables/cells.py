"""The text of one cell."""

import math
import re
import unicodedata
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from services.tables.dto import CellFlaw

_LONGEST_CELL = 2_000
_LONGEST_LINES = 32_767  # what a spreadsheet takes into one cell
_EXACT = 10**15  # spreadsheets keep fifteen digits of a number
_EMPTY = frozenset({"-", "–", "—", "−"})  # what people write where there is nothing
_TELEPHONE = re.compile(r"\+[\d\s()./-]+(?:[,;].*)?$")
_ROUNDED = re.compile(r"\d[.,]\d+E\+\d+$", re.IGNORECASE)
_ALPHABET = 26

CellValue = str | int | float | bool | date | datetime | time | timedelta


@lru_cache(maxsize=8_192)
def clean(cell: str) -> str:
    """Compose and trim; control characters part words, invisible ones (soft hyphens, zero-width spaces) are dropped."""
    letters = cell[:_LONGEST_CELL]
    if not letters.isprintable():
        visible = (sign for sign in letters if unicodedata.category(sign) != "Cf")
        letters = "".join(sign if sign.isprintable() else " " for sign in visible)
    text = " ".join(unicodedata.normalize("NFC", letters).split())
    return "" if text in _EMPTY else text


def clean_lines(cell: str) -> str:
    """Clean line by line; the lines stay apart, and within them what tabs part. Empty lines are dropped."""
    lines = ("\t".join(clean(part) for part in line.split("\t")) for line in cell[:_LONGEST_LINES].splitlines())
    return "\n".join(line for line in lines if line.strip())


@lru_cache(maxsize=8_192)
def typed_flaw(text: str) -> CellFlaw | None:
    """Say what is wrong with a text that somebody typed or a program exported."""
    if text.startswith(("=", "@")) or (text.startswith("+") and not _TELEPHONE.match(text)):
        return CellFlaw.FORMULA
    if _ROUNDED.match(text):
        return CellFlaw.DIGITS_LOST
    return None


def written(value: CellValue, *, lines: bool = False) -> tuple[str, CellFlaw | None]:
    """Return a spreadsheet's value as the text that people see, and what is wrong with it; `lines`: they are kept."""
    if isinstance(value, str):
        text = clean_lines(value) if lines else clean(value)
        return text, typed_flaw(text if not lines else text.partition("\n")[0])
    if isinstance(value, bool):
        return str(value).upper(), None
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime):
        day = value.date().isoformat()
        return (day if value.time() == time() else f"{day} {value:%H:%M}"), CellFlaw.DATE
    if isinstance(value, date):
        return value.isoformat(), CellFlaw.DATE
    return str(value), CellFlaw.DATE


def _number(value: float) -> tuple[str, CellFlaw | None]:
    if not math.isfinite(value):
        return str(value), CellFlaw.ERROR
    lost = CellFlaw.DIGITS_LOST if abs(value) >= _EXACT else None
    if value == int(value):
        return str(int(value)), lost
    return repr(value), lost


def column_letters(place: int) -> str:
    """Return what a spreadsheet calls a column; the first is 0."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, _ALPHABET)
        letters = chr(ord("A") + rest) + letters
    return letters
