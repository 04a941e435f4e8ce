"""Spreadsheets that people fill in: cells stay texts, choices are offered, nothing becomes a formula."""

import io

from openpyxl import load_workbook

from bot.documents.forms import FormWriter
from services.tables.dto import Columns, FormColumn, FormSheet
from services.tables.reading import read_tables

LONG = tuple(f"мөөнөтү келген төлөмдөр, {number}" for number in range(20))  # longer than a list in the cell may be
COLUMNS = (
    FormColumn(heading="№", width=9, fixed=True),
    FormColumn(heading="Жыйынтык\n(булардын бири)", width=20, choices=LONG),
    FormColumn(heading="Эскертүү", width=30),
)
SHEET = FormSheet(title="Төлөм: [2026]", columns=COLUMNS, rows=(("1", "", "=1+1\n2"), ("2", LONG[3], "\x00текст")))


def test_cells_are_texts_and_stay_texts() -> None:
    page = load_workbook(io.BytesIO(FormWriter().write([SHEET]))).worksheets[0]
    assert page.title == "Төлөм   2026 "
    assert page.freeze_panes == "A2"
    formula = page["C2"]
    assert (formula.value, formula.data_type, formula.quotePrefix, formula.alignment.wrap_text) == (
        "=1+1\n2", "s", True, True,
    )  # fmt: skip
    assert {cell.number_format for row in page["A2:C3"] for cell in row} == {"@"}  # what is typed there stays a text
    assert page["C3"].value == " текст"
    assert page["A2"].fill.fgColor.rgb != page["B2"].fill.fgColor.rgb


def test_choices_are_offered_from_a_hidden_sheet() -> None:
    second = FormSheet(title="Экинчи", columns=COLUMNS, rows=SHEET.rows)
    book = load_workbook(io.BytesIO(FormWriter().write([SHEET, second])))
    assert book.sheetnames == ["Төлөм   2026 ", "Экинчи", "lists"]
    lists = book["lists"]
    assert lists.sheet_state == "hidden"
    assert [row[0].value for row in lists.iter_rows()] == list(LONG)
    for page in book.worksheets[:2]:
        (offered,) = page.data_validations.dataValidation
        assert (offered.formula1, str(offered.sqref)) == ("lists!$A$1:$A$20", "B2:B3")


def test_what_is_written_is_read_again_with_its_lines() -> None:
    columns = Columns(meaning=lambda heading: heading.partition("\n")[0], required=("№",), lines=True)
    (table,) = read_tables(FormWriter().write([SHEET]), columns)
    assert table.sheet == "Төлөм   2026 "
    assert [row.cells["Эскертүү"] for row in table.rows] == ["=1+1\n2", "текст"]
