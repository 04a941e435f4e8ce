"""Survey managers write questionnaires in the chat."""

import tomllib

from services.access import OPERATOR, Role
from services.languages import Language
from services.questionnaires.drafts import QuestionnaireDraftService
from services.questionnaires.dto import Good, ItemType, Skip, SurveyMode
from services.questionnaires.edits import SetMode
from services.questionnaires.reading import read_questionnaire
from services.questionnaires.service import QuestionnaireService
from tests.support.friends import Friend
from tests.support.journeys import begun, said
from tests.support.people import BAKYT
from tests.support.telegram import Telegram

KY = Language.KY


async def manager(telegram: Telegram, language: Language = KY) -> Friend:
    """Somebody who was made a survey manager and told so."""
    bakyt = await telegram.meet("Бакыт", BAKYT, language)
    told = len(bakyt.messages)
    await telegram.bot.given.roles.grant(OPERATOR, str(bakyt.id), Role.SURVEY_MANAGER)
    await bakyt.hears(lambda: len(bakyt.messages) > told)
    await bakyt.says("/admin")
    await bakyt.taps(said(language, "🧩 Questionnaires"))
    assert said(language, "🧩 <b>Questionnaires</b>") in bakyt.sees
    return bakyt


def library_of(telegram: Telegram) -> QuestionnaireService:
    return telegram.bot.given.questionnaires


def drafts_of(telegram: Telegram) -> QuestionnaireDraftService:
    return telegram.bot.given.questionnaire_drafts


async def says_all(friend: Friend, *texts: str) -> None:
    for text in texts:
        await friend.says(text)


async def writes_scale(bakyt: Friend) -> None:
    """A question on a scale of which the high end is good."""
    await bakyt.taps(said(KY, "➕ Question"))
    await bakyt.taps(said(KY, "✏️ A new one"))
    await bakyt.taps(said(KY, "one answer on a scale"))
    await bakyt.taps("Такыр ыраазы эмесмин")
    await says_all(bakyt, "Ашканадагы тамакка канчалык ыраазысыз?", "Насколько вы довольны едой?", "How good is it?")
    assert begun(KY, "<b>Question {number}</b>") in bakyt.sees
    await bakyt.taps(said(KY, "a high answer is good"))
    assert "✅ " + said(KY, "a high answer is good") in bakyt.buttons


async def writes_choices(bakyt: Friend) -> None:
    """Choices of which one stands alone, after one answer to the first question."""
    await bakyt.taps(said(KY, "➕ Question"))
    await bakyt.taps(said(KY, "✏️ A new one"))
    await bakyt.taps(said(KY, "several choices"))
    await says_all(bakyt, "Эмне жетишпейт?", "Чего не хватает?", "What lacks?")
    await says_all(bakyt, "салат\nсорпо\nэч нерсе", "салат\nсуп")
    assert "3" in bakyt.sees
    await says_all(bakyt, "салат\nсуп\nничего", "salad\nsoup\nnothing")
    await bakyt.taps(said(KY, "☝️ Alone"))
    await bakyt.taps("эч нерсе")
    await bakyt.taps(said(KY, "← To the question"))
    await bakyt.taps(said(KY, "👁 Shown after …"))
    await bakyt.taps("1. Ашканадагы")
    await bakyt.taps("Такыр ыраазы эмесмин")
    await bakyt.taps(said(KY, "← To the question"))
    assert begun(KY, "👁 Shown only after question {number}: {answers}").partition("{")[0] in bakyt.sees


async def writes_text(bakyt: Friend) -> None:
    """A question in one's own words, of which the first language is skipped and written later."""
    await bakyt.taps(said(KY, "➕ Question"))
    await bakyt.taps(said(KY, "✏️ A new one"))
    await bakyt.taps(said(KY, "own words"))
    await bakyt.taps(said(KY, "Skip, later →"))
    await says_all(bakyt, "Что изменить?", "What to change?")
    await bakyt.taps(said(KY, "← To the draft"))
    assert said(KY, "the text is missing ({languages})", languages=said(KY, "Kyrgyz")) in bakyt.sees
    assert said(KY, "✅ Finish") not in bakyt.buttons
    await bakyt.taps("3. ")
    await bakyt.taps(said(KY, "✏️ Text"))
    await bakyt.says("Эмнени өзгөртөр элеңиз?")
    await bakyt.taps(said(KY, "← Back"))


async def test_three_questions_are_written_from_nothing_in_kyrgyz(telegram: Telegram) -> None:
    bakyt = await manager(telegram)
    await bakyt.taps(said(KY, "➕ New questionnaire"))
    assert said(KY, "Write the title in Kyrgyz.") in bakyt.sees
    await says_all(bakyt, "Ашкана <b>7</b>", "Столовая", "Canteen")
    assert "Ашкана <b>7</b>" in bakyt.sees
    assert said(KY, "there is no question yet") in bakyt.sees
    await writes_scale(bakyt)
    await writes_choices(bakyt)
    await writes_text(bakyt)
    await bakyt.taps(said(KY, "← To the draft"))
    await bakyt.taps(said(KY, "✅ Finish"))
    await bakyt.taps(said(KY, "✅ Yes, finish"))
    assert said(KY, "✅ Finished: the questionnaire is in the library.") in bakyt.sees
    assert said(KY, "▶️ Prepare a survey with it") in bakyt.buttons

    (written,) = [
        one.questionnaire
        for one in (await library_of(telegram).open_library(OPERATOR)).editions
        if one.questionnaire.title.en == "Canteen"
    ]
    first, second, third = written.items
    assert (first.type, first.good, first.text.ru) == (ItemType.SCALE, Good.HIGH, "Насколько вы довольны едой?")
    assert [(one.text.ky, one.exclusive) for one in second.choices] == [
        ("салат", False), ("сорпо", False), ("эч нерсе", True),
    ]  # fmt: skip
    assert second.skip == Skip(item=first.code, unless=(1,))
    assert (third.type, third.text.ky) == (ItemType.TEXT, "Эмнени өзгөртөр элеңиз?")

    await bakyt.taps(said(KY, "👁 See it as respondents do"))
    assert "1 / 3" in bakyt.sees
    await bakyt.taps("Русский")
    assert "Насколько вы довольны едой?" in bakyt.sees
    assert "Предпочитаю не отвечать" in bakyt.buttons
    await bakyt.taps("Предпочитаю не отвечать")
    assert bakyt.tap_answer["text"] == said(KY, "This is a preview: nothing is answered here.")
    await bakyt.taps("→")
    assert "Чего не хватает?" in bakyt.sees


async def test_questionnaire_is_made_of_the_library_and_taken_along(telegram: Telegram) -> None:
    bakyt = await manager(telegram, Language.EN)
    shipped = next(label for label in bakyt.buttons if "Student environment" in label)  # or another test has taken it
    await bakyt.taps(shipped)
    assert "Code: " in bakyt.sees
    await bakyt.taps("← Questionnaires")
    await bakyt.taps("➕ New questionnaire")
    await says_all(bakyt, "Тил", "Язык", "Language of study")
    await bakyt.taps("➕ Question")
    await bakyt.taps("📚 From the library")
    await bakyt.taps("state-language environment")
    await bakyt.taps("1. ")
    assert "✅ Added from the library." in bakyt.sees
    await bakyt.taps("← To the draft")
    await bakyt.taps("✅ Finish")
    await bakyt.taps("✅ Yes, finish")
    assert "✅ Finished" in bakyt.sees
    await bakyt.taps("🗂 File")
    paper = await bakyt.document()
    asked = read_questionnaire(tomllib.loads(paper.content.decode()))
    assert (asked.title.en, [item.code for item in asked.items]) == ("Language of study", ["lang1"])
    await bakyt.taps("← To the questionnaire")
    await bakyt.taps("📄 Blank (PDF)")
    assert (await bakyt.document(2)).content.startswith(b"%PDF")
    await bakyt.taps("← To the questionnaire")
    await bakyt.taps("✏️ Next edition")
    assert "✏️ This is the next edition." in bakyt.sees
    await bakyt.taps("🗑 Delete the draft")
    await bakyt.taps("🗑 Yes, delete")
    assert "🗑 The draft is deleted." in bakyt.sees


async def test_words_that_met_another_managers_change_are_given_back(telegram: Telegram) -> None:
    bakyt = await manager(telegram, Language.EN)
    await bakyt.taps("➕ New questionnaire")
    draft = (await library_of(telegram).open_library(OPERATOR)).drafts[0]
    await drafts_of(telegram).change(OPERATOR, draft.id, draft.version, SetMode(mode=SurveyMode.NAMED))
    await bakyt.says("Менин <b>сөзүм</b>")
    assert "The draft was changed meanwhile" in bakyt.sees
    assert "Менин <b>сөзүм</b>" in bakyt.sees
    await bakyt.taps("✏️ Title")
    await bakyt.says("б" * 81)
    assert bakyt.sees == "This is too long: at most 80 signs. Shorten it and send it again."
    await bakyt.says("Аталыш")
    assert "✅ Written." in bakyt.sees
    await bakyt.says("/cancel")
    await bakyt.says("Это уже не название")
    assert bakyt.sees.startswith("I did not understand that.")
    (found,) = [one for one in (await library_of(telegram).open_library(OPERATOR)).drafts if one.id == draft.id]
    assert (found.questionnaire.title.ky, found.questionnaire.title.ru) == ("Аталыш", "")


async def test_buttons_of_a_screen_that_is_old_show_how_the_draft_stands(telegram: Telegram) -> None:
    bakyt = await manager(telegram, Language.EN)
    await bakyt.taps("➕ New questionnaire")
    await bakyt.taps("← Back")
    await bakyt.taps("⚙️ Settings")
    settings = dict(bakyt.screen)
    await bakyt.taps("by name: in the chat")
    await bakyt.taps_on(settings, "open link")
    assert "The draft was changed meanwhile" in bakyt.sees
    draft = (await library_of(telegram).open_library(OPERATOR)).drafts[0]
    assert draft.questionnaire.mode is SurveyMode.NAMED
    await library_of(telegram).delete(OPERATOR, draft.id, draft.version)
    await bakyt.taps("⚙️ Settings")
    assert "This is not there any more" in bakyt.sees
    assert "← Questionnaires" in bakyt.buttons


async def test_nobody_else_opens_the_library(telegram: Telegram) -> None:
    bakyt = await manager(telegram, Language.EN)
    await telegram.bot.given.roles.revoke(OPERATOR, str(bakyt.id), Role.SURVEY_MANAGER)
    before = len((await library_of(telegram).open_library(OPERATOR)).drafts)
    await bakyt.taps("➕ New questionnaire")
    assert len((await library_of(telegram).open_library(OPERATOR)).drafts) == before
    await bakyt.says("/admin")
    assert "🧩 Questionnaires" not in bakyt.buttons
