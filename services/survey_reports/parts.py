"""Into which parts the answers to an item are divided: fixed once, by the whole university, for all strata."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Final

from services.questionnaires.dto import Good, Scale
from services.survey_reports.disclosure import Partition
from services.survey_reports.tree import Counts
from services.surveys.dto import FEWEST

#: Ten points and nought are read as 0-6, 7-8 and 9-10.
_RECOMMENDATION: Final = (0, 10)
_RECOMMENDATION_CUTS: Final = (7, 9)


def neighbours_joined(scale: Scale, counts: Counts) -> Partition:
    """Join neighbouring points until each part has enough people.

    Ever the smallest part, to its smaller neighbour; to one of another side only where there is none of its own.
    """
    cuts = _cuts(scale)
    parts: list[tuple[int, ...]] = [(place,) for place in range(len(counts))]
    sizes = list(counts)
    while len(parts) > 1 and min(sizes) < FEWEST:
        place = sizes.index(min(sizes))
        sides = [side for side in (place - 1, place + 1) if 0 <= side < len(parts)]
        _, _, first = min((max(parts[place], parts[side])[0] in cuts, sizes[side], min(place, side)) for side in sides)
        parts[first : first + 2] = [parts[first] + parts[first + 1]]
        sizes[first : first + 2] = [sizes[first] + sizes[first + 1]]
    return tuple(parts)


def smallest_joined(counts: Counts) -> Partition:
    """Join the choices that too few took; what is joined stands last."""
    by_size = sorted(range(len(counts)), key=lambda place: (counts[place], place))
    totals = [0, *accumulate(counts[place] for place in by_size)]
    joined = next(
        (
            number
            for number in range(len(by_size) + 1)
            if (number == 0 or totals[number] >= FEWEST) and all(counts[place] >= FEWEST for place in by_size[number:])
        ),
        len(by_size),
    )
    rest = tuple(sorted(by_size[:joined]))
    alone = [(place,) for place in sorted(by_size[joined:])]
    return (*alone, rest) if rest else tuple(alone)


def sides_of(scale: Scale, good: Good | None, parts: Partition) -> list[Partition]:
    """Return how the parts of a scale are joined for a stratum: two sides, then three, as far as the parts allow it.

    Two sides are the favourable answers and all others.
    """
    lower, upper = _cuts(scale)
    ends = {part[-1] + 1 for part in parts[:-1]}
    cuts = [cut for cut in dict.fromkeys((lower, upper)) if cut in ends]
    first = upper if good is Good.HIGH else lower
    chain = [[first]] if first in cuts else []
    if cuts and cuts not in chain:
        chain.append(cuts)
    return [_divided(len(scale.points), places) for places in chain]


def choices_of(counts: Counts, parts: Partition) -> list[Partition]:
    """Return how the parts of a single choice are joined for a stratum: the commonest and all others, then each."""
    if len(parts) <= 2:  # noqa: PLR2004 - the commonest and all others
        return [parts]
    commonest = max(parts, key=lambda part: sum(counts[place] for place in part))
    others = tuple(sorted(place for part in parts if part != commonest for place in part))
    return [(commonest, others), parts]


def _cuts(scale: Scale) -> tuple[int, int]:
    """Return after how many points the lower side ends and the upper one begins."""
    if (scale.first, scale.last) == _RECOMMENDATION:
        return _RECOMMENDATION_CUTS
    points = len(scale.points)
    return points // 2, (points + 1) // 2


def _divided(points: int, cuts: Sequence[int]) -> Partition:
    return tuple(tuple(range(first, last)) for first, last in pairwise((0, *cuts, points)))
