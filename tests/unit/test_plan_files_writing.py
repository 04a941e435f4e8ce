"""A plan's own Word file back, with a column of statuses."""

from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from services.plan_files.dto import PlanDocument
from services.plan_files.reading import read_plan
from services.plan_files.writing import write_status
from tests.support.plans import KSTU, YEAR, WordTable, word

HEADING = "Аткарылышы"


def last_texts(content: bytes) -> dict[tuple[int, int], str]:
    document = docx.Document(BytesIO(content))
    tables = list(document.element.body.iter(qn("w:tbl")))
    return {
        (number, row): "\n".join(
            "".join(text.text if text.tag == qn("w:t") else "\n" for text in cell.iter(qn("w:t"), qn("w:br")))
            for cell in tr.tc_lst[-1:]
        )
        for number, table in enumerate(tables)
        for row, tr in enumerate(table.tr_lst)
    }


def check_grid(content: bytes) -> None:
    """Every row must be as wide as its table says, or Word calls the file damaged."""
    for table in docx.Document(BytesIO(content)).element.body.iter(qn("w:tbl")):
        width = len(table.tblGrid.gridCol_lst)
        for row in table.tr_lst:
            assert row.grid_before + row.grid_after + sum(cell.grid_span for cell in row.tc_lst) == width


def filled(content: bytes, document: PlanDocument, word_of: str) -> bytes:
    return write_status(content, {row.place: f"{word_of} {row.row}\n<б>" for row in document.rows}, HEADING)


@pytest.mark.parametrize("name", ["council.docx", "strategy.docx", "state-language.docx"])
def test_the_universitys_plan_comes_back_with_statuses_and_is_otherwise_the_same(name: str) -> None:
    content = (KSTU / name).read_bytes()
    document = read_plan(content, YEAR)
    once = filled(content, document, "Аткарылды")
    again = filled(once, read_plan(once, YEAR), "Жарым-жартылай")
    for written, word_of in ((once, "Аткарылды"), (again, "Жарым-жартылай")):
        check_grid(written)
        assert read_plan(written, YEAR) == document
        texts = last_texts(written)
        assert all(texts[row.place.table, row.place.row] == f"{word_of} {row.row}\n<б>" for row in document.rows)
        assert texts[0, 0] == HEADING


def test_the_page_keeps_its_width() -> None:
    content = (KSTU / "council.docx").read_bytes()
    table = docx.Document(BytesIO(filled(content, read_plan(content, YEAR), "а"))).element.body.find(qn("w:tbl"))
    assert sum(int(column.w) for column in table.tblGrid.gridCol_lst) == sum([4080 * 635] * 3)


def test_rows_of_all_shapes_stay_whole() -> None:
    def change(document: Any) -> None:  # noqa: ANN401 -- a document of python-docx
        rows = document.tables[0]._tbl.tr_lst
        after = OxmlElement("w:gridAfter")
        after.set(qn("w:val"), "1")
        rows[3].get_or_add_trPr().append(after)
        rows[3].remove(rows[3].tc_lst[-1])
        rows[4].remove(rows[4].tc_lst[-1])

    table = [
        ("№", "Мероприятие", "Исполнение", ""),
        ("", "", "Срок", "Ответственные"),
        ("1. Раздел", "", "", ""),
        ("1.1", "Лекция", "май", ""),
        ("1.2", "Семинар", "июнь", ""),
        ("1.3", "Конкурс", "июнь", "Отдел"),
    ]
    merges = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (2, 0, 2, 3)]
    content = word(WordTable(table, merges), WordTable([("Подпись", "____")]), change=change)
    document = read_plan(content, YEAR)
    padded = docx.Document(BytesIO(filled(content, document, "да"))).element.body
    first, second = padded.iter(qn("w:tbl"))
    widths = {row.grid_before + row.grid_after + sum(cell.grid_span for cell in row.tc_lst) for row in first.tr_lst}
    assert widths == {5} == {len(first.tblGrid.gridCol_lst)}
    assert [cell.vMerge for row in first.tr_lst[:2] for cell in row.tc_lst[-1:]] == ["restart", "continue"]
    assert len(second.tblGrid.gridCol_lst) == 2
    assert read_plan(filled(content, document, "да"), YEAR).rows == document.rows
