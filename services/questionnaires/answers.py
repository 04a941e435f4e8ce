"""What an answer to an item can be, and how answers are written as JSON."""

from collections.abc import Iterable, Mapping
from typing import Final

from services.questionnaires.dto import DONT_KNOW, NOT_SAID, Answer, Answers, Item, ItemType

#: Answers as JSON: a point is a number, a choice a text, several choices a list of texts.
JsonAnswers = dict[str, int | str | list[str]]

#: Answered with a point of a scale.
WITH_POINTS: Final = frozenset({ItemType.SCALE, ItemType.MATRIX, ItemType.ROUTE})


def is_possible(item: Item, answer: object) -> bool:
    """Tell whether a closed item, or a row of it, can be answered so; never true for an item of free text."""
    if item.type is ItemType.TEXT:
        return False
    if isinstance(answer, str) and answer in {NOT_SAID, DONT_KNOW}:
        return answer == NOT_SAID or item.dont_know
    if item.type in WITH_POINTS:
        return type(answer) is int and item.scale is not None and answer in item.scale.points
    codes = [choice.code for choice in item.choices]
    if item.type is ItemType.SINGLE:
        return isinstance(answer, str) and answer in codes
    return isinstance(answer, tuple) and bool(answer) and answer == several(item, answer)


def several(item: Item, chosen: Iterable[object]) -> Answer | None:
    """Return choices of a multi, in whatever order they come, as an answer.

    None: nothing is chosen, more than can be, something beside an exclusive choice, or something there is not.
    """
    wanted = list(chosen)
    found = tuple(choice for choice in item.choices if choice.code in wanted)
    if not found or len(found) != len(wanted) or (item.most and len(found) > item.most):
        return None
    if len(found) > 1 and any(choice.exclusive for choice in found):
        return None
    return tuple(choice.code for choice in found)


def to_json(answers: Answers) -> JsonAnswers:
    """Return answers as JSON has them."""
    return {key: list(answer) if isinstance(answer, tuple) else answer for key, answer in answers.items()}


def from_json(data: Mapping[str, object]) -> dict[str, Answer]:
    """Return answers as they were before `to_json`.

    Raises:
        ValueError: a value is none of a number, a text, a list of texts.
    """
    return {key: _from_json(value) for key, value in data.items()}


def _from_json(value: object) -> Answer:
    if isinstance(value, str) or type(value) is int:
        return value
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value)
    raise ValueError("no answer is of this type")
