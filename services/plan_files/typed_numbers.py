"""Numbers that are typed before the titles where a plan has no column for them."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from services.plan_files.dto import PlanRow

_NUMBERED = re.compile(r"\s*(?P<number>\d{1,3}(?:\.\d{1,3})*[.)])\s+(?P<title>[^\W\d].*)", re.DOTALL)
_ANOTHER = re.compile(r"\n\s*\d{1,3}(?:\.\d{1,3})*[.)]\s")


def part_numbers(rows: Sequence[PlanRow]) -> tuple[PlanRow, ...]:
    """Take the numbers out of the titles of a table in which every item begins with one and none has one elsewhere."""
    by_table: dict[int, list[PlanRow]] = defaultdict(list)
    for row in rows:
        by_table[row.place.table].append(row)
    numbered = {table for table, items in by_table.items() if len(items) > 1 and all(map(_has_one, items))}
    return tuple(_parted(row) if row.place.table in numbered else row for row in rows)


def _has_one(row: PlanRow) -> bool:
    """Tell whether a title begins with a number, and is no list of several things."""
    return not row.number and _NUMBERED.match(row.title) is not None and _ANOTHER.search(row.title) is None


def _parted(row: PlanRow) -> PlanRow:
    found = _NUMBERED.match(row.title)
    return replace(row, number=found["number"], title=found["title"]) if found is not None else row
