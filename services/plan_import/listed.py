"""Deadlines that stand in a cell as a list, a line each: what counts the lines is no day."""

import re
from dataclasses import replace

from services.deadlines.dto import AcademicYear, Deadline
from services.deadlines.reading import read_deadline

_BULLET = re.compile(r"\s*[-–—•●▪*·]\s*(?=\S)")
_COUNTED = re.compile(r"\s*(?P<number>\d{1,2})(?P<sign>[.)])\s*(?=\S)")


def read_listed(text: str, year: AcademicYear) -> Deadline:
    """Read a deadline; bullets and the numbers 1, 2, 3 … of its lines say nothing about days.

    "1. October, 2. November" may count lines or name days: that is never sure.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2:  # noqa: PLR2004 -- one line is no list
        return read_deadline(text, year)
    if all(map(_BULLET.match, lines)):
        return _read([_BULLET.sub("", line, count=1) for line in lines], text, year)
    counted = [_COUNTED.match(line) for line in lines]
    if [found and int(found["number"]) for found in counted] != list(range(1, len(lines) + 1)):
        return read_deadline(text, year)
    said = [_COUNTED.sub("", line, count=1) for line in lines]
    read = _read(said, text, year)
    may_be_days = any(found and found["sign"] == "." for found in counted) and not all(
        line[0].isdigit() for line in said
    )
    return replace(read, sure=read.sure and not may_be_days)


def _read(lines: list[str], text: str, year: AcademicYear) -> Deadline:
    return replace(read_deadline(",\n".join(line.rstrip(" ,;") for line in lines), year), text=text)
