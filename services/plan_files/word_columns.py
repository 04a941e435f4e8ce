"""One more column at the right of a Word table: the others make room, merged cells stay as they are."""

from collections.abc import Mapping, Sequence
from copy import deepcopy

from lxml import etree
from lxml.etree import _Element as Element

from services.deadlines.dto import AcademicYear
from services.plan_files.docx_file import table_grid
from services.plan_files.grid import Grid, own_cells
from services.plan_files.headings import squeezed
from services.plan_files.heads import find_heading, texts_of
from services.plan_files.word_xml import NS, TC, TR, VAL, P, R, T, number_of, paragraph_text, within

_SHARE = 7  # the new column takes one part of so many
_TYPE, _WIDTH = f"{NS}type", f"{NS}w"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
#: What a cell has for itself: not copied from its neighbour.
_OWN = ("tcW", "gridSpan", "hMerge", "vMerge", "cellIns", "cellDel", "cellMerge")
_OWN_OF_PARAGRAPH = ("numPr", "sectPr", "rPr", "pPrChange")
_OWN_OF_RUN = ("strike", "dstrike", "vanish", "vertAlign", "highlight", "rPrChange", "ins", "del", "moveTo", "moveFrom")
_ANY_YEAR = AcademicYear(2025)  # headings are the same in every year


class StatusColumn:
    """The column of statuses in a table."""

    def __init__(self, table: Element, heading: str) -> None:
        self._table = table
        self._heading = heading
        self._rows = [row for row in within(table) if row.tag == TR]
        self._width = max((_columns_of(row) for row in self._rows), default=0)
        grid = table_grid(table)
        self._headings: dict[int, bool] = {}  # by number of the row: whether it is the first of its heading
        found = find_heading(grid, _ANY_YEAR)
        if found is not None:
            numbers = _heading_rows(grid, *found)
            self._headings = {number: number - 1 not in numbers for number in numbers}

    def fill(self, statuses: Mapping[int, str]) -> None:
        """Write the statuses, by the number of their row."""
        if self._is_there():
            for number, status in statuses.items():
                _replace_text(_cells(self._rows[number])[-1], status)
            return
        self._make_room()
        for number, row in enumerate(self._rows):
            self._extend(number, row, statuses)

    def _is_there(self) -> bool:
        """Tell whether the last cell of the heading is ours."""
        first = next((number for number, is_first in self._headings.items() if is_first), None)
        cells = _cells(self._rows[first]) if first is not None else []
        return bool(cells) and squeezed(_text(cells[-1])) == squeezed(self._heading)

    def _make_room(self) -> None:
        """Let the columns shrink by what the new one takes, so that the table stays as wide as it is."""
        grid = self._table.find(f"{NS}tblGrid")
        if grid is None:
            grid = etree.Element(f"{NS}tblGrid")
            at = [child.tag for child in self._table].index(f"{NS}tblPr") + 1 if self._has_properties() else 0
            self._table.insert(at, grid)
        columns = list(grid.findall(f"{NS}gridCol"))
        for _missing in range(self._width - len(columns)):
            columns.append(
                etree.SubElement(grid, f"{NS}gridCol", {_WIDTH: columns[-1].get(_WIDTH, "0") if columns else "0"})
            )
        self._width = len(columns)
        widths = [_measure(column) for column in columns]
        taken = sum(widths) // _SHARE
        for column, width in zip(columns, _shrunk(widths, taken), strict=True):
            column.set(_WIDTH, str(width))
        new = etree.Element(f"{NS}gridCol", {_WIDTH: str(taken)})
        columns[-1].addnext(new) if columns else grid.append(new)
        self._taken = taken

    def _has_properties(self) -> bool:
        return self._table.find(f"{NS}tblPr") is not None

    def _extend(self, number: int, row: Element, statuses: Mapping[int, str]) -> None:
        cells = _cells(row)
        if not cells:
            return
        for cell in cells:
            _shrink(cell)
        missing = max(0, self._width - _columns_of(row))
        after = _after(row)
        if number not in statuses and number not in self._headings:
            last = _span(cells[-1])
            if len(cells) == 1 or last > max(1, self._width // 2):
                _set_span(cells[-1], last + missing + 1)
                _widen(cells[-1], self._taken)
                return
        if after is not None:
            missing += number_of(after.getparent(), "gridAfter", 0)
            _without(after.getparent(), ("gridAfter", "wAfter"))
        if missing:  # the row ended before the right edge; the new cell must stand at the edge
            _last_of(row).addnext(self._new_cell(cells[-1], "", missing))
        text = self._heading if self._headings.get(number) else statuses.get(number, "")
        cell = self._new_cell(cells[-1], text, 1)
        if number in self._headings and self._spans_rows(number):
            _put(cell, "vMerge", "restart" if self._headings[number] else "continue")
        _last_of(row).addnext(cell)

    def _spans_rows(self, number: int) -> bool:
        return not self._headings[number] or self._headings.get(number + 1) is False

    def _new_cell(self, beside: Element, text: str, span: int) -> Element:
        """Return a cell that looks as the one beside it."""
        cell = etree.Element(TC)
        about = beside.find(f"{NS}tcPr")
        properties = deepcopy(about) if about is not None else etree.Element(f"{NS}tcPr")
        for name in _OWN:
            for own in properties.findall(f"{NS}{name}"):
                properties.remove(own)
        cell.append(properties)
        properties.insert(0, etree.Element(f"{NS}tcW", {_WIDTH: str(self._taken), _TYPE: "dxa"}))
        _set_span(cell, span)
        cell.append(_paragraph(beside, text))
        return cell


def _heading_rows(grid: Grid, first: int, last: int) -> list[int]:
    """Return the numbers of the rows of a heading, wherever it is repeated."""
    known = {texts_of(own_cells(grid.rows[index], index)) for index in range(first, last + 1)}
    sizes = set(map(len, known))
    numbers = [row.number for row in grid.rows[first : last + 1]]
    for index, row in enumerate(grid.rows[last + 1 :], start=last + 1):
        own = own_cells(row, index)
        if len(own) in sizes and texts_of(own) in known:
            numbers.append(row.number)
    return numbers


def _cells(row: Element) -> list[Element]:
    return [cell for cell in within(row) if cell.tag == TC]


def _span(cell: Element) -> int:
    return max(1, number_of(cell.find(f"{NS}tcPr"), "gridSpan", 1))


def _after(row: Element) -> Element | None:
    properties = row.find(f"{NS}trPr")
    return properties.find(f"{NS}gridAfter") if properties is not None else None


def _columns_of(row: Element) -> int:
    properties = row.find(f"{NS}trPr")
    beside = number_of(properties, "gridBefore", 0) + number_of(properties, "gridAfter", 0)
    return beside + sum(map(_span, _cells(row)))


def _measure(column: Element) -> int:
    width = column.get(_WIDTH, "0")
    return int(width) if width.isdecimal() else 0


def _shrunk(widths: Sequence[int], taken: int) -> list[int]:
    """Return widths that are together smaller by `taken`, each by its part."""
    whole = sum(widths)
    if not whole:
        return list(widths)
    shrunk = [width * (whole - taken) // whole for width in widths]
    shrunk[-1] += whole - taken - sum(shrunk)
    return shrunk


def _shrink(cell: Element) -> None:
    about = cell.find(f"{NS}tcPr")
    width = about.find(f"{NS}tcW") if about is not None else None
    if width is not None and width.get(_WIDTH, "").isdecimal():
        size = int(width.get(_WIDTH))
        width.set(_WIDTH, str(size - size // _SHARE))


def _widen(cell: Element, by: int) -> None:
    width = cell.find(f"{NS}tcPr/{NS}tcW")
    if width is not None and width.get(_TYPE) == "dxa" and width.get(_WIDTH, "").isdecimal():
        width.set(_WIDTH, str(int(width.get(_WIDTH)) + by))


def _last_of(row: Element) -> Element:
    """Return the child of a row behind which another cell can stand: its last cell, or what holds that."""
    child = _cells(row)[-1]
    while child.getparent() is not row:
        child = child.getparent()
    return child


def _set_span(cell: Element, span: int) -> None:
    about = cell.find(f"{NS}tcPr")
    if about is None:
        about = etree.Element(f"{NS}tcPr")
        cell.insert(0, about)
    for old in about.findall(f"{NS}gridSpan"):
        about.remove(old)
    if span > 1:
        _put(cell, "gridSpan", str(span))


def _put(cell: Element, name: str, value: str) -> None:
    """Set a property behind the width and the span of a cell, where the format wants it."""
    about = cell.find(f"{NS}tcPr")
    before = [child for child in about if child.tag in {f"{NS}{first}" for first in ("cnfStyle", "tcW", "gridSpan")}]
    about.insert(len(before), etree.Element(f"{NS}{name}", {VAL: value}))


def _paragraph(beside: Element, text: str) -> Element:
    """Return a paragraph with a text that is set as the first one of the cell beside."""
    paragraph = etree.Element(P)
    model = next(iter(beside.iter(P)), None)
    about = model.find(f"{NS}pPr") if model is not None else None
    if about is not None:
        paragraph.append(_without(deepcopy(about), _OWN_OF_PARAGRAPH))
    if text:
        paragraph.append(_run(model, text))
    return paragraph


def _run(model: Element | None, text: str) -> Element:
    run = etree.Element(R)
    first = next(iter(model.iter(R)), None) if model is not None else None
    look = first.find(f"{NS}rPr") if first is not None else None
    if look is not None:
        run.append(_without(deepcopy(look), _OWN_OF_RUN))
    for number, line in enumerate(_printable(text).split("\n")):
        if number:
            run.append(etree.Element(f"{NS}br"))
        written = etree.SubElement(run, T, {_SPACE: "preserve"})
        written.text = line
    return run


def _without(properties: Element, names: Sequence[str]) -> Element:
    for name in names:
        for own in properties.findall(f"{NS}{name}"):
            properties.remove(own)
    return properties


def _replace_text(cell: Element, text: str) -> None:
    """Give a cell another text, set as the one that it had."""
    paragraph = _paragraph(cell, text)
    for old in [child for child in cell if child.tag != f"{NS}tcPr"]:
        cell.remove(old)
    cell.append(paragraph)


def _text(cell: Element) -> str:
    return "\n".join(paragraph_text(paragraph) for paragraph in cell.iter(P))


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in text)
