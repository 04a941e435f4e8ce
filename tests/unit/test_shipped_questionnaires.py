"""The questionnaires that come with the bot keep the rules by which they were written."""

import re
from collections import Counter
from dataclasses import replace

import pytest

from bot.documents.coverage import can_print
from services.audience.rules import read_audience
from services.languages import Language, Trilingual
from services.questionnaires.comparing import comparable, conflicts, reworded
from services.questionnaires.dto import Good, Item, ItemType, Questionnaire, SurveyMode
from services.questionnaires.packing import Packing, fits_chat
from services.questionnaires.shipped import list_shipped, load_shipped, shipped_source
from services.questionnaires.wording import places_saying_anonymous
from services.spelling import mend

SHIPPED = {code: load_shipped(code) for code in list_shipped()}
EACH = pytest.mark.parametrize("found", SHIPPED.values(), ids=SHIPPED)
_NEGATION = re.compile(r"\b(не|нет|not|no|never|эмес|жок)\b|n't\b|(ба|бе|бо|бө|па|пе|по|пө)йт\b", re.IGNORECASE)


def _goods(found: Questionnaire) -> Counter[Good | None]:
    return Counter(item.good for item in found.closed_items if item.type is ItemType.SCALE)


def _texts(found: Questionnaire) -> list[tuple[str, Trilingual]]:
    return [
        (f"{item.code} {kind}", text)
        for item in found.items
        for kind, text in (
            ("text", item.text),
            ("hint", item.hint or Trilingual()),
            *((choice.code, choice.text) for choice in item.choices),
        )
    ] + [("title", found.title), ("title_long", found.title_long)]


def _block(found: Questionnaire, scale: str) -> list[Item]:
    return [item for item in found.items if item.scale is not None and item.scale.name == scale]


@EACH
def test_it_says_who_is_asked_in_which_mode_and_for_how_long(found: Questionnaire) -> None:
    modes = {
        "climate-students": (SurveyMode.ANONYMOUS, "role:student"),
        "climate-staff": (SurveyMode.ANONYMOUS, "role:staff"),
        "state-language": (SurveyMode.CONFIDENTIAL, "role:student"),
        "graduates": (SurveyMode.NAMED, "status:graduated"),
        "employers": (SurveyMode.OPEN, ""),
    }
    assert (found.mode, found.audience) == modes[found.code]
    assert not found.audience or str(read_audience(found.audience)) == found.audience
    assert found.minutes <= 6
    assert found.revision == 1


@EACH
def test_the_chat_has_room_for_it_and_nothing_in_it_says_anonymous(found: Questionnaire) -> None:
    assert fits_chat(found)
    assert places_saying_anonymous(found) == ()


def test_the_form_for_students_takes_eight_bytes() -> None:
    assert (Packing(SHIPPED["climate-students"]).bits, Packing(SHIPPED["climate-students"]).size) == (63, 8)


def test_good_and_bad_ends_are_balanced() -> None:
    assert _goods(SHIPPED["climate-students"]) == {Good.HIGH: 9, Good.LOW: 11}
    assert _goods(SHIPPED["climate-staff"]) == {Good.HIGH: 7, Good.LOW: 9}


@pytest.mark.parametrize("code", ["climate-students", "climate-staff"])
def test_opinions_are_asked_both_ways_and_the_reversed_ones_deny_nothing(code: str) -> None:
    block = _block(SHIPPED[code], "agree5")
    assert {item.good for item in block} == {Good.HIGH, Good.LOW}
    for item in block:
        for language in Language:
            if item.good is Good.LOW:
                assert not _NEGATION.search(item.text.get(language)), (item.code, language)


@pytest.mark.parametrize("found", [SHIPPED["climate-students"], SHIPPED["climate-staff"], SHIPPED["state-language"]])
def test_what_happened_is_asked_of_the_last_semester_which_the_opening_names(found: Questionnaire) -> None:
    assert found.period is not None
    for item in _block(found, "freq5"):
        assert "кыркы семестрде" in item.text.ky
        assert "в последнем семестре" in item.text.ru
        assert "the last semester" in item.text.en


@EACH
def test_questions_are_short_and_in_letters_of_their_own_language(found: Questionnaire) -> None:
    for place, text in _texts(found):
        for language in Language:
            said = text.get(language)
            assert mend(said) == said, place
            assert can_print(said), place
        assert not re.search("[a-z]", text.ky + text.ru, re.IGNORECASE), place
        assert not re.search("[а-яёңөү]", text.en, re.IGNORECASE), place
    assert max(len(item.text.ky.split()) for item in found.items) <= 15


def test_what_one_may_not_have_seen_can_be_answered_with_not_knowing() -> None:
    for code, item in (("climate-students", "bribe1"), ("climate-students", "press1"), ("climate-staff", "s_bribe1")):
        assert SHIPPED[code].item(item).dont_know


def test_what_would_point_at_few_is_told_for_the_university_only() -> None:
    for code, item in (("climate-students", "dorm1"), ("climate-staff", "s_head1")):
        assert SHIPPED[code].item(item).report is not None


def test_every_scored_opinion_of_the_climate_stands_in_an_index_but_the_general_ones() -> None:
    for code, single in (
        ("climate-students", {"rec1", "lang1", "dorm1"}),
        ("climate-staff", {"s_rec1", "s_lang1"}),
    ):
        found = SHIPPED[code]
        indexed = {item for index in found.indices for item in index.items}
        assert {item.code for item in found.items if item.good is not None} - indexed == single


def test_those_without_work_are_not_asked_about_it() -> None:
    asked = {item.code for item in SHIPPED["graduates"].items if item.skip is not None}
    assert asked == {"g_when", "g_place", "g_org", "g_know", "g_post"}


def test_only_what_comes_with_the_bot_is_loaded() -> None:
    assert shipped_source("employers")["id"] == "employers"
    with pytest.raises(LookupError):
        load_shipped("../errors")


def test_the_library_contradicts_itself_nowhere() -> None:
    for found in SHIPPED.values():
        assert conflicts(found, [other for other in SHIPPED.values() if other is not found]) == []


def test_a_corrected_spelling_keeps_its_code_and_a_changed_question_does_not() -> None:
    found = SHIPPED["state-language"]
    spelt = replace(found.item("l_list1"), text=Trilingual(ky="Угуп түшүнөсүзбү?", ru="Понимаете?", en="Can you?"))
    turned = replace(found.item("l_read1"), good=Good.LOW)
    rescaled = replace(found.item("l_speak1"), scale=found.item("l_mat1").scale)
    fewer = replace(found.item("l_bar"), choices=found.item("l_bar").choices[1:])
    other = replace(found.item("l_help"), type=ItemType.SINGLE)
    moved = replace(found.item("l_use1"), code="l_use3")
    edited = replace(found, revision=2, items=(spelt, turned, rescaled, fewer, other, moved))
    lines = conflicts(edited, [found])
    assert [line.partition(";")[0] for line in lines] == [
        "items[2] l_read1: in state-language (revision 1) this code has another good end",
        "items[3] l_speak1: in state-language (revision 1) this code has another scale",
        "items[4] l_bar: in state-language (revision 1) this code has another choice of answers",
        "items[5] l_help: in state-language (revision 1) this code has another type",
    ]
    assert comparable(edited, found) == ("l_list1",)


def test_a_wording_far_from_what_it_was_is_pointed_out() -> None:
    found = SHIPPED["climate-students"]
    texts = {
        "rec1": Trilingual(
            ky=found.items[0].text.ky.replace("?", " ?"), ru=found.items[0].text.ru, en="Would you, advise?"
        ),
        "teach1": replace(found.item("teach1").text, en="Most of my teachers explain their subjects clearly."),
    }
    edited = replace(found, items=tuple(replace(one, text=texts.get(one.code, one.text)) for one in found.items))
    assert reworded(edited, [found]) == ("rec1",)
