"""An editor corrects what is out, takes it back, and takes its texts along."""

from datetime import UTC, datetime, timedelta

import pytest

from services.access import Role
from services.announcements.dto import NewAnnouncement
from services.languages import Language
from tests.support.friends import Friend
from tests.support.journeys import name_of, said
from tests.support.people import AIZADA, BAKYT
from tests.support.revisions import correct_text
from tests.support.telegram import Telegram

_RU = Language.RU
TEXTS = {Language.KY: "<b>Эски</b> 3 &lt; 5", Language.RU: "Старое", Language.EN: "Old"}


async def editor(telegram: Telegram, language: Language = _RU, role: Role = Role.EDITOR) -> Friend:
    friend = await telegram.meet("Бакыт", BAKYT, language)
    await telegram.execute(
        "insert into role_grants (telegram_id, role, granted_at, granted_by) values (:id, :role, now(), 'operator')",
        id=friend.id, role=role.value,
    )  # fmt: skip
    return friend


async def announce(telegram: Telegram, author: Friend, *readers: Friend, urgent: bool = False) -> int:
    """Announce something to these readers, and wait until they have it."""
    actor = await telegram.bot.given.accounts.recognise(author.id, None)
    audience = f"account:{','.join(str(reader.id) for reader in readers)}"
    new = NewAnnouncement(texts=TEXTS, audience=audience, urgent=urgent)
    announced = await telegram.bot.given.announcements.announce(actor, new)
    await telegram.world.wait_for(
        lambda: all(any("Эски" in words(one) for one in reader.messages) for reader in readers)
    )
    telegram.bot.bells.outbox.ring()
    return announced.id


def words(message: dict[str, object]) -> str:
    return str(message.get("text") or message.get("caption") or "")


async def opens(friend: Friend, announcement_id: int) -> None:
    """Press the button of the announcement's card."""
    await friend.says("/help")
    await friend.presses(friend.screen["message_id"], f"k1:{announcement_id}")


async def test_words_are_given_back_to_whom_another_editor_was_quicker_than(telegram: Telegram) -> None:
    writer, reader = await editor(telegram), await telegram.meet("Айзада", AIZADA)
    number = await announce(telegram, writer, reader)
    await opens(writer, number)
    await writer.taps(said(_RU, "✏️ Correct"))
    await writer.taps("Кыргызча")
    colleague = await telegram.bot.given.accounts.recognise((await editor(telegram)).id, None)
    await correct_text(telegram.bot.given.revisions, colleague, number, Language.KY, "Биринчи")
    await writer.says("Менин <b>сөзүм</b>")
    told = [words(message) for message in writer.messages[-3:]]
    assert told[0].startswith(said(_RU, "⚠️ Somebody else has changed this correction"))
    assert told[1] == "Менин <b>сөзүм</b>"
    assert said(_RU, "Written already: {languages}", languages=name_of(Language.KY, _RU)) in told[2]
    await writer.taps("✓ Кыргызча")
    await writer.says("Бирге")
    newest = "select max(version) from announcement_revisions where announcement_id = :id"
    assert await telegram.value(newest, id=number) == 2


async def settled(telegram: Telegram, announcement_id: int) -> None:
    """Let it be known that the messages have arrived."""
    statement = (
        "select count(*) from deliveries d join announcements a using (notice_id)"
        " join messages m on m.id = d.message_id where a.id = :id and m.state = 'sent'"
    )
    while not await telegram.value(statement, id=announcement_id):
        await telegram.world.wait_for(lambda: True)
    await telegram.execute("delete from chat_paces")  # nobody has to wait for a chat's next turn


@pytest.mark.parametrize("language", list(Language))
async def test_editor_corrects_what_is_out_and_the_reader_sees_it_in_the_same_message(
    telegram: Telegram, language: Language
) -> None:
    author, reader = await editor(telegram, language), await telegram.meet("Айзада", AIZADA)
    number = await announce(telegram, author, reader)
    await settled(telegram, number)
    received = reader.screen["message_id"]
    await opens(author, number)
    await author.taps(said(language, "✏️ Correct"))
    await author.taps("Кыргызча")
    assert "Эски" in author.sees
    await author.says("Жаңы <b> 3 < 5")
    preview = [words(one) for one in author.messages[-4:]]
    assert preview[0].startswith("Жаңы <b> 3 < 5\n\n✏️ Оңдолду")
    assert preview[1].startswith("Старое\n\n✏️ Исправлено")
    assert preview[2].startswith("Old\n\n✏️ Corrected")
    await author.taps(said(language, "✏️ Correct everywhere ({count})", count=1))
    assert author.sees.startswith("✏️")
    await reader.hears(lambda: words(reader.screen).startswith("Жаңы <b> 3 < 5\n\n✏️ "))
    assert reader.screen["message_id"] == received
    await author.taps(said(language, "← Back"))
    assert said(language, "📣 <b>What is out</b>").replace("<b>", "").replace("</b>", "") in author.sees


async def test_correction_is_taken_with_whatever_telegram_lets_an_editor_type(telegram: Telegram) -> None:
    author, reader = await editor(telegram), await telegram.meet("Айзада", AIZADA)
    number = await announce(telegram, author, reader)
    await opens(author, number)
    await author.taps(said(_RU, "✏️ Correct"))
    await author.taps("Кыргызча")
    entities = [
        {"type": "custom_emoji", "offset": 0, "length": 2, "custom_emoji_id": "1"},
        {"type": "pre", "offset": 3, "length": 4, "language": "python"},
        {"type": "text_link", "offset": 8, "length": 4, "url": 'https://a.kg/?q="x"&r=1'},
    ]
    author.world._say(author.id, {"text": "🎓 x<1& шилт", "entities": entities})
    await author.waits()
    assert words(author.messages[-4]).startswith("🎓 x<1& шилт\n\n✏️ ")
    kept = await telegram.value(
        "select texts ->> 'ky' from announcement_revisions where announcement_id = :i", i=number
    )
    assert kept == (
        '🎓 <pre><code class="language-python">x&lt;1&amp;</code></pre> '
        '<a href="https://a.kg/?q=&quot;x&quot;&amp;r=1">шилт</a>'
    )


async def test_editor_takes_it_back_after_being_asked_twice(telegram: Telegram) -> None:
    author, reader = await editor(telegram), await telegram.meet("Айзада", AIZADA)
    number = await announce(telegram, author, reader)
    await settled(telegram, number)
    received = reader.screen["message_id"]
    await opens(author, number)
    await author.taps(said(_RU, "🗑 Take back"))
    await author.taps(said(_RU, "🗑 Take it back"))
    assert received in {one["message_id"] for one in reader.messages}
    last = author.screen
    await author.taps(said(_RU, "🗑 Yes, take it back everywhere"))
    await reader.hears(lambda: received not in {one["message_id"] for one in reader.messages})
    await author.taps_on(last, said(_RU, "🗑 Yes, take it back everywhere"))  # an old screen
    assert author.tap_answer["show_alert"]
    await author.taps(said(_RU, "← Back"))
    assert said(_RU, "🗑 Take back") not in author.buttons


async def test_correction_of_what_was_taken_back_is_refused_once_and_not_asked_for_any_more(
    telegram: Telegram,
) -> None:
    author, reader = await editor(telegram), await telegram.meet("Айзада", AIZADA)
    number = await announce(telegram, author, reader)
    await opens(author, number)
    await author.taps(said(_RU, "✏️ Correct"))
    await author.taps("Русский")
    actor = await telegram.bot.given.accounts.recognise(author.id, None)
    await telegram.bot.given.revisions.recall(actor, number)
    await author.says("Новое")
    refused = author.sees
    await author.says("Новое")
    assert author.sees != refused


async def test_old_message_says_that_it_was_withdrawn(telegram: Telegram) -> None:
    author, reader = await editor(telegram), await telegram.meet("Айзада", AIZADA, Language.EN)
    await telegram.bot.given.accounts.recognise(reader.id, None)
    actor = await telegram.bot.given.accounts.recognise(author.id, None)
    new = NewAnnouncement(texts=TEXTS, audience=f"account:{reader.id}")
    announced = await telegram.bot.given.announcements.announce(actor, new)
    await reader.hears(lambda: "Old" in reader.sees)
    await settled(telegram, announced.id)
    await telegram.execute(
        "update messages set settled_at = :then where chat_id = :chat",
        then=datetime.now(UTC) - timedelta(hours=49), chat=reader.id,
    )  # fmt: skip
    await telegram.bot.given.revisions.recall(actor, announced.id)
    await reader.hears(lambda: reader.sees == "⊘ This announcement was withdrawn by the university.")


async def test_correction_of_something_urgent_goes_out_with_the_approvers_word(telegram: Telegram) -> None:
    author, reader = await editor(telegram), await telegram.meet("Айзада", AIZADA)
    approver = await editor(telegram, role=Role.APPROVER)
    number = await announce(telegram, author, reader, urgent=True)
    await settled(telegram, number)
    await opens(author, number)
    await author.taps(said(_RU, "✏️ Correct"))
    await author.taps("Кыргызча")
    await author.says("Жаңы")
    await author.taps(said(_RU, "✏️ Correct everywhere ({count})", count=1))
    await approver.hears(lambda: said(_RU, "👁 Look at it in every language") in approver.buttons)
    assert said(_RU, "✅ Approve the correction") not in approver.buttons
    await approver.taps(said(_RU, "👁 Look at it in every language"))
    question = approver.screen
    await approver.taps(said(_RU, "✅ Approve the correction"))
    await reader.hears(lambda: words(reader.screen).startswith("Жаңы\n\n✏️ "))
    await author.hears(lambda: said(_RU, "✅ Your correction was approved and is going out.") in author.sees)
    await approver.taps_on(question, said(_RU, "↩️ Send it back"))
    assert approver.tap_answer["show_alert"]


async def test_editor_who_turns_to_something_else_or_sends_no_text_changes_nothing(telegram: Telegram) -> None:
    author, reader = await editor(telegram), await telegram.meet("Айзада", AIZADA)
    number = await announce(telegram, author, reader)
    await opens(author, number)
    await author.taps(said(_RU, "✏️ Correct"))
    await author.taps("Русский")
    await author.sends_file(b"%PDF")
    assert said(_RU, "Please send the text itself, as an ordinary message. The photo or the file stays as it is.") == (
        author.sees
    )
    await author.says("a" * 4090)
    assert "4024" in author.sees
    await author.says("/cancel")
    assert said(_RU, "Cancelled. Nothing was changed.") in author.sees
    await author.says("Новое")
    assert (
        await telegram.value("select count(*) from announcement_revisions where announcement_id = :id", id=number) == 0
    )
    stranger = telegram.stranger()
    await stranger.starts()
    await stranger.presses(stranger.screen["message_id"], f"k8:{number}:2")
    assert stranger.tap_answer["show_alert"]
    assert await telegram.value("select withdrawn_at is null from announcements where id = :id", id=number)


async def test_editor_takes_the_texts_along_for_other_places(telegram: Telegram) -> None:
    author, reader = await editor(telegram), await telegram.meet("Айзада", AIZADA)
    number = await announce(telegram, author, reader)
    await author.says("/help")
    await author.presses(author.screen["message_id"], f"k2:{number}")
    await author.taps(said(_RU, "For WhatsApp · {name}", name="Кыргызча"))
    assert author.sees.endswith("*Эски* 3 < 5")
    await author.taps(said(_RU, "For the site · {name}", name="Кыргызча"))
    assert author.sees.endswith("<p><b>Эски</b> 3 &lt; 5</p>")
    await telegram.execute(
        "update announcements set texts = jsonb_build_object('ky', repeat('a', 4096)), fallback = 'ky' where id = :id",
        id=number,
    )
    await author.taps(said(_RU, "For WhatsApp · {name}", name="Кыргызча"))
    assert author.papers[-1].content == b"a" * 4096
