"""From a draft to what is out, with two people where it is needed: as they see it."""

from datetime import UTC, datetime, timedelta

import pytest

from services.access import Actor
from services.announcements.dto import Announcement, Content, DraftChange, SendingOptions
from services.languages import Language
from tests.support.announcements import begin_draft
from tests.support.friends import Friend
from tests.support.journeys import begun, said
from tests.support.people import BAKYT, GULNARA
from tests.support.telegram import Telegram

_RU = Language.RU
_GRANT = "insert into role_grants (telegram_id, role, granted_at, granted_by) values (:id, :role, now(), 'operator')"


async def official(telegram: Telegram, role: str, language: Language = _RU, name: str = "Бакыт") -> Friend:
    """Somebody with a role."""
    friend = await telegram.meet(name, BAKYT if role == "editor" else GULNARA, language)
    await telegram.execute(_GRANT, id=friend.id, role=role)
    return friend


async def acting(telegram: Telegram, friend: Friend) -> Actor:
    return await telegram.bot.given.accounts.recognise(friend.id, None)


async def draft_of(telegram: Telegram, friend: Friend, options: SendingOptions | None = None) -> Announcement:
    """A draft for its author alone, whose words nobody has sent before."""
    drafts, actor = telegram.bot.given.announcement_drafts, await acting(telegram, friend)
    content = Content(texts={language: f"<b>{language}</b> {friend.id} 3 &lt; 5" for language in Language})
    begun_draft = await begin_draft(telegram.unit_of_work, content, by=friend.id)
    change = DraftChange(audience=f"account:{friend.id}", options=options or SendingOptions())
    return await drafts.change(actor, begun_draft.id, begun_draft.version, change)


async def opens(friend: Friend, draft: Announcement) -> None:
    """Press the button under the draft's card."""
    await friend.says("/start")
    await friend.presses(friend.screen["message_id"], f"yp:{draft.id}")


def alert(friend: Friend) -> str:
    assert friend.tap_answer["show_alert"]
    return str(friend.tap_answer["text"])


@pytest.mark.parametrize("language", list(Language))
async def test_editor_looks_at_a_draft_sends_it_and_watches_it_go(telegram: Telegram, language: Language) -> None:
    editor = await official(telegram, "editor", language)
    draft = await draft_of(telegram, editor)
    await opens(editor, draft)
    assert said(language, "Recipients: {count}", count=1) in editor.sees
    assert said(language, "Nobody has to approve it.") in editor.sees
    await editor.taps(said(language, "Button “I have read it ✓”"))
    assert said(language, "📖 With the button “I have read it ✓”") in editor.sees
    plan = editor.screen
    await editor.taps(said(language, "👁 Show it to me"))
    await editor.hears(lambda: sum("3 < 5" in str(message.get("text")) for message in editor.messages) == 3)
    assert editor.screen["reply_markup"]
    await editor.taps_on(plan, said(language, "📨 Send"))
    await editor.hears(lambda: sum("3 < 5" in str(message.get("text")) for message in editor.messages) >= 4)
    (watched,) = [one for one in editor.messages if one["message_id"] == plan["message_id"]]
    assert said(language, "📨 The announcement is going out now.") in watched["text"]
    await telegram.execute(
        "update announcement_progress set shown_at = now() - interval '1 minute' where announcement_id = :id",
        id=draft.id,
    )
    await editor.hears(
        lambda: any(said(language, "✅ Sent: {count}", count=1) in str(one.get("text")) for one in editor.messages)
    )
    await editor.taps_on(plan, said(language, "📨 Send"))  # an old copy of the screen
    assert said(language, "This announcement is no draft any more") in alert(editor)


def previews(friend: Friend) -> list[str]:
    """What a friend was shown as the readers will see it."""
    texts = [str(message.get("text")) for message in friend.messages]
    return [text for text in texts if text[:3] in {"ky ", "ru ", "en "} and text.endswith("3 < 5")]


async def test_two_people_let_an_urgent_announcement_go_out(telegram: Telegram) -> None:
    editor, approver = await official(telegram, "editor"), await official(telegram, "approver", Language.KY, "Гүлнара")
    draft = await draft_of(telegram, editor, SendingOptions(urgent=True))
    await opens(editor, draft)
    await editor.taps(said(_RU, "🖊 Submit for approval"))
    assert editor.sees.startswith("⏳")
    look = said(Language.KY, "👁 Look at it")
    await approver.hears(lambda: look in approver.buttons)
    await approver.taps(said(Language.KY, "🖊 All that waits for me"))
    assert said(Language.KY, "📣 An announcement, to go out at once") in approver.sees
    await approver.says("/announce")
    waiting = said(Language.KY, "🖊 Waits for my decision: {number}", number="")
    assert (waiting in approver.buttons[0], len(approver.buttons)) == (True, 2)
    await approver.taps(approver.buttons[0])
    question = approver.screen
    await approver.taps("1")
    await approver.hears(lambda: len(previews(approver)) == 3)
    approval = next(one for one in approver.messages if one["message_id"] == question["message_id"])
    await approver.taps_on(approval, said(Language.KY, "↩️ Send it back"))
    await approver.says("/cancel")
    await approver.taps_on(approval, said(Language.KY, "↩️ Send it back"))
    await approver.says("Күнү <b>туура</b> эмес")
    assert approver.sees == said(Language.KY, "↩️ It is a draft again, and whoever wrote it has your words.")
    await editor.hears(lambda: said(_RU, "✏️ Open the draft") in editor.buttons)
    assert "Күнү <b>туура</b> эмес" in editor.sees
    await approver.taps_on(approval, said(Language.KY, "✅ Approve the announcement"))
    assert begun(Language.KY, "This announcement does not wait for an approval") in alert(approver)
    await opens(editor, draft)
    await editor.taps(said(_RU, "🖊 Submit for approval"))
    await approver.hears(lambda: look in approver.buttons)
    question, heard = approver.screen, len(previews(approver))
    await approver.taps(look)
    await approver.hears(lambda: len(previews(approver)) == heard + 3)
    approval = next(one for one in approver.messages if one["message_id"] == question["message_id"])
    await approver.taps_on(approval, said(Language.KY, "✅ Approve the announcement"))
    await editor.hears(lambda: any(one.get("text", "").startswith("ru ") for one in editor.messages))
    assert await telegram.value("select approved_by from announcements where id = :id", id=draft.id) == approver.id


async def test_editor_types_a_time_takes_it_back_and_ends_it(telegram: Telegram) -> None:
    editor = await official(telegram, "editor")
    draft = await draft_of(telegram, editor)
    await opens(editor, draft)
    await editor.taps(said(_RU, "🕓 When"))
    await editor.says("эртең")
    assert editor.sees == said(_RU, "This is no day and time. Type for example: 25.11 14:30")
    await editor.says("01.01.2020 10:00")
    assert begun(_RU, "This time is past already") in editor.sees
    await editor.says(f"{datetime.now(UTC) + timedelta(days=3):%d.%m.%Y} 14:30")
    assert "14:30" in editor.sees
    await editor.taps(said(_RU, "📨 Send"))
    assert begun(_RU, "🕓 It goes out by itself") in editor.sees
    await editor.taps(said(_RU, "📨 How it goes out"))
    await editor.taps(said(_RU, "↩️ Take it back"))
    assert said(_RU, "📨 Send") in editor.buttons
    await editor.taps(said(_RU, "📨 Send"))
    await editor.taps(said(_RU, "📤 Sent lately"))
    await editor.taps(str(draft.id))
    assert said(_RU, "waits for its time") in editor.sees
    await editor.taps(said(_RU, "⏸ Pause"))
    assert said(_RU, "paused") in editor.sees
    await editor.taps(said(_RU, "▶️ Go on"))
    await editor.taps(said(_RU, "✖️ End it"))
    await editor.taps(said(_RU, "✖️ Yes, end it"))
    assert said(_RU, "cancelled") in editor.sees


async def test_answer_that_comes_too_late_is_refused_once_and_the_question_left(telegram: Telegram) -> None:
    editor, approver = await official(telegram, "editor"), await official(telegram, "approver", _RU, "Гүлнара")
    draft = await draft_of(telegram, editor, SendingOptions(urgent=True))
    drafts, actor = telegram.bot.given.announcement_drafts, await acting(telegram, editor)
    await opens(editor, draft)
    await editor.taps(said(_RU, "🕓 When"))
    changed = await drafts.change(actor, draft.id, draft.version, DraftChange())
    await editor.says("01.01.2040 10:00")
    assert begun(_RU, "Somebody else has changed this draft") in editor.sees
    await editor.says("01.01.2040 10:00")
    assert begun(_RU, "Somebody else has changed this draft") not in editor.sees
    await telegram.bot.given.announcement_sending.submit(actor, draft.id, changed.version)
    await approver.hears(lambda: said(_RU, "👁 Look at it") in approver.buttons)
    await approver.says("/start")
    await approver.presses(approver.screen["message_id"], f"z7:{draft.id}:{changed.version}:0")
    await drafts.change(actor, draft.id, changed.version, DraftChange())
    await approver.says("Күнү туура эмес")
    assert begun(_RU, "This announcement does not wait for an approval") in approver.sees
    await approver.says("Күнү туура эмес")
    assert begun(_RU, "This announcement does not wait for an approval") not in approver.sees


async def test_same_text_is_asked_about_and_a_stranger_moves_nothing(telegram: Telegram) -> None:
    editor, stranger = await official(telegram, "editor"), telegram.stranger()
    first = await draft_of(telegram, editor)
    await opens(editor, first)
    await editor.taps(said(_RU, "📨 Send"))
    await editor.hears(lambda: editor.sees == f"ru {editor.id} 3 < 5")
    draft = await draft_of(telegram, editor)
    await opens(editor, draft)
    plan = editor.screen
    await stranger.starts()
    for button, *_rest in plan["reply_markup"]["inline_keyboard"][:6]:
        await stranger.presses(stranger.screen["message_id"], button["callback_data"])
    await editor.taps(said(_RU, "📨 Send"))
    assert said(_RU, "📨 Send it anyway") in editor.buttons
    assert await telegram.value("select state from announcements where id = :id", id=draft.id) == "draft"
    await editor.taps(said(_RU, "📨 Send it anyway"))
    assert await telegram.value("select state from announcements where id = :id", id=draft.id) == "begun"
