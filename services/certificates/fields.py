"""Facts that people type: what was asked of a person or is entered by a desk, in chat or in a spreadsheet."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from services.certificates.cleaning import clean
from services.certificates.dto import Column, FactRule, FactType
from services.days import read_date
from services.errors import Refusal
from services.people.countries import iso_code
from services.spelling import fold

_MINUS = str.maketrans({"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "’": "'"})
_NUMBER = re.compile(r"[+-]?[0-9]{1,12}(?:\.[0-9]{1,6})?")
_THOUSANDS = re.compile(r"(?<=\d)[ '](?=\d{3}(?!\d))")
#: Thousands parted by the sign that is not the decimal point, which is told by a point after them.
_GROUPED = {
    ".": re.compile(r"[+-]?\d{1,3}(?:,\d{3})+\.\d+"),
    ",": re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+,\d+"),
}
_CURRENCY = re.compile(r"^(?:kgs|som|сом)\s*|\s*(?:сомов|сома|сом\.?|с\.|soms?|kgs)$", re.IGNORECASE)
_PER_CENT = re.compile(r"\s*%$")
_ACADEMIC_YEAR = re.compile(r"(20[0-9]{2}) ?[-/–—] ?((?:20)?[0-9]{2})")
_MONEY_DECIMALS = 2
_CELL_DECIMALS = 2
_MOST_ROWS = 200
_LONGEST_CELL = 200

#: Tells whether the paper's fonts have every sign of a text.
CanPrint = Callable[[str], bool]


class FieldProblem(StrEnum):
    """What is wrong with a value."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NOT_A_DATE = "not_a_date"
    NOT_A_NUMBER = "not_a_number"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    TOO_PRECISE = "too_precise"
    NOT_A_CHOICE = "not_a_choice"
    NOT_A_YEAR = "not_a_year"
    IN_FUTURE = "in_future"
    BEFORE_OTHER = "before_other"
    UNPRINTABLE = "unprintable"
    WRONG_COLUMNS = "wrong_columns"
    TOO_MANY_ROWS = "too_many_rows"


class FieldRefused(Refusal):
    """A value cannot stand on the paper. `limit`: the longest, least or most, or how many.

    Of a table `row` and `place`, which of the row's values it is, count from 1.
    """

    def __init__(self, rule: FactRule, problem: FieldProblem, limit: str = "", row: int | None = None) -> None:
        super().__init__(f"{rule.name}: {problem.value}")
        self.rule = rule
        self.problem = problem
        self.limit = limit
        self.row = row
        self.place: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldReader:
    """Reads typed values by their rules; what is kept is what the paper prints.

    `choices` gives, by the name of a fact or of a table's column and a key, the words by which people may name that
    choice (its key always serves).
    """

    today: date
    can_print: CanPrint
    choices: Callable[[str, str], Sequence[str]] = lambda _name, _key: ()

    def read(self, rule: FactRule, text: str, facts: Mapping[str, str]) -> str:
        """Return a value as `FactType` keeps it, or refuse. `facts`: what is known already, for dates in order."""
        typed = clean(text)
        if not typed:
            raise FieldRefused(rule, FieldProblem.EMPTY)
        match rule.type:
            case FactType.TABLE:
                value = self._table(rule, text)
            case FactType.DATE:
                value = self._date(rule, typed, facts)
            case FactType.CHOICE:
                value = self._choice(rule, typed, rule.name, rule.choices)
            case FactType.NUMBER | FactType.MONEY:
                value = _number(rule, typed)
            case FactType.ACADEMIC_YEAR:
                value = _academic_year(rule, typed)
            case FactType.COUNTRY:
                value = iso_code(typed) or self._text(rule, typed)
            case FactType.TEXT:
                value = self._text(rule, typed)
        return value

    def _text(self, rule: FactRule, words: str, row: int | None = None) -> str:
        longest = rule.longest if row is None else _LONGEST_CELL
        if len(words) > longest:
            raise FieldRefused(rule, FieldProblem.TOO_LONG, str(longest), row)
        if not self.can_print(words):
            raise FieldRefused(rule, FieldProblem.UNPRINTABLE, row=row)
        return words

    def _date(self, rule: FactRule, typed: str, facts: Mapping[str, str]) -> str:
        day = read_date(typed)
        if day is None:
            raise FieldRefused(rule, FieldProblem.NOT_A_DATE)
        if rule.past and day > self.today:
            raise FieldRefused(rule, FieldProblem.IN_FUTURE)
        other = facts.get(rule.not_before, "")
        if other and day < date.fromisoformat(other):
            raise FieldRefused(rule, FieldProblem.BEFORE_OTHER, other)
        return day.isoformat()

    def _choice(self, rule: FactRule, typed: str, name: str, keys: Sequence[str], row: int | None = None) -> str:
        word = fold(typed)
        for key in keys:
            if word in map(fold, (key, *self.choices(name, key))):
                return key
        raise FieldRefused(rule, FieldProblem.NOT_A_CHOICE, row=row)

    def _table(self, rule: FactRule, text: str) -> str:
        """Read a line for each row, its cells parted by semicolons or, as spreadsheets copy them, by tabs."""
        lines = [line for line in text.splitlines() if clean(line)]
        if len(lines) > _MOST_ROWS:
            raise FieldRefused(rule, FieldProblem.TOO_MANY_ROWS, str(_MOST_ROWS))
        rows = [self._row(rule, line, number) for number, line in enumerate(lines, start=1)]
        return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))

    def _row(self, rule: FactRule, line: str, number: int) -> list[str]:
        cells = [clean(cell) for cell in line.split("\t" if "\t" in line else ";")]
        if len(cells) != len(rule.columns):
            raise FieldRefused(rule, FieldProblem.WRONG_COLUMNS, str(len(rule.columns)), number)
        written = []
        for place, (column, cell) in enumerate(zip(rule.columns, cells, strict=True), start=1):
            try:
                written.append(self._cell(rule, column, cell, number))
            except FieldRefused as refused:
                refused.place = place
                raise
        return written

    def _cell(self, rule: FactRule, column: Column, cell: str, row: int) -> str:
        if not cell:
            raise FieldRefused(rule, FieldProblem.EMPTY, row=row)
        match column.type:
            case FactType.NUMBER:
                return _decimal(rule, cell, _CELL_DECIMALS, row)
            case FactType.CHOICE:
                return self._choice(rule, cell, column.name, column.choices, row)
            case _:
                return self._text(rule, cell, row)


def rows_of(value: str) -> list[list[str]]:
    """Return the rows of a table as it is kept."""
    rows: list[list[str]] = json.loads(value)
    return rows


def typed_rows(value: str) -> list[str]:
    """Return the lines by which a table that is kept could be typed; none for an empty one."""
    return ["\t".join(row) for row in rows_of(value)] if value else []


def _academic_year(rule: FactRule, typed: str) -> str:
    """Read 2025-26, 2025/26, 2025–2026: one year and the next."""
    years = _ACADEMIC_YEAR.fullmatch(typed)
    if years is None or int(years[2][-2:]) != (int(years[1]) + 1) % 100:
        raise FieldRefused(rule, FieldProblem.NOT_A_YEAR)
    return f"{years[1]}-{years[2][-2:]}"


def _number(rule: FactRule, typed: str) -> str:
    money = rule.type is FactType.MONEY
    bare = (_CURRENCY if money else _PER_CENT).sub("", typed)
    written = _decimal(rule, bare, _MONEY_DECIMALS if money else rule.decimals)
    if rule.least is not None and Decimal(written) < rule.least:
        raise FieldRefused(rule, FieldProblem.TOO_SMALL, f"{rule.least:f}")
    if rule.most is not None and Decimal(written) > rule.most:
        raise FieldRefused(rule, FieldProblem.TOO_LARGE, f"{rule.most:f}")
    return written


def _decimal(rule: FactRule, typed: str, decimals: int, row: int | None = None) -> str:
    """Read 12345.67, 12 345,67, 12,345.67; a comma alone is the decimal one."""
    plain = _THOUSANDS.sub("", typed.translate(_MINUS))
    for groups, point in ((",", "."), (".", ",")):
        if _GROUPED[point].fullmatch(plain):
            plain = plain.replace(groups, "")
    plain = plain.replace(",", ".")
    if not _NUMBER.fullmatch(plain):
        raise FieldRefused(rule, FieldProblem.NOT_A_NUMBER, row=row)
    number = Decimal(plain).normalize() + 0  # -0 becomes 0
    if -int(number.as_tuple().exponent) > decimals:
        raise FieldRefused(rule, FieldProblem.TOO_PRECISE, str(decimals), row)
    return f"{number:f}"
