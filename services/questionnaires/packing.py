"""Answers of closed items as a few bytes, so that a whole unfinished survey fits in one button."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from services.questionnaires.answers import WITH_POINTS, is_possible
from services.questionnaires.dto import DONT_KNOW, NOT_SAID, Answer, Answers, Item, ItemType, Questionnaire

#: The room for packed answers in the callback data of a button, which has 64 bytes with its header and its proof.
CHAT_BYTES: Final = 28
_NOT_ANSWERED: Final = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    """The bits of one answer. `states`: what can stand there, by number from 1 on; 0 is no answer.

    Of several choices `states` are the choices, a bit each, and the answers that are none stand behind one more bit.
    `numbers`: the other way round, empty for several choices; `shift`: how many bits stand before.
    """

    key: str
    item: Item
    bits: int
    states: tuple[Answer, ...]
    shift: int = 0
    numbers: Mapping[Answer, int] = field(default_factory=dict)


class Packing:
    """The layout of a questionnaire: its closed items in their order, the first one in the lowest bits.

    `bits`: how many all answers take; `size`: how many bytes that are.
    """

    def __init__(self, questionnaire: Questionnaire) -> None:
        fields, bits = [], 0
        for item in questionnaire.closed_items:
            for key in item.keys:
                fields.append(_field(item, key, bits))
                bits += fields[-1].bits
        self._fields = tuple(fields)
        self._by_key = {one.key: one for one in fields}
        self.bits = bits
        self.size = (bits + 7) // 8

    def pack(self, answers: Answers) -> bytes:
        """Return answers as `size` bytes.

        Raises:
            ValueError: one of them is no possible answer, or stands under no closed item.
        """
        packed = 0
        for key, answer in answers.items():
            place = self._by_key.get(key)
            if place is None:
                raise ValueError(f"no closed item has the code {key}")
            packed |= _number(place, answer) << place.shift
        return packed.to_bytes(self.size, "little")

    def unpack(self, packed: bytes) -> dict[str, Answer]:
        """Return the answers that were packed.

        Raises:
            ValueError: the bytes are none that `pack` returns.
        """
        if len(packed) != self.size:
            raise ValueError("the packed answers are of another size")
        rest = int.from_bytes(packed, "little")
        answers: dict[str, Answer] = {}
        for place in self._fields:
            number, rest = rest & ((1 << place.bits) - 1), rest >> place.bits
            if number != _NOT_ANSWERED:
                answers[place.key] = _answer(place, number)
        if rest:
            raise ValueError("there are bits behind the last answer")
        return answers


def bits_over(questionnaire: Questionnaire) -> int:
    """Return how many bits too many the answers take for the chat, 0 if they fit."""
    return max(0, Packing(questionnaire).bits - CHAT_BYTES * 8)


def fits_chat(questionnaire: Questionnaire) -> bool:
    """Tell whether the chat can ask this questionnaire: all answers so far must fit in a button."""
    return not bits_over(questionnaire)


def _field(item: Item, key: str, shift: int) -> _Field:
    points = item.scale.points if item.scale is not None and item.type in WITH_POINTS else ()
    said: tuple[Answer, ...] = (*points, *(choice.code for choice in item.choices))
    others: tuple[Answer, ...] = (*((DONT_KNOW,) if item.dont_know else ()), NOT_SAID)
    if item.type is ItemType.MULTI:
        return _Field(key=key, item=item, bits=len(said) + 1, states=said, shift=shift)
    states = (*said, *others)
    numbers = {state: number for number, state in enumerate(states, start=1)}
    return _Field(key=key, item=item, bits=len(states).bit_length(), states=states, shift=shift, numbers=numbers)


def _number(place: _Field, answer: Answer) -> int:
    if place.item.type is not ItemType.MULTI:
        number = place.numbers.get(answer, _NOT_ANSWERED)
        if number == _NOT_ANSWERED or isinstance(answer, bool):  # Python takes True for 1
            raise ValueError(f"no possible answer to {place.key}")
        return number
    if not is_possible(place.item, answer):
        raise ValueError(f"no possible answer to {place.key}")
    beyond = 1 << len(place.states)
    if isinstance(answer, tuple):
        return sum(1 << place.states.index(code) for code in answer)
    return beyond | (answer == DONT_KNOW)


def _answer(place: _Field, number: int) -> Answer:
    if place.item.type is not ItemType.MULTI:
        if number > len(place.states):
            raise ValueError(f"no possible answer to {place.key}")
        return place.states[number - 1]
    beyond = 1 << len(place.states)
    answer: Answer | None = {beyond: NOT_SAID, beyond | 1: DONT_KNOW}.get(number)
    if answer is None and number < beyond:
        answer = tuple(choice.code for at, choice in enumerate(place.item.choices) if number >> at & 1)
    if answer is None or not is_possible(place.item, answer):
        raise ValueError(f"no possible answer to {place.key}")
    return answer
