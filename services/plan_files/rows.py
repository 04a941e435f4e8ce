"""What a row of a plan's table is: an item, a line across the table, or nothing of the plan."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from services.deadlines.dto import AcademicYear
from services.plan_files.columns import Column, Layout
from services.plan_files.contents import NUMBER
from services.plan_files.dto import PlanField
from services.plan_files.due import is_deadline
from services.plan_files.grid import Cell, Grid, own_cells
from services.plan_files.headings import meaning_of
from services.plan_files.heads import is_heading, texts_of
from services.spelling import fold
from services.tables.dto import CellFlaw

_TOTAL = re.compile(r"\W*(?:итого|всего|жыйынтыгы|жыйынтык|бардыгы|баардыгы|баары|жалпы|total|grand total)\b.{0,40}$")
_LINE = re.compile("_{3,}")  # to sign on
_SIGNED = re.compile(
    r"\W*(?:утвержда(?:ю|ем)|утвержден[оа]?|согласован[оа]?|составил[аи]?|бекитем\w*|бекитил(?:ди|ген)|"
    r"макулдашыл(?:ды|ган)|тузгон|тузду|даярда(?:ган|ды)|approved|agreed|prepared by)\b"
)
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]")
_ROMAN = re.compile(r"[IVX]{1,5}[.)]?$")
_ENDS = (".", "!", "?", ";", ":")
_MOST_WORDS_OF_SECTION = 15
_LONGEST_HEADING = 8  # words
_STRONG = 3
_UNTRUSTED = {
    CellFlaw.FORMULA_WITHOUT_VALUE: "a formula without a value",
    CellFlaw.ERROR: "an error of the spreadsheet",
    CellFlaw.FORMULA: "a formula",
}
_NEEDED = (PlanField.TITLE, PlanField.DEADLINE, PlanField.RESPONSIBLE)


class RowKind(StrEnum):
    """What becomes of a row."""

    ITEM = "item"
    BAND = "band"
    HEADING = "heading"  # another heading: other columns from here on
    CONTINUATION = "continuation"
    SKIPPED = "skipped"


@dataclass(slots=True)
class RowParts:
    """A row's cells by what they hold, own ones and those that it shares with rows above."""

    index: int
    own: list[Cell]
    fields: dict[PlanField, list[tuple[Cell, Column]]] = field(default_factory=dict)

    def own_text(self, of: PlanField) -> str:
        """Return the text of the row's own cells that hold a field."""
        return "\n".join(cell.text for cell, _column in self.fields.get(of, ()) if cell.row == self.index and cell.text)

    def has(self, of: PlanField) -> bool:
        """Tell whether a cell of the row, or one that it shares, holds a field."""
        return any(cell.text for cell, _column in self.fields.get(of, ()))

    def is_shared(self, of: PlanField) -> bool:
        """Tell whether a field's cell belongs to other rows as well."""
        return any(cell.height > 1 and cell.text for cell, _column in self.fields.get(of, ()))


def parts_of(grid: Grid, index: int, layout: Layout, year: AcademicYear) -> RowParts:
    """Return a row's cells by the columns in which they stand."""
    row = grid.rows[index]
    parts = RowParts(index, own_cells(row, index))
    for cell in row.distinct():
        column = _column(cell, layout, year)
        if column is not None and column.field is not None:
            parts.fields.setdefault(column.field, []).append((cell, column))
    return parts


def _column(cell: Cell, layout: Layout, year: AcademicYear) -> Column | None:
    if cell.width > 1:
        covered = [column for column in layout.covered(cell) if column.field is not None]
        deadline = next((column for column in covered if column.field is PlanField.DEADLINE), None)
        if deadline is not None and len(covered) > 1:
            if is_deadline(cell.text, year):
                return deadline
            return next(column for column in covered if column is not deadline)
        if len(covered) > 1:
            return next((column for column in covered if column.field is PlanField.TITLE), covered[0])
    return layout.column_of(cell)


@dataclass(slots=True)
class RowReader:
    """Tells what each row of a grid is. `is_numbered`: items carry numbers here."""

    grid: Grid
    layout: Layout
    year: AcademicYear
    is_numbered: bool = False

    def kind_of(self, parts: RowParts, *, begins_page: bool, previous_title: str | None) -> tuple[RowKind, str]:
        """Return what a row is, with the reason if it is left out.

        `begins_page`: it is the first under a repeated heading or of a table that goes on. `previous_title`: of the
        item above; None if none stands above in this part of the table.
        """
        reason = self._skipped(parts)
        if reason is None and self._is_other_heading(parts):
            return RowKind.HEADING, ""
        reason = reason or self._untrusted(parts)
        if reason is not None:
            return RowKind.SKIPPED, reason
        if self._goes_on(parts, begins_page=begins_page, previous_title=previous_title):
            return RowKind.CONTINUATION, ""
        if self._is_band(parts):
            return RowKind.BAND, ""
        if not self._is_item(parts):
            return self._rest(previous_title)
        return RowKind.ITEM, ""

    @staticmethod
    def _rest(previous_title: str | None) -> tuple[RowKind, str]:
        if previous_title is None:
            return RowKind.SKIPPED, "the row says nothing that could be done"
        return RowKind.CONTINUATION, ""

    def _skipped(self, parts: RowParts) -> str | None:
        if not parts.own:
            return self._untrusted(parts) or "the row is empty"
        if len(parts.own) in self.layout.sizes and texts_of(parts.own) in self.layout.headings:
            return "the row repeats the heading"
        first, texts = fold(parts.own[0].text), [cell.text.strip(".) ") for cell in parts.own]
        if len(texts) > 1 and texts == [str(number) for number in range(1, len(texts) + 1)]:
            return "the row numbers the columns"
        is_said = parts.own_text(PlanField.DEADLINE) or parts.own_text(PlanField.RESPONSIBLE)
        if _TOTAL.match(first) and (not is_said or len(parts.own) == 1):
            return "the row is a total"
        if self._is_signature(parts):
            return "the row is a signature"
        return None

    @staticmethod
    def _is_signature(parts: RowParts) -> bool:
        """Tell whether a row is signed: an item has a number, or says what is due when."""
        if len(parts.own) > _STRONG or NUMBER.match(parts.own[0].text):
            return False
        if any(_LINE.search(cell.text) for cell in parts.own):
            return True
        is_said = parts.own_text(PlanField.DEADLINE) and parts.own_text(PlanField.TITLE)
        return not is_said and _SIGNED.match(fold(parts.own[0].text)) is not None

    def _untrusted(self, parts: RowParts) -> str | None:
        for of in _NEEDED:
            for cell, column in parts.fields.get(of, ()):
                if cell.row == parts.index and cell.flaw in _UNTRUSTED:
                    return f"{column.heading or of.value} is {_UNTRUSTED[cell.flaw]}"
        return None

    def _is_other_heading(self, parts: RowParts) -> bool:
        """Tell whether a row below the heading is another one: each of its cells means something."""
        if len(parts.own) < _STRONG or any(_DIGIT.search(cell.text) for cell in parts.own):
            return False
        if not is_heading(self.grid, parts.index, self.year):
            return False
        meanings = [meaning_of(cell.text) for cell in parts.own]
        fields = {meaning.field for meaning in meanings if meaning is not None}
        return (
            None not in meanings
            and len(fields) >= _STRONG
            and PlanField.TITLE in fields
            and not fields.isdisjoint((PlanField.DEADLINE, PlanField.RESPONSIBLE))
            and all(len(cell.text.split()) <= _LONGEST_HEADING for cell in parts.own)
        )

    def _goes_on(self, parts: RowParts, *, begins_page: bool, previous_title: str | None) -> bool:
        """Tell whether a row was broken off from the one above."""
        title = parts.own_text(PlanField.TITLE)
        if previous_title is None or not title or parts.own_text(PlanField.NUMBER):
            return False
        if not title[0].islower() or previous_title.rstrip().endswith(_ENDS):
            return False
        if self._is_across(parts) or (len(parts.own) == 1 and is_deadline(title, self.year)):
            return False
        says = parts.own_text(PlanField.DEADLINE), parts.own_text(PlanField.RESPONSIBLE)
        if self.is_numbered:
            return begins_page or not any(says)
        return begins_page and not any(says)

    def _is_band(self, parts: RowParts) -> bool:
        """Tell whether a row is a line across the table: a section or a month."""
        words = [cell for cell in parts.own if not NUMBER.match(cell.text)]
        if len(words) != 1:
            return False
        cell = words[0]
        if self._is_across(parts):
            return True
        covered = {column.field for column in self.layout.covered(cell)}
        if PlanField.TITLE in covered and not covered.isdisjoint((PlanField.DEADLINE, PlanField.RESPONSIBLE)):
            return True
        return self._is_lonely_band(parts, cell)

    def _is_across(self, parts: RowParts) -> bool:
        """Tell whether one cell goes across the whole table."""
        return len(parts.own) == 1 and parts.own[0].width >= len(self.grid.widths) > 1

    def _is_lonely_band(self, parts: RowParts, cell: Cell) -> bool:
        """Tell it where cells are not merged (CSV): the only text of the row."""
        column = self.layout.column_of(cell)
        number = parts.own_text(PlanField.NUMBER)
        others = [of for of in parts.fields if of not in {PlanField.NUMBER, PlanField.TITLE, PlanField.TASK}]
        if column is None or any(parts.has(of) for of in others):
            return False
        if column.field is PlanField.NUMBER:
            return bool(_LETTER.search(cell.text))
        if column.field not in {PlanField.TITLE, PlanField.TASK}:
            return False
        if NUMBER.match(number):
            return self._numbers_others(parts.index, number)
        is_first = self.is_numbered or column.left == 0
        return is_first and len(cell.text.split()) <= _MOST_WORDS_OF_SECTION and self._is_followed(parts.index)

    def _is_followed(self, index: int) -> bool:
        """Tell whether anything stands below a line: a section of nothing is an item."""
        return any(own_cells(self.grid.rows[below], below) for below in range(index + 1, len(self.grid.rows)))

    def _numbers_others(self, index: int, number: str) -> bool:
        """Tell whether a number is that of a group: the next row is 1.1 under 1, or I stands where 1 and 2 stand."""
        own = number.strip().rstrip(".)")
        for below in range(index + 1, min(index + 3, len(self.grid.rows))):
            after = parts_of(self.grid, below, self.layout, self.year).own_text(PlanField.NUMBER).strip()
            if after.startswith(f"{own}."):
                return after.rstrip(".)") != own
            if after:
                return bool(_ROMAN.match(number)) and not _ROMAN.match(after)
        return False

    @staticmethod
    def _is_item(parts: RowParts) -> bool:
        if parts.own_text(PlanField.TITLE):
            return True
        says = [of for of in (PlanField.NUMBER, PlanField.DEADLINE, PlanField.RESPONSIBLE) if parts.own_text(of)]
        if parts.has(PlanField.TITLE):  # its title is that of several rows
            return bool(says)
        return bool(parts.own_text(PlanField.TASK)) and any(of is not PlanField.NUMBER for of in says)


def numbered(grid: Grid, first: int, layout: Layout, year: AcademicYear) -> bool:
    """Tell whether most rows of a grid carry a number."""
    rows: Sequence[RowParts] = [parts_of(grid, index, layout, year) for index in range(first, len(grid.rows))[:60]]
    filled = [parts for parts in rows if len(parts.own) > 1]
    return bool(filled) and sum(bool(parts.own_text(PlanField.NUMBER)) for parts in filled) >= len(filled) / 2
