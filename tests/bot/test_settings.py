"""What people set for themselves, and taking what is kept about them."""

from datetime import time

import pytest

from services.delivery.quiet_hours import QuietHours
from services.languages import Language
from tests.support.friends import Friend
from tests.support.journeys import begun, printed, said
from tests.support.people import AIZADA, BAKYT
from tests.support.telegram import Telegram

EVERY_LANGUAGE = pytest.mark.parametrize("language", list(Language))
_OWN = {Language.KY: "Кыргызча", Language.RU: "Русский", Language.EN: "English"}
_STORED = "select quiet_from, quiet_until from accounts where telegram_id = :id"


@pytest.fixture(autouse=True)
def quiet_nights(telegram: Telegram, monkeypatch: pytest.MonkeyPatch) -> None:
    """The university has quiet hours, as far as people are told."""
    hours = QuietHours(start=time(22), until=time(7))
    monkeypatch.setattr(telegram.bot.given.accounts, "_quiet_hours", hours)


async def hours_of(telegram: Telegram, friend: Friend) -> str:
    ((start, until),) = await telegram.rows(_STORED, id=friend.id)
    return "" if start is None else f"{start:%H:%M}-{until:%H:%M}"


def told(friend: Friend) -> str:
    """What the last tap brought: an alert, or a message."""
    answer = friend.tap_answer
    return str(answer["text"]) if answer["show_alert"] else friend.sees


@EVERY_LANGUAGE
async def test_settings_show_how_things_stand(telegram: Telegram, language: Language) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, language, last_name="<b>Ким</b>")
    await aizada.says("/settings")
    for seen in (
        begun(language, "🌐 Language: {language}") + _OWN[language],
        "22:00–07:00",
        "<b>Ким</b> Айзада Бакытовна",
        aizada.person_no,
        begun(language, "Linked since: {moment}"),
    ):
        assert seen in aizada.sees
    assert said(language, "☰ Menu") in aizada.buttons


@EVERY_LANGUAGE
async def test_own_quiet_hours_are_chosen_by_three_taps(telegram: Telegram, language: Language) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, language)
    await aizada.starts()
    for button in ("⚙️ Settings", "🌙 Quiet hours", "🌙 Choose my own hours"):
        await aizada.taps(said(language, button))
    await aizada.taps("23:00")
    await aizada.taps("08:00")
    assert said(language, "🌙 Quiet hours: {hours}", hours="23:00–08:00") in aizada.sees
    assert aizada.tap_answer["text"] == said(language, "Done.")
    assert await hours_of(telegram, aizada) == "23:00-08:00"


async def test_other_quiet_hours_are_written_until_they_are_understood(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, Language.RU)
    await aizada.says("/settings")
    for button in ("🌙 Quiet hours", "🌙 Choose my own hours", "✏️ Other hours"):
        await aizada.taps(said(Language.RU, button))
    for words in ("ночью", "25:00-7:00", "<b>", "7-7"):
        await aizada.says(words)
        assert aizada.sees == said(Language.RU, "These are no hours.")
    await aizada.says("22:30 – 7:15")
    assert "22:30–07:15" in aizada.sees
    assert await hours_of(telegram, aizada) == "22:30-07:15"
    await aizada.says("21-6")  # the form is over
    assert aizada.sees == said(Language.RU, "I did not understand that.")


async def test_form_of_quiet_hours_is_left_by_cancel_by_a_command_and_by_going_back(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, Language.EN)
    for leave in ("/cancel", "/settings", "← Back"):
        await aizada.says("/settings")
        for button in ("🌙 Quiet hours", "🌙 Choose my own hours", "✏️ Other hours"):
            await aizada.taps(button)
        await (aizada.says(leave) if leave.startswith("/") else aizada.taps(leave))
        await aizada.says("22-7")
        assert aizada.sees == said(Language.EN, "I did not understand that.")
    assert await hours_of(telegram, aizada) == ""


async def test_quiet_hours_can_be_none_or_the_universitys_again(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, Language.EN)
    await aizada.says("/settings")
    await aizada.taps("🌙 Quiet hours")
    await aizada.taps("🔔 No quiet hours")
    assert "🌙 Quiet hours: none" in aizada.sees
    await aizada.taps("🌙 Quiet hours")
    await aizada.taps("🏛 As the university: 22:00–07:00")
    assert "🌙 Quiet hours: 22:00–07:00 (the university's)" in aizada.sees
    await aizada.presses(aizada.screen["message_id"], "hs:99:7")
    assert "begin?" in aizada.sees
    assert await hours_of(telegram, aizada) == ""


@EVERY_LANGUAGE
async def test_sound_of_ordinary_messages_is_switched_off_and_on(telegram: Telegram, language: Language) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, language)
    await aizada.says("/settings")
    assert said(language, "🔔 Sound of messages: on") in aizada.sees
    loud = aizada.screen
    kept = "select silent from accounts where telegram_id = :id"
    for _ in range(2):  # the second time on the old screen: the button says what it does, and does no more
        await aizada.taps_on(loud, said(language, "🔕 Switch the sound off"))
        assert (
            said(language, "🔕 Sound of messages: only for urgent news and for answers to what you do") in aizada.sees
        )
        assert aizada.tap_answer["text"] == said(language, "Done.")
        assert await telegram.value(kept, id=aizada.id) is True
    await aizada.taps(said(language, "🔔 Switch the sound on"))
    assert said(language, "🔔 Sound of messages: on") in aizada.sees
    assert await telegram.value(kept, id=aizada.id) is False


@EVERY_LANGUAGE
async def test_account_is_unlinked_after_being_asked_once_more(telegram: Telegram, language: Language) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, language, first_name="<i>Айзада</i>")
    await aizada.says("/settings")
    await aizada.taps(said(language, "🔓 Unlink this account"))
    assert "<i>Айзада</i>" in aizada.sees
    question = aizada.screen
    await aizada.taps(said(language, "← Back"))
    assert said(language, "⚙️ <b>Settings</b>") in aizada.sees

    await aizada.taps_on(question, said(language, "🔓 Yes, unlink"))
    assert aizada.sees.startswith(said(language, "✅ This account is not linked to anybody any more."))
    assert said(language, "📄 Order a certificate") not in aizada.buttons
    link = "select person_id, linked_at from accounts where telegram_id = :id"
    assert await telegram.rows(link, id=aizada.id) == [(None, None)]

    await aizada.taps_on(question, said(language, "🔓 Yes, unlink"))  # the old button again
    assert said(language, "🔗 This account is not linked to a student or an employee.") in aizada.sees
    assert said(language, "🔑 Link my account") in aizada.buttons


async def test_old_button_does_not_unlink_a_person_who_came_later(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, Language.EN)
    await aizada.says("/settings")
    await aizada.taps("🔓 Unlink this account")
    question = aizada.screen
    later = telegram.stranger()
    await telegram.enrol(later, BAKYT)
    await telegram.execute(
        "update accounts set person_id = (select id from people where person_no = :no) where telegram_id = :id",
        no=later.person_no, id=aizada.id,
    )  # fmt: skip
    await aizada.taps_on(question, "🔓 Yes, unlink")
    assert "Токтогулов Бакыт Эркинович" in aizada.sees
    assert await telegram.value("select person_id from accounts where telegram_id = :id", id=aizada.id) is not None


@EVERY_LANGUAGE
async def test_my_data_come_as_a_file_at_once(telegram: Telegram, language: Language) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, language, last_name="<b>Ким</b>")
    await aizada.says("/settings")
    await aizada.taps(said(language, "📁 My data"))
    paper = aizada.papers[-1]
    assert paper.name.startswith("kabarchy-my-data-")
    assert paper.caption.startswith(said(language, "📁 Everything that this bot keeps about you."))
    assert said(language, "☰ Menu") in aizada.buttons
    text = printed(paper)
    for word in ("<b>Ким</b> Айзада Бакытовна", aizada.person_no, str(aizada.id), "Программалык инженерия"):
        assert word in text
    assert said(language, "What is kept about you") in text


async def test_my_data_come_three_times_an_hour(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, Language.RU)
    for _ in range(4):
        await aizada.says("/mydata")
    assert len(aizada.papers) == 3
    assert aizada.sees.startswith(begun(Language.RU, "You have your data already"))
    await aizada.presses(aizada.screen["message_id"], "go:d")
    assert told(aizada).startswith(begun(Language.RU, "You have your data already"))


async def test_stranger_gets_what_is_kept_about_the_account(telegram: Telegram) -> None:
    stranger = telegram.stranger("<b>", "en")
    await stranger.says("/settings")
    assert "🔑 Link my account" in stranger.buttons
    await stranger.taps("📁 My data")
    assert said(Language.EN, "Nobody in the roster is linked to this account, so") in stranger.papers[-1].caption
    assert str(stranger.id) in printed(stranger.papers[-1])
