"""Spreadsheets that people fill in: what is only read is grey, cells stay texts, choices are offered as lists."""

# ruff: noqa: PLC0415 -- the writing library is loaded by whoever writes a sheet

import io
from collections.abc import Sequence
from typing import Any

from services.tables.dto import FormSheet

_LONGEST_TITLE = 31
_NOT_IN_TITLES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_LOOKS_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LISTS = "lists"
_TEXT = "@"
_GREY, _HEAD = "EDEDED", "D9E2F3"


def write_form(sheets: Sequence[FormSheet]) -> bytes:
    """Return an XLSX file; every cell is a text, so that none becomes a formula or a day."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    lists = _Lists(book)
    for sheet in sheets:
        page = book.create_sheet(sheet.title.translate(_NOT_IN_TITLES)[:_LONGEST_TITLE])
        _fill(page, sheet)
        for place, column in enumerate(sheet.columns, start=1):
            if column.choices and sheet.rows:
                lists.offer(page, place, column.choices, last_row=len(sheet.rows) + 1)
    lists.finish()
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


class FormWriter:
    """Writes forms for the conversation (`handlers.common.ports.FormWriter`)."""

    def write(self, sheets: Sequence[FormSheet]) -> bytes:
        """Return an XLSX file."""
        return write_form(sheets)


class _Lists:
    """The choices of all columns, on a sheet that is hidden: a list in the column itself takes 255 signs at most."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 -- the library has no types
        self._book = book
        self._places: dict[tuple[str, ...], str] = {}

    def offer(self, page: Any, place: int, choices: tuple[str, ...], *, last_row: int) -> None:  # noqa: ANN401 -- as above
        """Offer choices in a column; what is typed beside them is told when the sheet comes back."""
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.datavalidation import DataValidation

        letter = get_column_letter(len(self._places) + 1)
        source = self._places.setdefault(choices, f"{_LISTS}!${letter}$1:${letter}${len(choices)}")
        offered = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=False)
        column = get_column_letter(place)
        offered.add(f"{column}2:{column}{last_row}")
        page.add_data_validation(offered)

    def finish(self) -> None:
        """Write the hidden sheet."""
        if self._places:
            page = self._book.create_sheet(_LISTS)
            page.sheet_state = "hidden"
            for place, choices in enumerate(self._places, start=1):
                for row, choice in enumerate(choices, start=1):
                    _write(page.cell(row=row, column=place), choice)


def _fill(page: Any, sheet: FormSheet) -> None:  # noqa: ANN401 -- as above
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    wrapped, bold, head, grey = (
        Alignment(wrap_text=True, vertical="top"),
        Font(bold=True),
        PatternFill("solid", fgColor=_HEAD),
        PatternFill("solid", fgColor=_GREY),
    )
    page.freeze_panes = "A2"
    for place, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(place)].width = column.width
        heading = page.cell(row=1, column=place)
        _write(heading, column.heading)
        heading.font, heading.fill, heading.alignment = bold, head, wrapped
    for number, row in enumerate(sheet.rows, start=2):
        for place, (column, text) in enumerate(zip(sheet.columns, row, strict=True), start=1):
            cell = page.cell(row=number, column=place)
            _write(cell, text)
            cell.alignment = wrapped
            if column.fixed:
                cell.fill = grey
    page.auto_filter.ref = page.dimensions


def _write(cell: Any, text: str) -> None:  # noqa: ANN401 -- as above
    """Put a text into a cell that takes texts only; an empty one stays empty and takes texts all the same."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell.number_format = _TEXT
    if text:
        cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", text)
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(_LOOKS_LIKE_FORMULA)
