"""Answers of closed items as a few bytes, so that a whole unfinished survey fits in one button."""

from dataclasses import dataclass
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
    """

    key: str
    item: Item
    bits: int
    states: tuple[Answer, ...]


class Packing:
    """The layout of a questionnaire: its closed items in their order, the first one in the lowest bits.

    `bits`: how many all answers take; `size`: how many bytes that are.
    """

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._fields = tuple(_field(item, key) for item in questionnaire.closed_items for key in item.keys)
        self.bits = sum(field.bits for field in self._fields)
        self.size = (self.bits + 7) // 8

    def pack(self, answers: Answers) -> bytes:
        """Return answers as `size` bytes.

        Raises:
            ValueError: one of them is no possible answer, or stands under no closed item.
        """
        if unknown := answers.keys() - {field.key for field in self._fields}:
            raise ValueError(f"no closed item has the code {min(unknown)}")
        packed = shift = 0
        for field in self._fields:
            packed |= (_number(field, answers[field.key]) if field.key in answers else _NOT_ANSWERED) << shift
            shift += field.bits
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
        for field in self._fields:
            number, rest = rest & ((1 << field.bits) - 1), rest >> field.bits
            if number != _NOT_ANSWERED:
                answers[field.key] = _answer(field, number)
        if rest:
            raise ValueError("there are bits behind the last answer")
        return answers


def bits_over(questionnaire: Questionnaire) -> int:
    """Return how many bits too many the answers take for the chat, 0 if they fit."""
    return max(0, Packing(questionnaire).bits - CHAT_BYTES * 8)


def fits_chat(questionnaire: Questionnaire) -> bool:
    """Tell whether the chat can ask this questionnaire: all answers so far must fit in a button."""
    return not bits_over(questionnaire)


def _field(item: Item, key: str) -> _Field:
    points = item.scale.points if item.scale is not None and item.type in WITH_POINTS else ()
    said: tuple[Answer, ...] = (*points, *(choice.code for choice in item.choices))
    others: tuple[Answer, ...] = (*((DONT_KNOW,) if item.dont_know else ()), NOT_SAID)
    if item.type is ItemType.MULTI:
        return _Field(key=key, item=item, bits=len(said) + 1, states=said)
    states = (*said, *others)
    return _Field(key=key, item=item, bits=len(states).bit_length(), states=states)


def _number(field: _Field, answer: Answer) -> int:
    if not is_possible(field.item, answer):
        raise ValueError(f"no possible answer to {field.key}")
    if field.item.type is not ItemType.MULTI:
        return field.states.index(answer) + 1
    beyond = 1 << len(field.states)
    if isinstance(answer, tuple):
        return sum(1 << field.states.index(code) for code in answer)
    return beyond | (answer == DONT_KNOW)


def _answer(field: _Field, number: int) -> Answer:
    if field.item.type is ItemType.MULTI:
        beyond = 1 << len(field.states)
        answer: Answer | None = {beyond: NOT_SAID, beyond | 1: DONT_KNOW}.get(number)
        if answer is None and number < beyond:
            answer = tuple(choice.code for place, choice in enumerate(field.item.choices) if number >> place & 1)
    else:
        answer = field.states[number - 1] if number <= len(field.states) else None
    if answer is None or not is_possible(field.item, answer):
        raise ValueError(f"no possible answer to {field.key}")
    return answer
