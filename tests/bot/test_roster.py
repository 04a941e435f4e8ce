"""An administrator sends the roster in the chat. The people of these stories are staff; other stories have students."""

import io
from collections.abc import Sequence

import pytest
from openpyxl import load_workbook

from services.access import OPERATOR, Role
from services.languages import Language
from services.ports import NoBell, SystemClock
from services.roles.service import RoleService
from tests.support.friends import Friend
from tests.support.journeys import begun, said
from tests.support.papers import BishkekCalendar
from tests.support.people import AIZADA
from tests.support.telegram import Telegram

EVERY_LANGUAGE = pytest.mark.parametrize("language", list(Language))
STAFF = "select person_no from people where kind = 'staff' and absent_since is null order by person_no"
HEADING = "Табелдик номер;Түрү;Фамилиясы;Аты;Телефону"
BAKYT = "E-1;кызматкер;Токтогулов;Бакыт;+996700000009"
JAMILA = "E-2;кызматкер;Үсөнова;Жамила;"


@pytest.fixture(autouse=True)
async def nobody_on_the_staff(telegram: Telegram) -> None:
    """Let the people of earlier stories go."""
    await telegram.execute("update people set absent_since = now() where kind = 'staff'")


async def administrator(telegram: Telegram, language: Language = Language.KY) -> Friend:
    """Somebody whose account holds the right; nobody of the roster."""
    friend = telegram.stranger("Администратор", language.value)
    await friend.starts()
    await friend.taps({"ky": "Кыргызча", "ru": "Русский", "en": "English"}[language.value])
    await RoleService(telegram.unit_of_work, SystemClock(), BishkekCalendar(), NoBell(), NoBell()).grant(
        OPERATOR, str(friend.id), Role.ADMIN
    )
    await friend.hears(lambda: "/admin" in friend.sees)  # they are told
    return friend


async def opens_desk(friend: Friend) -> None:
    """Come to the desk, from wherever it is offered."""
    await friend.presses(friend.screen["message_id"], "go:r")


async def sends(friend: Friend, *lines: str, name: str = "кызматкерлер.csv") -> None:
    await friend.sends_file("\n".join([HEADING, *lines]).encode(), name, mime="text/csv")


async def staff(telegram: Telegram) -> list[str]:
    return [number for (number,) in await telegram.rows(STAFF)]


def crowd(number: int) -> Sequence[str]:
    return [f"E-{place};кызматкер;Асанов;Улан;" for place in range(1, number + 1)]


@EVERY_LANGUAGE
async def test_a_file_is_looked_at_confirmed_and_taken_back(telegram: Telegram, language: Language) -> None:
    admin = await administrator(telegram, language)
    await opens_desk(admin)
    assert admin.sees.startswith(said(language, "📋 <b>The roster</b>"))
    await admin.taps(said(language, "📤 Send a roster file"))
    await sends(admin, BAKYT, JAMILA, f"E-{admin.id};кызматкер;<b>Ким</b> & Ко;Эр;")
    assert "<b>Ким</b> & Ко Эр" in admin.sees
    assert said(language, "Nothing has been written yet.") in admin.sees
    assert await staff(telegram) == []

    await admin.taps(said(language, "✅ Confirm"))
    assert said(language, "✅ The roster was imported.") in admin.sees
    assert await staff(telegram) == ["E-1", "E-2", f"E-{admin.id}"]

    await admin.taps(said(language, "← Roster"))
    await admin.taps(said(language, "↩️ Undo the last import"))
    await admin.taps(said(language, "↩️ Yes, undo it"))
    assert said(language, "✅ The import was undone.") in admin.sees
    assert await staff(telegram) == []


async def test_rows_that_cannot_be_taken_are_told_and_nothing_can_be_confirmed(telegram: Telegram) -> None:
    admin = await administrator(telegram)
    await sends(admin, BAKYT, "E-1;<i>;;Бир;=1+1")
    for part in ("3-сап", "<i>", "Фамилиясы: бош", "2-сапта", "E3 (Телефону): формула"):
        assert part in admin.sees
    assert said(Language.KY, "✅ Confirm") not in admin.buttons
    assert await telegram.rows("select * from roster_drafts where account_id = :id", id=admin.id) == []
    assert await staff(telegram) == []


async def test_many_removals_are_asked_about_twice(telegram: Telegram) -> None:
    admin = await administrator(telegram, Language.RU)
    await sends(admin, *crowd(10))
    await admin.taps("Подтвердить")
    await sends(admin, *crowd(8))
    assert "нет сотрудников: 2 из 10" in admin.sees
    await admin.taps("исключить 2 человек")
    assert len(await staff(telegram)) == 10
    await admin.taps("Да, исключить 2 человек")
    assert len(await staff(telegram)) == 8


async def test_a_second_tap_and_a_cancelled_file_import_nothing(telegram: Telegram) -> None:
    admin = await administrator(telegram, Language.EN)
    await sends(admin, BAKYT)
    screen = admin.screen
    await admin.taps("Confirm")
    await admin.taps_on(screen, "Confirm")
    assert "not kept any more" in admin.sees
    await sends(admin, BAKYT, JAMILA)
    screen = admin.screen
    await admin.taps("Cancel")
    assert admin.sees == "Cancelled. The roster was not changed."
    await admin.taps_on(screen, "Confirm")
    assert "not kept any more" in admin.sees
    await sends(admin, BAKYT)
    assert "nothing to confirm" in admin.sees
    assert await staff(telegram) == ["E-1"]


async def test_a_roster_that_changed_meanwhile_is_not_overwritten_unseen(telegram: Telegram) -> None:
    one, other = await administrator(telegram, Language.EN), await administrator(telegram, Language.EN)
    await sends(one, BAKYT)
    await sends(other, BAKYT, JAMILA)
    await other.taps("Confirm")
    await one.taps("Confirm")
    assert "has changed since" in one.sees
    assert await staff(telegram) == ["E-1", "E-2"]


@EVERY_LANGUAGE
async def test_a_program_named_like_a_table_is_not_opened(telegram: Telegram, language: Language) -> None:
    admin = await administrator(telegram, language)
    await opens_desk(admin)
    await admin.taps(said(language, "📤 Send a roster file"))
    await admin.sends_file(b"MZ\x90\x00", "тизме.xlsx", mime="application/octet-stream")
    assert said(language, "This is a program, not a table") in admin.sees
    assert said(language, "Nothing was changed. Send the file once more.") in admin.sees
    await admin.says("салам")
    assert admin.sees == said(language, "Here I wait for a file with the roster")
    await admin.says("/cancel")
    assert admin.sees == said(language, "Cancelled. Nothing was changed.")


async def test_a_file_too_large_is_refused_before_it_is_asked_for(telegram: Telegram) -> None:
    admin = await administrator(telegram)
    asked_for = len([call for call in telegram.world.calls if call.method == "getFile"])
    await admin.sends_file(b"x", "roster.csv", mime="text/csv", declared_size=20 * 2**20 + 1)
    assert admin.sees == said(Language.KY, "The file is too large: I can take up to", limit=20)
    assert len([call for call in telegram.world.calls if call.method == "getFile"]) == asked_for
    telegram.world.faults.refuse(400, method="getFile", description="Bad Request: wrong file_id")
    await sends(admin, BAKYT)
    assert admin.sees == said(Language.KY, "The file did not come through Telegram.")


async def test_a_long_difference_comes_as_a_file_too(telegram: Telegram) -> None:
    admin = await administrator(telegram, Language.EN)
    await sends(admin, *[line.replace("E-", "L-") for line in crowd(200)])
    assert "… and 192 more" in admin.sees
    page = load_workbook(io.BytesIO(admin.papers[0].content)).active
    assert [cell.value for cell in page[1]] == ["Change", "Number", "Name", "Fact", "Before", "After"]
    assert page.max_row == 201


async def test_corrections_come_as_a_file(telegram: Telegram) -> None:
    student = await telegram.meet("Айзада", AIZADA)
    admin = await administrator(telegram, Language.RU)
    await telegram.execute("delete from person_corrections")
    await opens_desk(admin)
    await admin.taps("Исправления для исходной системы")
    assert admin.sees == said(Language.RU, "There are no corrections that the source system does not have yet.")
    await telegram.execute(
        "insert into person_corrections (person_id, fact, roster_value, value, corrected_at) "
        "select id, 'phone', '', '=0777', now() from people where person_no = :no",
        no=student.person_no,
    )
    await opens_desk(admin)
    await admin.taps("Исправления для исходной системы")
    (sheet,) = admin.papers
    rows = load_workbook(io.BytesIO(sheet.content)).active.iter_rows(values_only=True)
    assert list(rows)[1][:5] == (student.person_no, "Маматова Айзада Бакытовна", "Телефон", "–", "=0777")


async def test_a_stranger_gets_nowhere(telegram: Telegram) -> None:
    stranger = telegram.stranger(language_code="en")
    await stranger.says("/cancel")
    for data in ("go:r", "rsf", "rsi:1:0:0", "rsi:1:0:1", "rsc:1", "rsu:1:1", "rsu:1:0", "rsl"):
        await stranger.presses(stranger.screen["message_id"], data)
        assert stranger.sees == said(Language.EN, "You have no right to do this.")
    await sends(stranger, BAKYT)
    assert stranger.sees == said(Language.EN, "I can check only PDF files and pictures")
    assert await staff(telegram) == []


async def test_a_certificate_that_an_administrator_sends_is_checked(telegram: Telegram) -> None:
    admin = await administrator(telegram, Language.EN)
    await admin.sends_file(b"%PDF-1.7 no")
    assert begun(Language.EN, "❓ <b>The file cannot be read") in admin.sees


async def test_buttons_of_old_screens_say_what_is_the_matter(telegram: Telegram) -> None:
    admin = await administrator(telegram, Language.EN)
    await sends(admin, BAKYT)
    await admin.taps("Confirm")
    await opens_desk(admin)
    await admin.taps("Undo the last import")
    screen = admin.screen
    await admin.taps("Yes, undo it")
    await admin.taps_on(screen, "Yes, undo it")
    assert "Only the newest" in admin.sees or "no import" in admin.sees
    assert await staff(telegram) == []
