"""Items gathered from the tables of a document, one after the other."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from services.deadlines.dto import AcademicYear
from services.plan_files.columns import MARKS, Layout, continued, guess_layout, read_layout
from services.plan_files.contents import NUMBER
from services.plan_files.dto import Place, PlanField, PlanRow, SkippedRow
from services.plan_files.due import split_deadline
from services.plan_files.grid import Grid, own_cells
from services.plan_files.headings import flat
from services.plan_files.heads import find_heading, last_row, texts_of
from services.plan_files.lists import is_list
from services.plan_files.outline import Outline
from services.plan_files.rows import RowKind, RowParts, RowReader, numbered, parts_of
from services.spelling import fold

_FIRST, _LAST = "first", "last"
#: "The same as above", in signs or words.
_DITTO = re.compile(
    r"[\s\-–—.,]*(?:[\"“”„«»″〃]|''|//)[\s\-–—.,\"“”„«»″〃'/]*$|"
    r"\W*(?:(?:то|та|те|тот) же(?: самое)?|ошол эле|ошондой эле|жогорудагыдай|ditto|same(?: as above)?|"
    r"as above|см\. выше)\W*$"
)
_OWN = (PlanField.NUMBER, PlanField.TITLE, PlanField.TASK)
_BEGINS_WITH_NUMBER = re.compile(r"\d{1,2}[.)]\s")


@dataclass(slots=True)
class _Draft:
    """An item to which rows may still be joined: its texts by field, and by the edge of a deadline."""

    order: int
    place: Place
    section: str
    period: str
    texts: dict[tuple[PlanField, str], list[str]] = field(default_factory=dict)
    mixed: set[PlanField] = field(default_factory=set)
    shared: set[PlanField] = field(default_factory=set)

    def take(self, parts: RowParts, *, only_own: bool) -> None:
        """Add the texts of a row; what it shares with the rows above is taken once."""
        for of, cells in parts.fields.items():
            for cell, column in cells:
                if not cell.text or (only_own and cell.row != parts.index):
                    continue
                meaning = column.meaning
                known = self.texts.setdefault((of, meaning.edge if meaning else ""), [])
                text = column.label if meaning is not None and meaning.edge == MARKS else cell.text
                if text not in known:
                    known.append(text)
                if meaning is not None and meaning.with_deadline:
                    self.mixed.add(of)
            if parts.is_shared(of):
                self.shared.add(of)

    def repeat(self, above: "_Draft") -> None:
        """Take from the item above what is said here only by ditto marks."""
        for (of, edge), texts in self.texts.items():
            if of not in _OWN and above.text(of, edge) and _DITTO.match(fold("\n".join(texts))):
                self.texts[of, edge] = list(above.texts[of, edge])

    def text(self, of: PlanField, edge: str = "") -> str:
        """Return a field's text."""
        return "\n".join(self.texts.get((of, edge), ()))

    def divided(self) -> "list[_Draft]":
        """Return the items that one row holds, if it has several numbers, and a title for each of them.

        What has as many lines as there are numbers is dealt out; anything else all of them share.
        """
        numbers = self.text(PlanField.NUMBER).split("\n")
        titles = _numbered_parts(self.text(PlanField.TITLE), len(numbers))
        if len(numbers) == 1 or titles is None or not all(map(NUMBER.match, numbers)):
            return [self]
        items = []
        for at, (number, title) in enumerate(zip(numbers, titles, strict=True)):
            item = replace(self, texts={}, mixed=set(self.mixed), shared=set(self.shared))
            for key, texts in self.texts.items():
                lines = "\n".join(texts).split("\n")
                item.texts[key] = [lines[at]] if len(lines) == len(numbers) else list(texts)
                item.shared.add(key[0])
            item.texts[PlanField.NUMBER, ""], item.texts[PlanField.TITLE, ""] = [number], [title]
            item.shared -= {PlanField.NUMBER, PlanField.TITLE}
            items.append(item)
        return items

    def _due(self) -> str:
        """Return the deadline; a range of a column with first and one with last days, or the marked months."""
        marked = self.texts.get((PlanField.DEADLINE, MARKS))
        if marked and not self.text(PlanField.DEADLINE):
            return ", ".join(marked)
        first = self.text(PlanField.DEADLINE, _FIRST)
        last = self.text(PlanField.DEADLINE, _LAST) or self.text(PlanField.DEADLINE)
        return f"{first} – {last}" if first and last and first != last else first or last

    def finished(self, year: AcademicYear) -> PlanRow:
        """Return the item; deadlines that stand beside something else are taken out of there."""
        texts = {of: self.text(of) for of in PlanField}
        dues = [self._due()]
        for of in sorted(self.mixed):
            texts[of], due = split_deadline(texts[of], year)
            dues.append(due)
        shared = self.shared | ({PlanField.DEADLINE} if self.mixed & self.shared else set())
        return PlanRow(
            row=self.order,
            place=self.place,
            section=self.section,
            period=self.period,
            number=texts[PlanField.NUMBER],
            title=texts[PlanField.TITLE] or texts[PlanField.TASK].rpartition("\n")[2],
            task=texts[PlanField.TASK] if texts[PlanField.TITLE] else texts[PlanField.TASK].rpartition("\n")[0],
            deadline="\n".join(filter(None, dues)),
            responsible=texts[PlanField.RESPONSIBLE],
            participants=texts[PlanField.PARTICIPANTS],
            document=texts[PlanField.DOCUMENT],
            indicator=texts[PlanField.INDICATOR],
            budget=texts[PlanField.BUDGET],
            shared=frozenset(shared),
        )


def _numbered_parts(text: str, count: int) -> list[str] | None:
    """Return a text as so many parts: its lines, or what begins with a number each; None if it is not so many."""
    lines = text.split("\n")
    if len(lines) == count:
        return lines
    parts: list[str] = []
    for line in lines:
        if _BEGINS_WITH_NUMBER.match(line) or not parts:
            parts.append(line)
        else:
            parts[-1] += f"\n{line}"
    return parts if len(parts) == count else None


@dataclass(slots=True)
class ItemReader:
    """Goes through the tables of a document. `tables`: how many of them hold a plan.

    `is_headed`: one of them has a heading; where none has, the columns are known by what stands in them.
    """

    year: AcademicYear
    outline: Outline
    is_headed: bool = True
    tables: int = 0
    drafts: list[_Draft] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    _layout: Layout | None = None
    _last: _Draft | None = None

    def read(self, grid: Grid) -> None:
        """Read a table, if it is one of a plan's."""
        heading = find_heading(grid, self.year)
        layout = read_layout(grid, heading, self.year) if heading is not None else None
        if layout is not None and heading is not None and layout.is_plan and self._is_heading(grid, heading, layout):
            self._begin(grid, heading[0])
            repeats = self._layout is not None and not grid.headings and layout.headings == self._layout.headings
            self._layout = layout
            self._skip(grid, range(heading[0], heading[1] + 1), "the row is the heading")
            self._rows(grid, heading[1] + 1, goes_on=repeats)
            return
        may_go_on = self._layout is not None and not grid.nested and not is_list(grid)
        goes_on = continued(self._layout, grid, self.year) if self._layout is not None and may_go_on else None
        if goes_on is None and self._layout is None and not (self.is_headed or grid.nested):
            goes_on = guess_layout(grid, self.year)
        if goes_on is None or not goes_on.is_plan:
            if not self.tables:
                self.titles += [line.text for line in grid.headings]
            if not grid.nested:
                self._skip(
                    grid, range(len(grid.rows)), "the table is no plan: no column says what is due when, or by whom"
                )
            return
        is_same = self._layout is not None and not grid.headings
        self._begin(grid, 0)
        self._layout = goes_on
        self._rows(grid, 0, goes_on=is_same)

    def _is_heading(self, grid: Grid, heading: tuple[int, int], layout: Layout) -> bool:
        """Tell a heading from the first item of a table that goes on, which may sound like one."""
        if self._layout is None or grid.headings or layout.headings & self._layout.headings:
            return True
        last = continued(self._layout, grid, self.year)
        if last is None or heading[0] > 0:
            return True
        reader = RowReader(grid, last, self.year)
        parts = parts_of(grid, 0, last, self.year)
        return reader.kind_of(parts, begins_page=True, previous_title=None)[0] is RowKind.HEADING

    def _begin(self, grid: Grid, above: int) -> None:
        """Note what stands above a table, and above its heading inside it."""
        self._skip(grid, range(above), "the row stands above the heading")
        if not self.tables:
            self.titles += [line.text for line in grid.headings] + grid.above
        if grid.headings or grid.above:
            self._last = None
        self.tables += 1
        self.outline.take_headings(grid.headings)
        self.outline.take_above(grid.above)

    def _skip(self, grid: Grid, indexes: range, reason: str) -> None:
        self.skipped += [SkippedRow(row=grid.rows[index].order, reason=reason) for index in indexes]

    def _rows(self, grid: Grid, first: int, *, goes_on: bool) -> None:
        """Read the rows from `first` on; `goes_on`: the table above ended at the end of a page."""
        layout = self._layout
        if layout is None:
            return
        if not goes_on:
            self._last = None
        begins_page = goes_on
        reader = RowReader(grid, layout, self.year, is_numbered=numbered(grid, first, layout, self.year))
        for index in range(first, len(grid.rows)):
            parts = parts_of(grid, index, layout, self.year)
            previous = self._last.text(PlanField.TITLE) if self._last is not None else None
            kind, reason = reader.kind_of(parts, begins_page=begins_page, previous_title=previous)
            if kind is RowKind.HEADING:
                self._other_heading(grid, index)
                return
            if kind is RowKind.SKIPPED:
                self._skip(grid, range(index, index + 1), reason)
                begins_page = begins_page or texts_of(parts.own) in layout.headings
                continue
            self._take(grid, parts, kind)
            begins_page = False

    def _other_heading(self, grid: Grid, index: int) -> None:
        """Go on with the columns of another heading inside the same table."""
        heading = index, last_row(grid, index)
        self._layout = read_layout(grid, heading, self.year)
        self._last = None
        self._skip(grid, range(heading[0], heading[1] + 1), "the row is the heading")
        self._rows(grid, heading[1] + 1, goes_on=False)

    def _take(self, grid: Grid, parts: RowParts, kind: RowKind) -> None:
        row = grid.rows[parts.index]
        if kind is RowKind.BAND:
            self.outline.take_band(" ".join(flat(cell.text) for cell in parts.own))
            self._skip(grid, range(parts.index, parts.index + 1), "the row is a section or a month")
            self._last = None
        elif kind is RowKind.CONTINUATION and self._last is not None:
            self._last.take(parts, only_own=True)
            self._skip(grid, range(parts.index, parts.index + 1), "the row goes on with the item above")
        else:
            place = Place(table=grid.place, row=row.number)
            draft = _Draft(row.order, place, self.outline.section, self.outline.period)
            draft.take(parts, only_own=False)
            if self.drafts:
                draft.repeat(self.drafts[-1])
            self.drafts += draft.divided()
            self._last = self.drafts[-1]
            self.outline.take_item()


def lift_titles(grids: Sequence[Grid], year: AcademicYear) -> None:
    """Take what stands in a table above its heading, a line to itself, for lines above it."""
    for grid in grids:
        heading = find_heading(grid, year)
        for index in range(heading[0] if heading is not None else 0):
            cells = own_cells(grid.rows[index], index)
            if len(cells) == 1:
                grid.above.append(flat(cells[0].text))


def read_items(grids: Sequence[Grid], reader: ItemReader) -> tuple[PlanRow, ...]:
    """Read all tables; return the items in the order of the document."""
    for grid in grids:
        if grid.rows:
            reader.read(grid)
    told: Counter[int] = Counter()
    rows = []
    for draft in reader.drafts:
        rows.append(replace(draft.finished(reader.year), part=told[draft.order]))
        told[draft.order] += 1
    return tuple(rows)
