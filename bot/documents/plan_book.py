"""The state of plans as a spreadsheet, and as a paper to be printed."""

# ruff: noqa: PLC0415 -- the writing libraries are loaded by whoever writes

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from services.plan_reports.papers import BookTable, Cell, StateBook

_NARROWEST, _WIDEST = 8, 60
_MEASURED_ROWS = 500
_LONGEST_TITLE, _LONGEST_CELL = 31, 32_000
_NOT_IN_TITLES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_LOOKS_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: What XML cannot hold.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_DAY = "DD.MM.YYYY"
_FIRST_DAY = date(1899, 12, 30)  # spreadsheets count days from here
_MAIN = "word/document.xml"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PAGE_TWIPS = 14_570  # the width of a lying A4 between its margins


def write_xlsx(book: StateBook) -> bytes:
    """Return an XLSX file: numbers and days as such, texts as texts whatever they begin with; headings can filter."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    workbook, rows = Workbook(write_only=True), {}
    workbook.properties.title = clean_xml(book.title)
    for number, table in enumerate(book.tables, start=1):
        page = workbook.create_sheet(table.title.translate(_NOT_IN_TITLES)[:_LONGEST_TITLE])
        page.freeze_panes = "A2"
        letters = [get_column_letter(place) for place in range(1, len(table.heading) + 1)]
        for letter, width in zip(letters, _widths(table), strict=True):
            page.column_dimensions[letter].width = width
        page.auto_filter.ref = f"A1:{letters[-1]}{len(table.rows) + 1}"
        looks = _Looks(page)
        page.append([looks.head(text) for text in table.heading])
        # A table cell by cell takes the library ten seconds for thousands of rows.
        rows[f"xl/worksheets/sheet{number}.xml"] = (
            "</sheetData>",
            looks.rows_xml(table.rows, letters) + "</sheetData>",
        )
    content = io.BytesIO()
    workbook.save(content)
    return _filled(content.getvalue(), rows)


def write_docx(book: StateBook) -> bytes:
    """Return a DOCX file on lying A4: a heading and a table for each sheet, its head repeated on every page."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.oxml.parser import OxmlElement
    from docx.shared import Mm, Pt

    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(15)
    document.styles["Normal"].font.name = "Times New Roman"
    document.styles["Normal"].font.size = Pt(11)
    document.core_properties.title = clean_xml(book.title)[:255]
    document.add_heading(clean_xml(book.title), level=1)
    document.add_paragraph(clean_xml(book.subtitle))
    for table in book.tables:
        document.add_heading(clean_xml(table.title), level=2)
        document.element.body.insert(-1, OxmlElement("w:tbl"))
    content = io.BytesIO()
    document.save(content)
    # A table cell by cell takes the library minutes for thousands of rows, and one put in as a whole seconds.
    return _filled(content.getvalue(), *({_MAIN: ("<w:tbl/>", _table_xml(_printed(table)))} for table in book.tables))


def _filled(content: bytes, *fillings: Mapping[str, tuple[str, str]]) -> bytes:
    """Return an archive in whose members the first of each text is replaced."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            for filling in fillings:
                if name in filling:
                    before, after = filling[name]
                    text = text.replace(before.encode(), after.encode(), 1)
            new.writestr(name, text)
    return packed.getvalue()


def _printed(table: BookTable) -> BookTable:
    if not table.printed:
        return table
    return BookTable(
        title=table.title,
        heading=tuple(table.heading[place] for place in table.printed),
        rows=tuple(tuple(row[place] for place in table.printed) for row in table.rows),
    )


class _Looks:
    """How cells of a sheet look, weighed once for each kind."""

    def __init__(self, page: Any) -> None:  # noqa: ANN401 -- the library has no types
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font

        def pattern(*, wrap: bool = False, bold: bool = False, day: bool = False, formula: bool = False) -> Any:  # noqa: ANN401 -- as above
            cell = WriteOnlyCell(page, value="")
            cell.alignment = Alignment(wrap_text=wrap, vertical="top")
            cell.font = Font(bold=bold)
            cell.quotePrefix = formula
            if day:
                cell.number_format = _DAY
            return cell

        self._page, self._make, self._head = page, WriteOnlyCell, pattern(bold=True)
        self._text, self._formula = pattern(wrap=True).style_id, pattern(wrap=True, formula=True).style_id
        self._number, self._day = pattern().style_id, pattern(day=True).style_id

    def head(self, text: str) -> Any:  # noqa: ANN401 -- as above
        """Return a cell of the heading."""
        cell = self._make(self._page, value=clean_xml(text))
        cell.data_type = "s"
        cell._style = self._head._style  # noqa: SLF001 -- the library has no other way to share a look
        return cell

    def rows_xml(self, rows: Iterable[Sequence[Cell]], letters: Sequence[str]) -> str:
        """Return the rows under the heading."""
        return "".join(
            f'<row r="{number}">'
            + "".join(self._cell(value, f"{letter}{number}") for value, letter in zip(row, letters, strict=True))
            + "</row>"
            for number, row in enumerate(rows, start=2)
        )

    def _cell(self, value: Cell, place: str) -> str:
        if value is None or value == "":
            return ""
        if isinstance(value, str):
            look = self._formula if value.startswith(_LOOKS_LIKE_FORMULA) else self._text
            said = escape(clean_xml(value)[:_LONGEST_CELL], {"\r": "&#13;"})
            return f'<c r="{place}" s="{look}" t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'
        if isinstance(value, date):
            return f'<c r="{place}" s="{self._day}"><v>{(value - _FIRST_DAY).days}</v></c>'
        return f'<c r="{place}" s="{self._number}"><v>{value}</v></c>'


def _widths(table: BookTable) -> list[int]:
    measured: Sequence[Sequence[Cell]] = (table.heading, *table.rows[:_MEASURED_ROWS])
    return [
        min(max(max(len(line) for row in measured for line in _said(row[place]).split("\n")) + 2, _NARROWEST), _WIDEST)
        for place in range(len(table.heading))
    ]


def _table_xml(table: BookTable) -> str:
    widths = _widths(table)
    whole = sum(widths)
    columns = "".join(f'<w:gridCol w:w="{_PAGE_TWIPS * width // whole}"/>' for width in widths)
    head = _row_xml(table.heading, "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>", "<w:b/>")
    rows = "".join(_row_xml(row, "<w:trPr><w:cantSplit/></w:trPr>", "") for row in table.rows)
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:tbl xmlns:w="{_WORD}"><w:tblPr><w:tblW w:w="{_PAGE_TWIPS}" w:type="dxa"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{head}{rows}</w:tbl>"
    )


def _row_xml(row: Sequence[Cell], properties: str, style: str) -> str:
    cells = "".join(
        f'<w:tc><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>{_runs_xml(_said(value), style)}</w:p></w:tc>'
        for value in row
    )
    return f"<w:tr>{properties}{cells}</w:tr>"


def _runs_xml(text: str, style: str) -> str:
    look = f'<w:rPr>{style}<w:sz w:val="18"/></w:rPr>'
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in clean_xml(text).split("\n"))
    return f"<w:r>{look}{lines}</w:r>"


def _said(value: Cell) -> str:
    if value is None:
        return ""
    return f"{value:%d.%m.%Y}" if isinstance(value, date) else str(value)


def clean_xml(text: str) -> str:
    """Return a text without the signs that XML cannot hold."""
    return _ILLEGAL.sub(" ", text)
