"""What stands above an item: the plan's title, sections, and the month or sitting that is its deadline."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from services.deadlines.dto import AcademicYear
from services.plan_files.due import is_deadline
from services.plan_files.grid import Grid, Heading
from services.plan_files.levels import BODY_LEVEL, LINE_LEVEL, NUMBERED_LEVEL, PLAIN_LEVEL
from services.spelling import fold

_MOST_WORDS_OF_PERIOD = 8
_LONGEST_LINE = 150
_MONTH = (
    "(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр|january|february|march|april|may|"
    "june|july|august|september|october|november|december)"
)
_PART = "(?:квартал|чейрек|quarter|семестр|semester|полугоди|жарым\\s*жылды|отурум|жыйын|заседани|sitting|meeting)"
_PERIOD = re.compile(
    f"\\W*{_MONTH}|(?:№\\s*)?(?:\\d{{1,2}}|[ivx]{{1,4}}|биринчи|экинчи|первое|второе|первый|второй|first|second)"
    f"\\s*[-–—.]?\\s*(?:е|й|ое|ый|чи|th|st|nd|rd)?\\s*{_PART}|{_PART}\\w*\\s*(?:№\\s*)?\\d{{1,2}}\\b"
)
_PLAN = re.compile("план|plan|иш-чаралар|мероприяти|жол карта|дорожн\\w+ карт|road ?map")
_NUMBERED = re.compile(r"((?:\d{1,2}[.)])+\d{0,2}|[IVX]{1,5}[.)]|\d{1,2}\s)")
_OF_PLAN = (
    "(?:раздел|част|глав|блок|направлени|цель|задач|приоритет|программ|модул|бол[уо][мк]|багыт|максат|милдет|section|"
    "part|chapter|goal|objective|priority|programme|direction|area)"
)
#: "Направление 2. Наука", "2-багыт", "Goal 1": a part of the plan, whatever stands above it.
_COUNTED = re.compile(
    f"\\W*(?:{_OF_PLAN}\\w*\\s*(?:№\\s*)?(?:\\d{{1,2}}|[ivx]{{1,4}})\\b|(?:\\d{{1,2}}|[ivx]{{1,4}})\\s*-\\s*{_OF_PLAN})"
)
_APPROVAL = re.compile(
    "_{3,}|^\\W*(?:утвержд|согласован|бекит|макулдаш|approve|agreed|протокол|рассмотрен|принят|каралды|кабыл алын|"
    "тиркеме|приложени|annex)|таблиц|table|продолжен|уландысы"
)
_LABEL = re.compile(r"(?<!\d)20\d\d\s*[-–—/]\s*(?:20)?\d\d(?!\d)(?!\s*[-.]?\s*(?:жылдар|гг))")


def is_period(text: str, year: AcademicYear) -> bool:
    """Tell whether a line names when the items under it are due: a month, a quarter, a sitting."""
    if len(text.split()) > _MOST_WORDS_OF_PERIOD:
        return False
    return _PERIOD.match(fold(text)) is not None or is_deadline(text, year)


@dataclass(slots=True)
class Outline:
    """The headings in force, as the document is read from its beginning."""

    year: AcademicYear
    title: str = ""
    period: str = ""
    _headings: list[Heading] = field(default_factory=list)
    _bands: list[tuple[int, str]] = field(default_factory=list)
    _is_fresh: bool = False  # no item came since the last band
    _months_first: bool = False  # sections lie within months, not months within sections

    @property
    def section(self) -> str:
        """The headings above, the nearest last."""
        lines = [heading.text for heading in self._headings] + [text for _level, text in self._bands]
        return " / ".join(lines)

    def take_item(self) -> None:
        """Note that an item stands here."""
        self._is_fresh = False

    def take_headings(self, lines: Sequence[Heading]) -> None:
        """Note the lines above a table; the document's own title is no section."""
        for line in _joined(lines):
            if line.text == self.title or _APPROVAL.search(fold(line.text)) or line.level >= BODY_LEVEL:
                continue
            self._bands, self._months_first = [], False
            if is_period(line.text, self.year):
                self.period = line.text
                continue
            self.period = ""
            self._headings = [kept for kept in self._headings if kept.level < line.level] + [line]

    def take_above(self, lines: Sequence[str]) -> None:
        """Note the lines inside a table above the heading of its columns."""
        for line in lines:
            if line not in self.title and not _APPROVAL.search(fold(line)):
                self.take_band(line)

    def take_band(self, text: str) -> None:
        """Note a line across the table."""
        text = " ".join(text.split())
        if is_period(text, self.year):
            self._months_first = self._months_first or not (self._bands or self.period)
            if self._months_first:
                self._bands = []
            self.period = text
            return
        if not self._months_first:
            self.period = ""
        level = _level(text)
        known = [at for at, (other, _text) in enumerate(self._bands) if other >= level]
        if known:
            self._bands = self._bands[: known[0]]
        elif not self._is_fresh and level >= LINE_LEVEL:
            self._bands = []
        self._bands.append((level, text))
        self._is_fresh = True


def lines_above(grids: Sequence[Grid]) -> list[Heading]:
    """Return all lines above tables, in them or outside."""
    return [line for grid in grids for line in [*grid.headings, *(Heading(text, PLAIN_LEVEL) for text in grid.above)]]


def find_title(lines: Sequence[Heading], grids: Sequence[Grid]) -> str:
    """Return the document's title: of the lines above its first plan the one that calls it so, with what goes on there.

    A numbered line, or one of several that call what follows a plan, is a section.
    """
    for line in _joined(lines):
        if _PLAN.search(fold(line.text)) and not _NUMBERED.match(line.text) and not _APPROVAL.search(fold(line.text)):
            later = [other for grid in grids for other in _joined(grid.headings) if other.level <= line.level]
            return "" if any(_PLAN.search(fold(other.text)) for other in later) else line.text
    return ""


def other_year(lines: Sequence[str], year: AcademicYear) -> str | None:
    """Return the academic year that titles name, as printed, if it is not the one asked for."""
    labels = [found.group() for line in lines for found in _LABEL.finditer(line)]
    years = [(label, parsed) for label in labels if (parsed := AcademicYear.parse(label)) is not None]
    if not years or any(parsed == year for _label, parsed in years):
        return None
    return years[0][0]


def _joined(lines: Sequence[Heading]) -> list[Heading]:
    """Put together the lines of one heading; the last plain line above a table is a heading, too."""
    found: list[Heading] = []
    for line in lines:
        last = found[-1] if found else None
        goes_on = last is not None and last.level == line.level == PLAIN_LEVEL and not _stands_alone(line.text)
        names_year = last is not None and last.level < BODY_LEVEL <= line.level and _LABEL.search(line.text)
        if last is not None and (goes_on or names_year) and not _stands_alone(last.text):
            found[-1] = Heading(f"{last.text} {line.text}", last.level)
        else:
            found.append(line)
    if len(found) == 1 and found[0].level >= BODY_LEVEL and len(found[0].text) <= _LONGEST_LINE:
        found[0] = Heading(found[0].text, LINE_LEVEL) if not found[0].text.endswith((".", ":", ";")) else found[0]
    return found


def _stands_alone(text: str) -> bool:
    """Tell whether a line is one by itself, whatever stands above and below it."""
    folded = fold(text)
    return any(pattern.match(folded) for pattern in (_PERIOD, _NUMBERED, _COUNTED)) or bool(_APPROVAL.search(folded))


def _level(text: str) -> int:
    """Return how high a band stands among others, by its number and its letters."""
    numbered = _NUMBERED.match(text)
    if numbered is not None:
        parts = [part for part in re.split(r"[.)\s]", numbered[1]) if part]
        return NUMBERED_LEVEL + (0 if not parts[0].isdigit() else len(parts))
    return PLAIN_LEVEL if text.isupper() else LINE_LEVEL
