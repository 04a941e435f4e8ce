"""A survey in the chat: one message from the promise to the last screen."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.survey_keys import SurveyKeyFiles
from services.languages import Language
from services.questionnaires.dto import SurveyMode
from services.surveys.dto import Survey
from tests.support.friends import Friend
from tests.support.journeys import begun, said
from tests.support.people import AIZADA
from tests.support.surveyed import read_sealed
from tests.support.surveying import open_survey
from tests.support.telegram import Telegram

EN = Language.EN
EVERY_LANGUAGE = pytest.mark.parametrize("language", list(Language))
LAST = "Thank you! This survey is finished for you. You will get no more reminders."
CANARY = "Канарейка <b>&amp; 👩‍👩‍👧 \u200fשלום\n\n  #тег /survey @bot https://example.org"


async def asked(
    telegram: Telegram, folder: Path, language: Language = EN, mode: SurveyMode = SurveyMode.CONFIDENTIAL
) -> tuple[Friend, Survey]:
    """Somebody who is asked, and looks at the promise."""
    friend = await telegram.meet("Айзада", AIZADA, language)
    survey = await open_survey(telegram, folder, friend, mode=mode)
    await friend.says("/survey")
    title = survey.questionnaire.title.get(language)
    assert title in friend.sees
    await friend.taps(said(language, "Open: {title}", title=title))
    return friend, survey


async def begins(friend: Friend, language: Language = EN) -> None:
    await friend.taps(said(language, "Understood, begin"))


async def taps_first(friend: Friend, number: int) -> None:
    """Give so many questions their first answer."""
    for _ in range(number):
        button = friend.screen["reply_markup"]["inline_keyboard"][0][0]
        await friend.presses(friend.screen["message_id"], button["callback_data"])


async def replies(friend: Friend, words: str) -> None:
    """Reply to the survey's message."""
    friend.world.send_text(friend.id, words, reply_to=friend.screen["message_id"])
    await friend.waits()


async def sealed(telegram: Telegram, folder: Path, survey: Survey) -> list[Any]:
    async with telegram.engine.connect() as connection:
        return await read_sealed(connection, SurveyKeyFiles(folder), survey)


@EVERY_LANGUAGE
async def test_a_whole_survey_is_one_message(telegram: Telegram, tmp_path: Path, language: Language) -> None:
    aizada, survey = await asked(telegram, tmp_path, language)
    number = aizada.screen["message_id"]
    assert begun(language, "But this chat is not anonymous") in aizada.sees
    assert survey.period.get(language) in aizada.sees
    assert aizada.sees.strip("\u200b").startswith(survey.questionnaire.title.get(language))
    university = telegram.bot.given.university.name.get(language)
    assert said(language, "Asked by: {university}", university=university) in aizada.sees
    await begins(aizada, language)
    await taps_first(aizada, 20)
    assert begun(language, "Write as a reply to this message: hold it, or swipe it to the left") in aizada.sees
    await replies(aizada, "Китепкана <b>")
    assert "Китепкана <b>" in aizada.sees
    await aizada.taps(said(language, "Next →"))
    await aizada.taps(said(language, "Skip →"))
    assert "Китепкана <b>" in aizada.sees
    await aizada.taps(said(language, "📨 Send"))
    assert aizada.sees.strip("\u200b").startswith(said(language, LAST))
    assert "/trust" in aizada.sees
    assert aizada.buttons == [said(language, "☰ Menu")]
    assert [one["message_id"] for one in aizada.messages if one["message_id"] >= number] == [number]
    (reply,) = await sealed(telegram, tmp_path, survey)
    assert (reply.stratum, reply.answers["rec1"], len(reply.answers)) == ("mti", 0, 19)
    assert list(reply.texts.values()) == ["Китепкана <b>"]
    await aizada.says("/survey")
    assert said(language, "This survey is already finished for you.") in aizada.sees
    assert aizada.buttons == [said(language, "☰ Menu")]


async def test_words_without_reply_never_come_into_the_inbox(
    telegram: Telegram, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A trigger notes all that is ever written to the inbox, as the server's journal does."""
    caplog.set_level(logging.INFO)
    aizada, survey = await asked(telegram, tmp_path)
    await begins(aizada)
    await taps_first(aizada, 20)
    await telegram.execute("create table seen as select payload::text p from inbox where false")
    await telegram.execute(
        "create function note_seen() returns trigger language plpgsql as "
        "$$ begin insert into seen values (new.payload::text); return new; end $$"
    )
    await telegram.execute("create trigger seen before insert on inbox for each row execute function note_seen()")
    try:
        await aizada.says("canary: декан <b>")
        assert "Nothing of this was kept: your own words are taken only as a reply." in aizada.sees
        await aizada.says("/help")
        (seen,) = await telegram.rows("select p from seen")
    finally:
        await telegram.execute("drop trigger seen on inbox")
        await telegram.execute("drop function note_seen")
        await telegram.execute("drop table seen")
    assert "/help" in seen[0]
    assert "canary" not in caplog.text
    assert await sealed(telegram, tmp_path, survey) == []
    lines = [record.getMessage() for record in caplog.records]
    assert not [line for line in lines if "survey_chat" in line], "the log does not say who looks at surveys"


async def test_declining_asks_once_and_ends_with_the_very_same_screen(telegram: Telegram, tmp_path: Path) -> None:
    aizada, survey = await asked(telegram, tmp_path)
    await aizada.taps("I do not take part")
    assert "Nobody may demand proof" in aizada.sees
    await aizada.taps("← Back")
    await begins(aizada)
    await aizada.says("/survey")
    await aizada.taps("Open: ")
    await aizada.taps("I do not take part")
    await aizada.taps("Yes, I do not take part")
    declined = {key: value for key, value in aizada.screen.items() if key in {"text", "entities", "reply_markup"}}
    bakyt, _ = await asked(telegram, tmp_path)
    await begins(bakyt)
    for _ in range(22):
        await bakyt.taps("Skip →")
    await bakyt.taps("📨 Send")
    answered = {key: value for key, value in bakyt.screen.items() if key in {"text", "entities", "reply_markup"}}
    assert declined == answered
    assert [reply.declined for reply in await sealed(telegram, tmp_path, survey)] == [True]


async def test_the_menu_leads_to_surveys_and_away_from_them(telegram: Telegram, tmp_path: Path) -> None:
    """What is stored of the tap below the last screen says nothing of the survey: the screen stays as it is."""
    aizada = await telegram.meet("Айзада", AIZADA, EN)
    await open_survey(telegram, tmp_path, aizada)
    await aizada.starts()
    await aizada.taps("🗳 Surveys")
    assert "here it begins anew" in aizada.sees
    assert "📊 What surveys found" not in aizada.buttons
    await aizada.taps("Open: ")
    await aizada.taps("I do not take part")
    await aizada.taps("Yes, I do not take part")
    last = aizada.screen
    await aizada.taps("☰ Menu")
    assert "What would you like to do?" in aizada.sees
    assert aizada.screen["message_id"] > last["message_id"]
    assert last["text"] in [one.get("text") for one in aizada.messages]
    await aizada.taps("🗳 Surveys")
    assert "This survey is already finished for you." in aizada.sees
    assert "here it begins anew" not in aizada.sees


async def test_an_old_message_says_that_all_is_finished(telegram: Telegram, tmp_path: Path) -> None:
    aizada, survey = await asked(telegram, tmp_path)
    promise = aizada.screen
    await begins(aizada)
    question = aizada.screen
    await aizada.says("/survey")
    await aizada.taps("Open: ")
    await aizada.taps("I do not take part")
    await aizada.taps("Yes, I do not take part")
    await aizada.taps_on(promise, "Understood, begin")
    assert aizada.tap_answer["text"] == "This survey is already finished for you."
    await aizada.taps_on(question, "10")
    for _ in range(21):
        await aizada.taps_on(telegram.world.conversations[aizada.id].messages[question["message_id"]], "Skip →")
    await aizada.taps_on(telegram.world.conversations[aizada.id].messages[question["message_id"]], "Send")
    assert LAST in telegram.world.conversations[aizada.id].messages[question["message_id"]]["text"]
    assert [reply.declined for reply in await sealed(telegram, tmp_path, survey)] == [True]


async def test_a_foreign_a_forged_and_a_closed_button_do_nothing(telegram: Telegram, tmp_path: Path) -> None:
    aizada, survey = await asked(telegram, tmp_path)
    bakyt = await telegram.meet("Бакыт", AIZADA, EN)
    data = aizada.screen["reply_markup"]["inline_keyboard"][1][1]["callback_data"]
    await bakyt.says("/survey")
    for forged in (data, data[:-1] + ("A" if data[-1] != "A" else "B"), "s:", "s:AAAAAAAAAAAAAAAAAAAA", "s:ы"):
        before = bakyt.screen
        await bakyt.presses(bakyt.screen["message_id"], forged)
        assert bakyt.tap_answer["show_alert"], forged
        assert bakyt.screen == before or len(bakyt.buttons) == 1, "the menu"
    await telegram.execute("update surveys set state = 'closing', tap_key = null where id = :id", id=survey.id)
    telegram.bot.given.survey_answers._open._known.clear()
    await aizada.taps("Understood, begin")
    assert "This survey is over" in aizada.sees
    assert aizada.buttons == ["☰ Menu"]
    assert await telegram.value("select count(*) from survey_marks where survey_id = :id", id=survey.id) == 0


async def test_back_change_and_pause_keep_every_answer(telegram: Telegram, tmp_path: Path) -> None:
    aizada, survey = await asked(telegram, tmp_path)
    await begins(aizada)
    await aizada.taps("10")
    await aizada.taps("← Back")
    assert "✅ 10" in aizada.buttons
    await aizada.taps("⏸ Pause")
    assert "10" not in aizada.sees.replace(str(survey.closes_on and survey.closes_on.year), "")
    assert aizada.buttons == ["▶️ Go on"]
    await aizada.taps("▶️ Go on")
    await aizada.taps("Next →")
    for _ in range(19):
        await aizada.taps("Prefer not to say")
    await replies(aizada, "words")
    await aizada.taps("To my answers")
    assert "words" in aizada.sees
    await aizada.taps("Change")
    sixth = aizada.screen["reply_markup"]["inline_keyboard"][0][5]["callback_data"]
    await aizada.presses(aizada.screen["message_id"], sixth)
    await aizada.taps("Yes")
    assert "words" in aizada.sees
    assert "7. " in aizada.sees
    await aizada.taps("📨 Send")
    (reply,) = await sealed(telegram, tmp_path, survey)
    assert reply.answers["rec1"] == 10
    assert "dorm0" not in reply.answers
    assert list(reply.texts.values()) == ["words"]


async def test_words_survive_whatever_they_are_and_the_message_goes(telegram: Telegram, tmp_path: Path) -> None:
    aizada, survey = await asked(telegram, tmp_path)
    await begins(aizada)
    await taps_first(aizada, 20)
    await replies(aizada, "x" * 501)
    assert "The text is long: 501 characters. Please shorten it to 500." in aizada.sees
    await replies(aizada, "😀" * 500)
    await aizada.taps("Write again")
    await replies(aizada, CANARY)
    assert not any(one.get("text") == CANARY for one in telegram.world.messages(aizada.id))
    await aizada.taps("Next →")
    await replies(aizada, "😀" * 500)
    await aizada.taps("📨 Send")
    (reply,) = await sealed(telegram, tmp_path, survey)
    assert list(reply.texts.values()) == [CANARY, "😀" * 500]


async def test_anything_but_text_is_answered_and_enters_nothing(telegram: Telegram, tmp_path: Path) -> None:
    aizada, _ = await asked(telegram, tmp_path)
    await begins(aizada)
    await replies(aizada, "not here")
    assert "What you wrote was not kept" in aizada.sees
    await aizada.says("/survey")
    await aizada.taps("Open: ")
    await begins(aizada)
    await taps_first(aizada, 20)
    number = aizada.screen["message_id"]
    sends: list[Callable[[], object]] = [
        lambda: telegram.world.send_photo(aizada.id, b"\xff\xd8\xff\xe0 picture", caption="canary", reply_to=number),
        lambda: telegram.world.send_document(aizada.id, "a.txt", b"canary", caption="canary", reply_to=number),
        lambda: telegram.world.send_sticker(aizada.id, reply_to=number),
    ]
    for send in sends:
        send()
        await aizada.waits()
        assert "Only text is taken here" in aizada.sees
    assert await telegram.value("select count(*) from inbox where payload::text like '%canary%'") == 0


async def test_a_message_that_cannot_be_deleted_is_named(telegram: Telegram, tmp_path: Path) -> None:
    aizada, _ = await asked(telegram, tmp_path)
    await begins(aizada)
    await taps_first(aizada, 20)
    old = telegram.world.send_text(aizada.id, "words", reply_to=aizada.screen["message_id"])
    telegram.world.conversations[aizada.id].messages[old["message_id"]]["date"] = 1
    await aizada.waits()
    assert "Please delete it yourself." in aizada.sees
    assert "words" in aizada.sees


@EVERY_LANGUAGE
async def test_words_of_distress_show_at_once_where_to_call(
    telegram: Telegram, tmp_path: Path, language: Language
) -> None:
    aizada, _ = await asked(telegram, tmp_path, language)
    await begins(aizada, language)
    await taps_first(aizada, 20)
    words = {
        Language.KY: "Өлүп калгым келет",
        Language.RU: "Я хочу покончить с собой",
        Language.EN: "I want to kill myself",
    }
    await replies(aizada, words[language])
    assert said(language, "It sounds as if things are very hard now. Please do not stay alone with it.") in aizada.sees
    assert telegram.bot.given.hotlines.to_call[0] in aizada.sees
    assert words[language] in aizada.sees


async def test_a_named_survey_is_saved_and_can_be_changed(telegram: Telegram, tmp_path: Path) -> None:
    aizada, survey = await asked(telegram, tmp_path, mode=SurveyMode.NAMED)
    assert "Your answers to this survey are kept with your name." in aizada.sees
    await begins(aizada)
    await taps_first(aizada, 20)
    await replies(aizada, "first words")
    await aizada.taps("Next →")
    await aizada.taps("Skip →")
    await aizada.taps("📨 Send")
    assert "Your answer is saved. You can change it until" in aizada.sees
    await aizada.says("/survey")
    await aizada.taps("Open: ")
    await begins(aizada)
    assert "✅ 0" in aizada.buttons
    assert "first words" in aizada.sees
    await aizada.taps("10")
    for _ in range(21):
        await aizada.taps("Next →" if "Next →" in aizada.buttons else "Skip →")
    await aizada.taps("📨 Send")
    (kept,) = (await telegram.rows("select answers from named_replies where survey_id = :id", id=survey.id))[0]
    assert kept["rec1"] == 10
    assert "first words" in kept.values()


async def test_nothing_of_it_is_in_inbox_forms_notices_or_logs(
    telegram: Telegram, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    aizada, survey = await asked(telegram, tmp_path)
    await begins(aizada)
    caplog.clear()
    await taps_first(aizada, 20)
    await replies(aizada, CANARY)
    await aizada.taps("Next →")
    await aizada.taps("Skip →")
    await aizada.taps("📨 Send")
    assert await sealed(telegram, tmp_path, survey) != []
    logged = "\n".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    assert "анарейка" not in logged
    assert str(aizada.id) not in logged
    tables = await telegram.rows(
        "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
    )
    for (table,) in tables:
        found = f"select count(*) from {table} t where to_jsonb(t)::text ~ 'анарейка|\"s:|tg://survey'"  # noqa: S608
        assert await telegram.value(found) == 0, table


async def test_taps_of_many_are_served_beside_each_other_and_one_that_hangs_is_dropped(
    telegram: Telegram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.survey_door._PATIENCE", 0.2)
    aizada, _ = await asked(telegram, tmp_path)
    tap = telegram.bot.given.survey_answers.find_open
    held = asyncio.Event()

    async def hang(survey_id: int) -> Any:  # noqa: ANN401 -- the service's own
        await held.wait()
        return await tap(survey_id)

    monkeypatch.setattr(telegram.bot.given.survey_answers, "find_open", hang)
    await aizada.taps("Understood, begin", wait=False)
    bakyt = await telegram.meet("Бакыт", AIZADA, EN)
    await bakyt.says("/help")
    assert bakyt.sees
    await aizada.waits()
    await aizada.hears(lambda: telegram.world.callback_answer(aizada.last_tap))
    assert aizada.tap_answer["text"] == "That took too long. Please tap again to see whether it arrived."
    monkeypatch.undo()
    await begins(aizada)
    assert "1 / 22" in aizada.sees


async def test_what_fails_inside_leaves_one_line_that_names_nobody(
    telegram: Telegram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    aizada, _ = await asked(telegram, tmp_path)

    async def fail(_survey_id: int) -> None:
        raise KeyError(f"answer of {aizada.id}")

    monkeypatch.setattr(telegram.bot.given.survey_answers, "find_open", fail)
    await aizada.taps("Understood, begin")
    assert aizada.tap_answer["text"] == "That took too long. Please tap again to see whether it arrived."
    lines = [record for record in caplog.records if record.name == "bot.survey_door"]
    assert [record.getMessage() for record in lines] == ["something of a survey was not served: KeyError"]
    assert lines[0].exc_info is None
