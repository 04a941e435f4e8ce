"""Answers as points: 0 to 100, 100 is good; means, indices, and whether something changed.

"I don't know", "prefer not to say" and no answer are missing values, never the middle of a scale.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from operator import itemgetter
from typing import Final

from services.questionnaires.dto import Answer, Good, Item
from services.survey_reports.rounding import FEW, WHOLE, base_of, half_of, nearest, step_of

#: How closely the items of an index go together at least: alpha of three and more, the correlation of two.
LEAST_ALPHA: Final = 0.6
LEAST_CORRELATION: Final = 0.3
_NORMAL_95: Final = 1.959964
_PAIR: Final = 2


class Change(StrEnum):
    """What became of a figure since an earlier semester."""

    BETTER = "better"
    WORSE = "worse"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """What is known of some points: how many, their mean, their variance (of a sample)."""

    people: int
    mean: float
    variance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A mean in whole points, with its 95 % interval. `wide`: so few people that the interval says more."""

    mean: int
    low: int
    high: int
    wide: bool


def is_scored(item: Item) -> bool:
    """Tell whether the answers of an item are points of a scale with a good end."""
    return item.scale is not None and item.good is not None


def grain_of(item: Item) -> float:
    """Return how many of the hundred points lie between two points of an item's scale."""
    return WHOLE / (item.scale.last - item.scale.first) if item.scale else WHOLE


def score_of(item: Item, answer: Answer | None) -> float | None:
    """Return an answer as points; None for what is missing and for what cannot be scored."""
    scale = item.scale
    if scale is None or item.good is None or not isinstance(answer, int) or answer not in scale.points:
        return None
    points = (answer - scale.first) * WHOLE / (scale.last - scale.first)
    return points if item.good is Good.HIGH else WHOLE - points


def index_of(scores: Sequence[float | None]) -> float | None:
    """Return the index of a reply: the mean of its items' points where at least half of them were answered."""
    known = [score for score in scores if score is not None]
    return sum(known) / len(known) if known and len(known) * 2 >= len(scores) else None


def moments_of(scores: Mapping[float, int]) -> Moments:
    """Return the moments of points, given how many people have each."""
    people = sum(scores.values())
    if not people:
        return Moments(people=0, mean=0.0, variance=0.0)
    mean = sum(score * count for score, count in scores.items()) / people
    squares = sum((score - mean) ** 2 * count for score, count in scores.items())
    return Moments(people=people, mean=mean, variance=squares / (people - 1) if people > 1 else 0.0)


def estimate_of(moments: Moments, grain: float) -> Estimate:
    """Return a mean as it is shown, with a 95 % interval after Student.

    The interval is computed from the rounded base and its half is rounded up, so it is a little wider than it had to
    be.
    """
    base = base_of(moments.people)
    step = step_of(base, grain)
    half = student_95(base - 1) * sqrt(moments.variance / base)
    mean, reach = nearest(moments.mean, step), half_of(half, base)
    return Estimate(mean=mean, low=max(0, mean - reach), high=min(WHOLE, mean + reach), wide=base < FEW)


def student_95(freedom: int) -> float:
    """Return Student's t that 95 % stay within, from three degrees of freedom on right to the second decimal.

    From the normal distribution by the series of Cornish and Fisher.
    """
    z = _NORMAL_95
    terms = (
        z,
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92_160,
    )
    return sum(term / float(freedom) ** power for power, term in enumerate(terms))


def change_between(earlier: Estimate, later: Estimate) -> Change:
    """Compare what was shown of two semesters, and nothing else.

    Better or worse only where the 95 % interval of the difference leaves out nought; both stand for different people,
    so their errors add as squares do.
    """
    half = sqrt(sum(_half(estimate) ** 2 for estimate in (earlier, later)))
    difference = later.mean - earlier.mean
    if abs(difference) <= half:
        return Change.UNCLEAR
    return Change.BETTER if difference > 0 else Change.WORSE


def _half(estimate: Estimate) -> int:
    """Return half of an interval; where an end of the points cut it off, the other side tells."""
    return max(estimate.mean - estimate.low, estimate.high - estimate.mean)


def share_from(shares: Iterable[tuple[Sequence[int | str], int]], first: int) -> int | None:
    """Return the share of the answers from one point on ("sometimes or more often"), percent.

    `shares`: the points of each part, and its percent. None where a part lies on both sides of the point.
    """
    total = 0
    for values, percent in shares:
        above = [isinstance(value, int) and value >= first for value in values]
        if all(above):
            total += percent
        elif any(above):
            return None
    return total


def hangs_together(replies: Mapping[tuple[float, ...], int]) -> bool:
    """Tell whether the items of an index may be read as one, by the replies that answered all of them.

    `replies`: how many gave each row of points, one for each item.
    """
    items = len(next(iter(replies), ()))
    if items > _PAIR:
        return alpha_of(replies) >= LEAST_ALPHA
    return items < _PAIR or correlation_of(replies) >= LEAST_CORRELATION


def alpha_of(replies: Mapping[tuple[float, ...], int]) -> float:
    """Return Cronbach's alpha; 0 where nobody differs from anybody."""
    items = len(next(iter(replies)))
    total = _variance(replies, sum)
    if items < _PAIR or not total:
        return 0.0
    parts = sum(_variance(replies, itemgetter(place)) for place in range(items))
    return items / (items - 1) * (1 - parts / total)


def correlation_of(pairs: Mapping[tuple[float, ...], int]) -> float:
    """Return Pearson's correlation of pairs; 0 where one side is always the same."""
    one, two = (_variance(pairs, itemgetter(place)) for place in (0, 1))
    both = _variance(pairs, lambda row: row[0] + row[1])
    return (both - one - two) / (2 * sqrt(one * two)) if one and two else 0.0


def _variance(replies: Mapping[tuple[float, ...], int], of: Callable[[tuple[float, ...]], float]) -> float:
    """Return the variance of something about replies."""
    people = sum(replies.values())
    if not people:
        return 0.0
    mean = sum(of(row) * count for row, count in replies.items()) / people
    return sum((of(row) - mean) ** 2 * count for row, count in replies.items()) / people
