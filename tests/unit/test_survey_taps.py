"""Buttons of surveys: 64 bytes hold everything, and nobody can make one up."""

import random
from dataclasses import replace

import pytest

from handlers.survey_chat.callbacks import Action, Buttons, Step, language_of, survey_of
from handlers.survey_chat.incoming import Screen, read_texts
from services.languages import Language
from services.questionnaires.dto import DONT_KNOW, NOT_SAID, Answer, Questionnaire
from services.questionnaires.packing import CHAT_BYTES, Packing
from services.questionnaires.reading import read_questionnaire
from services.survey_answers.dto import OpenSurvey
from services.survey_answers.proofs import PROOF_BYTES, hide, reveal
from tests.support.surveyed import library_body
from tests.support.surveying import prepared

LARGEST = 2**63 - 1


def answered(questionnaire: Questionnaire, seed: int) -> dict[str, Answer]:
    """Answer about everything at random."""
    chance = random.Random(seed)  # noqa: S311 -- a test that can be repeated
    given: dict[str, Answer] = {}
    for item in questionnaire.closed_items:
        for key in item.keys:
            points = [*item.scale.points] if item.scale is not None else []
            others = [NOT_SAID, *([DONT_KNOW] if item.dont_know else [])]
            given[key] = chance.choice([*points, *others])
    return given


@pytest.fixture(scope="module")
def survey() -> OpenSurvey:
    return prepared(read_questionnaire(library_body()))


@pytest.mark.parametrize("survey_id", [1, 255, 256, 2**32, LARGEST])
def test_a_button_brings_back_what_it_was_given(survey: OpenSurvey, survey_id: int) -> None:
    buttons = Buttons(replace(survey, survey=replace(survey.survey, id=survey_id)), 70_001)
    for number, action in enumerate(Action):
        answers = answered(survey.questionnaire, number)
        step = Step(action=action, page=number, language=list(Language)[number % 3], answers=answers)
        data = buttons.write(step)
        assert len(data) <= 64
        assert buttons.read(data) == step == buttons.read_link(buttons.write_link(step))
        assert survey_of(data) == survey_of(buttons.write_link(step)) == survey_id
        assert language_of(data) is step.language


def test_the_largest_questionnaire_of_the_largest_number_fits(survey: OpenSurvey) -> None:
    class Widest(Packing):
        def pack(self, _answers: object) -> bytes:
            return bytes(CHAT_BYTES)

    widest = Widest(survey.questionnaire)
    large = replace(survey, survey=replace(survey.survey, id=LARGEST), packing=widest)
    assert len(Buttons(large, -(2**63)).write(Step(action=Action.SEND, page=59))) == 64


def test_no_bit_of_a_button_can_be_changed(survey: OpenSurvey) -> None:
    buttons = Buttons(survey, 70_001)
    data = buttons.write(Step(action=Action.NEXT, page=3, answers=answered(survey.questionnaire, 1)))
    others = {data[:place] + letter + data[place + 1 :] for place in range(2, len(data)) for letter in "A9_z"} - {data}
    assert [other for other in others if buttons.read(other) is not None] == []


@pytest.mark.parametrize("data", ["s:", "s:AAAA", "s:====", "s:ы", "s:" + "A" * 62, "s:\x00", "tg://survey?s=", "x"])
def test_what_is_no_button_is_nobodys(survey: OpenSurvey, data: str) -> None:
    assert Buttons(survey, 70_001).read(data) is None
    assert Buttons(survey, 70_001).read_link(data) is None
    survey_of(data)
    language_of(data)


def test_a_button_is_of_one_person_and_one_survey(survey: OpenSurvey) -> None:
    data = Buttons(survey, 70_001).write(Step(action=Action.SEND))
    link = Buttons(survey, 70_001).write_link(Step(action=Action.SEND))
    other_survey = replace(survey, tap_key=bytes(32))
    for stranger in (Buttons(survey, 70_002), Buttons(survey, -70_001), Buttons(other_survey, 70_001)):
        assert stranger.read(data) is None
        assert stranger.read_link(link) is None


def test_a_link_shows_nothing_of_the_answers_and_is_never_the_same() -> None:
    key, payload = bytes(range(32)), b"answers of somebody" + bytes(PROOF_BYTES)
    hidden = hide(key, 7, payload)
    assert payload[:8] not in hidden
    assert hide(key, 7, payload) != hidden
    assert reveal(key, 7, hidden) == payload
    assert reveal(key, 8, hidden) is None
    assert reveal(key, 7, hidden[:5]) is None


@pytest.mark.parametrize(
    "words",
    [
        "<b>bold</b> &amp; \"quotes\" 'and' <",
        "👩‍👩‍👧‍👦 🇰🇬 𝔘𝔫𝔦",
        "line\n\nline\n   indented\ttab",
        "\u200fשלום\u200f مرحبا \u200eleft",
        "zero\u200bwidth\u2060join\u200d",
        "What should be changed first?\nx",
    ],
)
def test_words_are_read_back_as_they_stand_below_their_question(survey: OpenSurvey, words: str) -> None:
    first, second = (item.text.en for item in survey.questionnaire.texts)
    shown = f"\u200b{first}\n{words}\n\n{second}\n{words}!\n\nPlease check"
    entities, at = [], 0
    for question, quoted in ((f"\u200b{first}\n", words), (f"\n\n{second}\n", words + "!")):
        at += len(question.encode("utf-16-le")) // 2
        length = len(quoted.encode("utf-16-le")) // 2
        entities += [{"type": "blockquote", "offset": at, "length": length}, {"type": "url", "offset": at, "length": 1}]
        at += length
    found = read_texts(Screen(text=shown, entities=entities), survey.questionnaire, Language.EN)
    assert found == dict(zip([item.code for item in survey.questionnaire.texts], [words, words + "!"], strict=True))
