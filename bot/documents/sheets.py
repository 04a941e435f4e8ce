"""Spreadsheets for people: texts as they are, whatever they begin with; a heading that stays; columns wide enough."""

# ruff: noqa: PLC0415 -- the writing library is loaded by whoever writes a sheet

import csv
import io
from collections.abc import Sequence
from typing import Any

from services.tables.dto import SheetText

_NARROWEST, _WIDEST = 8, 60
_MEASURED_ROWS = 500
_LONGEST_TITLE = 31
_NOT_IN_TITLES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_LOOKS_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_xlsx(sheets: Sequence[SheetText]) -> bytes:
    """Return an XLSX file; every cell is a text, so that none becomes a formula."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.title.translate(_NOT_IN_TITLES)[:_LONGEST_TITLE])
        page.freeze_panes = "A2"
        _set_widths(page, sheet)
        page.append([_cell(page, text, bold=True) for text in sheet.heading])
        for row in sheet.rows:
            page.append([_cell(page, text) for text in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def write_csv(sheet: SheetText) -> bytes:
    """Return a CSV file; an apostrophe stands before what a spreadsheet would take for a formula."""
    text = io.StringIO()
    csv.writer(text).writerows([[_guarded(cell) for cell in row] for row in (sheet.heading, *sheet.rows)])
    return text.getvalue().encode("utf-8-sig")


class XlsxWriter:
    """Writes spreadsheets for the conversation (`handlers.common.ports.SheetWriter`)."""

    def write(self, sheets: Sequence[SheetText]) -> bytes:
        """Return an XLSX file."""
        return write_xlsx(sheets)

    def write_csv(self, sheet: SheetText) -> bytes:
        """Return a CSV file."""
        return write_csv(sheet)


def _cell(page: Any, text: str, *, bold: bool = False) -> Any:  # noqa: ANN401 -- the library has no types
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font

    cell = WriteOnlyCell(page, value=ILLEGAL_CHARACTERS_RE.sub(" ", text))
    cell.data_type = "s"
    if text.startswith(_LOOKS_LIKE_FORMULA):
        cell.quotePrefix = True
    if bold:
        cell.font = Font(bold=True)
    return cell


def _set_widths(page: Any, sheet: SheetText) -> None:  # noqa: ANN401 -- as above
    from openpyxl.utils import get_column_letter

    measured = (sheet.heading, *sheet.rows[:_MEASURED_ROWS])
    for place in range(len(sheet.heading)):
        longest = max(len(row[place]) for row in measured)
        page.column_dimensions[get_column_letter(place + 1)].width = min(max(longest + 2, _NARROWEST), _WIDEST)


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(_LOOKS_LIKE_FORMULA) else text
