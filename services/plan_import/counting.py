"""How many of something an item asks for."""

import re

from services.plan_files.dto import PlanRow

# "10 жолугушуу", "жылына 10 жолу", "10 meetings": a count with a noun of what is held, never a sum or a share.
_COUNT = re.compile(
    r"(?<![\d.,%/-])(?P<count>\d{1,3})(?:\s*-?\s*(?:жолу|раз|times)\b|\s+(?:\w+\s+){0,2}?"
    r"(?:жолугушуу|чогулуш|жыйын|семинар|лекция|конкурс|иш-чара|тренинг|мастер-класс|встреч|собрани|заседани|семинар"
    r"|лекци|конкурс|мероприяти|тренинг|meeting|seminar|lecture|event|training|workshop)\w*)",
    re.IGNORECASE,
)


def count_of(row: PlanRow) -> int | None:
    """Return how many of something an item asks for, if it says so in just one number."""
    found = {int(one["count"]) for text in (row.indicator, row.deadline) for one in _COUNT.finditer(text)}
    return found.pop() if len(found) == 1 and max(found) > 1 else None
