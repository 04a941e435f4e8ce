"""Questionnaires of tests: small ones, and random ones with random answers."""

import random
from copy import deepcopy
from typing import Any

from services.questionnaires.answers import several
from services.questionnaires.dto import DONT_KNOW, NOT_SAID, Answer, Item, ItemType, Questionnaire
from services.questionnaires.reading import read_questionnaire

LANGUAGES = ("ky", "ru", "en")


def said(words: str) -> dict[str, str]:
    """Return a text in the three languages."""
    return {"ky": f"{words} кыргызча", "ru": f"{words} по-русски", "en": f"{words} in English"}


def scale(points: int = 5, first: int = 1) -> dict[str, Any]:
    """Return a scale of labels as a file has it."""
    return {
        "kind": "labels",
        "first": first,
        "labels": {language: [f"{language} {point}" for point in range(points)] for language in LANGUAGES},
    }


def question(code: str, **more: object) -> dict[str, Any]:
    """Return an item as a file has it: a scale, where nothing else is said."""
    kind: dict[str, object] = {"type": "scale", "scale": "five", "good": "high"} if "type" not in more else {}
    return {"code": code, "topic": "teaching", "text": said(code)} | kind | more


def choice(code: str, **more: object) -> dict[str, Any]:
    """Return a choice, or a row, as a file has it."""
    return {"code": code} | said(code) | more


def source(*items: dict[str, Any], **more: object) -> dict[str, Any]:
    """Return a questionnaire as a file has it."""
    whole: dict[str, object] = {
        "schema": 1, "id": "trial", "revision": 1, "mode_default": "confidential", "minutes": 3,
        "languages": list(LANGUAGES), "title": said("Trial"), "title_long": said("The trial"),
        "scales": {"five": scale(), "yesno": scale(2, 0)}, "items": list(items),
    }  # fmt: skip
    return deepcopy(whole | more)


def questionnaire(*items: dict[str, Any], **more: object) -> Questionnaire:
    """Return a questionnaire of these items."""
    return read_questionnaire(source(*items, **more))


def random_source(chance: random.Random) -> dict[str, Any]:
    """Return a questionnaire of random items, with routes, anonymous so that any size is taken."""
    scales = {f"s{points}": scale(points, chance.randrange(2)) for points in range(2, 12)}
    items: list[dict[str, Any]] = []
    for number in range(chance.randint(1, 14)):
        item = _random_item(chance, number)
        leading = [one for one in items if one["type"] in {"route", "scale", "single", "multi"}]
        if leading and chance.random() < 0.5:
            item["skip"] = _random_skip(chance, chance.choice(leading), scales)
        items.append(item)
    texts = [question(f"text{n}", type="text", max_chars=500) for n in range(chance.randrange(3))]
    always = question("always", type="scale", scale="s5")
    return source(always, *items, *texts, scales=scales, mode_default="anonymous")


def random_answers(chance: random.Random, found: Questionnaire, *, every: bool = False) -> dict[str, Answer]:
    """Return possible answers to some closed items, or to `every` one."""
    return {
        key: random_answer(chance, item)
        for item in found.closed_items
        for key in item.keys
        if every or chance.random() < 0.8
    }


def random_answer(chance: random.Random, item: Item) -> Answer:
    """Return a possible answer to a closed item."""
    drawn = chance.random()
    if drawn < 0.1:
        return NOT_SAID
    if drawn < 0.2 and item.dont_know:
        return DONT_KNOW
    if item.scale is not None:
        return chance.choice(item.scale.points)
    if item.type is ItemType.SINGLE:
        return chance.choice(item.choices).code
    while True:
        chosen = chance.sample([one.code for one in item.choices], chance.randint(1, len(item.choices)))
        if (answer := several(item, chosen)) is not None:
            return answer


def _random_item(chance: random.Random, number: int) -> dict[str, Any]:
    kind = chance.choice(["scale", "matrix", "route", "single", "multi"])
    item = question(f"q{number}", type=kind)
    some = [choice(f"c{n}") for n in range(chance.randint(2, 7))]
    if kind in {"scale", "matrix", "route"}:
        item["scale"] = f"s{chance.randint(2, 11)}"
    if kind == "matrix":
        item["rows"] = some[:3]
    if kind in {"single", "multi"}:
        item["choices"] = some
    if kind == "multi":
        some[-1]["exclusive"] = chance.random() < 0.5
        if len(some) > 3 and chance.random() < 0.5:
            item["max"] = chance.randint(2, len(some) - 1)
    if kind != "route":
        item["dont_know"] = chance.random() < 0.5
    return item


def _random_skip(chance: random.Random, leading: dict[str, Any], scales: dict[str, Any]) -> dict[str, Any]:
    if "scale" in leading:
        found = scales[leading["scale"]]
        values: list[Any] = [found["first"] + n for n in range(len(found["labels"]["ky"]))]
    else:
        values = [one["code"] for one in leading["choices"]]
    return {"item": leading["code"], chance.choice(["unless", "when"]): chance.sample(values, 1)}
