"""The rectorate and heads of units look at how plans stand; a unit gets its calendar."""

from datetime import UTC, datetime, timedelta

from docx import Document
from sqlalchemy import text

from bot.sandbox.contents import file_of
from services.languages import Language
from tests.support.friends import Friend
from tests.support.journeys import begun, said
from tests.support.people import AIZADA, BAKYT
from tests.support.planned import Wanted, put_plan, put_units
from tests.support.telegram import Telegram

_RU = Language.RU


async def given(telegram: Telegram, friend: Friend, role: str, unit: str | None = None) -> None:
    """Give somebody a role."""
    await telegram.execute(
        "insert into role_grants (telegram_id, role, unit_id, granted_at, granted_by) values (:id, :role,"
        " (select id from units where code = :unit), now(), 'operator')",
        id=friend.id, role=role, unit=unit,
    )  # fmt: skip


async def planned(telegram: Telegram) -> int:
    """A plan of two units; one of its items is overdue."""
    today = datetime.now(UTC).date()
    year = today.year if today.month >= 9 else today.year - 1
    async with telegram.engine.begin() as connection:
        await put_units(
            connection, {"pr-vr": "Проректор <b>", "pr-iit": "МТИ & К", "pr-itk": "Китепкана"}, posts=["pr-vr"],
            parents={"pr-vr": "rectorate", "pr-iit": "pr-vr"},
        )  # fmt: skip
        plan_id, _items = await put_plan(
            connection,
            [
                Wanted(title="<b>Тил күнү</b>", responsible=["pr-iit"], dues=[today - timedelta(days=3)],
                       state_language=True),
                Wanted(title="Отчет", responsible=["pr-iit", "pr-itk"], dues=[today + timedelta(days=3)]),
                Wanted(title="Китеп", responsible=["pr-itk"]),
            ],
            year=year, name="<i>Стратегия</i>",
        )  # fmt: skip
    return plan_id


async def test_vice_rector_opens_numbers_pictures_and_papers(telegram: Telegram) -> None:
    await planned(telegram)
    bakyt = await telegram.meet("Бакыт", BAKYT, _RU)
    await given(telegram, bakyt, "unit_head", "pr-vr")
    await bakyt.says("/admin")
    await bakyt.taps(said(_RU, "📊 How plans stand"))
    assert "<i>Стратегия</i>" in bakyt.sees
    assert said(_RU, "Items, each time that they are due: <b>{number}</b>", number=2) in bakyt.sees
    screen = bakyt.screen
    await bakyt.taps("🔴")
    assert "<b>Тил күнү</b>" in bakyt.sees
    assert not [label for label in bakyt.buttons if "Тил күнү" in label], "items open at the coordinator's desk only"
    await bakyt.taps(said(_RU, "📊 How plans stand"))
    await bakyt.taps(said(_RU, "By unit"))
    assert file_of(bakyt.screen)
    await bakyt.taps("МТИ & К: 2")
    assert begun(_RU, "In time: {number} of {whole}") in bakyt.sees
    await bakyt.taps("🟡")
    assert "Отчет" in bakyt.sees
    for form in ("XLSX", "DOCX"):
        await bakyt.taps_on(screen, form)
    assert {paper.name.rpartition(".")[2] for paper in bakyt.papers} == {"xlsx", "docx"}
    await bakyt.taps_on(screen, said(_RU, "🗣 Report on the state language"))
    (asked,) = [one for one in bakyt.messages if one["message_id"] == screen["message_id"]]
    await bakyt.taps_on(asked, asked["reply_markup"]["inline_keyboard"][0][0]["text"])
    (asked,) = [one for one in bakyt.messages if one["message_id"] == screen["message_id"]]
    await bakyt.taps_on(asked, f"{said(_RU, 'Academic Council')}: PDF")
    assert bakyt.papers[-1].content.startswith(b"%PDF")
    assert bakyt.papers[-1].caption == said(
        _RU, "The report is in Kyrgyz. Read it before it goes out: it repeats the words of the units."
    )


async def test_coordinator_gets_the_plan_s_own_file_and_a_stale_row_leads_back(telegram: Telegram) -> None:
    plan_id = await planned_with_file(telegram)
    aizada = await telegram.meet("Айзада", AIZADA, _RU)
    await given(telegram, aizada, "plan_coordinator")
    await aizada.starts()
    place = aizada.screen["message_id"]
    await aizada.presses(place, f"pf:{plan_id}")
    assert any("Отчет" not in label and "📄" in label for label in aizada.buttons)
    await aizada.taps("🟡")
    assert any("1. Отчет" in label for label in aizada.buttons)
    await aizada.presses(place, f"e6:{plan_id}")
    assert aizada.papers[-1].name == "план.docx"
    await aizada.presses(place, f"e4:{plan_id}:m:199901")
    assert aizada.tap_answer["text"] == said(
        _RU, "The plan has changed, and this is not in it any more. Open the figures anew."
    )
    await aizada.presses(place, "pf:999999")
    assert aizada.tap_answer["text"] == said(
        _RU, "There is no plan of that academic year here yet. The plan’s coordinator brings it as a file."
    )


async def planned_with_file(telegram: Telegram) -> int:
    """A plan whose Word file is kept."""
    from io import BytesIO  # noqa: PLC0415

    document, content = Document(), BytesIO()
    document.add_table(rows=2, cols=2)
    document.save(content)
    today = datetime.now(UTC).date()
    async with telegram.unit_of_work() as uow:
        file_id = await uow.files.keep(content.getvalue(), "application/x-word", datetime.now(UTC))
        await uow.commit()
    async with telegram.engine.begin() as connection:
        await put_units(connection, {"pr-umu": "Окуу бөлүмү"})
        plan_id, _items = await put_plan(
            connection,
            [Wanted(title="Отчет", responsible=["pr-umu"], dues=[today + timedelta(days=3)])],
            year=2031, name="Кеңеш",
        )  # fmt: skip
    await telegram.execute(
        "update plans set file_id = :file, file_name = 'план.docx' where id = :plan", file=file_id, plan=plan_id
    )
    return plan_id


async def test_people_of_a_unit_make_and_end_its_calendar_and_strangers_do_not(telegram: Telegram) -> None:
    async with telegram.engine.begin() as connection:
        await put_units(connection, {"pr-lib": "Китепкана <b>"})
    aizada = await telegram.meet("Айзада", AIZADA, _RU)
    await aizada.starts()
    place = aizada.screen["message_id"]
    unit_id = await telegram.value("select id from units where code = 'pr-lib'")
    for button in ("pf:0", "e5:0:xlsx", "go:1", "go:2", f"pk:{unit_id}", f"ec:{unit_id}", f"ed:{unit_id}", "e7:0"):
        await aizada.presses(place, button)
        refused = said(_RU, "You have no right to do this.")
        assert refused in (aizada.tap_answer.get("text"), aizada.sees)
        assert not aizada.papers
    await given(telegram, aizada, "unit_staff", "pr-lib")
    await aizada.says("/admin")
    await aizada.taps(said(_RU, "🗓 Calendar of my unit"))
    assert "Китепкана <b>" in aizada.sees
    await aizada.taps(said(_RU, "➕ Make an address"))
    without_pages = said(
        _RU, "The bot has no web address yet, so calendars cannot be fetched from it. Ask the administrator."
    )
    assert aizada.tap_answer["text"] == without_pages
    assert await telegram.rows("select * from plan_calendars where unit_code = 'pr-lib'") == []
    async with telegram.engine.begin() as connection:
        made = "insert into plan_calendars (unit_code, digest, made_at, made_by) values ('pr-lib', 'x', now(), 1)"
        await connection.execute(text(made))
    await aizada.presses(aizada.screen["message_id"], f"ed:{unit_id}:0")
    assert said(_RU, "The unit has no address yet.") not in aizada.sees
    assert len(aizada.buttons) == 3
    in_force = "select count(*) from plan_calendars where unit_code = 'pr-lib' and revoked_at is null"
    assert await telegram.value(in_force) == 1, "somebody else's new address stays"
