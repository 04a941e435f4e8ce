"""Becoming known to the bot by a one-time code."""

import pytest

from services.languages import Language
from tests.support.friends import Friend
from tests.support.journeys import begun, said
from tests.support.people import AIZADA
from tests.support.telegram import OPERATORS, Telegram

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
    assert aizada.sees.startswith(said(Language.KY, "Which certificate do you need?"))


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


def contact_button(friend: Friend) -> list[str]:
    """What stands on the keyboard below the input field."""
    keyboard = friend.world.reply_keyboard(friend.id) or {"keyboard": []}
    return [button["text"] for row in keyboard["keyboard"] for button in row]


async def linked_to(telegram: Telegram, friend: Friend) -> str | None:
    number = await telegram.rows(
        "select p.person_no from accounts a join people p on p.id = a.person_id where a.telegram_id = :id", id=friend.id
    )
    return number[0][0] if number else None


@EVERY_LANGUAGE
async def test_before_the_first_link_the_person_agrees_and_what_they_typed_goes_on_by_itself(
    telegram: Telegram, language: Language
) -> None:
    aizada = telegram.stranger("Айзада", language.value)
    await telegram.enrol(aizada, AIZADA)
    code = await telegram.one_time_code(aizada)
    await aizada.says(code.code)
    assert aizada.sees.startswith(said(language, "<b>Your personal data</b>"))
    assert "2026-11" in aizada.sees
    assert aizada.buttons == [said(language, "✅ I agree"), said(language, "No")]
    (data,) = await telegram.rows(
        "select data::text from conversation_states where key like :key", key=f"%{aizada.id}%"
    )
    assert code.code not in data[0]
    await aizada.taps(said(language, "✅ I agree"))
    assert "Маматова Айзада Бакытовна" in aizada.sees
    given = "select version, language from consents where account_id = :id"
    assert await telegram.rows(given, id=aizada.id) == [("2026-11", language.value)]


async def test_who_does_not_agree_stays_unlinked_and_may_agree_later(telegram: Telegram) -> None:
    aizada = telegram.stranger("Айзада", "ru")
    await telegram.enrol(aizada, AIZADA)
    code = await telegram.one_time_code(aizada)
    await aizada.starts(code.payload)
    consent = aizada.screen
    await aizada.taps(said(Language.RU, "No"))
    assert aizada.sees == said(Language.RU, "Then this account stays unlinked.")
    assert await linked_to(telegram, aizada) is None
    await aizada.taps_on(consent, said(Language.RU, "✅ I agree"))  # a stale button: nothing was asked for any more
    assert begun(Language.RU, "The code is given by: {office}") in aizada.sees
    await aizada.starts(code.payload)
    assert "Маматова Айзада Бакытовна" in aizada.sees


@EVERY_LANGUAGE
async def test_own_contact_links_and_the_keyboard_goes_away(telegram: Telegram, language: Language) -> None:
    aizada = telegram.stranger("Айзада", language.value)
    await telegram.enrol(aizada, AIZADA, phone=f"0700{aizada.id:06}")
    await aizada.says("/cancel")
    await aizada.taps(said(language, "🔑 Link my account"))
    await aizada.taps(said(language, "📱 By my telephone number"))
    await aizada.taps(said(language, "✅ I agree"))
    assert contact_button(aizada) == [said(language, "📱 Share my phone number"), said(language, "← Another way")]
    telegram.world.share_contact(aizada.id, phone=f"+996700{aizada.id:06}")
    await aizada.waits()
    assert begun(language, "✅ This account is now linked to: <b>{person}</b>") in aizada.sees
    assert contact_button(aizada) == []
    assert await linked_to(telegram, aizada) == aizada.person_no


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ({"forwarded": True}, "A forwarded contact does not count."),
        ({"via_bot": True}, "Only your own contact counts, sent by yourself."),
        ({"owner_id": 0}, "Only your own contact counts, sent by yourself."),
        ({}, "This number cannot be used to recognise you."),
    ],
)
async def test_contact_of_another_origin_or_number_is_refused_and_leads_on(
    telegram: Telegram, how: dict[str, object], sentence: str
) -> None:
    aizada = telegram.stranger("Айзада", "en")
    await telegram.enrol(aizada, AIZADA, phone=f"0700{aizada.id:06}")
    await telegram.agree(aizada, Language.EN)
    phone = f"+996700{aizada.id:06}" if how else "+996111111111"
    telegram.world.share_contact(aizada.id, **{"phone": phone, **how})  # type: ignore[arg-type]  # as the world takes it
    await aizada.waits()
    assert aizada.sees.startswith(sentence)
    assert "🏫 Ask the Study Office" in aizada.buttons
    assert await linked_to(telegram, aizada) is None


async def test_contact_sent_before_the_consent_is_asked_for_again_after_it(telegram: Telegram) -> None:
    aizada = telegram.stranger("Айзада", "en")
    telegram.world.share_contact(aizada.id)
    await aizada.waits()
    await aizada.taps("✅ I agree")
    assert contact_button(aizada)[0] == "📱 Share my phone number"
    await aizada.says("← Another way")
    assert contact_button(aizada) == []
    assert "📱 By my telephone number" in aizada.buttons


async def test_former_account_says_that_it_was_not_me_and_the_new_one_is_on_hold(telegram: Telegram) -> None:
    old = await telegram.meet("Айзада", AIZADA, Language.RU)
    thief, registrar = telegram.stranger("Бирөө", "en"), telegram.stranger("Бакыт", "ky")
    await telegram.agree(thief, Language.EN)
    await telegram.agree(registrar, Language.KY)
    await telegram.execute(
        "insert into role_grants (telegram_id, role, granted_at, granted_by) values (:id, 'registrar', now(), 'test')",
        id=registrar.id,
    )
    await thief.says((await telegram.one_time_code(old)).code)
    await old.hears(lambda: said(Language.RU, "🚫 This was not me") in old.buttons)
    warning = old.screen
    await old.taps(said(Language.RU, "🚫 This was not me"))
    assert begun(Language.RU, "🚫 The other account is on hold") in old.sees
    assert old.screen["message_id"] == warning["message_id"]

    await thief.hears(lambda: begun(Language.EN, "⛔ The link of this account is on hold. The account") in thief.sees)
    await thief.says("/certificate")
    assert begun(Language.EN, "⛔ The link of this account is on hold. Please come") in thief.sees
    await thief.starts()
    assert "Айзада" not in thief.sees
    await old.taps_on(warning, said(Language.RU, "🚫 This was not me"))
    assert begun(Language.RU, "That link does not stand any more") in old.tap_answer["text"]

    await registrar.hears(lambda: said(Language.KY, "🔓 Lift the hold") in registrar.buttons)
    assert f"Маматова Айзада Бакытовна, {old.person_no}" in registrar.sees
    await registrar.taps(said(Language.KY, "🔓 Lift the hold"))
    assert registrar.sees == said(Language.KY, "🔓 The hold is lifted. The account is told.")
    await thief.hears(lambda: thief.sees.startswith("✅ The Study Office has lifted"))


async def test_operators_are_told_of_codes_that_are_guessed(telegram: Telegram) -> None:
    stranger = telegram.stranger()
    await telegram.agree(stranger)
    await telegram.execute("delete from audit_entries where act = 'codes_guessed'")
    await telegram.execute(
        "insert into link_attempts (account_id, way, failures, locked_until)"
        " select -n, 'code', 0, now() + interval '1 hour' from generate_series(1, 30) n"
    )
    for wrong in range(5):
        await stranger.says(f"WR0NG 0000{wrong}")
    told = [message.get("text", "") for message in telegram.world.chat_messages(OPERATORS)]
    assert any("somebody seems to be guessing" in text for text in told)
    await telegram.execute("delete from link_attempts where account_id < 0")
