"""Plans in workbooks and CSV files."""

from datetime import datetime
from io import BytesIO

import openpyxl

from services.plan_files.dto import PlanField
from services.plan_files.reading import read_plan
from tests.support.plans import YEAR, comma_separated, excel, saved

HEAD: list[object] = ["№", "Мероприятия", "Срок", "Ответственный"]


def test_sheets_with_a_heading_of_two_rows_and_months_across() -> None:
    first: list[list[object]] = [
        ["План работы кафедры на 2024-2025 учебный год"],
        ["№", "Мероприятия", "Исполнение", None, "Результат"],
        [None, None, "Срок", "Ответственный", None],
        ["Сентябрь"],
        [1, "Утвердить план", datetime(2025, 9, 10), "Зав. кафедрой", "План"],  # noqa: DTZ001 -- a cell has no zone
        [2, "Провести заседание", None, "Секретарь", None],
        ["Итого", None, None, None, None],
    ]
    science: list[list[object]] = [HEAD, [1, "Грант", "май 2026", "НИО"]]
    merged = ["A1:E1", "A2:A3", "B2:B3", "C2:D2", "E2:E3", "A4:E4"]
    content = excel(("Учебная", first, merged), ("Пустой", [], []), ("Научная", science, []))
    document = read_plan(content, YEAR)
    assert document.title == "План работы кафедры на 2024-2025 учебный год"
    assert document.other_year == "2024-2025"
    assert [(row.section, row.period, row.number, row.deadline, row.responsible) for row in document.rows] == [
        ("Учебная", "Сентябрь", "1", "2025-09-10", "Зав. кафедрой"),
        ("Учебная", "Сентябрь", "2", "", "Секретарь"),
        ("Научная", "", "1", "май 2026", "НИО"),
    ]
    assert [row.place.table for row in document.rows] == [0, 0, 2]


def test_merged_goals_are_inherited_and_first_and_last_days_are_one_deadline() -> None:
    rows: list[list[object]] = [
        ["Цель", "Задача", "Мероприятие", "Ответственный", "Начало", "Окончание", "Индикатор"],
        ["Рост", "Обучение", "Курс А", "Отдел А", datetime(2025, 10, 1), datetime(2025, 12, 1), "20"],  # noqa: DTZ001
        [None, None, "Курс Б", "Отдел Б", None, datetime(2026, 2, 1), None],  # noqa: DTZ001 -- as above
    ]
    first, second = read_plan(excel(("План", rows, ["A2:A3", "B2:B3"])), YEAR).rows
    assert (first.deadline, first.indicator) == ("2025-10-01 – 2025-12-01", "20")
    assert (second.title, second.task, second.deadline) == ("Курс Б", "Рост\nОбучение", "2026-02-01")
    assert second.shared == {PlanField.TASK}


def test_a_formula_without_a_value_leaves_the_row_out_and_says_so() -> None:
    rows: list[list[object]] = [HEAD, [1, "А", "май", "Б"], [2, "В", "=A1", "Г"], ["=1+1", "Д", "июнь", "Е"]]
    document = read_plan(excel(("План", rows, [])), YEAR)
    assert [row.title for row in document.rows] == ["А", "Д"]
    assert [skipped.reason for skipped in document.skipped][1:] == ["Срок is a formula without a value"]


def test_a_thousand_empty_columns_do_no_harm() -> None:
    wide = [*map(str, HEAD), *[""] * 1_000]
    content = comma_separated([wide, ["1", "А", "май", "Б", *[""] * 1_000]])
    assert [row.title for row in read_plan(content, YEAR).rows] == ["А"]


def test_columns_change_inside_a_sheet() -> None:
    rows = [
        ["Programme 1"],
        ["Activity", "Due date", "Lead"],
        ["A", "May 2026", "X"],
        ["Programme 2"],
        ["Lead", "Activity", "Indicator", "Due date"],
        ["Y", "B", "5", "June 2026"],
    ]
    read = read_plan(excel(("S", rows, ["A1:C1", "A4:C4"])), YEAR).rows
    assert [(row.section, row.title, row.deadline, row.responsible) for row in read] == [
        ("Programme 1", "A", "May 2026", "X"),
        ("Programme 2", "B", "June 2026", "Y"),
    ]


def test_csv_with_semicolons_sections_and_an_item_that_says_nothing_else() -> None:
    rows = [
        ["Иш план 2025-2026-окуу жылы", "", "", ""],
        ["№", "Иш-чаралар", "Мөөнөтү", "Жооптуулар"],
        ["I. Окуу иштери", "", "", ""],
        ["1", "Китеп көргөзмөсү", "ноябрь", "Китепкана"],
        ["II. Илимий иштер", "", "", ""],
        ["2", "Конференция; семинар", "20.03.2026", "Илим бөлүмү"],
        ["", "Симпозиум", "", ""],
    ]
    for encoding in ("utf-8-sig", "utf-16"):
        document = read_plan(comma_separated(rows, delimiter=";", encoding=encoding), YEAR)
        assert document.title == "Иш план 2025-2026-окуу жылы"
        assert [(row.section, row.title) for row in document.rows] == [
            ("I. Окуу иштери", "Китеп көргөзмөсү"),
            ("II. Илимий иштер", "Конференция; семинар"),
            ("II. Илимий иштер", "Симпозиум"),
        ]


def test_a_month_that_the_spreadsheet_keeps_as_its_first_day_stays_a_month() -> None:
    rows: list[list[object]] = [HEAD, *([number, "А", datetime(2025, 10, 1), "Б"] for number in range(1, 6))]  # noqa: DTZ001
    book = openpyxl.load_workbook(BytesIO(excel(("План", rows, []))))
    for row, shown in enumerate(("mmm-yy", "[$-419]mmmm yyyy", "d-mmm", "mmmm", "dd.mm.yyyy"), start=2):
        book.active.cell(row, 3).number_format = shown
    deadlines = [row.deadline for row in read_plan(saved(book), YEAR).rows]
    assert deadlines == ["10.2025", "10.2025", "01.10", "October", "2025-10-01"]


def test_marks_under_months_are_the_deadline() -> None:
    rows: list[list[object]] = [
        ["№", "Мероприятия", "Ответственный", "Сентябрь", "Октябрь", "Ноябрь"],
        [1, "А", "Б", "+", None, None],
        [2, "В", "Г", None, "+", "√"],
    ]
    assert [row.deadline for row in read_plan(excel(("План", rows, [])), YEAR).rows] == ["Сентябрь", "Октябрь, Ноябрь"]


def test_rows_of_nothing_but_formulas_below_the_last_value_are_told() -> None:
    rows: list[list[object]] = [HEAD, [1, "А", "май", "Б"], [2, "В", "=A1", "Г"], ["=1", "=2", "=3", "=4"]]
    document = read_plan(excel(("План", rows, [])), YEAR)
    assert [(skipped.row, skipped.reason.partition(" ")[0]) for skipped in document.skipped] == [
        (1, "the"),
        (3, "Срок"),
        (4, "Мероприятия"),
    ]
