"""The first words, the three languages, the menu and help."""

import pytest

from services.languages import Language
from tests.support.journeys import begun, said
from tests.support.people import AIZADA
from tests.support.telegram import Telegram

_OWN_NAMES = {Language.KY: "Кыргызча", Language.RU: "Русский", Language.EN: "English"}
EVERY_LANGUAGE = pytest.mark.parametrize("language", list(Language))


async def test_the_first_start_asks_for_a_language_in_every_language(telegram: Telegram) -> None:
    stranger = telegram.stranger()
    await stranger.starts()
    assert stranger.buttons == ["Кыргызча", "Русский", "English"]
    assert all(words in stranger.sees for words in ("Тилди тандаңыз", "Выберите язык", "Choose a language"))


@EVERY_LANGUAGE
async def test_the_chosen_language_is_kept_whatever_telegram_says(telegram: Telegram, language: Language) -> None:
    stranger = telegram.stranger(language_code="de")
    await stranger.starts()
    await stranger.taps(_OWN_NAMES[language])
    assert begun(language, "Welcome to the bot of") in stranger.sees
    assert said(language, "🔑 Link my account") in stranger.buttons

    await stranger.starts()
    assert begun(language, "Welcome to the bot of") in stranger.sees


@pytest.mark.parametrize(
    ("code", "language"),
    [("ky", Language.KY), ("ru", Language.RU), ("en-US", Language.EN), ("de", Language.KY), ("", Language.KY)],
)
async def test_telegrams_language_is_the_first_guess(telegram: Telegram, code: str, language: Language) -> None:
    stranger = telegram.stranger(language_code=code)
    await stranger.says("/help")
    assert said(language, "<b>What I can do</b>") in stranger.sees


@EVERY_LANGUAGE
async def test_the_language_can_be_changed(telegram: Telegram, language: Language) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, Language.EN)
    await aizada.says("/language")
    await aizada.taps(_OWN_NAMES[language])
    assert said(language, "📄 Order a certificate") in aizada.buttons
    await aizada.says("/cancel")
    assert aizada.sees == said(language, "There is nothing to cancel.")


@EVERY_LANGUAGE
async def test_a_linked_person_is_greeted_by_the_name_of_the_roster(telegram: Telegram, language: Language) -> None:
    aizada = await telegram.meet("Айза ✨", AIZADA, language)
    await aizada.starts()
    assert aizada.sees.startswith("Маматова Айзада Бакытовна\n")
    assert "Айза ✨" not in aizada.sees


@EVERY_LANGUAGE
async def test_help_names_the_commands_and_the_office(telegram: Telegram, language: Language) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, language)
    await aizada.says("/help")
    assert all(command in aizada.sees for command in ("/certificate", "/verify", "/language", "/cancel"))
    office = telegram.bot.given.university.study_office
    assert office.name.get(language) in aizada.sees
    assert office.phone in aizada.sees


@EVERY_LANGUAGE
async def test_every_place_of_the_menu_opens_and_leads_back(telegram: Telegram, language: Language) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, language)
    await aizada.starts()
    menu = aizada.screen
    for place in ("📄 Order a certificate", "✅ Check a certificate", "❔ Help"):
        await aizada.taps(said(language, place))
        assert aizada.sees != menu["text"]
        await aizada.taps(said(language, "☰ Menu"))
        assert (aizada.screen["message_id"], aizada.sees) == (menu["message_id"], menu["text"])


@EVERY_LANGUAGE
async def test_commands_and_descriptions_are_shown_in_the_persons_language(
    telegram: Telegram, language: Language
) -> None:
    stranger = telegram.stranger(language_code=language.value)
    await stranger.hears(lambda: telegram.world.profile.text("short_description"))
    commands = {entry["command"]: entry["description"] for entry in telegram.world.commands_for(stranger.id)}
    assert list(commands) == [
        "certificate", "verify", "announcements", "trust", "survey", "settings", "mydata", "language", "help", "cancel",
    ]  # fmt: skip
    assert commands["certificate"] == said(language, "Order a certificate")
    name = telegram.bot.given.university.name.get(language)
    for kind in ("description", "short_description"):
        assert name in telegram.world.profile.text(kind, language.value)
