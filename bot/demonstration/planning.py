"""The invented university's plan of the academic year, printed as a Word file whose days fit the day of the start."""

import calendar
import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

from services.deadlines.dto import AcademicYear

#: What the plan is called.
PLAN_NAME = "Университеттин иш планы"
_ITEMS = Path(__file__).with_name("data") / "plan.csv"
_DAY = re.compile(r"\{day(?P<by>[+-]\d+)\}")
_MONTH = re.compile(r"\{month(?P<by>\+\d+)?\}")
_WRONG = "{wrong}"
_HEADINGS = {
    "number": "№",
    "title": "Иш-чаралар",
    "deadline": "Мөөнөтү",
    "responsible": "Жооптуулар",
    "participants": "Катышуучулар",
    "document": "Натыйжа (документ)",
    "indicator": "Көрсөткүч",
}
_MONTHS = (
    *("январь", "февраль", "март", "апрель", "май", "июнь"),
    *("июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
)
_SPACE = "http://schemas.openxmlformats.org"
_TYPES = f"""<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{_SPACE}/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
_RELATIONS = f"""<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{_SPACE}/package/2006/relationships">
<Relationship Id="rId1" Type="{_SPACE}/officeDocument/2006/relationships/officeDocument"
 Target="word/document.xml"/></Relationships>"""
_WORD = f'xmlns:w="{_SPACE}/wordprocessingml/2006/main"'
_PAGE = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'
_EDGES = "".join(f'<w:{edge} w:val="single" w:sz="4"/>' for edge in ("top", "left", "bottom", "right"))
_LINES = '<w:insideH w:val="single" w:sz="4"/><w:insideV w:val="single" w:sz="4"/>'
_WIDTHS = (700, 4200, 1700, 3000, 2200, 1900, 1500)  # twentieths of a point


def write_plan(today: date) -> bytes:
    """Return the plan of the day's academic year as a Word file: a heading, then a table with rows for its sections."""
    year = AcademicYear.of(today)
    with _ITEMS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    table = "".join(_table(rows, today, year))
    body = _paragraph(f"{year.label}-окуу жылына карата иш план") + table + _PAGE
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document {_WORD}><w:body>{body}</w:body></w:document>'
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/document.xml", document)
    return content.getvalue()


def _table(rows: Sequence[Mapping[str, str]], today: date, year: AcademicYear) -> Iterator[str]:
    yield f"<w:tbl><w:tblPr><w:tblBorders>{_EDGES}{_LINES}</w:tblBorders></w:tblPr><w:tblGrid>"
    yield "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS) + "</w:tblGrid>"
    yield _row(list(_HEADINGS.values()))
    section = ""
    for row in rows:
        if row["section"] != section:
            section = row["section"]
            wide = f'<w:tcPr><w:gridSpan w:val="{len(_WIDTHS)}"/></w:tcPr>'
            yield f"<w:tr><w:tc>{wide}{_paragraph(section)}</w:tc></w:tr>"
        yield _row([_deadline(row[name], today, year) if name == "deadline" else row[name] for name in _HEADINGS])
    yield "</w:tbl>"


def _row(cells: Sequence[str]) -> str:
    written = (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph(cell)}</w:tc>'
        for cell, width in zip(cells, _WIDTHS, strict=True)
    )
    return f"<w:tr>{''.join(written)}</w:tr>"


def _paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _deadline(phrase: str, today: date, year: AcademicYear) -> str:
    """Put days and months around today into a phrase; all of them lie in the academic year."""
    if phrase == _WRONG:  # as people misprint it
        return f"31-ноябрь {year.first}-ж."
    if found := _DAY.fullmatch(phrase):
        return f"{_within(today + timedelta(days=int(found['by'])), year):%d.%m.%Y}"
    if found := _MONTH.fullmatch(phrase):
        day = _within(_later(today, int(found["by"] or 0)), year)
        return f"{_MONTHS[day.month - 1]} {day.year}-ж."
    return phrase


def _within(day: date, year: AcademicYear) -> date:
    return min(max(day, year.start), year.end)


def _later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))
