"""The published result of a survey, from its replies."""

import random
import time
from collections.abc import Mapping
from typing import Any

import pytest

from services.questionnaires.dto import DONT_KNOW, NOT_SAID, Answer, Choice, Good, Item, ItemType, Reporting
from services.survey_reports.dto import Cell, Kinds, Response, Results, State
from services.survey_reports.figures import responses_of, results_of
from services.survey_reports.tree import Stratum, Tree
from tests.support.surveys import (
    AGREE,
    FREQUENCY,
    RECOMMEND,
    WORDS,
    YES_NO,
    chosen,
    index,
    questionnaire,
    scaled,
)

TREE = Tree(
    [
        Stratum(code="u", invited=400), Stratum(code="a", parent="u", invited=200),
        Stratum(code="b", parent="u", invited=120), Stratum(code="c", parent="u", invited=80),
        Stratum(code="a1", parent="a", invited=100), Stratum(code="a2", parent="a", invited=100),
    ]
)  # fmt: skip
Counted = Mapping[str, Mapping[Any, int]]


def of(item: Item, counted: Counted, tree: Tree = TREE) -> Mapping[str, Cell]:
    """An item's cells, given how many of each stratum gave each answer."""
    rows = [
        (stratum, {} if answer is None else {item.code: answer})
        for stratum, answers in counted.items()
        for answer, people in answers.items()
        for _ in range(people)
    ]
    return results_of(questionnaire(item), tree, rows).items[item.code].cells


def states(cells: Mapping[str, Cell]) -> dict[str, str]:
    return {code: cell.state.value for code, cell in cells.items()}


def parts(cell: Cell) -> list[tuple[tuple[int | str, ...], int]]:
    return [(share.values, share.percent) for share in cell.parts]


EVEN = {1: 10, 2: 10, 3: 10, 4: 10, 5: 10}


def test_the_whole_is_shown_in_all_its_parts_and_a_stratum_in_three_sides() -> None:
    cells = of(scaled("t"), {"a1": EVEN, "a2": EVEN, "b": EVEN, "c": {1: 10, 3: 10, 5: 20}})
    assert parts(cells["u"]) == [((1,), 21), ((2,), 16), ((3,), 21), ((4,), 16), ((5,), 26)]
    assert parts(cells["a"]) == [((1, 2), 40), ((3,), 20), ((4, 5), 40)]
    assert parts(cells["c"]) == [((1, 2), 25), ((3,), 25), ((4, 5), 50)]
    assert cells["a"].base == 100
    assert cells["a"].estimate is not None
    assert (cells["a"].estimate.mean, cells["a"].estimate.wide) == (50, False)


def test_points_that_too_few_chose_are_joined_with_their_neighbours_for_the_whole_and_for_all_strata() -> None:
    often = scaled("bribe1", FREQUENCY, Good.LOW)
    cells = of(often, {"a1": {0: 40, 1: 10, 2: 12, 3: 2}, "b": {0: 30, 1: 20, 2: 9, 4: 1}, "c": {0: 30, 1: 3, 2: 1}})
    assert parts(cells["u"]) == [((0,), 63), ((1,), 21), ((2, 3, 4), 16)]
    assert parts(cells["a"]) == [((0, 1), 80), ((2, 3, 4), 20)]
    assert parts(cells["b"]) == []
    assert states(cells) == {"u": "shown", "a": "shown", "a1": "shown", "a2": "too_few", "b": "shown", "c": "shown"}


def test_a_distribution_with_one_part_is_none() -> None:
    cells = of(scaled("t"), {"a1": {5: 50, 1: 3}, "b": {5: 50, 2: 3}})
    assert cells["u"].state is State.SHOWN
    assert parts(cells["u"]) == []


def test_ten_points_are_read_as_three_sides_of_their_own() -> None:
    spread = dict.fromkeys(range(11), 10)
    cells = of(scaled("rec1", RECOMMEND), {"a1": spread, "b": spread})
    assert [values for values, _ in parts(cells["b"])] == [tuple(range(7)), (7, 8), (9, 10)]
    assert len(cells["u"].parts) == 11


def test_two_points_have_two_sides() -> None:
    cells = of(scaled("y", YES_NO), {"a1": {0: 20, 1: 20}, "b": {0: 20, 1: 30}})
    assert parts(cells["b"]) == [((0,), 40), ((1,), 60)]


def test_where_not_all_three_sides_may_be_told_the_favourable_answers_stand_against_all_others() -> None:
    counted = {"a1": {1: 20, 3: 20, 5: 20}, "b": {1: 9, 3: 11, 5: 20}, "c": {1: 20, 3: 20, 5: 30}}
    assert parts(of(scaled("t"), counted)["b"]) == [((1, 2, 3), 50), ((4, 5), 50)]
    assert parts(of(scaled("t", good=Good.LOW), counted)["b"]) == []


def test_strata_with_too_few_and_those_that_would_give_them_away_have_different_names() -> None:
    mixed = {1: 20, 5: 20}
    cells = of(scaled("t"), {"a1": {1: 4, 5: 3}, "a2": mixed, "b": mixed, "c": {5: 30}})
    assert states(cells) == {
        "u": "shown", "a": "masked", "a1": "too_few", "a2": "masked", "b": "masked", "c": "masked"
    }  # fmt: skip
    assert cells["b"] == Cell(state=State.MASKED)


def test_what_is_reported_for_the_university_only_has_no_other_cell() -> None:
    dorm = scaled("dorm1", report=Reporting(level="university", min=40))
    assert states(of(dorm, {"a1": EVEN, "b": EVEN})) == {"u": "shown"}
    assert states(of(dorm, {"a1": {1: 15, 5: 15}})) == {"u": "too_few"}


def test_nobody_answered() -> None:
    assert set(states(of(scaled("t"), {})).values()) == {"too_few"}
    assert set(states(of(chosen("m", "ab", several=True), {"a1": {NOT_SAID: 20}})).values()) == {"too_few"}


def test_who_did_not_know_or_did_not_want_to_say_is_told_apart_where_both_are_ten_or_nobody() -> None:
    item = scaled("bribe1", FREQUENCY, Good.LOW, dont_know=True)
    base = {0: 20, 3: 20}
    cells = of(item, {"a1": base | {DONT_KNOW: 40}, "b": base | {NOT_SAID: 10, DONT_KNOW: 10}, "c": base})
    assert cells["a"].kinds == Kinds(silent=50, dont_know=50, not_said=0)
    assert cells["b"].kinds == Kinds(silent=30, dont_know=15, not_said=15)
    assert cells["c"].kinds == Kinds(silent=0, dont_know=0, not_said=0)
    cells = of(item, {"a1": base | {DONT_KNOW: 40}, "b": base | {NOT_SAID: 4, DONT_KNOW: 8}, "c": base})
    assert cells["b"].kinds == Kinds(silent=25)
    assert cells["u"].kinds == Kinds(silent=30)
    cells = of(item, {"a1": base, "b": base | {NOT_SAID: 4}})
    assert {cell.kinds for cell in cells.values()} == {None}


def test_a_question_without_i_dont_know_tells_only_who_did_not_want_to_say() -> None:
    cells = of(scaled("t"), {"a1": EVEN | {NOT_SAID: 50, None: 7}, "b": EVEN})
    assert cells["a"].kinds == Kinds(silent=50, not_said=50)
    assert cells["a"].base == 50


def test_a_single_choice_is_shown_in_full_or_as_the_commonest_and_all_others() -> None:
    item = chosen("work", "abcde")
    counted: Counted = {
        "a1": {"a": 30, "b": 20, "c": 20, "d": 6, "e": 4},
        "b": {"a": 20, "b": 9, "c": 5, "d": 1}, "c": {"a": 20, "b": 20},
    }  # fmt: skip
    cells = of(item, counted)
    assert parts(cells["u"]) == [(("a",), 45), (("b",), 32), (("c",), 16), (("d", "e"), 7)]
    assert parts(cells["a"]) == [(("a",), 40), (("b", "c", "d", "e"), 60)]
    assert parts(cells["b"]) == [(("a",), 55), (("b", "c", "d", "e"), 45)]
    assert cells["a"].estimate is None


def test_of_a_multiple_choice_each_is_shown_for_itself_and_the_rare_ones_together() -> None:
    item = chosen("l_bar", "abcdx", several=True, exclusive="x")
    counted: Counted = {
        "a1": {("a", "b"): 20, ("a",): 10, ("c",): 4, ("x",): 16},
        "b": {("a",): 10, ("b", "d"): 5, ("c", "d"): 4, ("b",): 20},
    }  # fmt: skip
    cells = of(item, counted)
    assert parts(cells["u"]) == [(("a",), 45), (("b",), 50), (("x",), 20), (("c", "d"), 15)]
    assert cells["u"].base == 80
    assert parts(cells["b"]) == [(("a",), 25), (("b",), 65)]


def test_a_choice_that_excludes_all_others_is_not_shown_beside_two_of_them() -> None:
    item = chosen("m", "abx", several=True, exclusive="x")
    cells = of(item, {"a1": {("a", "b"): 14, ("a",): 20, ("b",): 3, ("x",): 20}})
    assert [values for values, _ in parts(cells["u"])] == [("a",), ("b",)]


def test_every_row_of_a_matrix_is_an_item_and_a_route_is_none() -> None:
    rows = (Choice(code="r1", text=WORDS), Choice(code="r2", text=WORDS))
    matrix = Item(code="mx", topic="", type=ItemType.MATRIX, text=WORDS, scale=AGREE, good=Good.HIGH, rows=rows)
    route = Item(code="dorm0", topic="", type=ItemType.ROUTE, text=WORDS, scale=YES_NO)
    asked = questionnaire(route, matrix)
    results = results_of(asked, TREE, [("a1", {"mx.r1": point, "mx.r2": 6 - point}) for point in (1, 2, 2) * 10])
    assert {key: result.code for key, result in results.items.items()} == {"mx.r1": "mx", "mx.r2": "mx"}
    means = [cell.estimate.mean for result in results.items.values() if (cell := result.cells["u"]).estimate]
    assert means == [17, 83]


def test_an_index_is_shown_only_where_all_its_items_are() -> None:
    asked = questionnaire(scaled("x1"), scaled("x2"), indices=[index("X", "x1", "x2")])
    rows: list[tuple[str, dict[str, Answer]]] = []
    rows += [("a1", {"x1": point, "x2": point}) for point in (1, 3, 5) * 10]
    rows += [("b", {"x1": point, "x2": 5}) for point in (1, 3, 5) * 10]
    rows += [("c", {"x1": point, "x2": point} if point else {"x1": 3}) for point in (0, 1, 2, 4, 5) * 8]
    results = results_of(asked, TREE, rows)
    cells = results.indices["X"].cells
    assert states(results.items["x1"].cells)["b"] == "shown"
    assert states(results.items["x2"].cells)["b"] == "masked"
    assert states(cells)["b"] == "masked"
    assert (cells["u"].state, cells["u"].base) == (State.SHOWN, 100)
    assert results.indices["X"].coherent
    assert results.base == 100
    assert results.strata[0] == "u"


def test_an_index_is_shown_for_the_large_units_beside_one_that_is_hidden_for_the_sake_of_a_small_one() -> None:
    tree = Tree([Stratum(code="u"), *(Stratum(code=code, parent="u") for code in "sabc")])
    asked = questionnaire(scaled("x1"), scaled("x2"), indices=[index("X", "x1", "x2")])
    rows: list[tuple[str, dict[str, Answer]]] = [
        (code, {"x1": point, "x2": point})
        for code, times in (("s", 1), ("a", 4), ("b", 20), ("c", 30))
        for point in (1, 2, 3, 4, 5) * times
    ]
    results = results_of(asked, tree, rows)
    expected = {"u": "shown", "s": "too_few", "a": "masked", "b": "shown", "c": "shown"}
    assert states(results.items["x1"].cells) == expected
    assert states(results.indices["X"].cells) == expected


def test_items_that_do_not_go_together_are_no_index() -> None:
    asked = questionnaire(scaled("x1"), scaled("x2"), indices=[index("X", "x1", "x2")])
    rows: list[tuple[str, dict[str, Answer]]] = [
        ("a1", {"x1": point, "x2": 6 - point}) for point in (1, 2, 3, 4, 5) * 10
    ]
    assert not results_of(asked, TREE, rows).indices["X"].coherent
    assert not results_of(asked, TREE, []).indices["X"].coherent


def test_rates_of_response_are_rounded_down_and_marked_below_a_half() -> None:
    responses = responses_of(TREE, {"u": 203, "a": 120, "a1": 60, "a2": 60, "b": 47, "c": 36})
    assert responses == {
        "u": Response(state=State.SHOWN, percent=50), "a": Response(state=State.SHOWN, percent=60),
        "a1": Response(state=State.SHOWN, percent=60), "a2": Response(state=State.SHOWN, percent=60),
        "b": Response(state=State.SHOWN, percent=30, indicative=True),
        "c": Response(state=State.SHOWN, percent=40, indicative=True),
    }  # fmt: skip


def test_of_a_masked_group_nothing_tells_whether_half_of_it_took_part() -> None:
    responses = responses_of(TREE, {"u": 60, "a": 40, "a1": 20, "a2": 20, "b": 12, "c": 8})
    assert (responses["b"], responses["u"].indicative) == (Response(state=State.MASKED), True)


def test_a_rate_is_hidden_where_few_took_part_or_few_did_not() -> None:
    responses = responses_of(TREE, {"u": 301, "a": 193, "a1": 98, "a2": 95, "b": 100, "c": 8})
    assert {code: response.state.value for code, response in responses.items()} == {
        "u": "shown", "a": "masked", "a1": "masked", "a2": "masked", "b": "shown", "c": "too_few"
    }  # fmt: skip
    assert responses["a"].percent is None


def test_where_nobody_knows_who_was_asked_there_is_no_rate() -> None:
    assert responses_of(Tree([Stratum(code="u")]), {"u": 50}) == {}


@pytest.fixture(scope="module")
def many() -> Results:
    """The result of 20,000 replies to 20 questions in 80 strata."""
    codes = [f"x{number}" for number in range(20)]
    asked = questionnaire(
        *(scaled(code, good=Good.LOW if place % 2 else Good.HIGH, dont_know=True) for place, code in enumerate(codes)),
        indices=[index(f"I{start}", *codes[start : start + 4]) for start in range(0, 20, 4)],
    )
    strata = [Stratum(code="u", invited=40_000), *(Stratum(code=f"i{n}", parent="u", invited=2_000) for n in range(20))]
    strata += [Stratum(code=f"i{n}.{course}", parent=f"i{n}", invited=500) for n in range(20) for course in range(4)]
    rng = random.Random(5)  # noqa: S311 - a repeatable survey
    pool = [{code: rng.choice((1, 2, 3, 4, 4, 5, NOT_SAID, DONT_KNOW)) for code in codes} for _ in range(2_000)]
    rows = [(f"i{rng.randrange(20)}.{rng.randrange(4)}", pool[rng.randrange(2_000)]) for _ in range(20_000)]
    started = time.perf_counter()
    results = results_of(asked, Tree(strata), rows)
    assert time.perf_counter() - started < 5, "a report has five seconds, and this is the least of it"
    return results


def test_twenty_thousand_replies_are_counted_once(many: Results) -> None:
    assert many.base == 20_000
    assert len(many.strata) == 101
    assert all(cell.state is State.SHOWN for result in many.items.values() for cell in result.cells.values())


def test_no_cell_says_more_than_tens_of_people_and_whole_points(many: Results) -> None:
    cells = [cell for result in many.items.values() for cell in result.cells.values()]
    cells += [cell for result in many.indices.values() for cell in result.cells.values()]
    assert all(cell.base % 10 == 0 for cell in cells)
    assert all(sum(share.percent for share in cell.parts) in {0, 100} for cell in cells)
    assert all(estimate.low <= estimate.mean <= estimate.high for cell in cells if (estimate := cell.estimate))
