"""What people send besides what they are asked for; buttons of long ago; groups."""

import pytest

from services.languages import Language
from tests.support.journeys import begun, orders, said
from tests.support.people import AIZADA
from tests.support.telegram import Telegram

EVERY_LANGUAGE = pytest.mark.parametrize("language", list(Language))
_CANNOT_READ = "I can read only text, PDF files, pictures of QR codes and taps on buttons."
_OUT_OF_DATE = "This button is out of date. Here is the menu of today."


@EVERY_LANGUAGE
async def test_stickers_get_a_sentence(telegram: Telegram, language: Language) -> None:
    stranger = telegram.stranger(language_code=language.value)
    telegram.world.send_sticker(stranger.id)
    await stranger.waits()
    assert stranger.sees == said(language, _CANNOT_READ)
    assert said(language, "☰ Menu") not in stranger.buttons
    assert len(stranger.buttons) == 6
    assert len(stranger.messages) == 1


@EVERY_LANGUAGE
async def test_picture_of_a_certificate_gets_a_way_to_check_it(telegram: Telegram, language: Language) -> None:
    stranger = telegram.stranger(language_code=language.value)
    telegram.world.send_photo(stranger.id, b"\xff\xd8")
    await stranger.waits()
    assert stranger.sees.startswith("❓ " + said(language, "The picture cannot be read:"))
    assert stranger.buttons == [said(language, "☰ Menu")]


@EVERY_LANGUAGE
@pytest.mark.parametrize(
    "words", ["ү" * 4096, "🎓" * 2048, "<b>&lt;", "a/certificate", "\u202egnirts", "/unknown", "/"]
)
async def test_any_text_is_answered_once(telegram: Telegram, language: Language, words: str) -> None:
    stranger = telegram.stranger(language_code=language.value)
    await stranger.says(words)
    assert [message["text"] for message in stranger.messages] == [said(language, "I did not understand that.")]


async def test_forwarded_text_and_text_of_another_bot_is_read_as_text(telegram: Telegram) -> None:
    stranger = telegram.stranger(language_code="en")
    await stranger.says("hello", forwarded_from=1)
    await stranger.says("hello", via_bot=True)
    assert [message["text"] for message in stranger.messages] == [said(Language.EN, "I did not understand that.")] * 2


async def test_an_edited_message_is_not_served_again(telegram: Telegram) -> None:
    stranger = telegram.stranger(language_code="en")
    message = telegram.world.send_text(stranger.id, "/help")
    await stranger.waits()
    telegram.world.edit_text(stranger.id, message["message_id"], "/cancel")
    await stranger.says("/language")
    assert [said(Language.EN, "There is nothing to cancel.")] not in [message["text"] for message in stranger.messages]
    assert len(stranger.messages) == 2


@EVERY_LANGUAGE
@pytest.mark.parametrize("data", ["zz:1", "go:zz", "lang:xx", "cc:study", "cl:study:de", "", ":" * 64, "ck"])
async def test_a_button_of_another_time_leads_to_todays_menu(telegram: Telegram, language: Language, data: str) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, language)
    await aizada.says("/help")
    await aizada.presses(aizada.screen["message_id"], data)
    assert aizada.tap_answer == {"text": said(language, _OUT_OF_DATE), "show_alert": True}
    assert said(language, "📄 Order a certificate") in aizada.buttons
    assert len(aizada.messages) == 1


@pytest.mark.parametrize("data", ["go:m", "go:v", "go:l", "go:h", "go:c", "ck:study", "cl:study:ru", "zz:1"])
async def test_a_button_below_a_message_that_is_gone_opens_a_new_one(telegram: Telegram, data: str) -> None:
    aizada = await telegram.meet("Айзада", AIZADA)
    await aizada.presses(100_000, data)
    assert len(aizada.messages) == 1
    assert aizada.buttons


async def test_the_last_tap_on_a_message_that_is_gone_still_brings_the_certificate(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA)
    await aizada.presses(100_000, "cc:study:ky:0")
    assert aizada.tap_answer["text"] == "Даярдалууда…"
    await aizada.document()


async def test_a_button_below_a_document_opens_a_new_screen(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA)
    await orders(aizada)
    await aizada.document()
    await aizada.presses(aizada.screen["message_id"], "go:m")
    assert aizada.sees.startswith("Маматова Айзада Бакытовна")


async def test_a_linked_persons_button_is_no_right(telegram: Telegram) -> None:
    stranger = telegram.stranger(language_code="ru")
    await stranger.says("/help")
    await stranger.presses(stranger.screen["message_id"], "cc:study:ru:0")
    assert stranger.tap_answer["show_alert"]
    assert stranger.tap_answer["text"].startswith(begun(Language.RU, "This account is not linked"))


@pytest.mark.parametrize(
    ("code", "language"), [("ky", Language.KY), ("ru-RU", Language.RU), ("en", Language.EN), ("kk", Language.KY)]
)
async def test_in_a_group_a_command_is_answered_with_one_link(
    telegram: Telegram, code: str, language: Language
) -> None:
    member = telegram.stranger(language_code=code)
    group = -1_001_000_000_000 - member.id
    telegram.world.add_group(group, "ПИ-1-25", [member.id])
    name = telegram.world.profile.username
    for words in ("/certificate", "салам", f"@{name} салам", f"/start@{name}"):
        telegram.world.send_text(member.id, words, chat_id=group)
    await member.waits()
    written = [message["text"] for message in telegram.world.chat_messages(group) if message["from"]["is_bot"]]
    assert written == [said(language, "I talk in private only: {link}", link=f"https://t.me/{name}")] * 2
    assert member.messages == []


async def test_a_command_to_another_bot_is_none_of_ours(telegram: Telegram) -> None:
    member = telegram.stranger()
    group = -1_001_000_000_000 - member.id
    telegram.world.add_group(group, "ПИ-1-25", [member.id])
    chat = telegram.world.conversations[group]
    message = telegram.world.post(chat, telegram.world.person(member.id).user(), {"text": "/start@another_bot"})
    telegram.world._queue("message", message)  # an administrator hears everything
    await member.waits()
    assert [message for message in telegram.world.chat_messages(group) if message["from"]["is_bot"]] == []


async def test_a_button_in_a_group_and_the_bots_removal_do_no_harm(telegram: Telegram) -> None:
    member = telegram.stranger()
    group = -600 - member.id
    telegram.world.add_group(group, "ПИ-1-25", [member.id])
    telegram.world.press(member.id, 1, "go:m", chat_id=group)
    await member.waits()
    telegram.world._bot_status(
        telegram.world.conversations[group], telegram.world.person(member.id), "member", "kicked"
    )
    await member.says("/help")
    assert len(member.messages) == 1
    assert await telegram.value("select blocked_at from accounts where telegram_id = :id", id=member.id) is None
