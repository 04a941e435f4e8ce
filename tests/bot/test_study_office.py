"""The registrar's first screen."""

import re
from datetime import date, timedelta

import pytest

from handlers.study_office.card import NEAR
from services.codes import printed_code
from services.languages import Language
from tests.support.friends import Friend
from tests.support.journeys import begun, printed, receives, said
from tests.support.people import AIZADA, BAKYT, NURLAN
from tests.support.telegram import Telegram

EVERY_LANGUAGE = pytest.mark.parametrize("language", list(Language))
_RU = Language.RU


async def registrar(telegram: Telegram, language: Language = _RU) -> Friend:
    """Somebody who works at the Study Office and has just sat down."""
    bakyt = await telegram.meet("Бакыт", BAKYT, language)
    await telegram.execute(
        "insert into role_grants (telegram_id, role, granted_at, granted_by)"
        " values (:id, 'registrar', now(), 'operator')",
        id=bakyt.id,
    )
    await bakyt.says("/cancel")
    await bakyt.presses(bakyt.screen["message_id"], "go:o")
    return bakyt


async def opens(official: Friend, friend: Friend, language: Language = _RU) -> None:
    """Look for somebody by their number."""
    await official.says(friend.person_no)
    assert friend.person_no in official.sees
    assert said(language, "✏️ Correct a fact") in official.buttons


def alert(friend: Friend) -> str:
    """What the last tap was answered with."""
    assert friend.tap_answer["show_alert"]
    return str(friend.tap_answer["text"])


@pytest.mark.parametrize("language", [Language.KY])
async def test_missing_facts_are_entered_and_the_certificate_is_issued(telegram: Telegram, language: Language) -> None:
    nurlan = await telegram.meet("Нурлан", NURLAN, language)
    official = await registrar(telegram, language)
    await opens(official, nurlan, language)
    for fact, wrong, right in (
        ("Name in Latin letters", "Асан уулу Нурлан", "Asan uulu Nurlan"),
        ("Programme, in English", "Software инженерия", "Software <Engineering> & Co"),
    ):
        assert said(language, fact) in official.sees
        await official.taps(said(language, "✏️ Enter missing facts"))
        await official.taps(f"{said(language, fact)} —")
        await official.says(wrong)
        assert official.sees.startswith(f"{said(language, fact)}:")
        await official.says(right)
        assert right in official.sees
        await official.taps(said(language, "✅ Save"))
        assert official.sees.startswith(said(language, "✅ Saved: {fact}", fact=said(language, fact)))
    assert said(language, "✏️ Enter missing facts") not in official.buttons
    assert "Software <Engineering> & Co" in official.sees
    paper = await receives(nurlan, Language.EN, language)
    assert "Asan uulu Nurlan" in printed(paper)


async def test_desk_stays_open_for_the_next_name(telegram: Telegram) -> None:
    aizada, nurlan = await telegram.meet("Айзада", AIZADA), await telegram.meet("Нурлан", NURLAN)
    official = await registrar(telegram)
    assert said(_RU, "🙋 Requests to be linked") in official.buttons
    await opens(official, aizada)
    await opens(official, nurlan)
    await official.says("эч-ким")
    assert begun(_RU, "Nobody was found: “{text}”.") in official.sees
    await official.says("🎓")
    assert official.sees == said(_RU, "Write a name, a number, a study group or a phone: at least one letter or digit.")
    await official.says("0700000001")  # ten digits are a phone here, not a code
    assert said(_RU, "🎓 Study Office") in official.buttons


async def test_list_leads_to_the_card_and_back(telegram: Telegram) -> None:
    crowd = [await telegram.meet("Асел", AIZADA, last_name="Жээналиева", first_name=f"<i>{n}</i>") for n in range(10)]
    official = await registrar(telegram)
    await official.says("жээналиева")
    assert "10" in official.sees
    assert sum("Жээналиева" in button for button in official.buttons) == 8
    await official.taps("Ещё")
    await official.taps("1. Жээналиева")
    assert "Жээналиева <i>8</i>" in official.sees
    assert crowd[8].person_no in official.sees
    await official.taps("К найденным")
    assert sum("Жээналиева" in button for button in official.buttons) == 2
    await official.taps("‹ Назад")
    assert sum("Жээналиева" in button for button in official.buttons) == 8


@pytest.mark.parametrize("language", [Language.EN])
async def test_revoked_certificate_is_revoked_for_everybody_and_its_holder_is_told(
    telegram: Telegram, language: Language
) -> None:
    aizada, official = await telegram.meet("Айзада", AIZADA, language), await registrar(telegram, language)
    paper = await receives(aizada, Language.KY, language)
    number = re.search(r"\d{4}-\d{5}", paper.name)
    assert number is not None
    await official.says(number.group())
    await official.taps(said(language, "📄 Certificates"))
    await official.taps(said(language, "⛔ Revoke {number}", number=number.group()))
    await official.taps(said(language, "another reason"))
    await official.says("Мөөр <b>башка</b>")
    await official.taps(said(language, "⛔ Revoke {number}", number=number.group()))
    assert official.sees.startswith(said(language, "✅ Revoked: {number}. The holder is told.", number=number.group()))
    await aizada.hears(lambda: "Мөөр <b>башка</b>" in aizada.sees)
    assert aizada.sees.startswith(begun(language, "⛔ Your certificate was revoked: <b>{kind}</b>"))
    stranger = telegram.stranger(language_code=language.value)
    await stranger.sends_file(paper.content)
    assert stranger.sees.startswith(said(language, "⛔ <b>The certificate has been revoked by the university.</b>"))
    assert begun(language, "Revoked on: {date}") in stranger.sees
    assert "башка" not in stranger.sees


async def test_second_revocation_by_an_old_screen_is_refused(telegram: Telegram) -> None:
    aizada, official = await telegram.meet("Айзада", AIZADA), await registrar(telegram)
    await receives(aizada)
    await opens(official, aizada)
    await official.taps("📄 Справки")
    await official.taps("⛔ Отозвать")
    await official.taps("выдана по ошибке")
    screen = official.screen
    await official.taps("⛔ Отозвать")
    await official.taps_on(screen, "⛔ Отозвать")
    assert begun(_RU, "Certificate No. {number} was revoked already") in alert(official)
    await official.taps_on(screen, "← Назад")
    assert "отозвана" in official.sees


async def test_code_is_shown_with_its_link_and_the_account_is_unlinked_after_a_question(telegram: Telegram) -> None:
    aizada, official = await telegram.meet("Айзада", AIZADA), await registrar(telegram)
    await opens(official, aizada)
    await official.taps("🔑 Одноразовый код")
    code = re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}", official.sees)
    payload = re.search(r"https://t.me/\S+\?start=(l_\S+)", official.sees)
    assert code is not None
    assert payload is not None
    await official.taps("К карточке")
    await official.taps("✂️ Отвязать")
    assert "Маматова Айзада Бакытовна" in official.sees
    await official.taps("✂️ Да, отвязать")
    assert official.sees.startswith("✅ Аккаунт отвязан.")
    assert "✂️ Отвязать" not in official.buttons
    assert await telegram.value("select person_id from accounts where telegram_id = :id", id=aizada.id) is None
    assert printed_code(code.group().replace("-", "")) == code.group()
    assert await telegram.value(
        "select count(*) from link_codes c join people p on p.id = c.person_id where p.person_no = :no",
        no=aizada.person_no,
    ) == 1  # fmt: skip


async def test_button_of_a_screen_that_was_left_saves_nothing(telegram: Telegram) -> None:
    nurlan, official = await telegram.meet("Нурлан", NURLAN), await registrar(telegram)
    await opens(official, nurlan)
    await official.taps("✏️ Внести недостающее")
    await official.taps("Имя латиницей")
    await official.says("Asan")
    first = official.screen
    await official.says("Asan uulu")
    await official.taps_on(first, "✅ Сохранить")
    told = said(_RU, "⏳ That screen was out of date; nothing was changed.")
    assert any(str(message["text"]).startswith(told) for message in official.messages)
    await official.taps_on(first, "К карточке")
    await opens(official, nurlan)
    await official.taps("✏️ Внести недостающее")
    await official.taps("Имя латиницей")
    question = official.screen
    await official.says("/cancel")
    assert official.sees == said(_RU, "Cancelled. Nothing was changed.")
    await official.presses(question["message_id"], "ss:1")
    await official.presses(question["message_id"], "sv:full_time")
    assert sum(str(message["text"]).startswith(told) for message in official.messages) == 1
    assert await telegram.value("select name_latin from people where person_no = :no", no=nurlan.person_no) == ""


async def test_correction_is_chosen_from_a_list_emptied_and_taken_back(telegram: Telegram) -> None:
    aizada, official = await telegram.meet("Айзада", AIZADA, email="a@b.kg"), await registrar(telegram)
    await opens(official, aizada)
    await official.taps("✏️ Исправить сведения")
    await official.taps("Форма обучения")
    await official.taps("заочная")
    await official.taps("✅ Сохранить")
    assert "✏️ Форма обучения: заочная (в базе: очная)" in official.sees
    await official.taps("✏️ Исправить сведения")
    await official.taps("Электронная почта")
    await official.taps("🗑")
    await official.taps("✅ Сохранить")
    assert "✏️ Электронная почта: — (в базе: a@b.kg)" in official.sees
    await official.taps("↩️ Исправления")
    screen = official.screen
    await official.taps("Форма обучения")
    assert "Форма обучения: очная" in official.sees
    await official.taps_on(screen, "Форма обучения")
    assert alert(official) == said(_RU, "This correction is not in force any more: it was taken back")


@EVERY_LANGUAGE
async def test_card_marks_what_wants_care_and_fits_into_a_message(telegram: Telegram, language: Language) -> None:
    today = date.today()  # noqa: DTZ011 -- a day more or less does not matter here
    long = {name: f"<{name}> & " + "ш" * 280 for name in (
        "last_name", "first_name", "patronymic", "programme_ky", "programme_ru", "programme_en", "admission_order",
        "group_name", "citizenship", "email", "phone", "degree",
    )}  # fmt: skip
    near = {"visa_expires": today + timedelta(days=NEAR - 2), "registration_expires": today - timedelta(days=5)}
    friend = await telegram.meet("Узун", AIZADA, language, **long, **near)
    for _ in range(8):
        await telegram.meet("Узун", AIZADA, language, **long)
    official = await registrar(telegram, language)
    await telegram.execute(
        "insert into role_grants (telegram_id, role, valid_from, valid_to, granted_at, granted_by)"
        " values (:id, 'editor', :first, :last, now(), 'operator')",
        id=friend.id, first=today + timedelta(days=5), last=today + timedelta(days=9),
    )  # fmt: skip
    await official.says("<last_name>")
    assert len(official.buttons) > 8
    await opens(official, friend, language)
    assert 2_500 < len(official.sees) <= 4_096
    assert said(language, "❗ has ended") in official.sees
    assert "⚠️" in official.sees
    assert begun(language, "🔗 Linked by a one-time code: {moment}") in official.sees
    role = said(language, "🛡 Role: {role}", role=said(language, "Editor of announcements"))
    assert f"{role}\n{begun(language, 'Days: {first} – {last}, both included')}" in official.sees
    assert said(language, "⏳ Not in force yet") in official.sees


async def test_nobody_else_gets_in(telegram: Telegram) -> None:
    language = Language.KY
    aizada = await telegram.meet("Айзада", AIZADA, language)
    await aizada.says("/cancel")
    screen = aizada.screen["message_id"]
    for data in ("go:o", "op:1", "so:0", "sf:1:1", "se:1:phone", "sc:1", "su:1:1", "sx:1:1", "sl:1:0", "sr:1", "sk:1",
                 "sn:1:left", "sn:1:other", "sy:1:left:1", "sw:1"):  # fmt: skip
        await aizada.presses(screen, data)
        assert alert(aizada) == said(language, "You have no right to do this."), data
    await aizada.says("Маматова")
    assert aizada.sees == said(language, "I did not understand that.")


async def test_role_that_was_taken_away_closes_the_desk_at_once(telegram: Telegram) -> None:
    aizada, official = await telegram.meet("Айзада", AIZADA), await registrar(telegram)
    await opens(official, aizada)
    await telegram.execute("update role_grants set revoked_at = now() where telegram_id = :id", id=official.id)
    await official.says("Маматова")
    assert official.sees == said(_RU, "You have no right to do this.")


async def test_stale_buttons_about_what_is_gone_are_answered(telegram: Telegram) -> None:
    official = await registrar(telegram)
    screen = official.screen["message_id"]
    for data in ("op:0", "sf:0:0", "se:0:phone", "sc:0", "su:0:0", "sl:0:0"):
        await official.presses(screen, data)
        assert alert(official) == said(_RU, "There is no such person any more. Look for them anew.")
    await official.presses(screen, "sr:0")
    assert alert(official) == said(_RU, "There is no such certificate.")
    await official.presses(screen, "sx:0:0")
    assert alert(official) == said(_RU, "No account is linked to this person (any more).")
    await official.presses(screen, "so:5")
    assert official.sees.startswith("🎓 Учебное управление")
