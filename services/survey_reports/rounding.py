"""Figures rounded so that they do not give away what is not shown: how many people exactly they were computed from.

A base is rounded down to tens, so ten numbers of people are possible. The mean of n answers that lie `grain` apart
moves in steps of grain / n. A figure rounded to a step at least as wide can come of any of these ten numbers; a finer
one may come of one only (6 of 11 is the only 55 % of ten to nineteen people), and the difference of two bases would
show how many left one question out. The tests try the tables of small strata: up to three parts, and means of five
points with their intervals, always leave several numbers of people open. Scales of two or three points have a few rare
corners where one is left; a single number of people tells apart nobody, it takes two of the same stratum.
"""

from collections.abc import Sequence
from math import ceil, floor
from typing import Final

TENS: Final = 10
#: What percentages and points from 0 to 100 are rounded to.
STEPS: Final = (1, 5, 10)
RATE_STEPS: Final = (1, 2, 5, 10)
#: Of the halves of intervals, for bases below these.
_HALF_STEPS: Final = ((50, 10), (200, 5))
#: From so many people on a mean may be told to the point.
FEW: Final = 30
#: Between nobody and everybody, one person among one.
WHOLE: Final = 100


def base_of(people: int) -> int:
    """Return how many people are said to stand behind a figure."""
    return people // TENS * TENS


def step_of(base: int, grain: float = WHOLE) -> int:
    """Return the finest step that tells nothing of how many people exactly there were. `grain`: between two answers."""
    return next((step for step in STEPS if step * base >= grain and (step > 1 or base >= FEW)), STEPS[-1])


def rate_step_of(invited: int) -> int:
    """Return the step of a rate of response, percent: about ten people, since it is known who was asked."""
    return next((step for step in RATE_STEPS if step * invited >= TENS * WHOLE), RATE_STEPS[-1])


def nearest(value: float, step: int) -> int:
    """Return the nearest multiple of a step; from the middle upwards."""
    return floor(value / step + 0.5) * step


def half_of(half: float, base: int) -> int:
    """Return half of an interval, rounded up."""
    step = next((step for below, step in _HALF_STEPS if base < below), 1)
    # A hair's breadth of slack: 35.00000000000001 is 35.
    return ceil(half / step - 1e-9) * step


def shares_of(counts: Sequence[int]) -> tuple[int, ...]:
    """Return the shares of parts, percent, which are 100 together, rounded as their base asks for."""
    people = sum(counts)
    step = step_of(base_of(people))
    units = WHOLE // step
    shares = [count * units // people for count in counts]
    by_loss = sorted(range(len(counts)), key=lambda place: (-(counts[place] * units % people), place))
    for place in by_loss[: units - sum(shares)]:
        shares[place] += 1
    return tuple(share * step for share in shares)
