"""Forms begun, left, and taken up again."""

import pytest

from services.languages import Language
from tests.support.friends import Friend
from tests.support.journeys import begun, said
from tests.support.people import AIZADA
from tests.support.pictures import photograph
from tests.support.telegram import Telegram

EVERY_LANGUAGE = pytest.mark.parametrize("language", list(Language))
_NOT_UNDERSTOOD = "I did not understand that."


async def opens_linking_form(stranger: Friend, language: Language) -> None:
    """Be asked for a one-time code."""
    await stranger.says("/cancel")
    await stranger.taps(said(language, "🔑 Link my account"))


@EVERY_LANGUAGE
async def test_cancel_leaves_a_form_and_says_so(telegram: Telegram, language: Language) -> None:
    stranger = telegram.stranger(language_code=language.value)
    for _ in range(2):
        await stranger.says("/verify")
        await stranger.says("/cancel")
        assert stranger.sees == said(language, "Cancelled. Nothing was changed.")
        await stranger.says("салам")
        assert stranger.sees == said(language, _NOT_UNDERSTOOD)
    await stranger.says("/cancel")
    assert stranger.sees == said(language, "There is nothing to cancel.")


@pytest.mark.parametrize("words", ["/start", "/certificate", "/start v_00000000000000000000", "/verify 00000"])
async def test_a_command_leaves_a_form_that_was_begun(telegram: Telegram, words: str) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, Language.RU)
    await aizada.says("/verify")
    await aizada.says(words)
    await aizada.says("салам")
    assert aizada.sees == said(Language.RU, _NOT_UNDERSTOOD)


async def test_one_form_takes_the_place_of_another(telegram: Telegram) -> None:
    stranger = telegram.stranger(language_code="en")
    await opens_linking_form(stranger, Language.EN)
    await stranger.says("/verify")
    await stranger.says("hello")
    assert stranger.sees == said(Language.EN, "This is not a certificate's code. It has 20 letters")
    await stranger.taps("Menu")
    await stranger.says("hello")
    assert stranger.sees == said(Language.EN, _NOT_UNDERSTOOD)


async def test_help_does_not_end_a_form(telegram: Telegram) -> None:
    stranger = telegram.stranger(language_code="ru")
    await opens_linking_form(stranger, Language.RU)
    await stranger.says("/help")
    await stranger.says("салам")
    assert stranger.sees == said(Language.RU, "This is not a one-time code.")


async def test_the_language_may_be_changed_in_the_middle_of_a_form(telegram: Telegram) -> None:
    stranger = telegram.stranger(language_code="ru")
    await stranger.says("/verify")
    await stranger.says("/language")
    await stranger.taps("English")
    await stranger.says("hello")
    assert stranger.sees == said(Language.EN, _NOT_UNDERSTOOD)


async def test_pictures_and_stickers_do_not_end_a_form(telegram: Telegram) -> None:
    stranger = telegram.stranger()
    await opens_linking_form(stranger, Language.KY)
    telegram.world.send_sticker(stranger.id)
    await stranger.waits()
    assert stranger.sees == said(
        Language.KY, "I can read only text, PDF files, pictures of QR codes and taps on buttons."
    )
    telegram.world.send_photo(stranger.id, photograph())
    await stranger.waits()
    assert stranger.sees.startswith("❓ " + said(Language.KY, "No QR code was found in the picture."))
    await stranger.says("салам")
    assert stranger.sees == said(Language.KY, "This is not a one-time code.")


async def test_a_code_is_taken_in_the_wrong_form_too(telegram: Telegram) -> None:
    stranger = telegram.stranger(language_code="en")
    await telegram.enrol(stranger, AIZADA)
    await telegram.agree(stranger, Language.EN)
    code = await telegram.one_time_code(stranger)
    await stranger.says("/verify")
    await stranger.says(code.code)
    assert stranger.sees.startswith(begun(Language.EN, "✅ This account is now linked to:"))


async def test_a_certificates_code_is_checked_where_a_one_time_code_was_asked_for(telegram: Telegram) -> None:
    stranger = telegram.stranger(language_code="en")
    await opens_linking_form(stranger, Language.EN)
    await stranger.says("00000-00000-00000-00000")
    assert stranger.sees.startswith(said(Language.EN, "❓ <b>There is no such certificate in our register.</b>"))


async def test_text_instead_of_a_tap_is_answered_and_the_buttons_still_work(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, Language.RU)
    await aizada.says("/certificate")
    screen = aizada.screen
    await aizada.says("С места учёбы")
    assert aizada.sees == said(Language.RU, _NOT_UNDERSTOOD)
    await aizada.taps_on(screen, "С места учёбы")
    assert next(m for m in aizada.messages if m["message_id"] == screen["message_id"])["text"].endswith("языке?")


async def test_a_half_finished_order_writes_nothing(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, Language.EN)
    await aizada.says("/certificate")
    await aizada.taps("Enrolment")
    await aizada.taps("Russian")
    await aizada.taps("Back")
    await aizada.taps("Back")
    await aizada.taps("Menu")
    assert not await telegram.rows("select 1 from messages where chat_id = :chat", chat=aizada.id)
