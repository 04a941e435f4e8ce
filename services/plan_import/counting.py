"""How many of something an item asks for."""

import re

from services.plan_files.dto import PlanRow

# "10 жолугушуу", "жылына 10 жолу", "2 раза", "10 meetings": a count with a noun of what is held; never a sum, a share,
# a day ("25 декабря семинар"), a course ("2 курс үчүн семинар"), nor which one it is ("№ 3 жыйын", "3-жолу").
_COUNT = re.compile(
    r"(?<![\d.,%/-])(?<!№)(?<!№ )(?<!\bno )(?<!\bno\. )(?P<count>\d{1,3})"
    r"(?!\s+(?:янв|фев|март|апр|ма[йя]\b|июн|июл|авг|сент|окт|нояб|дек|jan|feb|mar|apr|may\b|jun|jul|aug|sep|oct|nov|dec"
    r"|курс|семестр|квартал|чейрек|жыл|год|күн|ден|дн|саат|час|course|semester|quarter|year|day|hour))"
    r"(?:\s*(?:жолу|раза?|times)\b|\s+(?:\w+\s+){0,2}?(?P<noun>"
    r"(?:жолугушуу|чогулуш|жыйын|семинар|лекция|конкурс|иш-чара|тренинг|мастер-класс|встреч|собрани|заседани"
    r"|лекци|мероприяти|meeting|seminar|lecture|event|training|workshop)\w*))",
    re.IGNORECASE,
)
#: "Протокол 5 заседания" is of the fifth, "протоколы 5 заседаний" are of five.
_MINUTES = re.compile(r"протокол(?:а|у|ом|е)?\s*$", re.IGNORECASE)
#: "3 жыйындын протоколу" is of the third.
_OF_ONE = re.compile(r"(?:[ндт][ыиуү]н)$", re.IGNORECASE)
_OF_FEW = range(2, 5)
_TEEN = range(11, 15)


def count_of(row: PlanRow) -> int | None:
    """Return how many of something an item asks for, if it says so in just one number."""
    found = {
        int(one["count"]) for text in (row.indicator, row.deadline) for one in _COUNT.finditer(text) if _counts(one)
    }
    return found.pop() if len(found) == 1 and max(found) > 1 else None


def _counts(one: re.Match[str]) -> bool:
    """Tell a count from the number of a sitting: by the case of what is held, and by the minutes of one before it."""
    noun, number = one["noun"] or "", int(one["count"])
    if _MINUTES.search(one.string[: one.start()]) or _OF_ONE.search(noun):
        return False
    takes_singular = number % 10 in _OF_FEW and number % 100 not in _TEEN
    return takes_singular or not noun.lower().endswith("ния")
