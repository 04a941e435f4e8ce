"""/trust: where one can call, and a talk from both sides."""

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from services.access import OPERATOR, Role
from services.languages import Language
from tests.support.friends import Friend
from tests.support.journeys import begun, said
from tests.support.people import AIZADA, BAKYT
from tests.support.telegram import Telegram

EVERY_LANGUAGE = pytest.mark.parametrize("language", list(Language))
TALKS = "select t.topic, t.state from trust_talks t join people p on p.id = t.person_id where p.person_no = :no"


async def officer(telegram: Telegram, language: Language = Language.EN, **facts: object) -> Friend:
    """A trust officer who offers two times, the day after tomorrow."""
    bakyt = await telegram.meet("Бакыт", BAKYT, language, **facts)
    await telegram.bot.given.roles.grant(OPERATOR, bakyt.person_no, Role.TRUST_OFFICER)
    await bakyt.hears(lambda: bakyt.messages)
    await bakyt.says("/trust")
    await bakyt.taps(said(language, "🗓 My times for talks"))
    assert said(language, "You offer no times now") in bakyt.sees
    await bakyt.taps(said(language, "➕ Offer times"))
    await bakyt.says("эртең")
    assert begun(language, "I do not understand this as times") in bakyt.sees
    day = telegram.bot.given.dates.today(datetime.now(UTC)) + timedelta(days=2)
    await bakyt.says(f"{day:%d.%m.%Y} 14:00-15:00 <b>214")
    await bakyt.taps("30")
    assert ["▫️" in button for button in bakyt.buttons].count(True) == 2
    return bakyt


@pytest.fixture(autouse=True)
async def alone(telegram: Telegram) -> AsyncIterator[None]:
    """No other story meets an officer of this one."""
    yield
    await telegram.execute(
        "update role_grants set revoked_at = granted_at, revoked_by = 'x' where role = 'trust_officer'"
    )


async def chooses(friend: Friend, language: Language, name: str) -> None:
    """Go from /trust to the last screen."""
    await friend.says("/trust")
    await friend.taps(said(language, "🤝 Ask for a personal talk"))
    await friend.taps(name)
    await friend.taps(said(language, "health and mood"))
    await friend.taps("14:00")


@pytest.mark.parametrize("language", [Language.KY, Language.RU])
async def test_talk_is_booked_by_taps_told_to_one_and_called_off(telegram: Telegram, language: Language) -> None:
    bakyt = await officer(telegram, last_name="<b>Токтогулов</b>")
    aizada = await telegram.meet("Айзада", AIZADA, language, last_name="<i>Ким</i>")
    await aizada.says("/trust")
    for number in ("+996 312 00 00 07", "+996 312 00 00 08", "+996 312 00 00 09", "103, 112"):
        assert number in aizada.sees
    assert said(language, "When you call, your number may be shown.") in aizada.sees
    await aizada.taps(said(language, "🤝 Ask for a personal talk"))
    assert aizada.sees.startswith(begun(language, "A personal talk is not anonymous"))
    await chooses(aizada, language, "<b>Токтогулов</b> Бакыт Эркинович")
    assert said(language, "Your name and the topic go to this person and to nobody else.") in aizada.sees
    heard = len(bakyt.messages)
    await aizada.taps(said(language, "✅ Yes, book it"))
    assert aizada.sees.startswith(begun(language, "✅ You are booked. Date: {date}."))
    assert "<b>214" in aizada.sees
    booked = aizada.screen
    await bakyt.hears(lambda: len(bakyt.messages) > heard)
    assert "<i>Ким</i> Айзада Бакытовна" in bakyt.sees
    assert "Topic: health and mood" in bakyt.sees
    await bakyt.taps("Open")
    await bakyt.taps("👤")
    await bakyt.taps("✖️ Cancel the meeting")
    heard = len(aizada.messages)
    await bakyt.taps("✖️ Yes, cancel the meeting")
    assert "✅ The meeting is cancelled; the person is told." in bakyt.sees
    await bakyt.taps("↩️ Offer it again")
    assert "▫️ Free" in bakyt.sees
    await aizada.hears(lambda: len(aizada.messages) > heard)
    assert aizada.sees.startswith(said(language, "📅 <b>A meeting was cancelled.</b>"))
    await aizada.taps_on(booked, said(language, "✖️ Cancel the meeting"))  # an old button
    assert said(language, "This meeting was cancelled already, or it has begun.") in aizada.sees


async def test_nothing_that_is_written_while_a_talk_is_chosen_is_kept(telegram: Telegram) -> None:
    await officer(telegram)
    aizada = await telegram.meet("Айзада", AIZADA, Language.EN)
    canary = "canaryzqx мугалим акча сурады"
    await aizada.says("/trust")
    await aizada.taps("🤝 Ask for a personal talk")
    for words in (canary, "AAAAA-BBBBB"):
        await aizada.says(words)
        assert aizada.sees.startswith("Please do not write it here")
    await aizada.sends_file(b"x", "арыз.docx")
    assert aizada.sees.startswith("Please do not write it here")
    async with asyncio.timeout(10):  # updates that are through are marked many at a time
        for table in ("inbox", "conversation_states", "trust_talks", "notices", "messages", "audit_entries"):
            while await telegram.rows(f"select 1 from {table} t where t::text like '%canaryzqx%'"):  # noqa: S608 -- ours
                pass
    await aizada.says("/cancel")
    await aizada.says(canary)
    assert aizada.sees == said(Language.EN, "I did not understand that.")


async def test_person_cancels_and_the_officer_is_told(telegram: Telegram, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    bakyt = await officer(telegram, Language.RU)
    aizada = await telegram.meet("Айзада", AIZADA, Language.EN)
    await chooses(aizada, Language.EN, "Бакыт")
    await aizada.taps("✅ Yes, book it")
    await aizada.says("/trust")
    assert "📅 Your meeting" in aizada.sees
    heard = len(bakyt.messages)
    await aizada.taps("✖️ Cancel the meeting")
    await aizada.taps("✖️ Yes, cancel the meeting")
    assert aizada.sees.startswith("✅ The meeting is cancelled")
    assert await telegram.rows(TALKS, no=aizada.person_no) == [("health", "left")]
    cancelled = said(Language.RU, "📅 <b>A meeting was cancelled.</b>")
    await bakyt.hears(lambda: len(bakyt.messages) > heard and cancelled in bakyt.sees)
    await bakyt.taps(said(Language.RU, "Open"))
    await bakyt.taps("14:30")
    await bakyt.taps(said(Language.RU, "🗑 Take this time back"))
    assert said(Language.RU, "✅ The time is taken back.") in bakyt.sees
    assert "served by a handler" in caplog.text
    assert [line for line in caplog.messages if "trust" in line or "health" in line] == []


@EVERY_LANGUAGE
async def test_guest_sees_the_numbers_and_gets_no_further_by_buttons_made_by_hand(
    telegram: Telegram, language: Language
) -> None:
    guest = telegram.stranger("<b>", language.value)
    await guest.says("/trust")
    assert said(language, "Once your account is linked, you can also ask for a personal talk here.") in guest.sees
    assert guest.buttons == [said(language, "🔑 Link my account"), said(language, "☰ Menu")]
    screen = guest.screen["message_id"]
    for data in ("Ta", "Tb:1", "Tc:1:health", "Td:1:health", "Te:1:health", "Tg:1", "go:9", "Th", "Tj:1", "Tm:1"):
        await guest.presses(screen, data)
        assert begun(language, "✅ You are booked.") not in guest.sees
    assert await telegram.value("select count(*) from trust_slots where ends_at < now() - interval '1 day'") == 0


async def test_where_nobody_has_time_the_screen_says_whom_to_call(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, Language.EN)
    await aizada.says("/trust")
    assert "Nobody has a free time for a personal talk now. You can call: +996 312 00 00 07" in aizada.sees
    assert aizada.buttons == ["☰ Menu"]
    await aizada.presses(aizada.screen["message_id"], "Ta")
    assert aizada.sees.startswith("There is no free time here any more.")
    assert aizada.buttons == ["← Trust and help", "☰ Menu"]
