"""Which parts of a date a spreadsheet shows: "Октябрь 2025" is kept as the first of October, shown without the day."""

import re
from datetime import date
from enum import StrEnum
from xml.parsers import expat

_UNSHOWN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_BUILT_IN = {16: "d-mmm", 17: "mmm-yy"}
_TIME = re.compile(r"[hs]")


class ShownDate(StrEnum):
    """What of a date is seen, where it is not all."""

    MONTH_AND_YEAR = "month_and_year"
    DAY_AND_MONTH = "day_and_month"
    MONTH = "month"
    YEAR = "year"


def shown(value: date, seen: ShownDate) -> str:
    """Return a date with no more than what is seen of it."""
    if seen is ShownDate.MONTH_AND_YEAR:
        return f"{value:%m.%Y}"
    if seen is ShownDate.DAY_AND_MONTH:
        return f"{value:%d.%m}"
    return f"{value:%Y}" if seen is ShownDate.YEAR else _MONTHS[value.month - 1]


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


class StyleReader:
    """Hears the tags of a workbook's styles. `seen`: what cells of a style show of a date, by the style's number."""

    def __init__(self) -> None:
        self.seen: dict[int, ShownDate] = {}
        self._formats: dict[str, str] = {}
        self._in_cells = False
        self._count = 0

    def listen(self, parser: expat.XMLParserType) -> None:
        """Have a parser tell its tags."""
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "numFmt":
            self._formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            self._in_cells = True
        elif tag == "xf" and self._in_cells:
            seen = self._seen(attributes.get("numFmtId", ""))
            if seen is not None:
                self.seen[self._count] = seen
            self._count += 1

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] == "cellXfs":
            self._in_cells = False

    def _seen(self, number: str) -> ShownDate | None:
        code = self._formats.get(number) or _BUILT_IN.get(int(number) if number.isdecimal() else 0, "")
        code = _UNSHOWN.sub("", code.split(";")[0]).casefold()
        has_day, has_month, has_year = ("d" in code or "д" in code), "m" in code, ("y" in code or "г" in code)
        if _TIME.search(code) or (has_day and has_year):
            return None
        if has_day:
            return ShownDate.DAY_AND_MONTH if has_month else None
        if has_year:
            return ShownDate.MONTH_AND_YEAR if has_month else ShownDate.YEAR
        return ShownDate.MONTH if "mmm" in code else None
