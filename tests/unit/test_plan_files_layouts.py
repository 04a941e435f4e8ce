"""Plans as other universities lay them out: what stands side by side, above, between and behind the items."""

import pytest

from services.plan_files.dto import PlanRow
from services.plan_files.reading import read_plan
from tests.support.plans import YEAR, WordTable, comma_separated, one_line, word

HEAD = ("№", "Мероприятие", "Срок", "Ответственный")
COUNCIL = WordTable(
    [("№", "Вопросы", "Докладчик"), ("Сентябрь", "", ""), ("1", "Итоги приёма", "Ректор"), ("2", "Планы", "Декан")],
    [(1, 0, 1, 2)],
)


def read(content: bytes) -> tuple[PlanRow, ...]:
    return read_plan(content, YEAR).rows


def said(rows: tuple[PlanRow, ...]) -> list[tuple[str, str, str]]:
    return [(one_line(row.title), one_line(row.deadline or row.period), one_line(row.responsible)) for row in rows]


def test_halves_that_stand_side_by_side_are_read_one_after_the_other() -> None:
    rows = read(
        word(
            WordTable(
                [
                    ("Осенний семестр", "", "", "Весенний семестр", "", ""),
                    ("Мероприятие", "Срок", "Кто") * 2,
                    ("День первокурсника", "15 сентября", "КДМ", "Нооруз", "21 марта", "КДМ"),
                    ("Посвящение", "октябрь", "Деканы", "", "", ""),
                ],
                [(0, 0, 0, 2), (0, 3, 0, 5)],
            )
        )
    )
    assert said(rows) == [
        ("День первокурсника", "15 сентября", "КДМ"),
        ("Посвящение", "октябрь", "Деканы"),
        ("Нооруз", "21 марта", "КДМ"),
    ]
    assert [(row.section, row.period, row.part) for row in rows][::2] == [
        ("", "Осенний семестр", 0),
        ("", "Весенний семестр", 1),
    ]
    assert rows[0].place == rows[2].place


def test_months_in_small_letters_are_months() -> None:
    table = WordTable(
        [HEAD[:2] + HEAD[3:], ("сентябрь", "", ""), ("1", "Приём", "А"), ("октябрь", "", ""), ("1", "практика", "Б")],
        [(1, 0, 1, 2), (3, 0, 3, 2)],
    )
    wanted = [("Приём", "сентябрь", "А"), ("практика", "октябрь", "Б")]
    assert said(read(word(table))) == wanted
    assert said(read(comma_separated(table.rows))) == wanted


@pytest.mark.parametrize("ditto", ["-//-", '— " —', "«»", "то же", "Ошол эле", "same as above"])
def test_ditto_marks_repeat_what_stands_above(ditto: str) -> None:
    rows = read(word(WordTable([HEAD, ("1", "А", "май 2026 г.", "Декан"), ("2", "Б", ditto, ditto)])))
    assert said(rows)[1] == ("Б", "май 2026 г.", "Декан")


def test_approved_terms_and_agreements_to_be_made_are_no_signatures() -> None:
    table = [
        HEAD[1:],
        ("Макулдашууларды түзүү", "октябрь", "ЭАББ"),
        ("Пландарды иштеп чыгуу", "Бекитилген мөөнөт боюнча", "ОБ"),
        ("Согласование планов", "май", "УО"),
        ("Согласовано: декан", "", "Асанов"),
        ("Түздү", "__________", "Усенов"),
    ]
    document = read_plan(word(WordTable(table)), YEAR)
    assert [row.title for row in document.rows] == [row[0] for row in table[1:4]]
    assert [skip.reason for skip in document.skipped][1:] == ["the row is a signature"] * 2


@pytest.mark.parametrize(
    ("heading", "rows"),
    [
        ("Состав совета", [("№", "Фамилия, имя, отчество", "Должность"), ("1", "Асанов Б.", "Ректор")]),
        ("Совет", [("№", "Аты-жөнү", "Кызматы"), ("1", "Асанов Б.", "Ректор"), ("2", "Усенов У.", "Декан")]),
        ("Кеңештин курамы", [("1", "Асанов Б.", "Ректор"), ("2", "Усенов У.", "Декан")]),
        ("Сокращения", [("№", "Сокращение", "Значение"), ("1", "УО", "Учебный отдел")]),
        ("Отделы", [("1", "Телефон", "101"), ("2", "Кабинет", "102")]),
    ],
)
def test_lists_beside_a_plan_give_no_items(heading: str, rows: list[tuple[str, ...]]) -> None:
    assert len(read(word(COUNCIL, heading, WordTable(rows)))) == len(COUNCIL.rows) - 2


def test_a_table_that_goes_on_without_a_heading_still_does() -> None:
    rows = read(word(COUNCIL, WordTable([("3", "Отчёт", "Проректор"), ("4", "Кадры", "Отдел кадров")])))
    assert [row.period for row in rows] == ["Сентябрь"] * 4


def test_a_numbered_part_below_the_title_is_a_section_and_a_road_map_is_a_plan() -> None:
    table = WordTable([HEAD, ("1", "А", "май", "Декан")])
    document = read_plan(word("Жол картасы, 2025-26-окуу жылы", "Направление 1. Наука", table, "2-багыт", table), YEAR)
    assert document.title == "Жол картасы, 2025-26-окуу жылы"
    assert [row.section for row in document.rows] == ["Направление 1. Наука", "2-багыт"]


def test_a_column_of_parts_beside_the_responsible_ones_is_no_party() -> None:
    table = [
        ("Бөлүм", "Иш-чара", "Убактысы", "Жооптуу"),
        ("Окуу иштери", "Жүктөмдү бөлүштүрүү", "сентябрь", "каф. башчылары"),
        ("Илимий иштер", "Конференция", "апрель", "Илим боюнча проректор"),
    ]
    rows = read(word(WordTable(table)))
    assert [(row.task, row.responsible) for row in rows] == [(row[0], row[3]) for row in table[1:]]


def test_numbers_typed_before_the_titles_are_numbers() -> None:
    table = [HEAD[1:], ("1. Консультации", "май", "УО"), ("2. Ремонт", "июнь", "ЦИТ"), ("3) Отчёт", "июль", "УО")]
    assert [(row.number, row.title) for row in read(word(WordTable(table)))] == [
        ("1.", "Консультации"),
        ("2.", "Ремонт"),
        ("3)", "Отчёт"),
    ]
    lone = [*table, ("Ещё одно дело", "июль", "УО")]
    assert [row.number for row in read(word(WordTable(lone)))] == [""] * 4
