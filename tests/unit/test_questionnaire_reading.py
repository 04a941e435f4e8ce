"""A questionnaire is read from its file, or every fault of it is named."""

import random
from collections.abc import Callable
from typing import Any, cast

import pytest

from services.languages import Language
from services.questionnaires.dto import Good, Reporting, ScaleKind, Skip, SurveyMode
from services.questionnaires.errors import QuestionnaireUnusable
from services.questionnaires.reading import read_questionnaire, read_toml
from services.questionnaires.wording import places_saying_anonymous, says_anonymous
from tests.support.questionnaires import choice, question, questionnaire, random_source, said, scale, source

FREE = {"type": "text", "max_chars": 500}
NUMBERS = {"kind": "numbers", "first": 0, "last": 10, "ends": {key: ["a", "b"] for key in ("ky", "ru", "en")}}


def faults(raw: object) -> tuple[str, ...]:
    with pytest.raises(QuestionnaireUnusable) as refused:
        read_questionnaire(cast("dict[str, Any]", raw))
    return refused.value.faults


def test_everything_a_file_can_say_is_read() -> None:
    found = questionnaire(
        question("dorm0", type="route", scale="yesno"),
        question("dorm1", skip={"item": "dorm0", "unless": [1]}, report={"level": "university", "min": 12}),
        question("rec1", type="scale", scale="eleven", dont_know=True, hint=said("hint")),
        question("field", type="single", choices=[choice("a"), choice("b")], skip={"item": "rec1", "when": [0, 1]}),
        question("bar", type="multi", choices=[choice("a"), choice("b"), choice("none", exclusive=True)], max=2),
        question("rooms", type="matrix", scale="five", good="low", rows=[choice("lab"), choice("hall")]),
        question("wish", **FREE),
        scales={"five": scale(), "yesno": scale(2, 0), "eleven": NUMBERS},
        indices=[{"code": "COND", "items": ["dorm1", "rooms"], "title": said("Conditions")}],
        period=dict.fromkeys(("ky", "ru", "en"), "Semester: {period}"),
        audience="role:student",
    )
    assert (found.code, found.mode, found.audience) == ("trial", SurveyMode.CONFIDENTIAL, "role:student")
    assert found.item("dorm1").skip == Skip(item="dorm0", unless=(1,))
    assert found.item("dorm1").report == Reporting(level="university", min=12)
    assert found.item("field").skip == Skip(item="rec1", when=(0, 1))
    eleven = found.item("rec1").scale
    assert eleven is not None
    assert (eleven.kind, list(eleven.points), eleven.labels[Language.EN]) == (
        ScaleKind.NUMBERS,
        list(range(11)),
        ("a", "b"),
    )
    assert found.item("bar").most == 2
    assert [one.exclusive for one in found.item("bar").choices] == [False, False, True]
    assert found.item("rooms").keys == ("rooms.lab", "rooms.hall")
    assert found.item("rooms").good is Good.LOW
    assert [item.code for item in found.texts] == ["wish"]
    assert found.indices[0].items == ("dorm1", "rooms")


def index(code: str, *items: str) -> dict[str, object]:
    return {"code": code, "items": list(items), "title": said(code)}


def _with(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    raw = source(
        question("one"),
        question("many", type="multi", choices=[choice("a"), choice("b")]),
        question("wish", **FREE),
    )
    change(raw)
    return raw


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda raw: raw["items"][0]["text"].pop("ky"), "items[1] one: text.ky is missing"),
        (lambda raw: raw["items"][0]["text"].update(ru="  "), "items[1] one: text.ru is empty"),
        (lambda raw: raw["items"][0]["text"].update(ru=7), "items[1] one: text.ru should be a text"),
        (lambda raw: raw["items"][0]["text"].update(de="x"), "items[1] one: text.de is not a key this file knows"),
        (lambda raw: raw["items"][0]["text"].update(ky="Неге (?)"), 'items[1] one: text.ky still holds a "(?)"'),
        (
            lambda raw: raw["items"][0]["text"].update(ky="Не\u202eге"),
            "items[1] one: text.ky holds a line break or another invisible character",
        ),
        (
            lambda raw: raw["items"][0]["text"].update(en="In {period}"),
            "items[1] one: text.en holds a placeholder in braces that nobody fills",
        ),
        (lambda raw: raw["items"][0].update(hint={"ky": "a", "ru": "b"}), "items[1] one: hint.en is missing"),
        (
            lambda raw: raw["items"][0].update(code="Teach-1"),
            "items[1] Teach-1: code should have 1 to 32 of a-z, 0-9 and _",
        ),
        (lambda raw: raw["items"][1].update(code="one"), "items[2] one: code one is there already"),
        (
            lambda raw: raw["items"][0].update(type="slider"),
            "items[1] one: type should be one of scale, single, multi, matrix, text, route",
        ),
        (lambda raw: raw["items"][0].update(scale="six"), "items[1] one: scale there is no scale six"),
        (lambda raw: raw["items"][0].update(dont_know=1), "items[1] one: dont_know should be true or false"),
        (lambda raw: raw["items"][0].update(rows=[]), "items[1] one: rows is not a key this file knows"),
        (lambda raw: raw["items"][1].update(good="high"), "items[2] many: good is not a key this file knows"),
        (lambda raw: raw["items"][1].update(max=3), "items[2] many: max should be 2"),
        (lambda raw: raw["items"][1]["choices"].pop(), "items[2] many: choices should be two at least"),
        (
            lambda raw: raw["items"][1]["choices"][0].update(code="~not_said"),
            "items[2] many: choices[1] ~not_said: code should have 1 to 32 of a-z, 0-9 and _",
        ),
        (
            lambda raw: raw["items"][1]["choices"][1].update(code="a"),
            "items[2] many: choices[2] a: code a is there already",
        ),
        (lambda raw: raw["items"][1]["choices"][1].pop("ru"), "items[2] many: choices[2] b: ru is missing"),
        (
            lambda raw: raw["items"][1]["choices"][1].update(ru="a по-русски"),
            "items[2] many: choices two of them say the same in ru",
        ),
        (
            lambda raw: [one.update(exclusive=True) for one in raw["items"][1]["choices"]],
            "items[2] many: choices are all exclusive: then it is a single",
        ),
        (
            lambda raw: raw["items"][2].update(max_chars=501),
            "items[3] wish: max_chars should be a whole number from 1 to 500",
        ),
        (
            lambda raw: raw["items"][2].update(max_chars=True),
            "items[3] wish: max_chars should be a whole number from 1 to 500",
        ),
        (lambda raw: raw["items"].reverse(), "items[2] many: free text comes last, so nothing else can follow it"),
        (
            lambda raw: raw["items"][0].update(skip={"item": "many", "when": ["a"]}),
            "items[1] one: skip.item no earlier item is called many",
        ),
        (
            lambda raw: raw["items"][1].update(skip={"item": "one", "when": [6]}),
            "items[2] many: skip.when holds a value that one does not have",
        ),
        (
            lambda raw: raw["items"][1].update(skip={"item": "one", "when": [True]}),
            "items[2] many: skip.when should be points of a scale or codes of choices",
        ),
        (
            lambda raw: raw["items"][1].update(skip={"item": "one"}),
            "items[2] many: skip should have either unless or when",
        ),
        (
            lambda raw: raw["items"][0].update(report={"level": "unit", "min": 10}),
            "items[1] one: report.level should be university",
        ),
        (
            lambda raw: raw["items"][0].update(report={"level": "university", "min": 9}),
            "items[1] one: report.min should be a whole number from 10 to 1000",
        ),
        (
            lambda raw: raw["scales"]["five"]["labels"]["en"].pop(),
            "scales.five: labels should be equally many in every language, and so should labels_short",
        ),
        (lambda raw: raw["scales"]["five"].update(last=5), "scales.five: last is not a key this file knows"),
        (
            lambda raw: raw["scales"]["five"]["labels"].update(ky=["а"] * 5),
            "scales.five: labels.ky says the same twice",
        ),
        (lambda raw: raw.update(schema=True), "schema should be 1"),
        (lambda raw: raw.update(revision=0), "revision should be a whole number from 1 to 9999"),
        (lambda raw: raw.update(id="Climate!"), "id should have 1 to 40 of a-z, 0-9 and -, and not begin with -"),
        (
            lambda raw: raw.update(mode_default="secret"),
            "mode_default should be one of anonymous, confidential, named, open",
        ),
        (lambda raw: raw.update(languages=["ky", "ru"]), "languages should be ky, ru, en, all of them"),
        (lambda raw: raw.update(colour="blue"), "colour is not a key this file knows"),
        (lambda raw: raw.update(audience=["role:student"]), "audience should be a text"),
        (lambda raw: raw["title"].update(ky="т" * 81), "title.ky has 81 characters, at most 80 are allowed"),
        (lambda raw: raw.update(period=said("Semester")), "period.ky should say {period} once"),
        (lambda raw: raw.update(items=[question("wish", **FREE)]), "there is no question to tap an answer to"),
        (
            lambda raw: raw.update(indices=[index("A", "one"), index("B", "one")]),
            "indices[2] B: items one is in an index already",
        ),
        (
            lambda raw: raw.update(indices=[index("A", "many", "two")]),
            "indices[1] A: items many is not scored: it has no good",
        ),
        (
            lambda raw: raw["items"][0]["text"].update(ru="Это aнoнимный опрос"),
            "one text.ru: says anonymous, which a survey in the mode confidential is not",
        ),
    ],
)
def test_each_fault_is_named_with_its_place(change: Callable[[dict[str, Any]], object], fault: str) -> None:
    assert fault in faults(_with(change))


def test_all_faults_are_named_at_once() -> None:
    raw = source(question("one", text={}), question("one", good="up"), id="", minutes=-1)
    assert len(faults(raw)) == 7


def test_answers_too_many_for_the_chat_are_refused_saying_by_how_many_bits() -> None:
    many = [question(f"q{number}", dont_know=True) for number in range(60)]
    assert questionnaire(*many, scales={"five": scale(5)}, mode_default="anonymous").items
    wide = {"five": scale(11)}
    (fault,) = faults(source(*many, scales=wide, mode_default="named"))
    assert "16 bits more than a message in the chat has room for (240 of 224)" in fault


def test_a_question_too_long_for_a_message_is_refused() -> None:
    long = [choice(f"c{n}") | {"ky": f"{n}" + "ы" * 190} for n in range(20)]
    (fault,) = faults(source(question("one", type="single", choices=long)))
    assert fault.startswith("items[1] one: is too long for one message in ky")


@pytest.mark.parametrize(
    "text",
    ["анонимдүү сурамжылоо", "Анонимный опрос", "ANONYMOUS", "aнoнимдүү", "анонuмно", "анони\u00adмно", "Аноны́м"],
)
def test_the_word_anonymous_is_found_however_it_is_typed(text: str) -> None:
    assert says_anonymous(text)


@pytest.mark.parametrize("text", ["купуя сурамжылоо", "антоним", "каноны", "economy", "synonym", "Анна, оны"])
def test_other_words_are_not_taken_for_it(text: str) -> None:
    assert not says_anonymous(text)


def test_an_anonymous_questionnaire_may_say_so_and_it_is_known_where() -> None:
    found = questionnaire(
        question("one", hint={"ky": "анонимдүү", "ru": "без имени", "en": "no name"}), mode_default="anonymous"
    )
    assert places_saying_anonymous(found) == ("one hint.ky",)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"a = ", "the file is not TOML"),
        (b"title = '\xff'", "the file is not UTF-8 (line 1)"),
        (b"#" * (256 * 1024 + 1), "the file is larger than 256 KB"),
        (b"a = " + b"[" * 50_000, "lie too deep"),
        (b"a." * 50_000 + b"a = 1", "lie too deep"),
        (b"a = " + b"9" * 5_000, "the file is not TOML"),
    ],
)
def test_a_broken_file_is_refused_with_one_line(content: bytes, fault: str) -> None:
    with pytest.raises(QuestionnaireUnusable) as refused:
        read_toml(content)
    (line,) = refused.value.faults
    assert fault in line
    assert len(line) < 200


def test_a_file_of_windows_is_read() -> None:
    assert read_toml("\ufeffid = 'a'\r\n".encode()) == {"id": "a"}


HOSTILE: tuple[object, ...] = (
    None, True, -1, 10**6000, 1e400, float("nan"), "", "~not_said", "\ud800", "\x00", "x" * 5_000, b"bytes", [], {},
    [[]], {"": {}}, {1: 2}, {"ky": {}}, [None] * 500, {str(n): n for n in range(500)}, object(),
)  # fmt: skip


def _nested(depth: int) -> object:
    value: object = {}
    for _ in range(depth):
        value = {"items": [value], "text": value, "skip": value}
    return value


def _spoil(chance: random.Random, value: object) -> object:
    """Return a value with something hostile somewhere in it."""
    if chance.random() < 0.15 or not value or not isinstance(value, dict | list):
        return chance.choice(HOSTILE)
    if isinstance(value, list):
        place = chance.randrange(len(value))
        return [*value[:place], _spoil(chance, value[place]), *value[place + 1 :]]
    key = chance.choice(list(value))
    return value | {key: _spoil(chance, value[key])}


def test_whatever_stands_in_a_file_nothing_but_faults_comes_out() -> None:
    chance = random.Random(8)  # noqa: S311 -- the same files every time
    lines: list[str] = []
    refused = 0
    for _ in range(300):
        raw: object = random_source(chance)
        for _ in range(chance.randint(1, 3)):
            raw = _spoil(chance, raw)
        found = _faults_if_any(raw)
        lines += found
        refused += bool(found)
    assert refused > 200
    assert all(line.isprintable() and len(line) < 400 for line in lines)


def _faults_if_any(raw: object) -> tuple[str, ...]:
    try:
        read_questionnaire(cast("dict[str, Any]", raw))
    except QuestionnaireUnusable as unusable:
        return unusable.faults
    return ()


@pytest.mark.parametrize(
    "raw",
    [
        *HOSTILE,
        "x" * 10**6,
        [None] * 10**5,
        {str(n): n for n in range(10**5)},
        _nested(3_000),
        source(*[question(f"q{n}") for n in range(5_000)]),
    ],
    ids=lambda raw: type(raw).__name__,
)
def test_no_file_at_all_is_refused_as_well(raw: object) -> None:
    assert faults(raw)
