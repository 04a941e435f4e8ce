"""Plans in Word files: the university's own three, and those of universities that nobody has seen."""

import time
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from services.plan_files.dto import Place, PlanField
from services.plan_files.headings import meaning_of
from services.plan_files.reading import read_plan
from tests.support.plans import (
    YEAR,
    Labelled,
    WordTable,
    by_section,
    kstu,
    labels,
    one_line,
    saved,
    tracked,
    word,
)

FILES = {"council.docx": ("council",), "strategy.docx": ("2.",), "state-language.docx": ("3.",)}
RUSSIAN = ("№ п/п", "Наименование мероприятия", "Срок исполнения", "Ответственные", "Форма завершения", "Отметка")


@pytest.mark.parametrize("name", FILES)
def test_every_printed_row_of_the_universitys_plan_is_found_with_its_texts(name: str) -> None:
    read, printed = by_section(kstu(name)), labels(*FILES[name])
    found = [
        Labelled(label.id, one_line(row.deadline or row.period), one_line(row.responsible))
        for rows, section in zip(read, printed, strict=True)
        for row, label in zip(rows, section, strict=True)
    ]
    assert found == [
        Labelled(label.id, one_line(label.deadline_text), one_line(label.responsible_text))
        for section in printed
        for label in section
    ]


def test_titles_sections_and_months_of_the_universitys_plan() -> None:
    council, strategy, language = (kstu(name) for name in FILES)
    assert council.title.startswith("И.РАЗЗАКОВ")
    assert language.title.startswith("МАМЛЕКЕТТИК ТИЛДЕ")
    assert council.rows[0].period == "Сентябрь. 1- отурум"
    assert council.rows[0].section == ""
    assert strategy.title == ""
    assert strategy.rows[-1].section.startswith("2.7. «СОЦИАЛДЫК")
    assert language.rows[-1].section == "КМТУда кадрлардын мамлекеттик тилди билүү деңгээлин жакшыртуу"
    assert {document.other_year for document in (council, strategy, language)} == {None}


def test_a_step_knows_its_measure_and_shares_merged_cells() -> None:
    second = next(row for row in kstu("strategy.docx").rows if row.title == "Иш берүүчүлөрдү сурамжылоо")
    assert second.task.splitlines()[-1].startswith("Кызыкдар тараптар")
    assert second.shared == {PlanField.TASK}
    assert second.place == Place(table=0, row=12)


def test_what_stands_beside_an_indicator_is_taken_out_of_it() -> None:
    row = next(row for row in kstu("strategy.docx").rows if row.title == "Таланттардын тизмесин түзүү")
    assert (row.indicator, row.deadline) == ("Тартылган таланттардын үлүшү 7%", "1.09.2025-30.06.2026")


def _russian() -> bytes:
    return word(
        "~«УТВЕРЖДАЮ»",
        "~Ректор __________ А.Б. Сыдыков",
        "ПЛАН МЕРОПРИЯТИЙ",
        "по воспитательной работе",
        "~на 2025-2026 учебный год",
        WordTable(
            [
                RUSSIAN,
                ("1", "2", "3", "4", "5", "6"),
                ("1. Учебная работа", "", "", "", "", ""),
                ("1.1", "Провести заседание совета", "октябрь 2025 г.", "Начальник отдела", "Протокол", ""),
                ("1.2", "Обновить программы", "до 15 ноября 2025 г.", "Заведующие\nкафедрами", "", ""),
                ("2. Научная работа", "", "", "", "", ""),
                ("2.1", "Организовать конференцию,", "апрель 2026 г.", "Проректор", "Сборник", ""),
            ],
            [(2, 0, 2, 5), (5, 0, 5, 5)],
        ),
        WordTable(
            [
                RUSSIAN,
                ("", "посвящённую Дню науки", "", "", "", ""),
                ("2.2", "Мероприятия по публикациям", "в течение года", "Отдел науки", "Отчёт", ""),
                ("", "Итого: 4 мероприятия", "", "", "", ""),
            ]
        ),
        WordTable(
            [
                ("2.3", "Подать заявки", "ежеквартально", "Отдел науки", "Заявки", ""),
                ("2.4", "Ответственный секретарь готовит отчёт", "июнь 2026 г.", "Учёный секретарь", "Отчёт", ""),
            ]
        ),
        WordTable([("Проректор по учебной работе", "__________", "Иванов И.И."), ("Согласовано:", "", "")]),
    )


def test_a_russian_plan_over_three_pages_is_read_as_one() -> None:
    document = read_plan(_russian(), YEAR)
    assert document.title == "ПЛАН МЕРОПРИЯТИЙ по воспитательной работе на 2025-2026 учебный год"
    assert [row.number for row in document.rows] == ["1.1", "1.2", "2.1", "2.2", "2.3", "2.4"]
    assert [row.section for row in document.rows] == ["1. Учебная работа"] * 2 + ["2. Научная работа"] * 4
    assert document.rows[2].title == "Организовать конференцию,\nпосвящённую Дню науки"
    assert (document.rows[4].deadline, document.rows[4].place) == ("ежеквартально", Place(table=2, row=0))


def test_what_is_no_item_is_said_with_its_reason() -> None:
    reasons = [skipped.reason for skipped in read_plan(_russian(), YEAR).skipped]
    for reason in ("numbers the columns", "a section", "the heading", "goes on", "a total", "the table is no plan"):
        assert any(reason in said for said in reasons), reason


def test_an_english_plan_under_headings_with_other_columns() -> None:
    head = ("Activity", "Responsible unit", "Due date", "Expected outcome", "Budget (KGS)")
    content = word(
        ("University of Naryn: Work plan 2024-25", 0),
        ("1. Teaching", 1),
        WordTable(
            [head, ("Accredit two programmes", "Quality Office", "15 December 2025", "Certificate", "1 200 000")]
        ),
        ("2. Research", 1),
        WordTable(
            [head, ("Hold the conference", "Research Office", "April 2026", "", ""), ("", "", "May 2026", "", "")]
        ),
        WordTable([("Abbreviation", "Meaning"), ("QO", "Quality Office")]),
    )
    document = read_plan(content, YEAR)
    assert document.other_year == "2024-25"
    first, second = document.rows
    assert (first.section, first.document, first.budget) == ("1. Teaching", "Certificate", "1 200 000")
    assert (second.section, second.deadline, second.responsible) == (
        "2. Research",
        "April 2026\nMay 2026",
        "Research Office",
    )


def test_sittings_above_tables_are_periods_and_a_table_without_heading_goes_on() -> None:
    content = word(
        "ОКУМУШТУУЛАР КЕҢЕШИНИН ИШ ПЛАНЫ",
        "1-отурум. Сентябрь",
        WordTable([("Т/б", "Каралуучу маселелер", "Баяндамачы"), ("1.", "Кабыл алуу жөнүндө", "Комиссия")]),
        "2-отурум. Октябрь",
        WordTable([("1.", "Окуу жылына даярдык", "АЧИ проректору"), ("2.", "Ар түрдүү", "Окумуштуу катчы")]),
    )
    periods = [row.period for row in read_plan(content, YEAR).rows]
    assert periods == ["1-отурум. Сентябрь", "2-отурум. Октябрь", "2-отурум. Октябрь"]


def test_months_around_sections_and_sections_around_months() -> None:
    rows = [
        ("Иш-чара", "Жооптуу"),
        ("Сентябрь", ""),
        ("Окуу", ""),
        ("А", "Б"),
        ("Илим", ""),
        ("В", "Г"),
        ("Май", ""),
        ("Д", "Е"),
    ]
    across = [(at, 0, at, 1) for at in (1, 2, 4, 6)]
    outer = read_plan(word(WordTable(rows, across)), YEAR).rows
    assert [(row.period, row.section) for row in outer] == [("Сентябрь", "Окуу"), ("Сентябрь", "Илим"), ("Май", "")]
    rows = [("Иш-чара", "Жооптуу"), ("I. Окуу", ""), ("Май", ""), ("А", "Б"), ("II. Илим", ""), ("В", "Г")]
    inner = read_plan(word(WordTable(rows, [(at, 0, at, 1) for at in (1, 2, 4)])), YEAR).rows
    assert [(row.period, row.section) for row in inner] == [("Май", "I. Окуу"), ("", "II. Илим")]


def test_columns_without_a_heading_are_known_by_what_stands_in_them() -> None:
    table = [
        ("1", "Создать комиссию по качеству", "сентябрь 2025", "Проректор"),
        ("2", "Провести анкетирование студентов", "декабрь 2025", "Отдел качества"),
    ]
    row = read_plan(word("План", WordTable(table)), YEAR).rows[1]
    assert (row.number, row.title, row.deadline, row.responsible) == table[1]


def test_a_cell_that_holds_deadline_and_responsible_is_parted() -> None:
    table = [
        ("№", "Мероприятие", "Срок и ответственный"),
        ("1", "Лекция", "10 октября 2025 г., отдел кадров"),
        ("2", "Семинар", "Отдел науки, март 2026 г."),
    ]
    rows = read_plan(word(WordTable(table)), YEAR).rows
    assert [(row.deadline, row.responsible) for row in rows] == [
        ("10 октября 2025 г.", "отдел кадров"),
        ("март 2026 г.", "Отдел науки"),
    ]


def test_a_title_over_several_rows_is_an_item_in_each_that_has_its_own_deadline() -> None:
    table = [("Мероприятия", "Сроки", "Ответственные"), ("Праздники", "октябрь", "А"), ("", "ноябрь", "Б")]
    first, second = read_plan(word(WordTable(table, [(1, 0, 2, 0)])), YEAR).rows
    assert (first.title, second.title) == ("Праздники", "Праздники")
    assert (second.deadline, second.responsible, second.shared) == ("ноябрь", "Б", frozenset({PlanField.TITLE}))


def test_a_row_with_two_numbers_holds_two_items() -> None:
    table = [
        ("№", "Иш-чара", "Мөөнөтү", "Жооптуу"),
        ("1.\n2.", "1. Лекция\nжана көргөзмө\n2. Семинар", "май\nиюнь", "Кафедра башчылары"),
    ]
    first, second = read_plan(word(WordTable(table)), YEAR).rows
    assert (first.number, first.title, first.deadline) == ("1.", "1. Лекция\nжана көргөзмө", "май")
    assert (second.title, second.deadline, second.responsible) == ("2. Семинар", "июнь", "Кафедра башчылары")
    assert second.shared == {PlanField.DEADLINE, PlanField.RESPONSIBLE}
    assert first.place == second.place


def test_only_what_is_seen_on_the_page_is_read() -> None:
    def change(document: Any) -> None:  # noqa: ANN401 -- a document of python-docx
        table = document.tables[0]
        title = table.cell(1, 1).paragraphs[0]
        tracked(title.add_run(" старая"), "del")
        tracked(title.add_run(" новая"), "ins")
        title.add_run(" скрытая").font.hidden = True
        title.add_run("1").font.superscript = True
        run = table.cell(1, 2).paragraphs[0].runs[0]._r
        control, inside = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
        run.addprevious(control)
        control.append(inside)
        inside.append(run)
        row = table.rows[2]._tr
        row.get_or_add_trPr().append(OxmlElement("w:del"))

    table = [("№", "Мероприятие", "Срок", "Ответственные"), ("1", "Лекция", "май", "А"), ("2", "Снято", "май", "А")]
    rows = read_plan(word(WordTable(table), change=change), YEAR).rows
    assert [(row.title, row.deadline) for row in rows] == [("Лекция новая", "май")]


def test_rows_that_end_before_the_edge_keep_their_columns() -> None:
    def change(document: Any) -> None:  # noqa: ANN401 -- as above
        first, second = document.tables[0]._tbl.tr_lst[1:]
        shift = OxmlElement("w:gridBefore")
        shift.set(qn("w:val"), "1")
        first.get_or_add_trPr().append(shift)
        first.remove(first.tc_lst[0])
        second.remove(second.tc_lst[-1])

    table = [("№", "Мероприятие", "Срок", "Ответственные"), ("1", "Лекция", "май", "А"), ("2", "Семинар", "июнь", "Б")]
    rows = read_plan(word(WordTable(table), change=change), YEAR).rows
    assert [(row.title, row.deadline, row.responsible) for row in rows] == [
        ("Лекция", "май", "А"),
        ("Семинар", "июнь", ""),
    ]


@pytest.mark.parametrize(
    ("heading", "field", "with_deadline"),
    [
        ("Аткаруу мөөнөтү", PlanField.DEADLINE, False),
        ("Срок испол-\nнения", PlanField.DEADLINE, False),
        ("Срок завершения", PlanField.DEADLINE, False),
        ("Жооптуулар, катышуучулар", PlanField.RESPONSIBLE, False),
        ("Ответственный за исполнение мероприятия", PlanField.RESPONSIBLE, False),
        ("Стратегиялык маселелер", PlanField.TASK, False),
        ("Каралуучу маселелер", PlanField.TITLE, False),
        ("Көрсөткүч / күтүлгөн жыйынтыктар (продукт). Аткаруу мөөнөтү", PlanField.INDICATOR, True),
        ("Дата и место проведения", PlanField.NOTE, True),
        ("Фактический срок", PlanField.NOTE, False),
        ("Объём финансирования, тыс. сом", PlanField.BUDGET, False),
        ("Cоисполнители", PlanField.PARTICIPANTS, False),
        ("№ п/п", PlanField.NUMBER, False),
    ],
)
def test_headings_are_understood_by_their_meaning(heading: str, field: PlanField, *, with_deadline: bool) -> None:
    meaning = meaning_of(heading)
    assert meaning is not None
    assert (meaning.field, meaning.with_deadline) == (field, with_deadline)


def test_a_thousand_rows_are_read_in_a_moment() -> None:
    document = docx.Document()
    table = document.add_table(1, 4)
    for cell, text in zip(table.rows[0].cells, ("№", "Activity", "Deadline", "Responsible"), strict=True):
        cell.text = text
    model = table.rows[0]._tr
    for number in range(1_000):
        row = docx.oxml.parse_xml(docx.oxml.xmlchemy.serialize_for_reading(model))
        for text, said in zip(row.iter(qn("w:t")), (str(number), f"Task {number}", "May 2026", "Dean"), strict=True):
            text.text = said
        table._tbl.append(row)
    content = saved(document)
    begun = time.process_time()
    assert len(read_plan(content, YEAR).rows) == 1_000
    assert time.process_time() - begun < 2
