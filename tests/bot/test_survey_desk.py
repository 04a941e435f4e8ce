"""A survey manager brings a questionnaire, prepares a survey, opens it and follows it."""

from importlib.resources import files

import pytest

from bot.survey_keys import SurveyKeyFiles
from services.access import OPERATOR, Role
from services.languages import Language
from services.questionnaires.dto import SurveyMode
from tests.support.friends import Friend
from tests.support.people import AIZADA, BAKYT
from tests.support.surveyed import put_people, put_survey
from tests.support.telegram import Telegram

LIBRARY = files("services.questionnaires") / "library"
CLIMATE = (LIBRARY / "climate-students.toml").read_text()
DESK = "📝 Surveys: questionnaires, opening"
BACK = "← Back to the survey"


async def manager(telegram: Telegram, language: Language = Language.EN) -> Friend:
    """Somebody who was given the role and told so."""
    bakyt = await telegram.meet("Бакыт", BAKYT, language)
    told = len(bakyt.messages)
    await telegram.bot.given.roles.grant(OPERATOR, str(bakyt.id), Role.SURVEY_MANAGER)
    await bakyt.hears(lambda: len(bakyt.messages) > told)
    return bakyt


async def brings(friend: Friend, code: str, content: str = CLIMATE, mode: str = "confidential") -> None:
    """Send a questionnaire under a code of its own."""
    await friend.says("/admin")
    await friend.taps(DESK)
    await friend.taps("➕ New survey")
    await friend.taps("📎 Send a questionnaire")
    changed = content.replace('id = "climate-students"', f'id = "{code}"')
    changed = changed.replace('mode_default = "anonymous"', f'mode_default = "{mode}"')
    await friend.sends_file(changed.encode(), f"{code}.toml", mime="application/toml")


def number_on(friend: Friend) -> str:
    """Return the number of the survey whose screen it is."""
    number: str = friend.screen["reply_markup"]["inline_keyboard"][0][0]["callback_data"].split(":")[1]
    return number


async def opens(friend: Friend) -> str:
    """Open a survey that invites the manager, too; return its number."""
    screen = friend.screen["message_id"]
    number = number_on(friend)
    await friend.taps("▶️ Yes, open it")
    await friend.hears(lambda: friend.sees.startswith("A short survey from the university."))
    (opened,) = [message for message in friend.messages if message["message_id"] == screen]
    assert opened["text"].startswith("✅ The survey is open.")
    return number


async def test_manager_prepares_a_survey(telegram: Telegram) -> None:
    bakyt = await manager(telegram)
    await brings(bakyt, "desk-story", CLIMATE.replace('"Student environment and climate"', '"Life <b>here</b>"'))
    assert "✅ The questionnaire is in the library" in bakyt.sees
    assert "Life <b>here</b>" in bakyt.sees
    await bakyt.taps("How it asks")
    await bakyt.taps("by name")
    assert "How it asks: by name" in bakyt.sees
    await bakyt.taps("Who reads")
    await bakyt.says("nowhere")
    assert bakyt.sees == "No unit has the code nowhere."
    await bakyt.says("/cancel")
    await bakyt.says("/admin")
    await bakyt.taps(DESK)
    await bakyt.taps("Life <b>here</b>")
    await bakyt.taps("Who is asked")
    await bakyt.says("role:staff unit:<b>nowhere</b>")
    assert "<b>nowhere</b>" in bakyt.sees
    await bakyt.says("role:staff")
    await bakyt.taps("Period")
    await bakyt.says("autumn")
    assert bakyt.sees.startswith("Three lines are needed")
    await bakyt.says("күз\nосень\nautumn <b>2026</b>")
    assert "The period it asks about: autumn <b>2026</b>" in bakyt.sees
    await bakyt.taps("Last day")
    await bakyt.says("soon")
    assert bakyt.sees.startswith("This is not a date")
    await bakyt.says("01.01.2020")
    assert bakyt.sees.startswith("The last day must not be before")


async def test_manager_hears_the_price_and_opens_the_survey(telegram: Telegram) -> None:
    bakyt = await manager(telegram)
    async with telegram.engine.begin() as connection:
        await put_people(connection, "desk-", 31, kind="staff")
    await brings(bakyt, "desk-open")
    await bakyt.taps("Who is asked")
    await bakyt.taps("👔 All employees")
    await bakyt.taps("▶️ Open the survey …")
    assert "The administrators keep it." in bakyt.sees
    assert "survey-keys" not in bakyt.sees
    assert "People who are asked: " in bakyt.sees
    confirm = bakyt.screen
    number = await opens(bakyt)
    await bakyt.taps_on(confirm, "▶️ Yes, open it")
    assert "has been opened" in bakyt.sees
    await bakyt.taps_on(bakyt.screen, DESK)
    await bakyt.taps(f"💬 {number} · open")
    await bakyt.taps("📈 How many are through")
    assert "Nothing has been counted yet." in bakyt.sees
    await bakyt.taps(BACK)
    assert "The last day can only be moved to a later one" in bakyt.sees


async def test_manager_sees_the_questions_as_respondents_will_and_takes_the_blank_form(telegram: Telegram) -> None:
    bakyt = await manager(telegram)
    await brings(bakyt, "desk-preview")
    await bakyt.taps("Period")
    await bakyt.says("күз\nосень\nautumn <b>")
    await bakyt.taps("👁 Questions")
    assert "means: autumn <b>" in bakyt.sees
    assert "1 / 23" in bakyt.sees
    await bakyt.taps("→")
    await bakyt.taps("Русский")
    assert "2 / 23" in bakyt.sees
    await bakyt.taps("Предпочитаю не отвечать")
    assert bakyt.tap_answer["text"] == "This is a preview: nothing is answered here."
    await bakyt.taps(BACK)
    await bakyt.taps("🖨 Blank form")
    paper = await bakyt.document()
    assert paper.name == "desk-preview.pdf"
    assert paper.content.startswith(b"%PDF")


async def test_what_cannot_be_opened_says_what_to_do_and_a_draft_can_be_deleted(telegram: Telegram) -> None:
    bakyt = await manager(telegram)
    await brings(bakyt, "desk-few")
    number = number_on(bakyt)
    await bakyt.taps("Who is asked")
    await bakyt.taps("🎖 Graduates")
    await bakyt.taps("▶️ Open the survey …")
    assert bakyt.sees.startswith("People who would be asked: 0")
    await bakyt.taps(DESK)
    await bakyt.taps(f"💬 {number} · being prepared")
    stale = bakyt.screen
    await bakyt.taps("🗑 Delete")
    await bakyt.taps("🗑 Yes, delete")
    assert bakyt.sees.startswith("The prepared survey is deleted.")
    await bakyt.taps_on(stale, "How it asks")
    assert bakyt.sees == "This survey is not here any more."


async def test_file_that_is_no_questionnaire_is_refused_line_by_line(telegram: Telegram) -> None:
    bakyt = await manager(telegram)
    await brings(bakyt, "desk-wrong", 'schema = 1\nid = "<b>"')
    assert "Correct this in the file and send it again" in bakyt.sees
    await bakyt.says("no file")
    assert bakyt.sees.startswith("I am waiting for a file.")


@pytest.mark.parametrize("language", [Language.KY])
async def test_stranger_does_not_reach_the_desk(telegram: Telegram, language: Language) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, language)
    await aizada.presses(1, "go:sd")
    assert "📝" not in aizada.sees


async def test_manager_closes_a_survey_after_one_more_question(telegram: Telegram) -> None:
    bakyt = await manager(telegram)
    async with telegram.engine.begin() as connection:
        await put_people(connection, "end-", 31, kind="staff")
    await brings(bakyt, "desk-end")
    await bakyt.taps("Who is asked")
    await bakyt.taps("👔 All employees")
    await bakyt.taps("▶️ Open the survey …")
    number = await opens(bakyt)
    await bakyt.says("/admin")
    await bakyt.taps(DESK)
    await bakyt.taps(f"💬 {number} · open")
    await bakyt.taps("🏁 Close now …")
    assert "it cannot be opened again" in bakyt.sees
    assert "has not been counted yet" in bakyt.sees
    confirm = bakyt.screen
    await bakyt.taps("🏁 Yes, close it")
    assert bakyt.sees == (
        "The survey is closed. Fewer than ten people answered, and among so few nobody is hidden: so nothing of what "
        "they answered is kept."
    )
    await bakyt.taps_on(confirm, "🏁 Yes, close it")
    assert bakyt.sees == "The survey is not open."


async def test_manager_prints_tickets_for_a_group(telegram: Telegram, monkeypatch: pytest.MonkeyPatch) -> None:
    bakyt = await manager(telegram)
    given = telegram.bot.given
    monkeypatch.setattr(given.survey_tickets, "_public_url", "https://bot.example")
    async with telegram.engine.begin() as connection:
        groups, keys = {"desk-a": 31, "desk-b": 40}, SurveyKeyFiles(given.survey_opening._keys.folder)
        written = await put_survey(connection, keys, groups, mode=SurveyMode.ANONYMOUS)
    await bakyt.says("/admin")
    await bakyt.taps(DESK)
    await bakyt.taps(f"🎟 {written.survey.id} ·")
    await bakyt.taps("🎟 Print tickets …")
    await bakyt.taps("desk-a · 31")
    await bakyt.says("many")
    assert bakyt.sees.startswith("This is not a number.")
    await bakyt.says("12")
    sheet = await bakyt.document()
    assert "Tickets: 12. Group: desk-a. Printed for it in all: 12." in sheet.caption
    await bakyt.taps(BACK)
    await bakyt.taps("🎟 Print tickets …")
    await bakyt.taps("desk-a · 31")
    offered = bakyt.screen
    assert "As many as people: 31" in bakyt.buttons
    await bakyt.taps("Those that are missing: 19")
    assert "Tickets: 19. Group: desk-a. Printed for it in all: 31." in (await bakyt.document(2)).caption
    await bakyt.taps_on(offered, "Those that are missing: 19")
    assert "tickets printed so far: 31" in bakyt.sees
