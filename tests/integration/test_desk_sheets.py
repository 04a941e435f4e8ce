"""A desk works in a spreadsheet: the queue goes out as XLSX, comes back filled, is looked at and confirmed."""

import io
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook as PlainBook
from openpyxl import load_workbook
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import Actor, LinkFrozen, NotAllowed
from services.certificates.fields import FieldProblem, FieldRefused
from services.desk_sheets import errors
from services.desk_sheets.dto import RowMistake, SheetPreview
from services.languages import Language
from services.requests.errors import (
    AnotherDesk,
    FactsNotEntered,
    HeldByAnother,
    RequestChanged,
    RequestClosed,
    WordsUnreadable,
)
from services.tables.dto import CellFlaw, FaultKind
from tests.support.clock import StandingClock
from tests.support.desk_sheets import EVERYTHING, READER, SheetDesk, Workbook, sheet_desk_on
from tests.support.desks import OTHER_CASHIERS_PHONE, Desks
from tests.support.office import STRANGERS_PHONE, picture, rows, scalar
from tests.support.people import AIZADA

STATES = "select state, version, entered, refusal from certificate_requests order by id"
MARKS = '[["Физика","5","good"],["Тарых","2.5","bad"]]'


@pytest.fixture
def desk(desks: Desks) -> SheetDesk:
    """A desk with a spreadsheet."""
    return sheet_desk_on(desks)


def only(preview: SheetPreview) -> RowMistake:
    """Return the one mistake of a file that does nothing."""
    assert preview.difference.acts == ()
    (mistake,) = preview.difference.mistakes
    return mistake


async def everything_filled(desk: SheetDesk) -> tuple[Workbook, Actor]:
    """Fill every type of fact as people do."""
    await desk.ask(await desk.desks.aizada(), EVERYTHING)
    cashier = await desk.desks.cashier()
    book = await desk.take(cashier)
    book.fill(
        marks="Физика; 5; хорошо\n\nТарых;2,5;начар",
        share=85.0,
        first=datetime(2026, 9, 1),  # noqa: DTZ001 -- spreadsheets know no zones
        last="01.10.2026",
        year="2025/26",
        note="№ 7/12",
        approve="Да",
    )
    return book, cashier


@pytest.mark.parametrize("language", list(Language))
async def test_queue_goes_out_and_comes_back_approved(
    desk: SheetDesk, connection: AsyncConnection, language: Language
) -> None:
    asked = await desk.ask(await desk.desks.aizada())
    cashier = await desk.desks.cashier()
    book = await desk.take(cashier, language)
    assert [cell.value for cell in book.book.worksheets[0][2]][:4] == [
        str(asked.id), "1", "Маматова Айзада Бакытовна", AIZADA.person_no,
    ]  # fmt: skip
    word = {"ky": "алат", "ru": "получает, да", "en": "is paid, yes"}[language]
    book.fill(result=word, amount="2 400,50", approve={"ky": "Ооба", "ru": "да", "en": "YES"}[language])
    preview = await desk.preview(cashier, book)
    assert [(act.verb, act.values) for act in preview.difference.acts] == [
        ("approve", {"result": "yes", "amount": "2400.5"})
    ]
    assert await rows(connection, STATES) == [("waiting", 1, {}, None)]  # nothing is written before it is confirmed
    report = await desk.confirm(cashier, preview)
    assert (report.approved, report.refused, report.filled, report.left) == (1, 0, 0, ())
    assert await scalar(connection, "select facts->>'amount' from certificates") == "2400.5"
    assert await scalar(connection, "select state from certificate_requests") == "approved"
    assert await rows(connection, "select kind from notices where kind = 'certificate_ready'") == [
        ("certificate_ready",)
    ]
    assert await scalar(connection, "select count(*) from desk_sheets") == 0


async def test_every_type_of_fact_is_read_as_people_type_it(desk: SheetDesk, connection: AsyncConnection) -> None:
    book, cashier = await everything_filled(desk)
    report = await desk.confirm(cashier, await desk.preview(cashier, book))
    assert (report.approved, report.left) == (1, ())
    assert await scalar(connection, "select facts - 'name' from certificates") == {
        "marks": MARKS, "share": "85", "first": "2026-09-01", "last": "2026-10-01", "year": "2025-26", "note": "№ 7/12",
    }  # fmt: skip


@pytest.mark.parametrize("language", list(Language))
async def test_what_is_entered_already_goes_out_and_comes_back_as_no_change(
    desk: SheetDesk, language: Language
) -> None:
    book, cashier = await everything_filled(desk)
    book.fill(approve=None, note="=1+1; -").cell("note").data_type = "s"
    book.fill(marks="Физика, бөлүк 1\t5\tхорошо\nТарых\t2,5\tначар")
    report = await desk.confirm(cashier, await desk.preview(cashier, book))
    assert (report.filled, report.approved) == (1, 0)
    again = await desk.take(cashier, language)
    assert again.cell(again.heading("first")).value == "01.09.2026"
    preview = await desk.preview(cashier, again)
    assert (preview.difference.acts, preview.difference.mistakes, preview.difference.untouched) == ((), (), 1)
    assert preview.sheet_id is None


async def test_a_refusal_and_a_row_that_is_only_filled(desk: SheetDesk, connection: AsyncConnection) -> None:
    aizada = await desk.desks.aizada()
    for screen in ("one", "two", "three"):
        await desk.ask(aizada, screen=screen)
    cashier = await desk.desks.cashier()
    book = (await desk.take(cashier)).fill(2, refuse="Кат жок\nКелиңиз").fill(3, result="не получает")
    preview = await desk.preview(cashier, book)
    assert [act.verb for act in preview.difference.acts] == ["refuse", "fill"]
    assert preview.difference.untouched == 1
    report = await desk.confirm(cashier, preview)
    assert (report.approved, report.refused, report.filled) == (0, 1, 1)
    assert await rows(connection, STATES) == [
        ("refused", 2, {}, "Кат жок\nКелиңиз"), ("waiting", 2, {"result": "no"}, None), ("waiting", 1, {}, None),
    ]  # fmt: skip
    assert desk.told == [(0, 2), (1, 2)]


async def test_rows_are_sorted_deleted_moved_between_sheets_and_columns_added(desk: SheetDesk) -> None:
    """What people make of a workbook: numbers as numbers, a sorted copy of some rows, a note of theirs."""
    aizada = await desk.desks.aizada()
    requests = [await desk.ask(aizada, screen=screen) for screen in ("one", "two", "three")]
    other = await desk.ask(aizada, EVERYTHING, "four")
    cashier = await desk.desks.cashier()
    book = await desk.take(cashier)
    page = book.book.worksheets[0]
    heading = [cell.value for cell in page[1]]
    copy = PlainBook()
    copy.active.append(["Бухгалтерия, 21 ноября"])
    copy.active.append([])
    copy.active.append(["Эскертүү", *reversed([str(text).replace("\n", " ") for text in heading])])
    for row in (4, 2):
        values = [cell.value for cell in page[row]]
        values[0], values[1] = float(values[0]), 1
        values[heading.index(book.cell("Результат", 1).value)] = "не получает"
        copy.active.append(["өзүм үчүн", *reversed(values)])
        copy.active.append([])
    second = copy.create_sheet("Дагы")
    second.append(["Заявка №", "Версия", "Причина отказа"])
    second.append([other.id, 1, "Жок"])
    content = io.BytesIO()
    copy.save(content)
    preview = await desk.preview(cashier, content.getvalue())
    assert preview.difference.mistakes == ()
    assert [(act.request_id, act.verb, act.place.row) for act in preview.difference.acts] == [
        (requests[2].id, "fill", 4), (requests[0].id, "fill", 6), (other.id, "refuse", 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("filled", "reason", "column"),
    [
        ({"approve": "да", "refuse": "Жок"}, errors.BothDecided, ""),
        ({"approve": "может быть"}, errors.ApprovalUnclear, "Одобрить"),
        ({"approve": "да"}, FactsNotEntered, ""),
        ({"refuse": "я" * 501}, WordsUnreadable, "Причина отказа"),
        ({"result": "алтын"}, FieldRefused, "Результат (итог)"),
        ({"result": "получает, да", "amount": "-1"}, FieldRefused, "Размер"),
        ({"result": "не получает", "amount": "5"}, errors.FactHasNoPlace, "Размер"),
        ({"result": "получает, да", "amount": date(2026, 5, 1)}, errors.CellUnusable, "Размер"),
        ({"result": "получает, да", "amount": "=1+1"}, errors.CellUnusable, "Размер"),
        ({"request": "999999", "result": "не получает"}, errors.RowUnknown, ""),
        ({"request": "Айзада", "result": "не получает"}, errors.RowUnknown, ""),
        ({"version": "7", "result": "не получает"}, RequestChanged, ""),
        ({"version": None, "refuse": "Жок"}, errors.RowUnknown, ""),
    ],
)
async def test_every_mistake_says_its_row_and_column_and_nothing_is_written(
    desk: SheetDesk,
    connection: AsyncConnection,
    filled: dict[str, Any],
    reason: type[Exception],
    column: str,
) -> None:
    await desk.ask(await desk.desks.aizada())
    cashier = await desk.desks.cashier()
    before = await picture(connection)
    book = Workbook(await desk.sheets.take_along(cashier, "accounting"))
    after = await picture(connection)
    assert after != before  # it is noted who was looked at
    mistake = only(await desk.preview(cashier, book.fill(2, **filled)))
    assert (type(mistake.reason), mistake.column, mistake.place.row) == (reason, column, 2)
    assert await picture(connection) == after


async def test_dates_out_of_order_and_days_to_come_are_told_with_their_column(desk: SheetDesk) -> None:
    book, cashier = await everything_filled(desk)
    wrong: list[tuple[dict[str, Any], str, FieldProblem]] = [
        ({"last": "31.08.2026"}, "last", FieldProblem.BEFORE_OTHER),
        ({"first": "01.09.2030"}, "first", FieldProblem.IN_FUTURE),
    ]
    for filled, column, problem in wrong:
        mistake = only(await desk.preview(cashier, book.fill(2, **filled)))
        assert isinstance(mistake.reason, FieldRefused)
        assert (mistake.column, mistake.reason.problem) == (column, problem)


async def test_merged_cells_and_the_same_request_twice_are_told(desk: SheetDesk) -> None:
    aizada = await desk.desks.aizada()
    for screen in ("one", "two"):
        await desk.ask(aizada, screen=screen)
    cashier = await desk.desks.cashier()
    book = (await desk.take(cashier)).fill(result="не получает")
    page = book.book.worksheets[0]
    column = book.cell("Причина").column_letter
    book.fill(refuse="Жок")
    page.merge_cells(f"{column}2:{column}3")
    page.append([page["A3"].value, page["B3"].value, *[None] * 8, "Жок"])
    preview = await desk.preview(cashier, book)
    merged, repeated = preview.difference.mistakes
    assert isinstance(merged.reason, errors.CellUnusable)
    assert merged.reason.flaw is CellFlaw.MERGED
    assert isinstance(repeated.reason, errors.RowRepeated)


@pytest.mark.parametrize(
    ("content", "fault"),
    [(b"", FaultKind.EMPTY), (b"%PDF-1.7", FaultKind.PDF), (b"a;b\n1;2\n", FaultKind.MISSING_COLUMNS)],
)
async def test_other_files_are_refused(desk: SheetDesk, content: bytes, fault: FaultKind) -> None:
    await desk.desks.aizada()
    cashier = await desk.desks.cashier()
    assert not desk.sheets.is_queue(content)
    with pytest.raises(errors.SheetUnreadable) as refused:
        await desk.preview(cashier, content)
    assert refused.value.fault.kind is fault


async def test_too_long_a_file_is_refused(desk: SheetDesk) -> None:
    await desk.desks.aizada()
    lines = "\n".join(f"{number};1;Жок" for number in range(1, 1_003))
    with pytest.raises(errors.SheetTooLong):
        await desk.preview(await desk.desks.cashier(), f"Request No.;Version;Reason for refusal\n{lines}".encode())


async def test_strangers_and_other_desks_get_nothing(desk: SheetDesk, connection: AsyncConnection) -> None:
    aizada = await desk.desks.aizada()
    asked = await desk.ask(aizada)
    stranger = await desk.desks.office.recognise(STRANGERS_PHONE)
    cashier = await desk.desks.cashier()
    content = (await desk.take(cashier)).fill(refuse="Жок").bytes()
    before = await picture(connection)
    for actor in (stranger, aizada):
        for attempt in (
            desk.sheets.take_along(actor, "accounting"),
            desk.preview(actor, content),
            desk.sheets.cancel(actor, 1),
            desk.sheets.review(actor, 1),
        ):
            with pytest.raises((NotAllowed, LinkFrozen)):
                await attempt
    assert await picture(connection) == before
    await connection.exec_driver_sql("update certificate_requests set desk = 'study_office'")  # handed over
    mistake = only(await desk.preview(cashier, content))
    assert isinstance(mistake.reason, AnotherDesk)
    assert (mistake.person_name, mistake.request_id) == ("", asked.id)
    with pytest.raises(NotAllowed):
        await desk.sheets.take_along(cashier, "study_office")


async def test_requests_in_a_colleagues_hand_stay_at_home(desk: SheetDesk) -> None:
    aizada = await desk.desks.aizada()
    first = await desk.ask(aizada)
    await desk.ask(aizada, screen="two")
    cashier, colleague = await desk.desks.cashier(), await desk.desks.cashier(OTHER_CASHIERS_PHONE)
    book = await desk.take(cashier)
    await desk.desk.take(colleague, first.id)
    assert [entry.request.id for _kind, entries in (await desk.sheets.take_along(colleague, "accounting")).kinds
            for entry in entries] == [first.id, first.id + 1]  # fmt: skip
    assert (await desk.sheets.take_along(cashier, "accounting")).count == 1
    mistake = only(await desk.preview(cashier, book.fill(result="не получает")))
    assert isinstance(mistake.reason, HeldByAnother)


async def test_what_is_decided_before_the_confirmation_is_left_and_told(
    desk: SheetDesk, connection: AsyncConnection
) -> None:
    aizada = await desk.desks.aizada()
    requests = [await desk.ask(aizada, screen=screen) for screen in ("one", "two", "three")]
    cashier, colleague = await desk.desks.cashier(), await desk.desks.cashier(OTHER_CASHIERS_PHONE)
    book = await desk.take(cashier)
    for row in (2, 3, 4):
        book.fill(row, result="не получает", approve="да")
    preview = await desk.preview(cashier, book)
    await desk.desk.refuse(colleague, requests[0].id, "Мен чечтим")
    await desk.requests.withdraw(aizada, requests[1].id)
    report = await desk.confirm(cashier, preview)
    assert (report.approved, [type(one.reason) for one in report.left]) == (1, [RequestClosed, RequestClosed])
    assert [one.person_name for one in report.left] == ["Маматова Айзада Бакытовна"] * 2
    assert await rows(connection, "select state from certificate_requests order by id") == [
        ("refused",), ("withdrawn",), ("approved",),
    ]  # fmt: skip


async def test_the_very_same_paper_is_not_issued_twice_a_day(desk: SheetDesk, connection: AsyncConnection) -> None:
    aizada = await desk.desks.aizada()
    await desk.ask(aizada, EVERYTHING)
    cashier = await desk.desks.cashier()
    filled: dict[str, Any] = {
        "marks": "Физика; 5; good",
        "share": "85,5 %",
        "first": "01.09.2026",
        "last": "02.09.2026",
    }
    await desk.confirm(cashier, await desk.preview(cashier, (await desk.take(cashier)).fill(2, **filled, approve="да")))
    await desk.ask(aizada, EVERYTHING, "two")
    book = (await desk.take(cashier)).fill(2, **filled, approve="да")
    report = await desk.confirm(cashier, await desk.preview(cashier, book))
    assert (report.approved, len(report.left)) == (0, 1)
    assert await rows(connection, "select state, entered from certificate_requests order by id offset 1") == [
        ("waiting", {})
    ]  # the whole row was taken back, what it had filled in as well


async def test_an_interrupted_confirmation_is_finished_later(desk: SheetDesk, connection: AsyncConnection) -> None:
    aizada = await desk.desks.aizada()
    for screen in ("one", "two", "three"):
        await desk.ask(aizada, screen=screen)
    cashier = await desk.desks.cashier()
    book = await desk.take(cashier)
    for row in (2, 3, 4):
        book.fill(row, result="не получает", approve="да")
    preview = await desk.preview(cashier, book)

    async def breaks(done: int, _total: int) -> None:
        if done == 1:
            raise ConnectionError

    assert preview.sheet_id is not None
    with pytest.raises(ConnectionError):
        await desk.sheets.confirm(cashier, preview.sheet_id, breaks)
    assert await scalar(connection, "select count(*) from certificates") == 1
    queue = await desk.sheets.take_along(cashier, "accounting")
    assert queue.kept is not None
    again = await desk.sheets.review(cashier, queue.kept.id)
    assert (len(again.difference.acts), again.difference.done, again.difference.mistakes) == (2, 1, ())
    with pytest.raises(errors.SheetGone):  # the old button: what is kept has a new id
        await desk.confirm(cashier, preview)
    report = await desk.confirm(cashier, again)
    assert (report.approved, report.done, report.left) == (2, 1, ())
    with pytest.raises(errors.SheetGone):
        await desk.confirm(cashier, again)


async def test_only_what_was_shown_is_done(desk: SheetDesk, clock: StandingClock) -> None:
    """A row that was a mistake when it was shown, and is none any more, is not done behind the official's back."""
    aizada = await desk.desks.aizada()
    await desk.ask(aizada, EVERYTHING)
    await desk.ask(aizada, screen="two")
    cashier = await desk.desks.cashier()
    book = (await desk.take(cashier)).fill(result="не получает")
    book.fill(first="22.11.2026", sheet=1)
    preview = await desk.preview(cashier, book)
    assert (len(preview.difference.acts), len(preview.difference.mistakes)) == (1, 1)
    clock.advance(hours=20)  # the day has come
    report = await desk.confirm(cashier, preview)
    assert (report.filled, [type(one.reason) for one in report.left]) == (1, [errors.RowDiffers])


async def test_a_file_sent_again_replaces_the_one_that_waits_and_all_are_forgotten_after_a_day(
    desk: SheetDesk, connection: AsyncConnection, clock: StandingClock
) -> None:
    await desk.ask(await desk.desks.aizada())
    cashier = await desk.desks.cashier()
    book = await desk.take(cashier)
    first = await desk.preview(cashier, book.fill(refuse="Жок"))
    second = await desk.preview(cashier, book.fill(refuse="Кат жок"))
    with pytest.raises(errors.SheetGone):
        await desk.confirm(cashier, first)
    assert second.sheet_id is not None
    await desk.sheets.cancel(cashier, second.sheet_id)
    with pytest.raises(errors.SheetGone):
        await desk.confirm(cashier, second)
    third = await desk.preview(cashier, book)
    await desk.preview(cashier, book.fill(refuse=None))  # it does nothing, and it came last
    with pytest.raises(errors.SheetGone):
        await desk.confirm(cashier, third)
    late = await desk.preview(cashier, book.fill(refuse="Жок"))
    clock.advance(days=1, seconds=1)
    with pytest.raises(errors.SheetGone):
        await desk.confirm(cashier, late)
    assert (await desk.sheets.forget(), await desk.sheets.forget()) == (1, 0)
    assert await rows(connection, STATES) == [("waiting", 1, {}, None)]


async def test_a_workbook_is_known_by_its_headings_and_a_roster_is_none(desk: SheetDesk) -> None:
    await desk.ask(await desk.desks.aizada())
    book = await desk.take(await desk.desks.cashier(), Language.KY)
    assert READER.is_queue(book.raw)
    roster = PlainBook()
    roster.active.append(["person_no", "kind", "last_name", "first_name", "Версия"])
    roster.active.append(["S-1", "student", "Маматова", "Айзада", "1"])
    content = io.BytesIO()
    roster.save(content)
    assert not READER.is_queue(content.getvalue())
    assert load_workbook(io.BytesIO(book.raw)).sheetnames[-1] == "lists"
