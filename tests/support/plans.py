"""Plans of invented universities as Word, Excel and CSV files, and the university's own plan with its labels."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from services.deadlines.dto import AcademicYear
from services.plan_files.dto import PlanDocument, PlanRow
from services.plan_files.reading import read_plan

YEAR = AcademicYear(2025)
KSTU = Path(__file__).parents[1] / "data" / "plans" / "kstu-2025-26"
#: Cells of a table as (first row, first column, last row, last column).
Merge = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A row of the university's plan with what is printed there."""

    id: str
    deadline_text: str
    responsible_text: str


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table: rows of texts, None where a merged cell goes on; what is merged."""

    rows: Sequence[Sequence[str]]
    merges: Sequence[Merge] = ()


def one_line(text: str) -> str:
    """Return a text with its white space folded."""
    return " ".join(text.split())


@cache
def kstu(name: str) -> PlanDocument:
    """Return one of the university's files, read."""
    return read_plan((KSTU / name).read_bytes(), YEAR)


def labels(*beginnings: str) -> list[list[Labelled]]:
    """Return the labelled rows whose ids begin so, section by section."""
    responsible = {row["id"]: row["responsible_text"] for row in _csv("responsible_truth.csv")}
    sections: dict[str, list[Labelled]] = {}
    for row in _csv("truth.csv"):
        if row["id"].startswith(beginnings):
            labelled = Labelled(row["id"], row["deadline_text"], responsible[row["id"]])
            sections.setdefault(row["id"].rpartition("-")[0], []).append(labelled)
    return list(sections.values())


def by_section(document: PlanDocument) -> list[list[PlanRow]]:
    """Return the items, section by section and month by month, as they are printed."""
    sections: dict[tuple[str, str], list[PlanRow]] = {}
    for row in document.rows:
        sections.setdefault((row.section, row.period), []).append(row)
    return list(sections.values())


def word(*blocks: str | tuple[str, int] | WordTable, change: Callable[[Any], None] | None = None) -> bytes:
    """Return a Word file: bold lines, headings with their level, tables; `change` is done to the whole at the end."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, WordTable):
            _table(document, block)
        elif isinstance(block, tuple):
            document.add_heading(*block)
        elif block.startswith("~"):  # a line like any other
            document.add_paragraph(block[1:])
        else:
            document.add_paragraph().add_run(block).bold = True
    if change is not None:
        change(document)
    return saved(document)


def saved(document: Any) -> bytes:  # noqa: ANN401 -- a document of python-docx or a workbook of openpyxl
    """Return what a program would write."""
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def excel(*sheets: tuple[str, Sequence[Sequence[object]], Sequence[str]]) -> bytes:
    """Return a workbook: for each sheet its name, its rows and what is merged (A1:C1)."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows, merges in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for merge in merges:
            sheet.merge_cells(merge)
    return saved(book)


def comma_separated(rows: Sequence[Sequence[str]], *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """Return a CSV file."""
    text = StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def _csv(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((KSTU / name).read_text().splitlines()))


def _table(document: Any, table: WordTable) -> None:  # noqa: ANN401 -- as above
    made = document.add_table(len(table.rows), max(map(len, table.rows)))
    for row, texts in zip(made.rows, table.rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=False):
            if text:
                cell.text = text
    for top, left, bottom, right in table.merges:
        made.cell(top, left).merge(made.cell(bottom, right))
    document.add_paragraph()


def tracked(run: Any, kind: str) -> None:  # noqa: ANN401 -- as above
    """Turn a run into one that was inserted (`ins`) or deleted (`del`) with changes tracked."""
    change = OxmlElement(f"w:{kind}")
    run._r.addprevious(change)
    change.append(run._r)
    if kind == "del":
        for text in run._r.findall(qn("w:t")):
            text.tag = qn("w:delText")
