"""What taps and replies lead to, question by question."""

import pytest

from handlers.survey_chat.callbacks import Action, Buttons, Step
from services.languages import Language
from services.questionnaires.dto import DONT_KNOW, NOT_SAID, SurveyMode
from services.survey_answers.dto import Ending, Standing
from tests.support.asking import Chat

MENU = [["☰ Menu"]]
OVER = "This survey is over. Nothing more is taken."


async def begun(chat: Chat) -> Chat:
    """Begin in English."""
    data = Buttons(chat.survey, chat.account_id).write(Step(action=Action.PROMISE, language=Language.EN))
    await chat.presses(data)
    await chat.taps("Understood")
    return chat


async def at_words() -> Chat:
    """Go to the first question that is answered in words."""
    chat = await begun(Chat())
    await chat.taps("No", "Skip", "Skip", "Skip", "Skip", "Skip")
    assert "What is good?" in chat.reads
    return chat


async def test_every_type_of_question_is_asked_and_everything_arrives() -> None:
    chat = await begun(Chat())
    assert chat.reads.startswith("▓░░░░░░░░░  1 / 8\n\nDormitory?")
    assert "2 / 9" in await chat.taps("Yes"), "the answer leads to one question more"
    assert chat.rows == [["a"], ["b"], ["I don't know"], ["Prefer not to say"], ["← Back", "⏸ Pause", "Skip →"]]
    await chat.taps("I don't know")
    assert "2. a choice that is far too long for any button <b>" in chat.reads
    assert chat.rows[0] == ["1", "2"]
    await chat.taps("2")
    await chat.taps("a", "c")
    assert "You can choose at most 2." in chat.reads
    assert chat.rows[:4] == [["✅ a"], ["b"], ["✅ c"], ["none"]]
    before = chat.shown
    assert (await chat.presses(chat.buttons["b"])).unchanged == "You can choose at most 2."
    assert chat.shown is not None
    assert before is not None
    assert chat.rows[:4] == [["✅ a"], ["b"], ["✅ c"], ["none"]]
    await chat.taps("none")
    assert chat.rows[:4] == [["a"], ["b"], ["c"], ["✅ none"]]
    await chat.taps("none", "b", "Next")
    assert "How are they?\n\n▸ the first row" in chat.reads
    assert "▸ the second row" in await chat.taps("Agree")
    await chat.taps("Prefer not")
    assert chat.rows[:2] == [[str(point) for point in range(6)], [str(point) for point in range(6, 11)]]
    assert "0 – Certainly not\n10 – Certainly yes" in chat.reads
    await chat.taps("10", "Skip", "Skip")
    assert "2. Which?  →  I don't know" in chat.reads
    assert "8. What is good?  →  –" in chat.reads, "what was left out is listed, too"
    assert chat.shown is not None
    assert "2. Which?  →  <b>I don't know</b>" in chat.shown.text
    assert "the second row  →  Prefer not to say" in chat.reads
    await chat.taps("Send")
    assert chat.service.given == [(
        {"home": 1, "one": DONT_KNOW, "long": "b", "many": ("b",), "rows.r1": 4, "rows.r2": NOT_SAID, "score": 10},
        {},
    )]  # fmt: skip
    assert chat.rows == MENU
    assert chat.service.asked == 1, "the one look at the database is at the beginning"


async def test_a_change_leads_back_to_the_summary_and_can_open_a_question() -> None:
    chat = await at_words()
    await chat.taps("Skip", "Skip", "Change")
    assert [label for row in chat.rows for label in row][:8] == [str(number) for number in range(1, 9)]
    await chat.taps("1")
    assert "Which of the long?" in await chat.taps("Yes")
    await chat.taps("Change", "3", "1")
    assert "Which of the long?  →  a choice" in chat.reads
    await chat.taps("Change", "4", "a")
    assert chat.rows[0] == ["✅ a"], "choices are taken one after the other"
    await chat.taps("To my answers", "Change", "To my answers", "Send")
    assert chat.service.given[0][0] == {"home": 1, "long": "a", "many": ("a",)}


async def test_the_language_is_chosen_on_the_promise_and_rides_along() -> None:
    chat = Chat()
    await chat.presses(Buttons(chat.survey, chat.account_id).write(Step(action=Action.PROMISE)))
    assert "English" in chat.buttons
    assert "Кыргызча" not in chat.buttons
    await chat.taps("English")
    title = "Student environment and climate"
    assert chat.reads.startswith(f"{title}\nAsked by: The <University>\n\nThis survey is confidential.")
    assert "autumn 2026" in chat.reads
    assert "6 December 2026" in chat.reads
    await chat.taps("Later")
    assert "You can begin at any time until 6 December 2026: /survey" in chat.reads
    await chat.taps("Open", "Understood")
    assert "Dormitory?" in chat.reads


async def test_a_pause_hides_answers_and_words() -> None:
    chat = await at_words()
    await chat.replies("secret words")
    await chat.taps("To my answers", "Pause")
    assert chat.shown is not None
    assert "<blockquote><tg-spoiler>secret words</tg-spoiler></blockquote>" in chat.shown.text
    assert "Dormitory" not in chat.reads
    assert "secret words" in await chat.taps("Go on")


async def test_two_texts_are_both_shown_and_can_be_written_again_and_dropped() -> None:
    chat = await at_words()
    assert "What is good?\nfirst\n\nPlease check" in await chat.replies("first")
    assert chat.last.drops_words
    await chat.taps("Next")
    assert "The text is long: 21 characters. Please shorten it to 20." in await chat.replies("x" * 21)
    assert "What is good?\nfirst" in chat.reads
    assert not chat.last.drops_words
    assert "What is good?\nfirst\n\nWhat is bad?\nsecond" in await chat.replies("second")
    await chat.taps("Write again")
    await chat.replies("third")
    assert "What is bad?\nthird" in chat.reads
    assert "7. What is good?\nfirst\n\n8. What is bad?\nthird" in await chat.taps("To my answers")
    await chat.taps("Change", "8")
    assert "What you have written so far:\n\nWhat is good?\nfirst\n\nWhat is bad?\nthird" in chat.reads
    assert "To leave it as it is, tap “Next”." in chat.reads
    await chat.replies("third")
    assert "third" not in await chat.taps("Without it")
    await chat.replies("fourth")
    await chat.taps("Send")
    assert chat.service.given[0][1] == {"good": "first", "bad": "fourth"}


@pytest.mark.parametrize("without_buttons", [False, True])
async def test_a_reply_finds_its_question_with_the_buttons_or_with_the_hidden_link(*, without_buttons: bool) -> None:
    chat = await at_words()
    assert "What is good?\nfirst" in await chat.replies("first", without_buttons=without_buttons)
    await chat.taps("Next")
    assert "What is bad?\nsecond" in await chat.replies("second", without_buttons=without_buttons)
    assert "What is bad?\nthird" in await chat.replies("third", without_buttons=without_buttons)
    await chat.taps("Send")
    assert chat.service.given[0] == ({"home": 0}, {"good": "first", "bad": "third"})


@pytest.mark.parametrize("text", [None, "", " \n "])
async def test_what_is_no_text_asks_again(text: str | None) -> None:
    chat = await at_words()
    assert "Only text is taken here." in await chat.replies(text)
    assert chat.last.unchanged
    assert not chat.last.drops_words


async def test_words_where_none_are_asked_for_change_nothing() -> None:
    chat = await begun(Chat())
    before = chat.shown
    await chat.replies("words")
    assert chat.last.screen is None
    assert "What you wrote was not kept." in chat.last.alert
    chat.shown = before
    await chat.taps("Pause")
    await chat.replies("words")
    assert "What you wrote was not kept." in chat.last.alert


async def test_somebody_elses_prompt_takes_no_words() -> None:
    chat = await at_words()
    chat.account_id = 70_002
    for without_buttons in (False, True):
        await chat.replies("words", without_buttons=without_buttons)
        assert chat.last.screen is None


async def test_words_of_distress_are_answered_at_once() -> None:
    chat = await begun(Chat(comfort=lambda words: "Call <b>112</b>" if "hard" in words else ""))
    await chat.taps("No", "Skip", "Skip", "Skip", "Skip", "Skip")
    assert (await chat.replies("it is hard")).startswith("Call 112")
    assert chat.last.undeleted is not None
    assert "Call <b>112</b>" in chat.last.undeleted.text
    assert "112" not in await chat.replies("it is fine")


@pytest.mark.parametrize("words", ["it is hard " * 50, "it is hard " + "#tag " * 61], ids=["too long", "too marked"])
async def test_words_of_distress_are_answered_also_where_they_cannot_be_taken(words: str) -> None:
    chat = await begun(Chat(comfort=lambda words: "Call <b>112</b>" if "hard" in words else ""))
    await chat.taps("No", "Skip", "Skip", "Skip", "Skip", "Skip")
    told = await chat.replies(words)
    assert "Call 112" in told
    assert "Then please delete it." in told
    assert "Call <b>112</b>" in chat.last.unchanged, "said once more when the screen says so already"
    assert not chat.last.drops_words


async def test_where_there_is_no_room_for_words_of_distress_the_answer_is_a_message_of_its_own() -> None:
    comfort = "Call <b>112</b>" + "." * 4_000
    chat = await begun(Chat(comfort=lambda words: comfort if "hard" in words else ""))
    await chat.taps("No", "Skip", "Skip", "Skip", "Skip", "Skip")
    await chat.replies("it is hard")
    assert (chat.last.screen, comfort in chat.last.alert) == (None, True)


async def test_words_of_distress_are_answered_where_none_are_asked_for() -> None:
    chat = await begun(Chat(comfort=lambda words: "Call <b>112</b>" if "hard" in words else ""))
    await chat.replies("it is hard")
    assert chat.last.alert.endswith("Call <b>112</b>")


async def test_half_a_character_harms_nothing() -> None:
    chat = await at_words()
    assert "What is good?\nhalf \ufffd" in await chat.replies("half \ud83d")


async def test_a_tap_below_a_message_that_telegram_forgot_is_told() -> None:
    chat = await begun(Chat())
    outcome = await chat.presses(chat.buttons["Yes"], None)
    assert outcome.screen is None
    assert "too old to be changed" in outcome.alert


@pytest.mark.parametrize(("ending", "said"), [(Ending.OVER, OVER), (Ending.NOT_ASKED, "does not ask you")])
async def test_the_end_may_come_too_late(ending: Ending, said: str) -> None:
    for labels in (("Skip",) * 8 + ("Send",), ("Pause",)):
        chat = await begun(Chat())
        chat.service.ending = ending
        if labels == ("Pause",):
            data = Buttons(chat.survey, chat.account_id).write(Step(action=Action.DECLINED, language=Language.EN))
            await chat.presses(data)
        else:
            await chat.taps(*labels)
        assert said in chat.last.alert


async def test_a_closed_survey_takes_its_state_out_of_the_chat() -> None:
    chat = await begun(Chat())
    chat.service.survey = None
    assert await chat.taps("Yes") == OVER
    assert chat.rows == MENU


async def test_whoever_is_not_asked_does_not_begin() -> None:
    chat = Chat()
    chat.service.standing = None
    await begun(chat)
    assert "does not ask you" in chat.last.alert


async def test_a_finished_survey_does_not_begin_again() -> None:
    chat = Chat()
    chat.service.standing = Standing(finished=True)
    await begun(chat)
    assert chat.last.alert == "This survey is already finished for you."
    assert chat.rows == MENU


async def test_an_anonymous_survey_takes_nothing_in_the_chat_but_the_wish_for_silence() -> None:
    chat = Chat(SurveyMode.ANONYMOUS)
    for action in Action:
        data = Buttons(chat.survey, chat.account_id).write(Step(action=action, language=Language.EN))
        outcome = await chat.presses(data)
        if action is Action.QUIET:
            assert "There will be no more reminders" in chat.reads
        else:
            assert "This button is not yours" in outcome.alert
    data = Buttons(Chat().survey, 70_001).write(Step(action=Action.QUIET, language=Language.EN))
    assert "This button is not yours" in (await Chat().presses(data)).alert


async def test_a_named_survey_says_who_reads_and_ends_with_its_own_words() -> None:
    chat = Chat(SurveyMode.NAMED)
    await chat.presses(Buttons(chat.survey, chat.account_id).write(Step(action=Action.PROMISE, language=Language.EN)))
    assert "kept with your name.\n\nThey are read by: Career Centre" in chat.reads
    assert "confidential" not in chat.reads
    await chat.taps("I do not take part", "Yes, I do not")
    assert chat.reads == "All right. We will not write to you about this survey again."


async def test_words_with_too_much_that_telegram_marks_are_asked_for_again() -> None:
    chat = await at_words()
    said = await chat.replies("#тег " * 61)
    assert "too many links, @names, #words" in said
    assert "Write again" not in " ".join(chat.buttons)
    await chat.replies("Китепкана 08:00-20:00, @library, https://example.org/x, 0555 12 34 56, #китеп")
    assert any("Write again" in label for label in chat.buttons)
