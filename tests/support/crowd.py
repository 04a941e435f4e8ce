"""Three hundred people who answer a survey, each so that the test, and nobody else, recognises the reply.

Everything is seeded but the cryptography and the shuffling of the program itself.
"""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from services.questionnaires.dto import ItemType, Questionnaire
from tests.support.attacks import Row

ANSWERING, DECLINING = 300, 20
GROUPS = {"mti": 170, "iit": 150}
FREE_TEXT = "ft_keep"
_MARKED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Respondent:
    """Somebody who answers. `answers` and `words` are like nobody else's."""

    person: int
    group: str
    answers: Mapping[str, int]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """People in the order in which they are through: who answers, who declines, everybody's group."""

    respondents: Sequence[Respondent]
    declining: Sequence[int]
    groups: Mapping[int, str]

    def author_of(self, reply: Row) -> int:
        """Return who wrote a reply, or a free answer."""
        if "words" in reply:
            return next(one.person for one in self.respondents if one.words == reply["words"])
        answers = json.loads(reply["answers"])
        return next(one.person for one in self.respondents if one.answers == answers)


def gather(questionnaire: Questionnaire, people: Mapping[str, Sequence[int]], seed: int = 2026) -> Crowd:
    """Let people come in an order of their own, which has nothing to do with their numbers or groups.

    Crowds of different seeds write different words: what one left on the disk is not taken for the other's.
    """
    chance = random.Random(seed)  # noqa: S311 -- a test that can be repeated
    groups = {person: group for group, members in people.items() for person in members}
    order = list(groups)
    chance.shuffle(order)
    given = list(_ways_to_answer(questionnaire))
    chance.shuffle(given)
    respondents = [
        Respondent(person=person, group=groups[person], answers=answers, words=f"күзгүдөй {chance.randbytes(8).hex()}")
        for person, answers in zip(order[:ANSWERING], given, strict=False)
    ]
    return Crowd(respondents=respondents, declining=order[ANSWERING : ANSWERING + DECLINING], groups=groups)


def _ways_to_answer(questionnaire: Questionnaire) -> Iterator[dict[str, int]]:
    scales = [
        item for item in questionnaire.closed_items
        if item.type is ItemType.SCALE and item.skip is None and item.scale is not None and len(item.scale.points) == 5
    ][:_MARKED]  # fmt: skip
    for points in product(*(item.scale.points for item in scales if item.scale is not None)):
        yield {item.code: point for item, point in zip(scales, points, strict=True)}
