"""Papers about plans: tables, the report on the state language, the column of statuses, pictures."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from bot.documents.charts import ChartPrinter
from bot.documents.language_paper import language_paper
from bot.documents.language_report import LanguageReportPrinter
from bot.documents.plan_book import write_docx, write_xlsx
from bot.documents.plan_statuses import status_words, write_statuses
from bot.documents.plan_words import plan_words
from bot.documents.university import load
from services.plan_files.dto import Place
from services.plan_reports.language_dto import Activity, Addressee, LanguageReport, Undone, Why
from services.plan_reports.papers import (
    BarPart,
    BookTable,
    LegendPart,
    PaperForm,
    StackedBar,
    StackedChart,
    StateBook,
)
from services.plan_reports.quarters import Quarter
from services.plan_reports.state_dto import ItemStatus, PlanFile
from services.plans.dto import Standing

UNIVERSITY = load()
AUTUMN = Quarter(2025, 4)
DONE = Activity(
    number="1", title="Тил күнү <b>& #set", unit="МТИ", days=(date(2025, 11, 5), date(2025, 12, 6)), attendance=120,
    count=2, partly=False, words=("Өттү",), evidence=("https://kstu.kg/til", "протокол.pdf"),
)  # fmt: skip
MISSED = Undone(
    number="2", title="Курс", unit="Китепкана", due=date(2025, 12, 1), until=date(2026, 1, 15), why=Why.EXTENDED,
    reason="Окутуучу жок",
)  # fmt: skip


def report(**changes: object) -> LanguageReport:
    """A report over the autumn."""
    said: dict[str, Any] = {
        "quarter": AUTUMN, "addressee": Addressee.COUNCIL, "units": (), "day": AUTUMN.last, "asked": 3,
        "activities": (DONE,), "undone": (MISSED,), "silent": ("Токмок филиалы",),
    }  # fmt: skip
    return LanguageReport(**{**said, **changes})


def text_of(content: bytes) -> str:
    """All that a Word file says."""
    paper = Document(BytesIO(content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


def test_book_keeps_numbers_days_and_texts_that_look_like_formulas() -> None:
    rows = (("=1+1", 3, date(2025, 12, 1)), ("a\x00b\nв", 0, None))
    table = BookTable(title="Б[1]/'", heading=("Бөлүм", "Саны", "Күнү"), rows=rows, printed=(0, 2))
    book = StateBook(language="ky", title="Абалы", subtitle="<w:p>", tables=(table,))
    sheet = CalamineWorkbook.from_filelike(BytesIO(write_xlsx(book))).get_sheet_by_index(0)
    assert sheet.to_python()[1:] == [["=1+1", 3.0, date(2025, 12, 1)], ["a b\nв", 0.0, ""]]
    said = text_of(write_docx(book))
    assert "=1+1" in said
    assert "01.12.2025" in said
    assert "Саны" not in said


@pytest.mark.parametrize(("to", "named"), [(Addressee.COUNCIL, "Окумуштуулар"), (Addressee.MINISTRY, "министрлиги")])
def test_language_report_is_written_for_both_addressees(to: Addressee, named: str) -> None:
    printer = LanguageReportPrinter(UNIVERSITY)
    paper = text_of(printer.write(report(addressee=to), PaperForm.DOCX))
    pdf = " ".join(
        PdfReader(BytesIO(printer.write(report(addressee=to), PaperForm.PDF))).pages[0].extract_text().split()
    )
    for said in (
        named, "2025-жылдын IV кварталы (2025-26-окуу жылынын II кварталы)", "05.11.2025", "120", "протокол.pdf",
        "Жаңы мөөнөтү: 15.01.2026", "Токмок филиалы", "Тил күнү <b>& #set",
    ):  # fmt: skip
        assert said in paper
        assert said in pdf


def test_empty_quarter_says_so_and_an_unfinished_one_too() -> None:
    empty = language_paper(
        report(activities=(), undone=(), silent=(), units=("Мамлекеттик тил борбору",), day=date(2025, 11, 1)),
        UNIVERSITY,
    )
    (part,) = empty.parts
    assert part.sentences == (
        "Бул кварталда мамлекеттик тил боюнча мөөнөтү келген иш-чара болгон жок, отчет да тапшырылган жок.",
    )
    assert empty.about[0] == "Түзүмдүк бөлүм: Мамлекеттик тил борбору"
    assert empty.about[-1] == "Квартал аяктай элек. Маалыматтар 2025-жылдын 1-ноябрь күнүнө карата берилди."
    two = language_paper(report(units=("МТИ", "Китепкана")), UNIVERSITY)
    assert two.about[0] == "Түзүмдүк бөлүмдөр: МТИ; Китепкана"
    unasked = language_paper(report(activities=(), undone=(), silent=(), asked=0), UNIVERSITY)
    assert unasked.parts[0].sentences[0].startswith("Бул окуу жылынын планында мамлекеттик тил боюнча иш-чара жок")
    told = [part for part in language_paper(report(undone=(), silent=()), UNIVERSITY).parts if part.title]
    assert [bool(part.sentences) for part in told] == [False, True, True]


def test_statuses_are_said_in_the_language_of_the_plan() -> None:
    day = date(2025, 12, 12)
    cases: list[tuple[Standing, int, int, dict[str, Any]]] = [
        (Standing.DONE_LATE, 1, 1, {"done_on": day}),
        (Standing.OVERDUE, 3, 5, {}),
        (Standing.OVERDUE, 0, 1, {"until": day}),
        (Standing.AHEAD, 0, 2, {}),
        (Standing.REPORTED, 1, 2, {}),
        (Standing.AHEAD, 0, 1, {"until": day}),
        (Standing.RELEASED, 0, 0, {"cancelled": True, "reason": "Буйрук № 5"}),
    ]
    said = [
        status_words(ItemStatus(standing=standing, done=done, whole=whole, **rest))
        for standing, done, whole, rest in cases
    ]
    assert said == [
        "Аткарылды (12.12.2025)",
        "Аткарылды: 3/5\nМөөнөтү өтүп кетти",
        "Мөөнөтү өтүп кетти\nМөөнөтү узартылды: 12.12.2025",
        "Аткарылууда",
        "Аткарылды: 1/2\nОтчет тапшырылды, каралууда",
        "Мөөнөтү узартылды: 12.12.2025",
        "Пландан алынды. Себеби: Буйрук № 5",
    ]


def test_statuses_come_into_the_plan_s_own_file() -> None:
    plan = Document()
    table = plan.add_table(rows=2, cols=2)
    for cell, text in zip([cell for row in table.rows for cell in row.cells], ["№", "Чара", "1", "Отчет"], strict=True):
        cell.text = text
    content = BytesIO()
    plan.save(content)
    statuses = {Place(table=0, row=1): ItemStatus(standing=Standing.AHEAD, done=0, whole=1)}
    file = PlanFile(name="plan.docx", content=content.getvalue(), day=date(2025, 12, 1), statuses=statuses)
    rows = [[cell.text for cell in row.cells] for row in Document(BytesIO(write_statuses(file))).tables[0].rows]
    assert rows == [["№", "Чара", "Аткарылышы"], ["1", "Отчет", "Аткарылууда"]]


async def test_bars_are_drawn_whatever_they_are_called() -> None:
    chart = StackedChart(
        language="ky", university="КМТУ", title="Бөлүмдөр", subtitle="#panic() \U0001f600",
        legend=tuple(LegendPart(tone=standing.value, label=standing.value) for standing in Standing),
        rows=(
            StackedBar(
                label="М" * 80, said="3",
                parts=(BarPart(tone="done", share=0.4), BarPart(tone="near", share=0.6)),
            ),
            StackedBar(label="", said="0", parts=()),
        ),
        foot="Абалы",
    )  # fmt: skip
    assert (await ChartPrinter("plan_figures.typ").draw(chart)).startswith(b"\x89PNG")


def test_language_report_has_words_for_every_reason() -> None:
    assert set(plan_words()["language_report"]["why"]) == {why.value for why in Why}
