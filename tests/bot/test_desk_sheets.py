"""An official works on the queue in a spreadsheet: takes it along, sends it back, looks, confirms."""

import io
from dataclasses import dataclass
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from handlers.common.callbacks import QueueSheet
from services.access import OPERATOR, Role
from services.desk_sheets.headings import HEADINGS, YES, SheetColumn
from services.languages import Language
from services.ports import NoBell, SystemClock
from services.roles.service import RoleService
from tests.support.friends import Friend
from tests.support.journeys import said
from tests.support.papers import BishkekCalendar
from tests.support.people import AIZADA
from tests.support.telegram import Telegram

EVERY_LANGUAGE = pytest.mark.parametrize("language", list(Language))
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DESK = "achb"
NAME = "<b>Айзада</b> & Ко"
RED = Language.RU


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook in an official's hands."""

    book: Any
    language: Language

    def fill(self, row: int, **values: object) -> None:
        """Write into a row; what is no column of ours is a fact, by the beginning of its heading."""
        page = self.book.worksheets[0]
        for name, value in values.items():
            heading = HEADINGS[SheetColumn(name)].get(self.language) if name in set(SheetColumn) else name
            column = next(cell.column for cell in page[1] if str(cell.value).startswith(heading))
            page.cell(row=row, column=column).value = value

    def saved(self) -> bytes:
        """Return the file."""
        content = io.BytesIO()
        self.book.save(content)
        return content.getvalue()


async def official(telegram: Telegram, language: Language = RED, role: Role = Role.REGISTRAR) -> Friend:
    """Somebody who answers at every desk."""
    friend = telegram.stranger("Кызматкер", language.value)
    await telegram.agree(friend, language)
    roles = RoleService(telegram.unit_of_work, SystemClock(), BishkekCalendar(), NoBell(), NoBell())
    await roles.grant(OPERATOR, str(friend.id), role)
    await friend.hears(lambda: friend.messages)  # they are told, so that it does not come in between
    await friend.says("/help")
    return friend


async def asks(telegram: Telegram, *names: str) -> list[Friend]:
    """Students ask for a certificate about the dormitory; whatever else waits there is gone."""
    await telegram.execute("delete from certificate_requests where desk = :desk and state = 'waiting'", desk=DESK)
    found = []
    for number, name in enumerate(names):
        friend = await telegram.meet(name, AIZADA, RED, first_name=name)
        await telegram.execute(
            "insert into certificate_requests (person_id, account_id, kind, language, desk, state, occasion, asked,"
            " created_at, queued_at, promised_on) select id, :account, 'dormitory', 'ru', :desk, 'waiting', :occasion,"
            " '{}', now(), now(), date '2030-01-01' + cast(:number as integer) from people where person_no = :no",
            account=friend.id, desk=DESK, occasion=f"sheet:{friend.id}", number=number, no=friend.person_no,
        )  # fmt: skip
        found.append(friend)
    return found


async def takes(friend: Friend, language: Language = RED) -> Book:
    """Take the queue along."""
    number = len(friend.papers) + 1
    await friend.presses(friend.screen["message_id"], QueueSheet(desk=DESK).pack())
    paper = await friend.document(number)
    assert paper.name.startswith(f"queue-{DESK}-")
    assert said(language, "Send me the file back.") in paper.caption
    return Book(load_workbook(io.BytesIO(paper.content)), language)


def filled(book: Book, *rows: int) -> Book:
    """Fill in what the paper says, and approve."""
    page = book.book.worksheets[0]
    for row in rows:
        for cell in page[1]:
            note = str(cell.value)
            if "21.11.2026" in note:
                page.cell(row=row, column=cell.column).value = "01.09.2026"
            elif "\n(" in note:
                page.cell(row=row, column=cell.column).value = "5"
        book.fill(row, approval=YES.get(book.language))
    return book


async def sends(friend: Friend, book: Book, name: str = "кезек.xlsx") -> None:
    await friend.sends_file(book.saved(), name, mime=XLSX)


async def states(telegram: Telegram, *people: Friend) -> list[str]:
    found = await telegram.rows(
        "select person_no, state from certificate_requests r join people p on p.id = r.person_id"
        " where person_no = any(:numbers)",
        numbers=[friend.person_no for friend in people],
    )
    return [dict(found)[friend.person_no] for friend in people]


@EVERY_LANGUAGE
async def test_queue_is_taken_along_sent_back_and_confirmed(telegram: Telegram, language: Language) -> None:
    first, second, third = await asks(telegram, "Айзада", "Бакыт", NAME)
    registrar = await official(telegram, language)
    book = await takes(registrar, language)
    filled(book, 2).fill(3, refusal="Сиз батаканада <жашабайсыз>")
    book.fill(4, refusal="Жок", approval=YES.get(language))
    await registrar.says("эмне кылам?")
    assert registrar.sees == said(language, "Here I wait for the filled spreadsheet.")
    await sends(registrar, book)
    assert said(language, "✅ To be approved: {number}", number=1) in registrar.sees
    assert said(language, "✖️ To be refused: {number}", number=1) in registrar.sees
    assert said(language, "The row approves and refuses at the same time.") in registrar.sees
    assert await states(telegram, first, second, third) == ["waiting"] * 3
    shown = registrar.screen
    await registrar.taps("✅")
    assert registrar.sees == said(language, "What was not done, and why")
    report = next(one["text"] for one in registrar.messages if one["message_id"] == shown["message_id"])
    assert said(language, "✅ Approved: {number}", number=1) in report
    assert said(language, "✖️ Refused: {number}", number=1) in report
    assert said(language, "⚠️ Not done: {number}", number=1) in report
    assert f"{NAME} " in report
    assert await states(telegram, first, second, third) == ["approved", "refused", "waiting"]
    assert (await first.document()).content.startswith(b"%PDF")
    await second.hears(lambda: "<жашабайсыз>" in second.sees)
    await registrar.taps_on(shown, "✅")
    refused = registrar.tap_answer.get("text") or registrar.sees  # an alert, or a message where it is too long for one
    assert refused == said(language, "This spreadsheet is not kept any more")


async def test_a_filled_queue_is_known_without_a_form_and_a_commands_leaves_the_form(telegram: Telegram) -> None:
    (student,) = await asks(telegram, "Айзада")
    registrar = await official(telegram)
    book = await takes(registrar)
    await registrar.says("/cancel")
    book.fill(2, refusal="Нет")
    await sends(registrar, book, "<b>Копия</b>.XLSX")
    assert "<b>Копия</b>.XLSX" in registrar.sees
    await registrar.taps(said(RED, "✖️ Cancel"))
    assert registrar.sees == said(RED, "Cancelled. Nothing more of this spreadsheet is done.")
    assert await states(telegram, student) == ["waiting"]


async def test_other_tables_are_left_to_whom_they_are_meant_for(telegram: Telegram) -> None:
    other = Workbook()
    other.active.append(["Табельный номер", "Тип", "Фамилия", "Имя", "Версия"])
    other.active.append(["E-77", "сотрудник", "Асанов", "Улан", "1"])
    book = Book(other, RED)
    registrar = await official(telegram)
    await sends(registrar, book)
    assert said(RED, "✅ To be approved: {number}", number=1)[:10] not in registrar.sees
    administrator = await official(telegram, role=Role.ADMIN)
    await sends(administrator, book)
    assert said(RED, "New: {number}", number=1) in administrator.sees  # a roster
    await asks(telegram, "Айзада")
    (stranger,) = await asks(telegram, "Бакыт")
    queue = await takes(registrar)
    await sends(stranger, queue)
    assert said(RED, "▫️ Left as they are: {number}", number=1) not in stranger.sees
    await takes(registrar)
    await sends(registrar, book)
    assert registrar.sees.startswith(said(RED, "This is not a spreadsheet of a queue")[:30])


async def test_many_mistakes_come_as_a_file_and_what_waits_can_be_looked_at_again(telegram: Telegram) -> None:
    students = await asks(telegram, *(f"Студент-{number}" for number in range(12)))
    registrar = await official(telegram)
    book = await takes(registrar)
    for row in range(2, 13):
        book.fill(row, approval="наверное")
    book.fill(13, refusal="Нет")
    await sends(registrar, book)
    rows = load_workbook(io.BytesIO(registrar.papers[-1].content)).active
    assert rows.max_row == 12
    assert rows["F2"].value == said(RED, "Write “yes” to approve, or leave the cell empty.")
    assert said(RED, "… and {number} more", number=1) in registrar.sees
    await takes(registrar)
    await registrar.taps(said(RED, "🔎 The spreadsheet I sent"))
    await registrar.taps("✅")
    assert (await states(telegram, *students)).count("refused") == 1


async def test_an_empty_queue_says_so(telegram: Telegram) -> None:
    await asks(telegram)
    registrar = await official(telegram)
    await registrar.presses(registrar.screen["message_id"], QueueSheet(desk=DESK).pack())
    assert registrar.sees == said(RED, "There is nothing here that you could work on now")
