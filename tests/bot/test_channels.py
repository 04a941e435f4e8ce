"""Channels and groups, from the moment the bot is brought there to an announcement that stands in them."""

from itertools import count

import pytest

from services.access import Actor
from services.announcements.dto import Announcement, Content, DraftChange
from services.languages import Language
from tests.support.announcements import begin_draft
from tests.support.friends import Friend
from tests.support.journeys import begun, said
from tests.support.people import BAKYT, GULNARA
from tests.support.telegram import Telegram

_RU = Language.RU
_GRANT = "insert into role_grants (telegram_id, role, granted_at, granted_by) values (:id, :role, now(), 'operator')"
_numbers = count(1)


async def holder(telegram: Telegram, *roles: str, language: Language = _RU) -> Friend:
    friend = await telegram.meet("Бакыт", GULNARA if "approver" in roles else BAKYT, language)
    for role in roles:
        await telegram.execute(_GRANT, id=friend.id, role=role)
    return friend


def place(telegram: Telegram, owner: Friend, title: str, *, channel: bool = True) -> int:
    """A channel or a group of somebody, of which the bot knows nothing."""
    number = -1_003_000_000_000 - owner.id * 100 - next(_numbers)
    telegram.world.add_chat(number, title, owner.id, channel=channel)
    return number


def stands(telegram: Telegram, chat_id: int) -> list[str]:
    return [str(message.get("text")) for message in telegram.world.chat_messages(chat_id)]


async def registered(telegram: Telegram, admin: Friend, chat_id: int) -> None:
    """The bot is brought there, and its question answered."""
    telegram.world.let_bot_in(chat_id)
    await admin.hears(lambda: said(_RU, "✅ Register it for announcements") in admin.buttons)
    await admin.taps(said(_RU, "✅ Register it for announcements"))


async def drafted(telegram: Telegram, friend: Friend) -> Announcement:
    """A draft for its author alone, whose words nobody has sent before."""
    given = telegram.bot.given
    actor: Actor = await given.accounts.recognise(friend.id, None)
    content = Content(texts={language: f"<b>{language}</b> {friend.id}" for language in Language})
    draft = await begin_draft(telegram.unit_of_work, content, by=actor.account_id)
    change = DraftChange(audience=f"account:{friend.id}")
    return await given.announcement_drafts.change(actor, draft.id, draft.version, change)


async def test_administrator_registers_a_channel_an_editor_chooses_it_and_it_stands_there(telegram: Telegram) -> None:
    admin = await holder(telegram, "admin", "editor")
    approver = await holder(telegram, "approver")
    channel = place(telegram, admin, "<b>Жаңылыктар</b>")
    telegram.world.let_bot_in(channel)
    await admin.hears(lambda: said(_RU, "✅ Register it for announcements") in admin.buttons)
    assert "📣 <b>Жаңылыктар</b>" in admin.sees
    await admin.says("/cancel")  # the question stays where it is
    question = next(one for one in reversed(admin.messages) if "📣 <b>" in one["text"])
    await admin.taps_on(question, said(_RU, "✅ Register it for announcements"))
    await admin.taps_on(question, said(_RU, "✅ Register it for announcements"))
    assert (
        begun(_RU, "✅ Registered: editors")
        in telegram.world.conversations[admin.id].messages[question["message_id"]]["text"]
    )

    draft = await drafted(telegram, admin)
    await admin.says("/start")
    await admin.presses(admin.screen["message_id"], f"yu:{draft.id}")
    await admin.taps(said(_RU, "📣 Channels and groups"))
    await admin.taps("Жаңылыктар")
    assert "✅ 📣 <b>Жаңылыктар</b>" in admin.buttons
    await admin.taps(said(_RU, "✓ Done"))
    assert said(_RU, "📣 It also stands in these channels and groups:") in admin.sees
    await admin.taps(said(_RU, "👁 Preview and send"))
    assert (
        said(_RU, "🖊 A second person must approve it, because nobody knows how many read a channel or a group.")
        in admin.sees
    )
    await admin.taps(said(_RU, "🖊 Submit for approval"))

    look = said(_RU, "👁 Look at it")
    await approver.hears(lambda: look in approver.buttons)
    question = approver.screen
    await approver.taps(look)
    joint = "\n\n———\n\n".join(f"{language} {admin.id}" for language in Language)
    await approver.hears(lambda: any(one.get("text") == joint for one in approver.messages))
    approval = next(one for one in approver.messages if one["message_id"] == question["message_id"])
    assert "📣 <b>Жаңылыктар</b>" in approval["text"]
    await approver.taps_on(approval, said(_RU, "✅ Approve the announcement"))
    await telegram.world.wait_for(lambda: stands(telegram, channel) == [joint])
    assert not any("reply_markup" in one for one in telegram.world.chat_messages(channel))


async def test_lost_right_is_told_and_shown_and_the_bot_comes_back(telegram: Telegram) -> None:
    admin = await holder(telegram, "admin", "editor")
    channel = place(telegram, admin, "Китепкана")
    await registered(telegram, admin, channel)
    draft = await drafted(telegram, admin)
    await admin.says("/start")
    await admin.presses(admin.screen["message_id"], f"yu:{draft.id}")
    await admin.taps(said(_RU, "📣 Channels and groups"))
    await admin.taps("Китепкана")
    telegram.world.let_bot_in(channel, may_post=False)
    await admin.waits()
    await telegram.bot.given.channels.tell_next()
    await admin.hears(lambda: begun(_RU, "🚫 I may not write there any more: {channel}") in admin.sees)
    screen = next(one for one in reversed(admin.messages) if "Китепкана" in str(one.get("reply_markup")))
    await admin.taps_on(screen, said(_RU, "✓ Done"))
    shown = next(one for one in admin.messages if one["message_id"] == screen["message_id"])
    assert (
        said(_RU, "• <s>{channel}</s>: the bot may not write there any more", channel="📣 Китепкана") in shown["text"]
    )
    await admin.taps_on(shown, said(_RU, "👁 Preview and send"))
    plan = next(one for one in admin.messages if one["message_id"] == screen["message_id"])
    await admin.taps_on(plan, said(_RU, "🖊 Submit for approval"))
    assert begun(_RU, "Nothing was sent: I may not write there any more") in str(admin.tap_answer.get("text"))
    assert stands(telegram, channel) == []
    telegram.world.let_bot_in(channel)
    await admin.waits()
    assert await telegram.value("select lost_at from channels where chat_id = :id", id=channel) is None


async def test_a_stranger_brings_the_bot_to_a_group_and_nothing_is_kept(telegram: Telegram) -> None:
    stranger = telegram.stranger()
    group = place(telegram, stranger, "Достор", channel=False)
    telegram.world.let_bot_in(group)
    telegram.world.send_text(stranger.id, "/start", chat_id=group)
    await stranger.waits()
    assert stands(telegram, group)[-1].endswith(telegram.world.profile.username)
    assert await telegram.rows("select 1 from channels where chat_id = :id", id=group) == []
    assert await telegram.rows("select 1 from accounts where telegram_id in (:a, :b)", a=group, b=stranger.id) == []


@pytest.mark.parametrize("language", list(Language))
async def test_desk_of_channels(telegram: Telegram, language: Language) -> None:
    admin = await holder(telegram, "admin", language=language)
    group = place(telegram, admin, "Кураторлор", channel=False)
    telegram.world.let_bot_in(group)
    await admin.hears(lambda: said(language, "← Channels and groups") in admin.buttons)
    await admin.taps(said(language, "✅ Register it for announcements"))
    await admin.taps("English" if language is Language.EN else said(language, "English"))
    assert begun(language, "Text: {language}") + said(language, "English") in admin.sees
    await admin.taps(said(language, "🏛 Unit"))
    await admin.taps(said(language, "The whole university"))
    assert said(language, "Who may choose it: editors of the whole university") in admin.sees
    await admin.taps(said(language, "🗑 Remove it from the list"))
    await admin.taps(said(language, "🗑 Yes, remove it"))
    assert said(language, "➖ Not registered: no announcement goes there.") in admin.sees
    await admin.taps(said(language, "← Channels and groups"))
    assert "➕ 👥 Кураторлор" in admin.buttons
    telegram.world.upgrade_group(group, group - 50)
    await admin.waits()
    moved = "select title from channels where chat_id = :id"
    assert await telegram.value(moved, id=group - 50) == "Кураторлор"
