"""Days as offices write them."""

import re
from datetime import date
from functools import lru_cache

_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_MIDNIGHT = r"(?:[ T]0?0:00(?::00(?:\.0+)?)?)?"
_ISO = re.compile(rf"(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}}){_MIDNIGHT}$")
_DOTTED = re.compile(rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.(?P<year>\d{{4}})\s*(?:г\.?|ж\.?)?{_MIDNIGHT}$")
_RUSSIAN = re.compile(r"[«\"]?(?P<day>\d{1,2})[»\"]?\s+(?P<month>[а-я]{3,8})\s+(?P<year>\d{4})\s*(?:г\.?|год|года)?$")
_KYRGYZ = re.compile(r"(?P<year>\d{4})\s*-?\s*ж(?:ыл|ылы|ылдын)?\.?\s*(?P<day>\d{1,2})\s*-?\s*(?P<month>[а-яү]{3,9})$")


@lru_cache(maxsize=4_096)
def read_date(text: str) -> date | None:
    """Return the day of a text (2026-09-01, 01.09.2026, 1 сентября 2026 г., 2026-жылдын 1-сентябры), or None."""
    written = " ".join(text.casefold().split())
    for form in (_ISO, _DOTTED, _RUSSIAN, _KYRGYZ):
        found = form.match(written)
        if found is not None:
            return _day(found["year"], found["month"], found["day"])
    return None


def _day(year: str, month: str, day: str) -> date | None:
    number = int(month) if month.isdecimal() else _month(month)
    try:
        return date(int(year), number, int(day)) if _FIRST_YEAR <= int(year) <= _LAST_YEAR else None
    except ValueError:
        return None


def _month(word: str) -> int:
    """Return a month by its first letters, 0 for what is none ("мар" stands before "ма")."""
    return next((place for place, beginning in enumerate(_MONTHS, start=1) if word.startswith(beginning)), 0)
