"""DOCX: tables as they are printed, and the headings above them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from services.plan_files.grid import Cell, Grid, GridRow, Heading
from services.plan_files.levels import BODY_LEVEL, NUMBERED_LEVEL, PLAIN_LEVEL
from services.plan_files.word_styles import (
    Numbering,
    Style,
    heading_level,
    is_bold,
    read_numbering,
    read_styles,
)
from services.plan_files.word_xml import (
    NS,
    TBL,
    TC,
    TR,
    VAL,
    P,
    is_on,
    main_member,
    number_of,
    paragraph_text,
    parse,
    read,
    tables,
    within,
)
from services.tables.archive import Archive
from services.tables.dto import MOST_COLUMNS, MOST_ROWS, FaultKind, TableUnreadable

_LONGEST_HEADING = 400
_NUMBERED = re.compile(r"(?P<number>(?:\d{1,2}\.)+\d{0,2}|[IVX]+\.)\s*\D")
_SITTING = re.compile(r"(?:№\s*)?\d{1,2}\s*[-–—.]?\s*(?:отурум|жыйын|заседани|sitting|meeting)", re.IGNORECASE)
_MOST_CELLS = 1_000_000


def read_docx(archive: Archive) -> list[Grid]:
    """Return all tables of a Word file in their order, nested ones behind the table that holds them."""
    main = main_member(archive)
    root = parse(read(archive, main))
    folder = main.rpartition("/")[0]
    styles = read_styles(_member(archive, f"{folder}/styles.xml"))
    walk = _Walk(
        styles,
        read_numbering(_member(archive, f"{folder}/numbering.xml")),
        {table: place for place, table in enumerate(tables(root))},
    )
    body = root.find(f"{NS}body")
    if body is None:
        raise TableUnreadable(FaultKind.DAMAGED)
    walk.through(body)
    return walk.grids


def table_grid(table: Element) -> Grid:
    """Return one table as a grid, whatever stands around it."""
    walk = _Walk({}, Numbering(), {})
    walk.take_table(table, nested=False)
    return walk.grids[0]


def _member(archive: Archive, name: str) -> Element | None:
    return parse(read(archive, name)) if name in archive.names else None


@dataclass(slots=True)
class _Walk:
    """Goes through the text from its beginning; lines are gathered until a table comes."""

    styles: dict[str, Style]
    numbering: Numbering
    places: dict[Element, int]
    grids: list[Grid] = field(default_factory=list)
    lines: list[Heading] = field(default_factory=list)
    rows: int = 0
    cells: int = 0

    def through(self, parent: Element) -> None:
        """Read all paragraphs and tables."""
        for child in within(parent):
            if child.tag == P:
                self._line(child)
            elif child.tag == TBL:
                self.take_table(child, nested=False)

    def _line(self, paragraph: Element) -> None:
        number, text = self.numbering.next_number(paragraph), " ".join(paragraph_text(paragraph).split())
        if not text or len(text) > _LONGEST_HEADING:
            return
        level = heading_level(paragraph, self.styles)
        text = f"{number} {text}" if number else text
        if level is None:
            level = _plain_level(text, is_bold=is_bold(paragraph, self.styles))
        self.lines.append(Heading(text, level))

    def take_table(self, table: Element, *, nested: bool) -> None:
        """Read a table, and those inside it behind it."""
        lines, self.lines = self.lines, []
        grid = Grid(self.places.get(table, 0), lines, _widths(table), nested=nested)
        self.grids.append(grid)
        up: dict[int, Cell] = {}
        inner: list[Element] = []
        for number, row in enumerate(row for row in within(table) if row.tag == TR):
            properties = row.find(f"{NS}trPr")
            self.rows += 1
            if self.rows > MOST_ROWS:
                raise TableUnreadable(FaultKind.TOO_MANY_ROWS, limit=MOST_ROWS)
            if properties is not None and (properties.find(f"{NS}del") is not None or is_on(properties, "hidden")):
                continue
            cells = list(self._cells(row, len(grid.rows), up, inner))
            grid.rows.append(GridRow(number, self.rows, cells, is_on(properties, "tblHeader")))
        _even(grid)
        for table_inside in inner:
            self.take_table(table_inside, nested=True)

    def _cells(self, row: Element, index: int, up: dict[int, Cell], inner: list[Element]) -> Iterator[Cell | None]:
        """Yield what stands in each column of the grid; `up`: the cell above each column that may go on downwards."""
        properties = row.find(f"{NS}trPr")
        column = number_of(properties, "gridBefore", 0)
        yield from [None] * column
        for element in within(row):
            if element.tag != TC:
                continue
            about = element.find(f"{NS}tcPr")
            width = min(max(1, number_of(about, "gridSpan", 1)), MOST_COLUMNS)
            merge = about.find(f"{NS}vMerge") if about is not None else None
            text = self._text(element, inner)
            above = up.get(column)
            goes_on = merge is not None and merge.get(VAL) != "restart"
            if goes_on and above is not None and (above.left, above.width) == (column, width):
                above.height = index - above.row + 1
                cell = above
            else:
                cell = Cell(text, index, column, width)
            up.update(dict.fromkeys(range(column, column + width), cell))
            column += width
            self.cells += width
            if self.cells > _MOST_CELLS or column > MOST_COLUMNS:
                raise TableUnreadable(FaultKind.TOO_MANY_COLUMNS, limit=MOST_COLUMNS)
            yield from [cell] * width

    def _text(self, cell: Element, inner: list[Element]) -> str:
        """Return the text of a cell, a line for each paragraph; a table inside it is read for itself, too."""
        lines = []
        for child in within(cell):
            if child.tag == P:
                number, text = self.numbering.next_number(child), paragraph_text(child)
                lines.append(f"{number} {text}".strip())
            elif child.tag == TBL:
                inner.append(child)
                lines.extend(paragraph_text(paragraph) for paragraph in child.iter(P))
        return "\n".join(filter(None, lines))


def _plain_level(text: str, *, is_bold: bool) -> int:
    numbered = _NUMBERED.match(text)
    if numbered is not None:
        return NUMBERED_LEVEL + len([part for part in numbered["number"].split(".") if part])
    if is_bold or text.isupper() or _SITTING.match(text):
        return PLAIN_LEVEL
    return BODY_LEVEL


def _widths(table: Element) -> list[int]:
    grid = table.find(f"{NS}tblGrid")
    widths = [column.get(f"{NS}w", "") for column in grid.iter(f"{NS}gridCol")] if grid is not None else []
    return [max(1, int(width)) if width.isdecimal() and len(width) < len("1000000") else 1 for width in widths]


def _even(grid: Grid) -> None:
    """Make all rows equally long; columns that the file forgot to announce are as wide as the others."""
    width = max([len(row.cells) for row in grid.rows], default=0)
    usual = sum(grid.widths) // len(grid.widths) if grid.widths else 1
    grid.widths = (grid.widths + [max(1, usual)] * width)[:width]
    for row in grid.rows:
        row.cells += [None] * (width - len(row.cells))
