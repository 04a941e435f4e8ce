"""The report on the state language as DOCX and PDF."""

# ruff: noqa: PLC0415 -- the writing libraries are loaded by whoever writes

import io
import threading
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from bot.documents.charts import printable
from bot.documents.language_paper import LanguagePaper, PaperTable, language_paper
from bot.documents.plan_book import clean_xml
from bot.documents.university_model import University
from services.plan_reports.language_dto import LanguageReport
from services.plan_reports.papers import PaperForm

if TYPE_CHECKING:
    from bot.documents.typesetting import Typesetter

_WIDTH_MM = 170


class LanguageReportPrinter:
    """Writes one report at a time; whoever calls is not the event loop."""

    def __init__(self, university: University) -> None:
        self._university = university
        self._lock = threading.Lock()
        self._typesetter: Typesetter | None = None

    def write(self, report: LanguageReport, form: PaperForm) -> bytes:
        """Return the report as PDF/A-2b or DOCX."""
        paper = language_paper(report, self._university)
        if form is not PaperForm.PDF:
            return _docx(paper)
        with self._lock:
            if self._typesetter is None:
                from bot.documents.typesetting import Typesetter  # Typst takes 0.15 s

                self._typesetter = Typesetter("language_report.typ")
            return self._typesetter.pdf(report=_typeset(paper))


def _typeset(paper: LanguagePaper) -> dict[str, Any]:
    """Return the paper as data in which each line of a cell stands by itself."""
    data = asdict(paper)
    for part in data["parts"]:
        if part["table"] is not None:
            part["table"]["rows"] = [[cell.split("\n") for cell in row] for row in part["table"]["rows"]]
    said: dict[str, Any] = printable(data)
    return said


def _docx(paper: LanguagePaper) -> bytes:
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(15)
    section.top_margin = section.bottom_margin = Mm(20)
    document.styles["Normal"].font.name = "Times New Roman"
    document.styles["Normal"].font.size = Pt(12)
    document.core_properties.title, document.core_properties.author = paper.title, clean_xml(paper.university)[:255]
    _add_line(document, paper.university, bold=True).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in (paper.to, *paper.addressees):
        _add_line(document, line).paragraph_format.left_indent = Mm(85)
    _add_line(document, paper.title, bold=True).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in (*paper.about, paper.opening):
        _add_line(document, line)
    for part in paper.parts:
        if part.title:
            _add_line(document, part.title, bold=True).paragraph_format.keep_with_next = True
        for sentence in part.sentences:
            _add_line(document, sentence)
        if part.table is not None:
            _add_table(document, part.table)
        for item in part.items:
            document.add_paragraph(clean_xml(item), style="List Bullet")
    for line in paper.foot:
        _add_line(document, line).paragraph_format.space_before = Pt(18)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _add_line(document: Any, text: str, *, bold: bool = False) -> Any:  # noqa: ANN401 -- the library's own
    paragraph = document.add_paragraph()
    paragraph.add_run(clean_xml(text)).bold = bold
    return paragraph


def _add_table(document: Any, table: PaperTable) -> None:  # noqa: ANN401 -- as above
    from docx.oxml import OxmlElement
    from docx.shared import Mm, Pt

    drawn = document.add_table(rows=0, cols=len(table.head))
    drawn.style, drawn.autofit = "Table Grid", False
    for place, row in enumerate((table.head, *table.rows)):
        added = drawn.add_row()
        for width, cell, text in zip(table.widths, added.cells, row, strict=True):
            cell.width = Mm(_WIDTH_MM * width / sum(table.widths))
            run = cell.paragraphs[0].add_run(clean_xml(text))
            run.font.size, run.bold = Pt(9), place == 0
    # The head stands again on every page that the table runs over.
    drawn.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 -- the library has no way
