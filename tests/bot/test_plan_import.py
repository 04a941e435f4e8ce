"""A coordinator brings a plan in the chat."""

import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from services.access import OPERATOR, Role
from services.deadlines.dto import AcademicYear
from services.languages import Language
from services.ports import NoBell, SystemClock
from services.roles.service import RoleService
from services.units.service import UnitService
from services.units.units_file import read_units
from tests.support.friends import Friend
from tests.support.journeys import begun, said
from tests.support.papers import BishkekCalendar
from tests.support.telegram import Telegram

EVERY_LANGUAGE = pytest.mark.parametrize("language", list(Language))
UNITS = Path(__file__).parents[1] / "data" / "plans" / "kstu-2025-26" / "units.csv"
HEAD = "№;Иш-чара;Аткаруу мөөнөтү;Жооптуулар"
BRING = "pb"
SURE = "1;Күн өткөрүү;12.03.2026;Окуу башкармалыгы"
DATES = "select i.due from plan_instances i join plan_items p on p.id = i.item_id where p.plan_id = :plan order by 1"


@pytest.fixture(autouse=True)
async def units(telegram: Telegram) -> None:
    """Some of the university's units; those of other stories keep their names."""
    named = [unit for unit in read_units(UNITS.read_bytes()) if unit.code in {"ob", "itk", "achb"}]
    await UnitService(telegram.unit_of_work).import_units(OPERATOR, named)


async def coordinator(telegram: Telegram, language: Language = Language.KY) -> Friend:
    """Somebody whose account holds the role."""
    friend = telegram.stranger("Координатор", language.value)
    await friend.starts()
    await friend.taps({"ky": "Кыргызча", "ru": "Русский", "en": "English"}[language.value])
    await RoleService(telegram.unit_of_work, SystemClock(), BishkekCalendar(), NoBell(), NoBell()).grant(
        OPERATOR, str(friend.id), Role.PLAN_COORDINATOR
    )
    await friend.hears(lambda: "/admin" in friend.sees)
    return friend


async def brings(friend: Friend, *lines: str, name: str = "") -> None:
    """Send a plan of the academic year 2025-26; its items are not those of other stories."""
    await friend.presses(friend.screen["message_id"], BRING)
    await friend.presses(friend.screen["message_id"], "pby:2025:0")
    content = "\n".join([HEAD, *(line.replace(";", f";{friend.id} ", 1) for line in lines)]).encode()
    await friend.sends_file(content, f"{name or f'Plan {friend.id}'}.csv", mime="text/csv")


async def dues(telegram: Telegram, friend: Friend) -> list[date | None]:
    (plan,) = await telegram.rows("select id from plans where imported_by = :id", id=friend.id)
    return [due for (due,) in await telegram.rows(DATES, plan=plan[0])]


@EVERY_LANGUAGE
async def test_doubts_are_decided_one_by_one_and_the_plan_is_taken_over(telegram: Telegram, language: Language) -> None:
    friend = await coordinator(telegram, language)
    await brings(friend, SURE, f"2;<b>Кеч</b> & Ко;бир кездерде;{language.name} галактика комитети")
    assert said(language, "Items found: {count}", count=2) in friend.sees
    await friend.taps(said(language, "🔎 Doubtful items: {count}", count=1))
    assert "<b>Кеч</b> & Ко" in friend.sees
    assert said(language, "not in the directory") in friend.sees
    await friend.taps(said(language, "📅 Another day"))
    await friend.says("качандыр бир күнү")
    assert friend.sees == said(language, "I do not understand this as a day. Write it as 12.03.2026.")
    await friend.says("20.05.2026")
    await friend.taps(said(language, "🔎 Find it"))
    await friend.says("Китепкана" if language is Language.KY else "itk")
    await friend.taps({"ky": "китепкана", "ru": "библиотека", "en": "Library"}[language.value])
    assert said(language, "✅ Nothing is left to look at.") in friend.sees
    await friend.taps(said(language, "➡️ Take over …"))
    await friend.taps(said(language, "✅ Take over"))
    assert begun(language, "✅ The plan {name}") in friend.sees
    assert await dues(telegram, friend) == [date(2026, 3, 12), date(2026, 5, 20)]


async def test_the_reading_is_corrected_in_a_spreadsheet_and_sent_back(telegram: Telegram) -> None:
    friend = await coordinator(telegram, Language.EN)
    await brings(friend, SURE, "2;Кеч;бир кездерде;Галактика комитети", "3;Катар;май 2026-ж.;АЧБ")
    await friend.taps("spreadsheet")
    book = load_workbook(io.BytesIO((await friend.document()).content))
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    days, codes, include = (headings.index(name) + 1 for name in ("Last days", "Unit codes", "In the plan"))
    sheet.cell(3, days).value, sheet.cell(3, codes).value = "2026-04-01; 2026-05-01", "itk; ob"
    sheet.cell(4, include).value = "no"
    filled = io.BytesIO()
    book.save(filled)
    await friend.sends_file(filled.getvalue(), "plan-review.xlsx")
    assert "Items found: 2" in friend.sees
    assert "Nothing is left to look at" in friend.sees
    await friend.taps("Take over")
    await friend.taps("Take over")
    assert await dues(telegram, friend) == [date(2026, 3, 12), date(2026, 4, 1), date(2026, 5, 1)]
    parties = await telegram.rows(
        "select code from plan_parties y join plan_items i on i.id = y.item_id join plans p on p.id = i.plan_id"
        " where p.imported_by = :id and i.number = '2' order by code",
        id=friend.id,
    )
    assert parties == [("itk",), ("ob",)]


async def test_what_the_file_lacks_goes_only_after_a_second_question(telegram: Telegram) -> None:
    friend = await coordinator(telegram, Language.RU)
    await brings(friend, SURE, "2;Кеч;май 2026-ж.;АЧБ")
    await friend.taps("Принять")
    await friend.taps("Принять")
    await brings(friend, SURE)
    await friend.taps("Принять")
    assert "Больше нет в файле: 1" in friend.sees
    await friend.taps("удалить: 1")
    assert len(await dues(telegram, friend)) == 2
    await friend.taps("Да, удалить: 1")
    state = await telegram.rows(
        "select i.number, i.state from plan_items i join plans p on p.id = i.plan_id where p.imported_by = :id"
        " order by 1",
        id=friend.id,
    )
    assert state == [("1", "active"), ("2", "removed")]


async def test_a_stale_button_and_a_forgotten_file_save_nothing(telegram: Telegram) -> None:
    friend = await coordinator(telegram, Language.EN)
    await brings(friend, SURE)
    await friend.taps("Take over")
    stale = friend.screen
    await brings(friend, SURE, "2;Кеч;май 2026-ж.;АЧБ")
    await friend.taps_on(stale, "✅ Take over")
    assert "Something changed since" in friend.sees
    await brings(friend, SURE)
    await friend.taps("Forget the file")
    assert friend.sees.startswith("The file was forgotten.")
    assert await telegram.rows("select id from plans where imported_by = :id", id=friend.id) == []


async def test_cancel_in_the_middle_a_wrong_year_and_a_stranger(telegram: Telegram) -> None:
    friend = await coordinator(telegram, Language.EN)
    await friend.presses(friend.screen["message_id"], BRING)
    await friend.presses(friend.screen["message_id"], "pby:2025:0")
    await friend.says("a plan")
    assert "Send the plan as a file" in friend.sees
    await friend.says("/cancel")
    content = f"2024-2025-окуу жылынын иш планы;;;\n{HEAD}\n{SURE}".encode()
    await friend.presses(friend.screen["message_id"], BRING)
    await friend.presses(friend.screen["message_id"], "pby:2025:0")
    await friend.sends_file(content, "plan.csv", mime="text/csv")
    assert "2024" in friend.sees
    assert "Nothing was saved" in friend.sees
    stranger = telegram.stranger("Бирөө", "en")
    await stranger.starts()
    await stranger.presses(stranger.screen["message_id"], BRING)
    assert (
        await telegram.rows("select id from plan_drafts where account_id in (:a, :b)", a=friend.id, b=stranger.id) == []
    )


def test_an_academic_year_begins_with_the_summer_before_it() -> None:
    assert [AcademicYear.of(day).label for day in (date(2026, 6, 30), date(2026, 7, 1), date(2025, 12, 31))] == [
        "2025-26",
        "2026-27",
        "2025-26",
    ]
