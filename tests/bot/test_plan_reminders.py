"""Reminders of plans in the chat: the digest with its buttons, and what a coordinator looks at."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta

import pytest

from handlers.common.callbacks import OpenDuty, OpenForecast, OpenUnheard
from services.access import OPERATOR, Role
from services.languages import Language
from services.workdays.dto import DayKind
from tests.support.friends import Friend
from tests.support.journeys import begun, said
from tests.support.people import AIZADA, BAKYT
from tests.support.planned import Wanted, instance_ids, put_plan, put_units
from tests.support.telegram import Telegram

EVERY_LANGUAGE = pytest.mark.parametrize("language", list(Language))


def today(telegram: Telegram) -> date:
    return telegram.bot.given.dates.today(datetime.now(UTC))


@pytest.fixture
async def plan(telegram: Telegram, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
    """It is past nine on a working day, whenever the test runs; a plan has an item for a unit and one for nobody."""
    monkeypatch.setattr("services.plan_reminders.sweeps.MORNING", time(0))
    day = today(telegram)
    if not await telegram.bot.given.workdays.is_working(day):
        await telegram.bot.given.workdays.note(OPERATOR, day, DayKind.WORKING, "Order 7", None)
    async with telegram.engine.begin() as connection:
        await put_units(connection, {"chair-x": "<b>Кафедра</b>", "silent-x": "Унчукпас"})
        plan_id, ids = await put_plan(
            connection,
            [
                Wanted(title="<b>Отчет</b>", responsible=["chair-x"], dues=[day]),
                Wanted(title="Эч ким", responsible=["silent-x"], dues=[day]),
                Wanted(title="Кийин", responsible=["silent-x"], dues=[day + timedelta(days=40)]),
            ],
            name="<b>План",
            reminds_from=day - timedelta(days=30),
        )
        await instance_ids(connection, ids[0])
    yield plan_id
    for statement in (
        "delete from plan_sweeps", "delete from plan_steps", "delete from plan_instances", "delete from plan_parties",
        "delete from plan_items", "delete from plans", "delete from workday_changes",
        "delete from role_grants where unit_id in (select id from units where code like '%-x')",
        "delete from role_grants where role = 'plan_coordinator'",
        "delete from units where code like '%-x'",
    ):  # fmt: skip
        await telegram.execute(statement)


async def official(telegram: Telegram, language: Language, role: Role, unit: str | None = None) -> Friend:
    """Somebody who was given a role and told so."""
    entry = AIZADA if role is Role.UNIT_HEAD else BAKYT
    friend = await telegram.meet("Бакыт", entry, language)
    told = len(friend.messages)
    await telegram.bot.given.roles.grant(OPERATOR, str(friend.id), role, unit)
    await friend.hears(lambda: len(friend.messages) > told)
    return friend


async def sweep(telegram: Telegram, friend: Friend) -> None:
    """Let the day's reminders go out, and wait until somebody has theirs."""
    told = len(friend.messages)
    telegram.bot.plan_sweeps._done = None
    await telegram.bot.plan_sweeps.sweep()
    await friend.hears(lambda: len(friend.messages) > told)


@EVERY_LANGUAGE
async def test_head_gets_one_digest_with_a_button_that_opens_the_duty(
    telegram: Telegram, plan: int, language: Language
) -> None:
    head = await official(telegram, language, Role.UNIT_HEAD, "chair-x")
    await sweep(telegram, head)
    assert said(language, "📌 <b>The plan: what is due</b>") in head.sees
    assert "<b>Отчет</b>" in head.sees
    assert said(language, "Today is the last day") in head.sees
    assert head.buttons[-1] == said(language, "📋 All my tasks")
    duty = OpenDuty.unpack(str(head.screen["reply_markup"]["inline_keyboard"][0][0]["callback_data"]))
    assert await telegram.value("select code from units where id = :id", id=duty.unit_id) == "chair-x"
    await head.presses(head.screen["message_id"], OpenUnheard(plan_id=plan).pack())
    assert begun(language, "📵 <b>Nobody would hear these</b>") not in head.sees


@EVERY_LANGUAGE
async def test_coordinator_hears_of_what_nobody_hears_prints_a_letter_and_looks_ahead(
    telegram: Telegram, plan: int, language: Language
) -> None:
    coordinator = await official(telegram, language, Role.PLAN_COORDINATOR)
    await sweep(telegram, coordinator)
    assert said(language, "Nobody hears these") in coordinator.sees
    await coordinator.taps(said(language, "✉️ Whom nobody hears, letters"))
    assert said(language, "📵 <b>Nobody would hear these</b>") in coordinator.sees
    assert "<b>Кафедра</b>" in coordinator.sees
    assert said(language, "nobody holds a role there") in coordinator.sees
    letter = next(button for button in coordinator.buttons if button.startswith("✉️"))
    await coordinator.taps(letter)
    assert begun(language, "✉️ A letter to print and hand over: {unit}") in coordinator.sees
    await coordinator.taps(said(language, "📵 Whom nobody hears"))
    await coordinator.taps(said(language, "🔭 What will be sent"))
    assert said(language, "🔭 <b>What will be sent</b>") in coordinator.sees
    await coordinator.taps(said(language, "📊 As a spreadsheet"))
    assert begun(language, "🔭 Every reminder by day and unit, and the days that are crowded.") in coordinator.sees
    await coordinator.presses(coordinator.screen["message_id"], OpenForecast(plan_id=plan + 99).pack())
    assert str(coordinator.tap_answer["text"]) == said(language, "This plan is closed, or it is not there any more.")
