"""Replies counted once, by stratum; everything that is shown is computed from these counts."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.questionnaires.dto import DONT_KNOW, NOT_SAID, Answer, Answers, Item, ItemType
from services.survey_reports.scoring import index_of, score_of
from services.survey_reports.tree import Counts, Tree

#: How many gave each answer; None stands for no answer.
Found = Counter[Answer | None]


@dataclass(frozen=True, slots=True)
class Table:
    """How many gave each answer, in every stratum with all below it. `columns`: the answers."""

    columns: tuple[Hashable, ...]
    counts: Mapping[str, Counts]


class Replies:
    """All replies of a survey by stratum."""

    def __init__(self, tree: Tree, rows: Iterable[tuple[str, Answers]]) -> None:
        self.tree = tree
        self._rows: dict[str, list[Answers]] = {code: [] for code in tree.codes}
        for stratum, answers in rows:
            self._rows[stratum].append(answers)

    def count(self) -> Mapping[str, int]:
        """Return the number of replies in every stratum."""
        own = {code: (len(rows),) for code, rows in self._rows.items()}
        return {code: people for code, (people,) in self.tree.add_up(own, 1).items()}

    def count_answers(self, key: str) -> Mapping[str, Found]:
        """Return for each stratum by itself how many gave an answer under a key."""
        return {code: Counter([answers.get(key) for answers in rows]) for code, rows in self._rows.items() if rows}

    def count_together(self, keys: Sequence[str]) -> Mapping[str, Counter[tuple[Answer | None, ...]]]:
        """Return for each stratum by itself how many gave each row of answers under some keys."""
        return {
            code: Counter(zip(*([answers.get(key) for answers in rows] for key in keys), strict=True))
            for code, rows in self._rows.items()
            if rows
        }

    def table(self, columns: Sequence[Hashable], own: Mapping[str, Counter[Any]]) -> Table:
        """Add up what each stratum has by itself."""
        counts = {code: tuple(found.get(column, 0) for column in columns) for code, found in own.items()}
        return Table(tuple(columns), self.tree.add_up(counts, len(columns)))


def answers_table(replies: Replies, item: Item, own: Mapping[str, Found]) -> Table:
    """Return the counted answers of an item: by the points of its scale, its choices, or every set of choices taken."""
    if item.type is ItemType.MULTI:
        taken = {answer for found in own.values() for answer in found if isinstance(answer, tuple) and answer}
        return replies.table(sorted(taken), own)
    return replies.table(values_of(item), own)


def values_of(item: Item) -> tuple[int | str, ...]:
    """Return the points or choices of an item."""
    return tuple(item.scale.points) if item.scale else tuple(choice.code for choice in item.choices)


def kinds_table(replies: Replies, answered: Table, own: Mapping[str, Found]) -> Table:
    """Return how many answered, did not know and did not want to say."""
    missing = replies.table((DONT_KNOW, NOT_SAID), own)
    counts = {code: (sum(answered.counts[code]), *missing.counts[code]) for code in replies.tree.codes}
    return Table(("", *missing.columns), counts)


def index_table(replies: Replies, items: Sequence[tuple[str, Item]]) -> tuple[Table, Counter[tuple[float, ...]]]:
    """Return how many have each value of an index, and how many of the whole gave each row of points that lacks none.

    `items`: the index's, each with the key of its answers.
    """
    together = replies.count_together([key for key, _ in items])
    points: list[dict[Answer | None, float | None]] = [
        {point: score_of(item, point) for point in values_of(item)} for _, item in items
    ]
    everywhere: Counter[tuple[Answer | None, ...]] = Counter()
    for found in together.values():
        everywhere.update(found)
    scores = {
        answers: [scored.get(answer) for scored, answer in zip(points, answers, strict=True)] for answers in everywhere
    }
    value_of = {answers: index_of(known) for answers, known in scores.items()}
    own: dict[str, Counter[float]] = {}
    for code, found in together.items():
        own[code] = Counter()
        for answers, people in found.items():
            value = value_of[answers]
            if value is not None:
                own[code][value] += people
    complete: Counter[tuple[float, ...]] = Counter()
    for answers, people in everywhere.items():
        row = tuple(score for score in scores[answers] if score is not None)
        if len(row) == len(items):
            complete[row] += people
    return replies.table(sorted({value for value in value_of.values() if value is not None}), own), complete
