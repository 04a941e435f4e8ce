"""Readers of announcements: the last ones, the word that one was read, what comes and when."""

from datetime import UTC, datetime, timedelta

import pytest

from services.access import OPERATOR
from services.announcements.dto import NewAnnouncement
from services.languages import Language
from tests.support.friends import Friend
from tests.support.journeys import begun, said
from tests.support.people import AIZADA
from tests.support.telegram import Telegram

EVERY_LANGUAGE = pytest.mark.parametrize("language", list(Language))
_RU = Language.RU
TEXTS = {
    Language.KY: "<b>Экзамен</b> 3 &lt; 5",
    Language.RU: "<b>Экзамен завтра</b> 3 &lt; 5",
    Language.EN: "<b>Exam</b> 3 &lt; 5",
}
_LINK = '[{"labels": {"ky": "Сайт"}, "address": "https://university.example/exam"}]'


async def announce(telegram: Telegram, reader: Friend, **columns: object) -> int:
    """Announce something to one reader alone and wait until they have it; `columns`: what is different about it."""
    given, due = telegram.bot.given, datetime.now(UTC) + timedelta(days=1)
    new = NewAnnouncement(texts=TEXTS, audience=f"account:{reader.id}", due_at=due)
    announced = await given.announcements.announce(OPERATOR, new)
    changes = ", ".join(["due_at = :due", *(f"{name} = cast(:{name} as {_TYPES[name]})" for name in columns)])
    await telegram.execute(
        f"update announcements set {changes} where id = :id",  # noqa: S608 -- names of this file
        id=announced.id,
        due=datetime.now(UTC),
        **columns,
    )
    number = len(reader.messages)
    telegram.bot.bells.schedule.ring()
    await reader.hears(lambda: len(reader.messages) > number)
    return announced.id


_TYPES = {"asks_reading": "boolean", "is_public": "boolean", "links": "jsonb"}


def alert(friend: Friend) -> str:
    assert friend.tap_answer["show_alert"]
    return str(friend.tap_answer["text"])


@EVERY_LANGUAGE
async def test_reader_looks_at_the_last_announcements_and_confirms_one(telegram: Telegram, language: Language) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, language, last_name="<b>Ким</b>")
    await aizada.starts()
    await aizada.taps(said(language, "📣 Announcements"))
    assert said(language, "Nobody has announced anything to you yet.") in aizada.sees
    number = await announce(telegram, aizada, asks_reading=True, links=_LINK)
    await aizada.says("/announcements")
    assert "3 < 5" in aizada.sees
    assert said(language, "General") in aizada.sees
    assert said(language, "please confirm that you have read it") in aizada.sees
    await aizada.taps("1")
    assert "3 < 5" in aizada.sees
    assert aizada.buttons[:2] == ["Сайт", said(language, "I have read it ✓")]
    await aizada.taps(said(language, "I have read it ✓"))
    assert aizada.tap_answer["text"] == said(language, "Thank you! It is noted that you have read it.")
    assert aizada.buttons[0] == "Сайт"
    assert aizada.buttons[1].startswith(begun(language, "✓ You confirmed it: {moment}"))
    await aizada.taps(begun(language, "✓ You confirmed it: {moment}"))  # once more, to be sure
    count = "select count(*) from announcement_readings where announcement_id = :id"
    assert await telegram.value(count, id=number) == 1
    await aizada.taps(said(language, "← Announcements"))
    assert said(language, "✓ you have read it") in aizada.sees


async def test_button_under_the_announcement_itself_says_when_it_was_pressed(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, _RU)
    await announce(telegram, aizada, asks_reading=True)
    assert "Экзамен завтра" in aizada.sees
    await aizada.taps(said(_RU, "I have read it ✓"))
    (label,) = aizada.buttons
    assert label.startswith(begun(_RU, "✓ You confirmed it: {moment}"))


async def test_guest_sees_what_is_public_and_confirms_nothing(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, _RU)
    guest = telegram.stranger("<b>", "ru")
    await guest.starts()
    await guest.taps("Русский")
    assert "/announcements" in guest.sees
    await guest.taps(said(_RU, "📣 Announcements"))
    assert said(_RU, "There is nothing for everybody at this moment.") in guest.sees
    number = await announce(telegram, aizada, asks_reading=True, is_public=True)
    await guest.says("/announcements")
    assert said(_RU, "You see what the university announces to everybody.") in guest.sees
    assert said(_RU, "🔑 Link my account") in guest.buttons
    await guest.taps("1")
    assert "Экзамен завтра" in guest.sees
    assert said(_RU, "I have read it ✓") not in guest.buttons
    await guest.presses(guest.screen["message_id"], f"yr:{number}")
    assert alert(guest) == said(_RU, "This announcement was not sent to you, so there is nothing for you to confirm.")
    await telegram.execute("update announcements set is_public = false where id = :id", id=number)


async def test_old_buttons_lead_somewhere(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, _RU)
    number = await announce(telegram, aizada, asks_reading=True)
    await aizada.says("/announcements")
    page = aizada.screen
    await aizada.presses(page["message_id"], "j3:99")
    assert "Экзамен завтра" in aizada.sees
    draft = await telegram.begin_draft()
    await telegram.execute("update announcements set asks_reading = true where id = :id", id=draft)
    await aizada.presses(page["message_id"], f"yr:{draft}")
    assert alert(aizada).startswith(said(_RU, "This is a preview, so nothing is noted."))
    await telegram.execute("update announcements set withdrawn_at = now() where id = :id", id=number)
    await aizada.presses(page["message_id"], f"yr:{number}")
    assert alert(aizada) == said(_RU, "This announcement was withdrawn, so there is nothing to confirm any more.")
    await aizada.presses(page["message_id"], f"j4:{number}:0")
    assert alert(aizada).startswith(said(_RU, "This announcement is not to be found any more."))


@EVERY_LANGUAGE
async def test_categories_and_the_evening_are_chosen_in_settings(telegram: Telegram, language: Language) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, language)
    await aizada.says("/settings")
    await aizada.taps(said(language, "📣 What comes to me, and when"))
    assert said(language, "Urgent news and answers to what you do yourself always come, and at once.") in aizada.sees
    screen = aizada.screen
    for _ in range(2):  # the second time on the old screen
        await aizada.taps_on(screen, said(language, "Events"))
        assert f"☐ {said(language, 'Events')}" in aizada.buttons
    await aizada.taps(said(language, "🌆 Gather it for the evening"))
    assert said(language, "🌆 Ordinary messages: together, in the evening") in aizada.sees
    await aizada.taps(said(language, "← Back"))
    assert said(language, "📣 Switched off: {categories}", categories=said(language, "Events")) in aizada.sees
    kept = "select gathered, (select array_agg(category) from muted_categories where account_id = :id) from accounts"
    assert await telegram.rows(f"{kept} where telegram_id = :id", id=aizada.id) == [(True, ["events"])]
    await aizada.taps(said(language, "📣 What comes to me, and when"))
    await aizada.taps(said(language, "Events"))
    await aizada.taps(said(language, "⚡️ Send me everything at once"))
    assert await telegram.rows(f"{kept} where telegram_id = :id", id=aizada.id) == [(False, None)]
