"""Becoming known to the bot by a one-time code."""

import pytest

from services.languages import Language
from tests.support.friends import Friend
from tests.support.journeys import begun, said
from tests.support.people import AIZADA
from tests.support.telegram import Telegram

EVERY_LANGUAGE = pytest.mark.parametrize("language", list(Language))
_UNKNOWN = "There is no such one-time code. Check every letter and digit."


async def enrolled(telegram: Telegram, language: Language = Language.KY) -> Friend:
    """Somebody of the roster whose account the bot does not know."""
    friend = telegram.stranger("Айзада", language.value)
    await telegram.enrol(friend, AIZADA)
    await telegram.agree(friend, language)
    return friend


@EVERY_LANGUAGE
async def test_a_typed_code_links_the_account(telegram: Telegram, language: Language) -> None:
    aizada = await enrolled(telegram, language)
    code = (await telegram.one_time_code(aizada)).code
    await aizada.says("/cancel")
    await aizada.taps(said(language, "🔑 Link my account"))
    assert telegram.bot.given.university.study_office.phone in aizada.sees
    await aizada.says(f" {code[:5].lower()}-{code[5:]} ")
    assert begun(language, "✅ This account is now linked to: <b>{person}</b>") in aizada.sees
    assert "Маматова Айзада Бакытовна" in aizada.sees
    assert said(language, "📄 Order a certificate") in aizada.buttons


async def test_a_deep_link_links_the_account_at_once(telegram: Telegram) -> None:
    aizada = await enrolled(telegram)
    await aizada.starts((await telegram.one_time_code(aizada)).payload)
    assert "Маматова Айзада Бакытовна" in aizada.sees
    await aizada.says("/certificate")
    assert aizada.sees == said(Language.KY, "Which certificate do you need?")


@EVERY_LANGUAGE
async def test_a_wrong_code_is_refused_and_the_tries_left_are_told(telegram: Telegram, language: Language) -> None:
    aizada = await enrolled(telegram, language)
    await aizada.says("00000 00000")
    assert said(language, _UNKNOWN) in aizada.sees
    assert "4" in aizada.sees


async def test_a_used_code_is_refused_for_everybody_else(telegram: Telegram) -> None:
    aizada, other = await enrolled(telegram), telegram.stranger(language_code="ru")
    await telegram.agree(other, Language.RU)
    code = await telegram.one_time_code(aizada)
    await aizada.says(code.code)
    for secret in (code.code, f"/start {code.payload}"):
        await other.says(secret)
        assert begun(Language.RU, "This one-time code was used already.") in other.sees
    assert await telegram.value("select person_id from accounts where telegram_id = :id", id=other.id) is None


async def test_an_expired_code_is_refused(telegram: Telegram) -> None:
    aizada = await enrolled(telegram, Language.EN)
    code = await telegram.one_time_code(aizada)
    await telegram.execute("update link_codes set expires_at = now() - interval '1 second' where used_at is null")
    await aizada.says(code.code)
    assert "too old" in aizada.sees


@EVERY_LANGUAGE
async def test_five_wrong_codes_lock_the_account_for_an_hour(telegram: Telegram, language: Language) -> None:
    aizada = await enrolled(telegram, language)
    code = await telegram.one_time_code(aizada)
    for wrong in range(5):
        await aizada.says(f"WR0NG 0000{wrong}")
    assert said(language, "No tries are left; you can try again in an hour.") in aizada.sees

    await aizada.says(code.code)
    assert begun(language, "Too many wrong codes. You can try again after: {moment}") in aizada.sees
    await telegram.execute("update link_attempts set locked_until = now() where account_id = :id", id=aizada.id)
    await aizada.says(code.code)
    assert "Маматова Айзада Бакытовна" in aizada.sees


async def test_what_cannot_be_a_code_is_not_counted_as_a_try(telegram: Telegram) -> None:
    aizada = await enrolled(telegram)
    await aizada.says("/cancel")
    await aizada.taps(said(Language.KY, "🔑 Link my account"))
    for words in ("салам", "123", "7K3QX-9MVP2-7K3QX", "х" * 4096):
        await aizada.says(words)
        assert aizada.sees == said(Language.KY, "This is not a one-time code.")
    assert await telegram.rows("select * from link_attempts where account_id = :id", id=aizada.id) == []


async def test_a_code_without_any_digit_is_taken_where_a_code_was_asked_for(telegram: Telegram) -> None:
    aizada = await enrolled(telegram)
    await aizada.says("/cancel")
    await aizada.taps(said(Language.KY, "🔑 Link my account"))
    await aizada.says("ABCDE-FGHJK")
    assert said(Language.KY, _UNKNOWN) in aizada.sees


async def test_another_account_takes_over_and_the_former_one_is_told(telegram: Telegram) -> None:
    old = await telegram.meet("Айзада, эски телефон", AIZADA, Language.RU)
    new = telegram.stranger("Айзада, жаңы телефон")
    await telegram.agree(new)
    await new.starts((await telegram.one_time_code(old)).payload)
    assert "Маматова Айзада Бакытовна" in new.sees

    warning = begun(Language.RU, "⚠️ Another Telegram account was just linked")
    await old.hears(lambda: old.sees == warning)
    await old.says("/certificate")
    assert begun(Language.RU, "This account is not linked to a student or an employee.") in old.sees


async def test_an_account_that_belongs_to_somebody_stays_with_them(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA)
    gulnara = await enrolled(telegram)
    await aizada.says((await telegram.one_time_code(gulnara)).code)
    assert (
        begun(Language.KY, "This account is linked already to: {person}. To change that, ask: {office}") in aizada.sees
    )


async def test_the_name_of_the_roster_is_shown_literally(telegram: Telegram) -> None:
    friend = telegram.stranger("<i>")
    await telegram.agree(friend)
    await telegram.enrol(friend, AIZADA, last_name="<b>Ким</b> 🎓 & Ко")
    await friend.says((await telegram.one_time_code(friend)).code)
    assert "<b>Ким</b> 🎓 & Ко Айзада Бакытовна" in friend.sees


async def test_an_unknown_payload_is_answered_with_a_screen(telegram: Telegram) -> None:
    stranger = telegram.stranger()
    await telegram.agree(stranger)
    await stranger.starts("unknown-1")
    assert stranger.buttons
    await stranger.starts("l_")
    assert said(Language.KY, _UNKNOWN) in stranger.sees
