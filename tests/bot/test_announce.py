"""Editors write announcements in the chat: text after text, a file, links, a post that is forwarded, two at once."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.sandbox.files import photo_sizes
from handlers.common.callbacks import OpenDraft, OpenSending
from services.access import OPERATOR
from services.announcements.dto import Announcement, Content, DraftChange, Media
from services.languages import Language
from tests.support.friends import Friend
from tests.support.journeys import said
from tests.support.people import AIZADA, BAKYT
from tests.support.telegram import Telegram

KY, RU, EN = Language.KY, Language.RU, Language.EN
PNG = b"\x89PNG\r\n\x1a\n picture"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NEW, SKIP = "✍️ New announcement", "Skip →"
NEWEST = "select coalesce(max(id), 0) from announcements"


@pytest.fixture(autouse=True)
async def _no_drafts_of_other_stories(telegram: Telegram) -> AsyncIterator[None]:
    yield
    await telegram.execute("update announcements set state = 'cancelled' where state = 'draft'")


async def editor(telegram: Telegram, language: Language = EN, unit_code: str | None = None) -> Friend:
    """Somebody who writes announcements."""
    friend = await telegram.meet("Бакыт", BAKYT, language)
    await telegram.execute(
        "insert into role_grants (telegram_id, role, unit_id, granted_at, granted_by)"
        " values (:id, 'editor', (select id from units where code = :unit), now(), 'operator')",
        id=friend.id, unit=unit_code,
    )  # fmt: skip
    return friend


async def begins(friend: Friend, language: Language = EN) -> None:
    """Go to the question for the first text."""
    await friend.says("/announce")
    await friend.taps(said(language, NEW))


async def draft(telegram: Telegram) -> Announcement:
    """Return the newest."""
    number = await telegram.value(NEWEST)
    return await telegram.bot.given.announcement_drafts.get(OPERATOR, number)


@pytest.fixture(autouse=True)
async def _no_drafts_of_others(telegram: Telegram) -> None:
    """All stories share a database; those here count their drafts."""
    await telegram.execute("update announcements set state = 'cancelled' where state in ('draft', 'awaiting_approval')")


async def drafts(telegram: Telegram) -> int:
    """Return how many there are."""
    return int(await telegram.value("select count(*) from announcements where state = 'draft'"))


async def sends(friend: Friend, **content: Any) -> None:  # noqa: ANN401 -- fields of the Bot API's Message
    """Send a message of any content."""
    friend.world._say(friend.id, content)
    await friend.waits()


def photo(friend: Friend, content: bytes = PNG) -> list[dict[str, Any]]:
    """Upload a photo, for a message of one's own making."""
    return photo_sizes(friend.world.files.add("photo", "photo.jpg", content))


@pytest.mark.parametrize("language", list(Language))
async def test_announcement_is_written_in_one_tap_and_three_texts(telegram: Telegram, language: Language) -> None:
    friend = await editor(telegram, language)
    await friend.says("/announce")
    assert friend.sees == said(language, "📝 <b>Drafts of announcements</b>\n\nThere are no drafts")
    await friend.taps(said(language, NEW))
    assert said(language, "✍️ Send the text in <b>Kyrgyz</b>.") in friend.sees
    bold = [{"type": "bold", "offset": 0, "length": 5}, {"type": "custom_emoji", "offset": 6, "length": 2,
                                                         "custom_emoji_id": "1"}]  # fmt: skip
    await sends(friend, text="Жарыя 🎓 3 < 5", entities=bold)
    assert friend.sees == said(language, "✍️ Send the text in <b>Russian</b>.")
    await friend.says("Объявление")
    await friend.says("Announcement <b>today</b>")
    assert said(language, "👥 Who gets it: not chosen yet") in friend.sees
    assert said(language, "⚠️ There are tags", tag="&lt;b&gt;") in friend.sees
    assert "Токтогулов Бакыт" in friend.sees

    written = await draft(telegram)
    assert written.texts == {
        KY: "<b>Жарыя</b> 🎓 3 &lt; 5", RU: "Объявление", EN: "Announcement &lt;b&gt;today&lt;/b&gt;"
    }  # fmt: skip
    assert (written.version, written.announced_by, written.unit_code) == (3, friend.id, None)
    await friend.taps(said(language, "← Drafts"))
    titles = {KY: "Жарыя 🎓 3 < 5", RU: "Объявление", EN: "Announcement <b>today</b>"}
    assert titles[language] in friend.sees
    assert f"1. {titles[language]}" in friend.buttons


async def test_skipped_languages_get_another_text_and_a_line_about_it(telegram: Telegram) -> None:
    friend = await editor(telegram)
    await begins(friend)
    await friend.says("Жарыя")
    question = friend.screen
    await friend.taps(SKIP)
    await friend.taps(SKIP)
    await friend.taps_on(question, SKIP)  # a question that was answered
    assert "does not stand any more" in friend.sees
    await friend.taps("📝 Drafts of announcements")
    await friend.taps("1. Жарыя")
    assert "whose text the others get" in friend.sees
    await friend.taps("For those without a text")
    await friend.taps("Kyrgyz")
    await friend.says("о" * 201)
    assert "at most 200 signs" in friend.sees
    await friend.says("О сессии <b>")
    await friend.says("About the session")
    assert "О сессии <b>" in friend.sees
    assert "a line that says" not in friend.sees
    content = (await draft(telegram)).content
    assert (content.fallback, content.about) == (KY, {RU: "О сессии <b>", EN: "About the session"})


async def test_photo_with_its_text_links_and_category(telegram: Telegram) -> None:
    friend = await editor(telegram)
    await begins(friend)
    friend.world.send_photo(friend.id, PNG, caption="Жарыя")
    await friend.waits()
    await friend.says("и" * 1_025)
    assert "at most 1024 fit" in friend.sees  # the form stays open
    await friend.says("Объявление")
    await friend.taps(SKIP)
    await friend.taps("🔗 Links")
    friend.world.send_sticker(friend.id)
    await friend.waits()
    assert "write it as a text" in friend.sees
    await friend.says("Сайт")
    assert "This line is no button: Сайт" in friend.sees
    await friend.says("Сайт | Сайт вуза | Site — https://university.example/a?b=1&c=2\nMap tg://resolve?domain=map")
    assert "Links: Site, Map" in friend.sees
    await friend.taps("🏷 Category")
    await friend.taps("Campus life")
    content = (await draft(telegram)).content
    assert content.file is not None
    assert (content.file.media, content.category.value, content.texts[KY]) == (Media.PHOTO, "campus", "Жарыя")
    assert [link.address for link in content.links] == [
        "https://university.example/a?b=1&c=2", "tg://resolve?domain=map"
    ]  # fmt: skip
    kept = await telegram.value("select content from files where id = :id", id=content.file.file_id)
    assert kept == PNG
    for part in ("📎 Photo or document", "🔗 Links"):
        await friend.taps(part)
        await friend.taps("🗑 Remove")
    content = (await draft(telegram)).content
    assert (content.file, content.links) == (None, ())


async def test_document_comes_later_and_is_refused_while_texts_are_too_long_for_it(telegram: Telegram) -> None:
    friend = await editor(telegram)
    await begins(friend)
    await friend.says("ө" * 1_100)
    await friend.taps(SKIP)
    await friend.taps(SKIP)
    await friend.taps("📎 Photo or document")
    await friend.sends_file(b"PK", "План <b>.docx", mime=DOCX)
    assert "Too long for that: Kyrgyz (1100)" in friend.sees
    await friend.taps("📝 Drafts of announcements")
    await friend.taps("1. ")
    await friend.taps("✏️ Кыргызча")
    assert friend.messages[-2]["text"] == "ө" * 1_100  # to be copied
    await friend.says("Жарыя")
    await friend.taps("📎 Photo or document")
    await friend.says("План")
    assert "send one photo or one document here" in friend.sees
    await friend.sends_file(b"PK", "План <b>.docx", mime=DOCX, caption="Жарыя 2")
    assert "Document: План <b>.docx" in friend.sees
    assert "The words below it were not" in friend.sees


async def test_what_no_announcement_can_be_made_of_leaves_the_form_open(telegram: Telegram) -> None:
    friend = await editor(telegram)
    await begins(friend)
    friend.world.send_sticker(friend.id)
    await friend.waits()
    assert "cannot be part of an announcement" in friend.sees
    await friend.sends_file(b"-", "video.bin", mime="application/octet-stream", declared_size=60 * 1024 * 1024)
    assert "at most 20 MB" in friend.sees
    for _ in range(3):
        await sends(friend, photo=photo(friend), media_group_id="album")
    assert len([one for one in friend.messages if "an album cannot be taken" in one.get("text", "")]) == 1
    assert await drafts(telegram) == 0
    await friend.says("Жарыя")
    assert (await draft(telegram)).texts == {KY: "Жарыя"}


async def test_text_that_telegram_split_is_asked_for_again(telegram: Telegram) -> None:
    friend = await editor(telegram)
    await begins(friend)
    await friend.says("ө" * 4_096)
    await friend.says("ө" * 4_096)
    await friend.says("ө" * 904)
    assert "too long: Telegram has split it" in friend.sees
    await telegram.execute(
        "update conversation_states set data = data || '{\"long_at\": 1}' where key like :key", key=f"%{friend.id}%"
    )  # the next text comes later
    await friend.says("Жарыя")
    await friend.taps(SKIP)
    await friend.says("x" * 4_000)
    await friend.says("x" * 1_000)  # after the last question
    assert "(English)" in friend.sees
    await friend.taps("← Draft")
    assert set((await draft(telegram)).texts) == {KY, EN}


async def test_forwarded_post_becomes_a_draft_of_the_university(telegram: Telegram) -> None:
    friend = await editor(telegram)
    content = {"caption": "Пост 🎓", "caption_entities": [{"type": "italic", "offset": 0, "length": 4}]}
    channel = {"type": "channel", "date": 1, "message_id": 5, "chat": {"id": -1001, "type": "channel", "title": "К"}}
    uploaded = photo(friend)
    await sends(friend, photo=uploaded, forward_origin=channel, **content)
    assert friend.sees == "📣 Make an announcement of this post? In which language is it?"
    await friend.says("Русский")
    old = friend.screen
    await friend.says("Кийинки пост", forwarded_from=0)
    await friend.taps_on(old, "Русский")
    assert "does not stand any more" in friend.calls("editMessageText")[-1]["text"]
    video = {"file_id": "v", "file_unique_id": "v", "width": 1, "height": 1, "duration": 1}
    await sends(friend, video=video, forward_origin=channel, **content)
    assert "Only its words can be taken" in friend.sees
    await sends(friend, photo=uploaded, forward_origin=channel, **content)
    await friend.taps("Русский")
    assert "The post is kept as a draft" in friend.sees
    assert "Kyrgyz" in friend.sees
    await friend.says("Жарыя")
    await friend.taps(SKIP)
    written = (await draft(telegram)).content
    assert written.texts == {KY: "Жарыя", RU: "<i>Пост</i> 🎓"}
    assert written.file is not None
    assert await drafts(telegram) == 1


async def test_other_forwarded_messages_go_the_way_they_always_did(telegram: Telegram) -> None:
    friend, aizada = await editor(telegram), await telegram.meet("Айзада", AIZADA, EN)
    await aizada.says("Пост", forwarded_from=0)
    assert "I did not understand that" in aizada.sees
    await sends(friend, photo=photo(friend), forward_origin={"type": "hidden_user", "date": 1, "sender_user_name": "N"})
    assert "announcement" not in friend.sees
    for _ in range(2):
        await sends(
            friend, photo=photo(friend), caption="Альбом", media_group_id="forwarded",
            forward_origin={"type": "hidden_user", "date": 1, "sender_user_name": "N"},
        )  # fmt: skip
    assert len([one for one in friend.messages if "an album cannot be taken" in one.get("text", "")]) == 1
    assert await drafts(telegram) == 0


async def test_of_two_editors_the_second_gets_back_what_was_not_kept(telegram: Telegram) -> None:
    friend = await editor(telegram)
    await begins(friend)
    await friend.says("Жарыя")
    shown = await draft(telegram)
    words = DraftChange(content=Content(texts={KY: "Жарыя", EN: "Another editor's"}))
    await telegram.bot.given.announcement_drafts.change(OPERATOR, shown.id, shown.version, words)
    await sends(friend, text="Менин сөзүм", entities=[{"type": "bold", "offset": 0, "length": 5}])
    told, given_back, card = friend.messages[-3:]
    assert "what you sent was not kept" in told["text"]
    assert (given_back["text"], given_back["entities"][0]["type"]) == ("Менин сөзүм", "bold")
    assert "Another editor's" in card["text"]
    assert "the operator" in card["text"]

    await friend.taps("🏷 Category")
    screen = friend.screen
    await friend.taps("Science")
    await friend.taps_on(screen, "Events")
    assert "your change was not made" in friend.sees
    assert (await draft(telegram)).content.category.value == "science"


async def test_cancel_in_the_middle_keeps_what_was_written_before(telegram: Telegram) -> None:
    friend = await editor(telegram)
    await begins(friend)
    await friend.says("/cancel")
    assert await drafts(telegram) == 0
    await begins(friend)
    for _ in Language:
        await friend.taps(SKIP)
    assert "no draft was kept" in friend.sees
    assert await drafts(telegram) == 0
    await begins(friend)
    await friend.says("Жарыя")
    await friend.says("/cancel")
    await friend.says("Объявление")
    assert (await draft(telegram)).texts == {KY: "Жарыя"}


async def test_draft_is_thrown_away_after_a_second_question(telegram: Telegram) -> None:
    friend = await editor(telegram)
    await begins(friend)
    await friend.says("Жарыя")
    await friend.taps("← Draft")
    card = friend.screen
    await friend.taps("🗑 Throw away")
    await friend.taps("🗑 Yes, throw it away")
    assert "is thrown away" in friend.sees
    assert await drafts(telegram) == 0
    await friend.taps_on(card, "🏷 Category")
    assert "no draft any more" in friend.tap_answer["text"]


async def test_strangers_and_former_editors_write_nothing(telegram: Telegram) -> None:
    aizada, friend = await telegram.meet("Айзада", AIZADA, EN), await editor(telegram)
    await aizada.says("/announce")
    assert aizada.sees == "You have no right to do this."
    await aizada.says("/help")
    assert "/announce –" not in aizada.sees
    await friend.says("/help")
    assert "/announce –" in friend.sees
    await friend.says("/admin")
    await friend.taps("📣 Announcements")
    await friend.taps(NEW)
    await telegram.execute("update role_grants set revoked_at = now() where telegram_id = :id", id=friend.id)
    await friend.says("Жарыя")
    assert friend.sees == "You have no right to do this."
    await friend.says("Жарыя")
    assert "I did not understand that" in friend.sees
    assert await drafts(telegram) == 0


async def test_editor_of_units_chooses_for_which_one(telegram: Telegram) -> None:
    await telegram.execute(
        "insert into units (code, name_ky, name_ru, name_en, abbreviation, kind, parent_code, aliases, sort_key)"
        " select 'announce_ob', 'Окуу <бөлүмү>', '', 'Study <b> unit', 'ОБ', 'unit', '', '[]', 'о'"
        " where not exists (select from units where code = 'announce_ob')"
    )
    friend = await editor(telegram, unit_code="mti")
    await begins(friend)
    await friend.says("Жарыя")  # the only unit
    assert (await draft(telegram)).unit_code == "mti"
    await telegram.execute(
        "insert into role_grants (telegram_id, role, unit_id, granted_at, granted_by)"
        " values (:id, 'editor', (select id from units where code = 'announce_ob'), now(), 'operator')",
        id=friend.id,
    )
    await begins(friend)
    await friend.taps("Study <b> unit")
    await friend.says("Жарыя 2")
    await friend.taps("← Draft")
    assert "From: Study <b> unit" in friend.sees
    assert (await draft(telegram)).unit_code == "announce_ob"
    await friend.says("Пост", forwarded_from=0)
    await friend.taps("Institute of IT: English")
    assert (await draft(telegram)).unit_code == "mti"


@pytest.mark.parametrize("language", list(Language))
async def test_curator_finds_the_way_to_the_own_group(telegram: Telegram, language: Language) -> None:
    curator = await telegram.meet("Бакыт", BAKYT, language, curator_of=f"Ж-<{language}>; К-2")
    await telegram.meet("Айзада", AIZADA, language, group_name=f"Ж-<{language}>")
    await curator.says("/start")
    await curator.taps(said(language, "📝 Write to my group"))
    await curator.taps(said(language, NEW))
    assert curator.sees == said(language, "For whom is this announcement? One to a study group or a unit")
    await curator.taps(curator.buttons[0])
    await curator.says("Кураторлук саат")
    await curator.says("/announce")
    await curator.taps("1. Кураторлук саат")
    assert said(language, "the curator of the group {name}", name=f"Ж-&lt;{language}&gt;") in curator.sees
    assert said(language, "👥 Who gets it") not in curator.buttons
    number = await telegram.value(NEWEST)
    await curator.presses(curator.screen["message_id"], OpenSending(draft_id=number).pack())
    assert said(language, "Recipients: {count}", count=1) in curator.sees
    assert not {said(language, "👥 To the test group"), f"⬜ {said(language, 'Urgent')}"} & set(curator.buttons)
    await telegram.execute("update people set curator_of = '' where person_no = :no", no=curator.person_no)
    await curator.presses(curator.screen["message_id"], OpenDraft(draft_id=number).pack())
    assert (
        said(language, "You are not the curator of the group", group=f"Ж-&lt;{language}&gt;")
        == curator.tap_answer["text"]
    )
