"""An author is asked about an announcement that an outage made late."""

from datetime import UTC, datetime, timedelta

import pytest

from services.access import OPERATOR
from services.announcements.dto import AnnouncementState, NewAnnouncement
from services.languages import Language
from tests.support.friends import Friend
from tests.support.journeys import said
from tests.support.people import BAKYT
from tests.support.telegram import Telegram

_RU = Language.RU
LATE = timedelta(hours=30)


async def author(telegram: Telegram, language: Language = _RU) -> Friend:
    """Somebody who edits announcements."""
    friend = await telegram.meet("Бакыт", BAKYT, language)
    await telegram.execute(
        "insert into role_grants (telegram_id, role, granted_at, granted_by) values (:id, 'editor', now(), 'operator')",
        id=friend.id,
    )
    return friend


async def late_announcement(telegram: Telegram, friend: Friend) -> int:
    """Announce something to the author alone; then the bot does not work for a day and more."""
    actor = await telegram.bot.given.accounts.recognise(friend.id, None)
    new = NewAnnouncement(
        texts=dict.fromkeys(Language, "<b>Эртең</b> 3 &lt; 5"),
        audience=f"account:{friend.id}",
        due_at=datetime.now(UTC) + timedelta(days=1),
    )
    announced = await telegram.bot.given.announcements.announce(actor, new)
    await telegram.execute(
        "update announcements set due_at = :due where id = :id", id=announced.id, due=datetime.now(UTC) - LATE
    )
    return announced.id


async def state_of(telegram: Telegram, announcement_id: int) -> AnnouncementState:
    return (await telegram.bot.given.announcements.get(OPERATOR, announcement_id)).state


def alert(friend: Friend) -> str:
    assert friend.tap_answer["show_alert"]
    return str(friend.tap_answer["text"])


@pytest.mark.parametrize("language", list(Language))
async def test_author_lets_a_late_announcement_go_out_after_all(telegram: Telegram, language: Language) -> None:
    editor = await author(telegram, language)
    number = await late_announcement(telegram, editor)
    telegram.bot.bells.schedule.ring()  # the story of the stranger waits for the clock's tick
    await editor.hears(lambda: said(language, "📨 Send it now") in editor.buttons)
    assert "Эртең 3 < 5" in editor.sees
    assert await state_of(telegram, number) is AnnouncementState.PAUSED
    question = editor.screen
    await editor.taps(said(language, "📨 Send it now"))
    (answer,) = [one for one in editor.messages if one["message_id"] == question["message_id"]]
    assert answer["text"] == said(language, "📨 The announcement is going out now.")
    assert answer["reply_markup"]["inline_keyboard"][0][0]["text"] == said(language, "☰ Menu")
    assert await state_of(telegram, number) in {AnnouncementState.SENDING, AnnouncementState.DONE}
    await telegram.execute(
        "update broadcasts b set state = 'done', ended_at = now() from announcements a"
        " where a.id = :id and b.notice_id = a.notice_id",
        id=number,
    )
    await editor.taps_on(question, said(language, "✖️ Cancel it"))  # an old copy of the screen
    assert alert(editor) == said(
        language, "This announcement has gone out to everybody already, so there is nothing to change."
    )


async def test_author_ends_a_late_announcement_and_a_stranger_cannot_touch_it(telegram: Telegram) -> None:
    editor, stranger = await author(telegram), telegram.stranger()
    number = await late_announcement(telegram, editor)
    await editor.hears(lambda: said(_RU, "✖️ Cancel it") in editor.buttons)
    question = editor.screen
    await stranger.starts()
    for button in question["reply_markup"]["inline_keyboard"]:
        await stranger.presses(stranger.screen["message_id"], button[0]["callback_data"])
    assert await state_of(telegram, number) is AnnouncementState.PAUSED
    await editor.taps(said(_RU, "✖️ Cancel it"))
    assert said(_RU, "✖️ The announcement is cancelled. Whoever has not got it yet will not get it.") in editor.sees
    await editor.taps_on(question, said(_RU, "📨 Send it now"))
    assert alert(editor) == said(_RU, "This announcement was cancelled, so it cannot go out any more.")
    assert await state_of(telegram, number) is AnnouncementState.CANCELLED
