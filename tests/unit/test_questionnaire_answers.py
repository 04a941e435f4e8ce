"""Which items are shown, what is kept of the answers, and how they become bytes and JSON."""

import json
import random

import pytest

from services.questionnaires.answers import from_json, is_possible, several, to_json
from services.questionnaires.dto import DONT_KNOW, NOT_SAID, Answers, ItemType, Questionnaire
from services.questionnaires.packing import CHAT_BYTES, Packing, bits_over, fits_chat
from services.questionnaires.reading import read_questionnaire
from services.questionnaires.routes import (
    next_page,
    pages,
    previous_page,
    shown,
    shown_pages,
    stored,
    stored_texts,
)
from tests.support.questionnaires import choice, question, questionnaire, random_answers, random_source, scale

EXCLUSIVE = [choice("a"), choice("b"), choice("c"), choice("none", exclusive=True)]


def dormitory() -> Questionnaire:
    """A route, what it leads to, a matrix that a choice leads to, and two texts."""
    return questionnaire(
        question("first"),
        question("dorm0", type="route", scale="yesno"),
        question("dorm1", skip={"item": "dorm0", "unless": [1]}),
        question("needs", type="multi", choices=EXCLUSIVE, max=2, dont_know=True),
        question("rooms", type="matrix", scale="five", rows=[choice("lab"), choice("hall")],
                 skip={"item": "needs", "when": ["none"]}),
        question("wish", type="text", max_chars=20),
        question("dormwish", type="text", max_chars=20, skip={"item": "dorm0", "unless": [1]}),
    )  # fmt: skip


def codes(found: Questionnaire, answers: dict[str, int | str | tuple[str, ...]]) -> list[str]:
    return [item.code for item in shown(found, answers)]


def test_what_is_asked_depends_on_the_answers_so_far() -> None:
    found = dormitory()
    assert codes(found, {}) == ["first", "dorm0", "needs", "rooms", "wish"]
    assert codes(found, {"dorm0": NOT_SAID}) == codes(found, {})
    assert "dorm1" in codes(found, {"dorm0": 1})
    assert "dormwish" in codes(found, {"dorm0": 1})
    assert "rooms" not in codes(found, {"needs": ("none",)})


def test_a_row_is_a_page_and_pages_lead_on_and_back_past_what_is_not_asked() -> None:
    found = dormitory()
    assert [page.key for page in pages(found)] == [
        "first", "dorm0", "dorm1", "needs", "rooms.lab", "rooms.hall", "wish", "dormwish",
    ]  # fmt: skip
    assert shown_pages(found, {}) == (0, 1, 3, 4, 5, 6)
    assert next_page(found, {}) == 0
    assert next_page(found, {}, 1) == 3
    assert next_page(found, {"dorm0": 1}, 1) == 2
    assert previous_page(found, {}, 3) == 1
    assert previous_page(found, {}, 0) is None
    assert next_page(found, {}, 6) is None


def test_an_answer_routed_past_decides_nothing() -> None:
    found = questionnaire(
        question("a", type="route", scale="yesno"),
        question("b", type="route", scale="yesno", skip={"item": "a", "unless": [1]}),
        question("c", skip={"item": "b", "unless": [1]}),
    )
    assert codes(found, {"a": 1, "b": 1}) == ["a", "b", "c"]
    assert codes(found, {"a": 0, "b": 1}) == ["a"]


def test_routes_and_what_they_lead_past_are_not_kept() -> None:
    answers: Answers = {
        "first": 3,
        "dorm0": 0,
        "dorm1": 2,
        "needs": ("a",),
        "rooms.lab": DONT_KNOW,
        "rooms.hall": 5,
        "x": 1,
    }
    assert stored(dormitory(), answers) == {"first": 3, "needs": ("a",), "rooms.hall": 5}
    assert list(stored(dormitory(), {"dorm1": NOT_SAID, "dorm0": 1, "first": 1})) == ["first", "dorm1"]


def test_free_answers_are_kept_stripped_where_they_were_asked() -> None:
    texts = {"wish": "  Тынч бөлмө ", "dormwish": "Жылуулук", "first": "x"}
    assert stored_texts(dormitory(), {}, texts) == {"wish": "Тынч бөлмө"}
    assert stored_texts(dormitory(), {"dorm0": 1}, texts) == {"wish": "Тынч бөлмө", "dormwish": "Жылуулук"}
    assert stored_texts(dormitory(), {}, {"wish": "ы" * 21}) == stored_texts(dormitory(), {}, {"wish": " "}) == {}


@pytest.mark.parametrize(
    ("code", "answer", "possible"),
    [
        ("first", 1, True),
        ("first", 5, True),
        ("first", 0, False),
        ("first", True, False),
        ("first", 3.0, False),
        ("first", "3", False),
        ("first", NOT_SAID, True),
        ("first", DONT_KNOW, False),
        ("first", ("a",), False),
        ("needs", DONT_KNOW, True),
        ("needs", ("a", "c"), True),
        ("needs", ("c", "a"), False),
        ("needs", ("a", "a"), False),
        ("needs", ("a", "b", "c"), False),
        ("needs", ("a", "none"), False),
        ("needs", ("none",), True),
        ("needs", ("d",), False),
        ("needs", ([],), False),
        ("needs", (), False),
        ("needs", ["a"], False),
        ("needs", "a", False),
        ("wish", NOT_SAID, False),
        ("wish", "words", False),
    ],
)
def test_what_can_be_answered(code: str, answer: object, possible: bool) -> None:
    assert is_possible(dormitory().item(code), answer) is possible


def test_choices_are_taken_in_whatever_order_they_come() -> None:
    assert several(dormitory().item("needs"), ["c", "a"]) == ("a", "c")
    assert several(dormitory().item("needs"), ["c", "none"]) is None


def test_packing_and_unpacking_random_answers_changes_nothing() -> None:
    chance = random.Random(20)  # noqa: S311 -- the same answers every time
    for _ in range(80):
        found = read_questionnaire(random_source(chance))
        packing = Packing(found)
        for every in (False, True):
            answers = random_answers(chance, found, every=every)
            packed = packing.pack(answers)
            assert len(packed) == packing.size == (packing.bits + 7) // 8
            assert packing.unpack(packed) == answers
            assert from_json(json.loads(json.dumps(to_json(answers)))) == answers
            assert stored(found, from_json(to_json(stored(found, answers)))) == stored(found, stored(found, answers))
        assert packing.unpack(bytes(packing.size)) == {}


def test_bytes_that_no_answers_make_are_refused() -> None:
    chance = random.Random(21)  # noqa: S311 -- the same bytes every time
    refused = 0
    for _ in range(60):
        packing = Packing(read_questionnaire(random_source(chance)))
        packed = chance.randbytes(packing.size)
        try:
            answers = packing.unpack(packed)
        except ValueError:
            refused += 1
        else:
            assert packing.pack(answers) == packed
    assert refused > 30


def test_sizes_are_as_promised() -> None:
    found = questionnaire(
        question("five"), question("five_dk", dont_know=True), question("yes", type="route", scale="yesno"),
        question("eleven", type="scale", scale="eleven"), question("many", type="multi", choices=EXCLUSIVE),
        scales={"five": scale(), "yesno": scale(2, 0), "eleven": scale(11)},
    )  # fmt: skip
    assert Packing(found).bits == 3 + 3 + 2 + 4 + 5


def test_impossible_answers_are_not_packed() -> None:
    packing = Packing(dormitory())
    for answers in ({"first": 6}, {"wish": NOT_SAID}, {"nobody": 1}, {"needs": ("a", "none")}):
        with pytest.raises(ValueError, match=r"no (possible answer|closed item)"):
            packing.pack(answers)
    with pytest.raises(ValueError, match="size"):
        packing.unpack(b"")
    with pytest.raises(ValueError, match="behind"):
        packing.unpack(b"\x00" * (packing.size - 1) + b"\x80")


def test_it_is_known_whether_the_chat_has_room() -> None:
    items = [question(f"q{number}", type="scale", scale="eleven") for number in range(56)]
    full = questionnaire(*items, scales={"eleven": scale(11)}, mode_default="anonymous")
    assert (Packing(full).bits, Packing(full).size, fits_chat(full)) == (224, CHAT_BYTES, True)
    over = questionnaire(
        *items, question("one"), scales={"five": scale(), "eleven": scale(11)}, mode_default="anonymous"
    )
    assert (fits_chat(over), bits_over(over)) == (False, 3)


def test_json_of_another_shape_is_no_answer() -> None:
    values: tuple[object, ...] = (True, None, 1.5, [1], {})
    for value in values:
        with pytest.raises(ValueError, match="type"):
            from_json({"first": value})


def test_the_walk_through_random_questionnaires_meets_every_shown_page_once() -> None:
    chance = random.Random(22)  # noqa: S311 -- the same walks every time
    for _ in range(60):
        found = read_questionnaire(random_source(chance))
        answers = random_answers(chance, found, every=True)
        walk, page = [], next_page(found, answers)
        while page is not None:
            walk.append(page)
            page = next_page(found, answers, page)
        assert tuple(walk) == shown_pages(found, answers)
        assert [page for page in walk[1:] if previous_page(found, answers, page) not in walk] == []
        asked = {pages(found)[page].item.code for page in walk}
        assert {key.partition(".")[0] for key in stored(found, answers)} == {
            item.code for item in found.closed_items if item.code in asked and item.type is not ItemType.ROUTE
        }
