"""Points, means with their intervals, indices, and whether something changed."""

import math
import random
from collections import Counter

import pytest

from services.questionnaires.dto import DONT_KNOW, NOT_SAID, Answer, Good, Item
from services.survey_reports.scoring import (
    Change,
    Estimate,
    alpha_of,
    change_between,
    correlation_of,
    estimate_of,
    grain_of,
    hangs_together,
    index_of,
    is_scored,
    moments_of,
    score_of,
    share_from,
    student_95,
)
from tests.support.surveys import AGREE, FREQUENCY, RECOMMEND, chosen, scaled

GOOD, BAD = scaled("teach1"), scaled("assess2", good=Good.LOW)
OFTEN, ADVISE = scaled("bribe1", FREQUENCY, Good.LOW), scaled("rec1", RECOMMEND)


@pytest.mark.parametrize(
    ("item", "answer", "points"),
    [
        (GOOD, 1, 0), (GOOD, 3, 50), (GOOD, 5, 100), (BAD, 1, 100), (BAD, 4, 25), (OFTEN, 0, 100), (OFTEN, 4, 0),
        (ADVISE, 0, 0), (ADVISE, 7, 70), (ADVISE, 10, 100),
        (GOOD, None, None), (GOOD, NOT_SAID, None), (OFTEN, DONT_KNOW, None), (GOOD, 0, None), (GOOD, 6, None),
        (chosen("l_bar", "ab"), "a", None), (scaled("open1", good=None), 3, None), (GOOD, ("a",), None),
    ],
)  # fmt: skip
def test_every_answer_becomes_points_where_a_hundred_is_good_and_what_is_missing_never_the_middle(
    item: Item, answer: Answer | None, points: float | None
) -> None:
    assert score_of(item, answer) == points


def test_only_points_of_a_scale_with_a_good_end_are_scored() -> None:
    assert [is_scored(item) for item in (GOOD, chosen("l_bar", "ab"), scaled("x", good=None))] == [True, False, False]
    assert [grain_of(item) for item in (GOOD, ADVISE, scaled("f", FREQUENCY))] == [25, 10, 25]


def test_an_index_is_the_mean_of_what_was_answered_if_that_is_half_of_it() -> None:
    assert index_of([100, 50, None]) == 75
    assert index_of([100, None]) == 100
    assert index_of([100, None, None]) is None
    assert index_of([None, None]) is None
    assert index_of([]) is None


@pytest.mark.parametrize(("freedom", "t"), [(9, 2.2622), (19, 2.0930), (29, 2.0452), (99, 1.9842), (4999, 1.9604)])
def test_students_t_is_right_to_the_second_decimal(freedom: int, t: float) -> None:
    assert student_95(freedom) == pytest.approx(t, abs=0.005)


def test_a_mean_and_its_interval() -> None:
    moments = moments_of({0: 50, 50: 100, 100: 50})
    assert (moments.people, moments.mean) == (200, 50)
    assert moments.variance == pytest.approx(1256.28, abs=0.01)
    assert estimate_of(moments, 25) == Estimate(mean=50, low=45, high=55, wide=False)
    assert moments_of({}).people == 0
    assert moments_of({50: 1}).variance == 0


def test_a_mean_of_fewer_than_thirty_is_wide_and_its_interval_stays_on_the_scale() -> None:
    assert estimate_of(moments_of({100: 10, 75: 2, 0: 1}), 25) == Estimate(mean=90, low=60, high=100, wide=True)
    assert estimate_of(moments_of({25: 15, 50: 15}), 25).wide is False


def test_intervals_of_samples_hold_the_mean_of_all_at_least_95_times_of_a_hundred() -> None:
    rng, held = random.Random(3), 0  # noqa: S311 - a repeatable sample
    for _ in range(600):
        sample: Counter[float] = Counter(
            rng.choices((0, 25, 50, 75, 100), weights=(1, 2, 3, 3, 1), k=rng.randint(10, 60))
        )
        estimate = estimate_of(moments_of(sample), 25)
        held += estimate.low <= 52.5 <= estimate.high
    assert held / 600 >= 0.95


def estimate(mean: int, half: int) -> Estimate:
    return Estimate(mean=mean, low=max(0, mean - half), high=min(100, mean + half), wide=False)


@pytest.mark.parametrize(
    ("earlier", "later", "change"),
    [
        (estimate(50, 3), estimate(55, 3), Change.BETTER),
        (estimate(55, 3), estimate(50, 3), Change.WORSE),
        (estimate(50, 4), estimate(55, 4), Change.UNCLEAR),
        (estimate(50, 3), estimate(50, 3), Change.UNCLEAR),
        (estimate(98, 6), estimate(91, 3), Change.WORSE),
        (estimate(98, 8), estimate(91, 3), Change.UNCLEAR),
        (estimate(60, 0), estimate(61, 0), Change.BETTER),
    ],
)
def test_a_change_is_said_only_where_the_interval_of_the_difference_leaves_out_nought(
    earlier: Estimate, later: Estimate, change: Change
) -> None:
    assert change_between(earlier, later) is change


def test_the_share_of_sometimes_or_more_is_told_where_the_parts_end_there() -> None:
    assert share_from([((0, 1), 80), ((2,), 15), ((3, 4), 5)], 2) == 20
    assert share_from([((0, 1), 80), ((2, 3, 4), 20)], 2) == 20
    assert share_from([((0,), 60), ((1, 2, 3, 4), 40)], 2) is None
    assert share_from([(("a",), 60), (("b",), 40)], 2) == 0


def test_items_that_measure_one_thing_hang_together_and_others_do_not() -> None:
    rng = random.Random(4)  # noqa: S311 - repeatable answers

    def answer(level: float) -> float:
        return min(100, max(0, round((level + rng.gauss(0, 20)) / 25) * 25))

    levels = [rng.gauss(50, 30) for _ in range(400)]
    close: Counter[tuple[float, ...]] = Counter((answer(level), answer(level), answer(level)) for level in levels)
    loose: Counter[tuple[float, ...]] = Counter((answer(50), answer(50), answer(50)) for _ in levels)
    assert alpha_of(close) > 0.8
    assert abs(alpha_of(loose)) < 0.3
    assert hangs_together(close)
    assert not hangs_together(loose)
    assert hangs_together(Counter((row[0], row[1]) for row in close.elements()))
    assert not hangs_together(Counter((row[0], row[1]) for row in loose.elements()))
    assert hangs_together(Counter({(50.0,): 3}))


def test_agreement_of_items_is_computed_as_in_the_books() -> None:
    pairs: Counter[tuple[float, ...]] = Counter({(0.0, 0.0): 3, (50.0, 25.0): 2, (100.0, 100.0): 3})
    assert correlation_of(pairs) == pytest.approx(0.9701, abs=0.001)
    assert correlation_of(Counter({(0.0, 0.0): 1, (50.0, 50.0): 1})) == pytest.approx(1)
    assert correlation_of(Counter({(0.0, 0.0): 2, (50.0, 0.0): 2})) == 0
    assert alpha_of(Counter({(0.0, 0.0, 0.0): 5})) == 0
    assert math.isclose(alpha_of(Counter({(0.0, 0.0, 0.0): 2, (100.0, 100.0, 100.0): 2})), 1)


def test_scales_of_the_tests_are_those_of_the_questionnaires() -> None:
    assert (len(AGREE.points), len(FREQUENCY.points), len(RECOMMEND.points)) == (5, 5, 11)
