"""What is shown of a survey, attacked: every difference of shown tables, over thousands of random rosters."""

import random
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from itertools import combinations, pairwise, product

import pytest

from services.questionnaires.dto import DONT_KNOW, NOT_SAID, Answer
from services.survey_reports.disclosure import (
    Partition,
    is_broad,
    is_spread,
    is_spread_or_empty,
    publish,
    publish_parts,
    regroup,
)
from services.survey_reports.dto import Cell, Results, State
from services.survey_reports.figures import responses_of, results_of
from services.survey_reports.rounding import base_of, shares_of, step_of
from services.survey_reports.scoring import estimate_of, moments_of
from services.survey_reports.tree import Counts, Stratum, Tree
from tests.support.surveys import chosen, index, questionnaire, scaled

ROSTERS = 2_000
POINTS = (1, 2, 3, 4, 5)
COLUMNS: tuple[Answer, ...] = (*POINTS, DONT_KNOW, NOT_SAID)
ASKED = questionnaire(scaled("teach1", dont_know=True))
SIZES = (0, 1, 4, 8, 9, 10, 11, 12, 15, 19, 20, 21, 25, 31, 40, 64, 120)
#: How much of a stratum says the same.
AGREEMENT = (0.2, 0.5, 0.8, 0.95, 1.0)


class Roster:
    """A random university with replies: how many of each stratum gave each answer."""

    def __init__(self, rng: random.Random) -> None:
        strata = [Stratum(code="u", invited=0)]
        leaves = []
        for unit in range(rng.randint(1, 4)):
            strata.append(Stratum(code=f"u{unit}", parent="u"))
            courses = [f"u{unit}.{course}" for course in range(rng.randint(0, 3))]
            strata += [Stratum(code=code, parent=f"u{unit}") for code in courses]
            leaves += courses or [f"u{unit}"]
        self.tree = Tree(strata)
        usual, self.own = rng.choice(COLUMNS[:5]), {}
        for leaf in leaves:
            common = usual if rng.random() < 0.7 else rng.choice(COLUMNS)
            people, alike = rng.choice(SIZES), rng.choice(AGREEMENT)
            answers = [common if rng.random() < alike else rng.choice(COLUMNS) for _ in range(people)]
            self.own[leaf] = tuple(answers.count(column) for column in COLUMNS)
        self.tables = self.tree.add_up(self.own, len(COLUMNS))
        absent = self.tree.add_up({leaf: (rng.choice(SIZES),) for leaf in leaves}, 1)
        self.people = {code: sum(counts) for code, counts in self.tables.items()}
        self.tree = Tree(
            replace(stratum, invited=self.people[stratum.code] + absent[stratum.code][0]) for stratum in strata
        )

    def results(self) -> Results:
        """What is published of it."""
        rows = [
            (leaf, {"teach1": column})
            for leaf, counts in self.own.items()
            for column, people in zip(COLUMNS, counts, strict=True)
            for _ in range(people)
        ]
        return results_of(ASKED, self.tree, rows)


def differences(tree: Tree, tables: Mapping[str, Counts], shown: Collection[str]) -> Iterator[Counts]:
    """Everything that comes of taking shown tables, on any levels, away from a shown one."""
    width = len(tables[tree.root])
    packed = {code: sum(count << 16 * place for place, count in enumerate(tables[code])) for code in shown}

    def below(code: str) -> set[int]:
        sums = {0}
        for child in tree.children(code):
            taken = below(child) | {packed[child]} if child in packed else below(child)
            sums = {one + two for one in sums for two in taken}
        return sums

    for number in {packed[code] - taken for code in packed for taken in below(code)}:
        yield tuple(memoryview(number.to_bytes(width * 2, "little")).cast("H"))


def isolates(counts: Counts) -> bool:
    """Fewer than ten people, or people who all say the same."""
    return any(counts) and not is_broad(counts)


def thin(counts: Counts) -> bool:
    """A part with fewer than ten people."""
    return any(counts) and not is_spread(counts)


def thin_kinds(counts: Counts) -> bool:
    """A kind with one to nine people."""
    return any(0 < count < 10 for count in counts)


Tables = tuple[dict[str, Counts], Callable[[Counts], bool]]


def seen(roster: Roster, cells: Mapping[str, Cell]) -> Iterator[Tables]:
    """The tables of exact counts that whoever sees the cells knows at most, each with what must not come of it."""
    shown = [code for code, cell in cells.items() if cell.state is State.SHOWN]
    yield {code: roster.tables[code][:5] for code in shown}, isolates
    divided = {
        code: tuple(tuple(POINTS.index(int(str(value))) for value in share.values) for share in cell.parts)
        for code, cell in cells.items()
        if cell.parts
    }
    for partition in set(divided.values()):
        finer = [
            code for code, own in divided.items() if all(any({*part} <= {*wide} for wide in partition) for part in own)
        ]
        yield {code: regroup(roster.tables[code], partition) for code in finer}, thin
    kinds = {code: cell.kinds for code, cell in cells.items() if cell.kinds}
    tables = {code: (sum(roster.tables[code][:5]), *roster.tables[code][5:]) for code in kinds}
    yield {code: (table[0], table[1] + table[2]) for code, table in tables.items()}, thin_kinds
    yield {code: tables[code] for code, kind in kinds.items() if kind.not_said is not None}, thin_kinds


def seen_rates(roster: Roster, codes: Collection[str]) -> Tables:
    """Who took part and who did not, as whoever sees the rates would know at most."""
    invited = {code: roster.tree.invited(code) for code in codes}
    return {code: (roster.people[code], invited[code] - roster.people[code]) for code in codes}, thin


def broken(roster: Roster, seen_tables: Tables) -> bool:
    """Whether some difference tells of too few people."""
    tables, bad = seen_tables
    if not tables:
        return False
    padded = {code: tables.get(code, (0,) * len(next(iter(tables.values())))) for code in roster.tree.codes}
    return any(bad(counts) for counts in differences(roster.tree, padded, tables))


@pytest.fixture(scope="module")
def rosters() -> list[Roster]:
    rng = random.Random(8)  # noqa: S311 - repeatable rosters
    return [Roster(rng) for _ in range(ROSTERS)]


def test_no_difference_of_what_is_shown_tells_of_fewer_than_ten_people_or_of_people_of_one_mind(
    rosters: list[Roster],
) -> None:
    shown = divided = told = 0
    for roster in rosters:
        cells = roster.results().items["teach1"].cells
        for tables in seen(roster, cells):
            assert not broken(roster, tables)
        shown += sum(cell.state is State.SHOWN for cell in cells.values())
        divided += sum(bool(cell.parts) for cell in cells.values())
        told += sum(cell.kinds is not None for cell in cells.values())
    assert min(shown, divided, told) > ROSTERS / 4, "hiding everything would be no art"


def test_hiding_the_cells_of_fewer_than_ten_is_broken_by_the_same_attack(rosters: list[Roster]) -> None:
    few = parts = kinds = 0
    for roster in rosters:
        answered = {code: counts[:5] for code, counts in roster.tables.items() if sum(counts[:5]) >= 10}
        few += broken(roster, (answered, isolates))
        sides = {code: regroup(counts, ((0, 1), (2,), (3, 4))) for code, counts in roster.tables.items()}
        parts += broken(roster, ({code: counts for code, counts in sides.items() if is_spread(counts)}, thin))
        missing = {code: (sum(counts[:5]), *counts[5:]) for code, counts in roster.tables.items()}
        safe = {code: counts for code, counts in missing.items() if is_spread_or_empty(counts)}
        kinds += broken(roster, (safe, thin_kinds))
    assert few > ROSTERS / 2
    assert parts > ROSTERS / 20
    assert kinds > ROSTERS / 20


def test_no_difference_of_rates_of_response_tells_of_fewer_than_ten_who_took_part_or_did_not(
    rosters: list[Roster],
) -> None:
    shown = naive = 0
    for roster in rosters:
        responses = responses_of(roster.tree, roster.people)
        codes = [code for code, response in responses.items() if response.state is State.SHOWN]
        assert not broken(roster, seen_rates(roster, codes))
        shown += len(codes)
        naive += broken(roster, seen_rates(roster, [code for code, people in roster.people.items() if people >= 10]))
    assert shown > ROSTERS / 2
    assert naive > ROSTERS / 2


PAIR = questionnaire(scaled("x1"), scaled("x2"), indices=[index("X", "x1", "x2")])
#: Every value that the index of two questions of five points can have, in eighths; nobody's answers make none.
EIGHTHS = range(9)


def index_column(one: Answer | None, two: Answer | None) -> int | None:
    """The place of a reply's index among `EIGHTHS`."""
    known = [answer - 1 for answer in (one, two) if isinstance(answer, int)]
    return sum(known) * 2 // len(known) if known else None


def test_no_difference_of_indices_and_their_items_together_tells_of_fewer_than_ten_people_or_of_people_of_one_mind(
    rosters: list[Roster],
) -> None:
    rng, shown, naive = random.Random(10), 0, 0  # noqa: S311 - repeatable rosters
    for roster in rosters[::8]:
        alike, mirrored = rng.choice(AGREEMENT), rng.random() < 0.3

        def second(one: Answer | None, alike: float = alike, mirrored: bool = mirrored) -> Answer | None:
            """The same again, its mirror (then all have one index), or anything."""
            if not isinstance(one, int) or rng.random() > alike:
                return rng.choice((*POINTS, None))
            return 6 - one if mirrored else one

        pairs = {
            leaf: Counter(
                (first, second(first))
                for answer, people in zip(COLUMNS, counts, strict=True)
                for first in [answer if answer in POINTS else None] * people
            )
            for leaf, counts in roster.own.items()
        }
        rows = [
            (leaf, {key: answer for key, answer in zip(("x1", "x2"), pair, strict=True) if answer is not None})
            for leaf, found in pairs.items()
            for pair in found.elements()
        ]
        results = results_of(PAIR, roster.tree, rows)
        # Of whom an index is known exactly, of those both items are: the three tables side by side.
        together = {
            leaf: (
                *(sum(found[pair] for pair in found if pair[0] == point) for point in POINTS),
                *(sum(found[pair] for pair in found if pair[1] == point) for point in POINTS),
                *(sum(found[pair] for pair in found if index_column(*pair) == place) for place in EIGHTHS),
            )
            for leaf, found in pairs.items()
        }
        tables = roster.tree.add_up(together, 10 + len(EIGHTHS))

        def betrays(counts: Counts) -> bool:
            return any(map(isolates, (counts[:5], counts[5:10], counts[10:])))

        cells = [results.items["x1"].cells, results.items["x2"].cells, results.indices["X"].cells]
        one, two, both = ({code for code, cell in some.items() if cell.state is State.SHOWN} for some in cells)
        assert both <= one & two
        assert not broken(roster, ({code: tables[code] for code in both}, betrays))
        shown += len(both)
        naive += broken(roster, ({code: table for code, table in tables.items() if sum(table[10:]) >= 10}, betrays))
    assert shown > ROSTERS / 8
    assert naive > ROSTERS / 16


def test_no_difference_of_choices_taken_tells_of_fewer_than_ten_people() -> None:
    rng, shown, naive = random.Random(9), 0, 0  # noqa: S311 - repeatable rosters
    item = chosen("l_bar", "abcdx", several=True, exclusive="x")
    taken = [("a",), ("a", "b"), ("b",), ("a", "b", "c"), ("c", "d"), ("d",), ("x",)]
    for _ in range(ROSTERS // 5):
        roster = Roster(rng)
        own = {leaf: Counter(rng.choices(taken, (9, 9, 5, 3, 1, 1, 3), k=sum(row))) for leaf, row in roster.own.items()}
        rows = [(leaf, {item.code: answer}) for leaf, found in own.items() for answer in found.elements()]
        cells = results_of(questionnaire(item), roster.tree, rows).items[item.code].cells
        for choices in {share.values for cell in cells.values() for share in cell.parts}:
            took = {leaf: sum(found[one] for one in taken if {*one} & {*choices}) for leaf, found in own.items()}
            split = {leaf: (took[leaf], own[leaf].total() - took[leaf]) for leaf in own}
            tables = roster.tree.add_up(split, 2)
            codes = [code for code, cell in cells.items() if choices in {share.values for share in cell.parts}]
            assert not broken(roster, ({code: tables[code] for code in codes}, thin))
            shown += len(codes)
            naive += broken(roster, ({code: table for code, table in tables.items() if is_spread(table)}, thin))
    assert shown > ROSTERS / 5
    assert naive > 0


def tree_of(**units: int) -> Tree:
    """A university with these units, so many invited."""
    return Tree([Stratum(code="u"), *(Stratum(code=code, parent="u", invited=size) for code, size in units.items())])


def family(units: Mapping[str, Counts]) -> set[str]:
    """The units that are shown, and the whole."""
    tree = tree_of(**{code: sum(counts) for code, counts in units.items()})
    tables = tree.add_up(units, len(next(iter(units.values()))))
    return set(publish(tree, tables, is_broad, in_pairs=True))


def test_the_last_hidden_unit_takes_the_smallest_shown_one_along() -> None:
    assert family({"a": (5, 4), "b": (20, 20), "c": (50, 50)}) == {"u", "c"}
    assert family({"a": (5, 4), "b": (6, 3), "c": (50, 50)}) == {"u", "c"}
    assert family({"a": (12, 10), "b": (20, 20), "c": (50, 50)}) == {"u", "a", "b", "c"}


def test_where_the_whole_may_not_be_shown_nothing_is() -> None:
    assert family({"a": (5, 4), "b": (0, 0)}) == set()
    assert family({"a": (50, 0), "b": (30, 0)}) == set()


def test_a_unit_of_one_mind_cannot_be_told_from_its_neighbour_in_size() -> None:
    sizes = {"a": 20, "b": 30, "c": 40, "d": 50, "e": 60}
    mixed = {code: (size - 10, 10) for code, size in sizes.items()}

    def hidden(unanimous: str) -> frozenset[str]:
        units = mixed | {unanimous: (sizes[unanimous], 0)}
        return frozenset(sizes) - family(units)

    assert {code: "".join(sorted(hidden(code))) for code in sizes} == {
        "a": "ab", "b": "ab", "c": "cde", "d": "cde", "e": "cde",
    }  # fmt: skip


def test_a_unit_that_a_coarser_table_left_out_takes_no_neighbour_along() -> None:
    units = {"s": (3, 2), "a": (10, 10), "b": (50, 50), "c": (60, 60)}
    tree = tree_of(**{code: sum(counts) for code, counts in units.items()})
    tables = tree.add_up(units, 2)
    items = publish(tree, tables, is_broad, in_pairs=True)
    assert items == {"u", "b", "c"}, "the smallest is masked, so that nobody computes the one of five"
    assert publish(tree, tables, is_broad, items, in_pairs=True) == items


def test_a_finer_table_is_shown_for_strata_of_the_coarser_family_only() -> None:
    tree = tree_of(a=40, b=40, c=60)
    tables = tree.add_up({"a": (20, 10, 10), "b": (20, 20, 0), "c": (20, 20, 20)}, 3)
    two: Partition = ((0,), (1, 2))
    three: Partition = ((0,), (1,), (2,))
    divided = publish_parts(tree, tables, [two, three], is_spread, {"u", "a", "b"})
    assert divided == {"u": three, "a": three, "b": two}


def test_a_reply_that_lies_in_a_stratum_with_strata_below_counts_to_its_rest() -> None:
    tree = Tree([Stratum(code="u"), Stratum(code="a", parent="u"), Stratum(code="b", parent="u")])
    tables = tree.add_up({"u": (2, 1), "a": (20, 20), "b": (30, 30)}, 2)
    assert publish(tree, tables, is_broad) == {"u", "b"}


@pytest.mark.parametrize("strata", [["u", "v"], [], [("a", "b"), ("b", "a"), "u"]])
def test_strata_hang_from_one_stratum(strata: list[str | tuple[str, str]]) -> None:
    pairs = [(entry, "") if isinstance(entry, str) else entry for entry in strata]
    with pytest.raises(ValueError, match="strat"):
        Tree([Stratum(code=code, parent=parent) for code, parent in pairs])


def answers_of(people: int, points: int) -> Iterator[Counts]:
    """Every way in which people can stand on points."""
    for bars in combinations(range(people + points - 1), points - 1):
        ends = (-1, *bars, people + points - 1)
        yield tuple(two - one - 1 for one, two in pairwise(ends))


@pytest.mark.parametrize("parts", [2, 3])
def test_shares_do_not_tell_how_many_people_exactly_there_were(parts: int) -> None:
    possible: dict[tuple[int, tuple[int, ...]], set[int]] = {}
    for people in range(parts * 10, 130 - parts * 20):
        for more in answers_of(people - parts * 10, parts):
            counts = tuple(count + 10 for count in more)
            possible.setdefault((base_of(people), shares_of(counts)), set()).add(people)
    assert min(map(len, possible.values())) > 1


@pytest.mark.parametrize("points", [2, 3, 5])
def test_a_mean_with_its_interval_does_not_tell_how_many_people_exactly_there_were(points: int) -> None:
    grain = 100 / (points - 1)
    possible: dict[object, set[int]] = {}
    for people in range(10, 20):
        for counts in answers_of(people, points):
            if is_broad(counts):
                scores = {place * grain: count for place, count in enumerate(counts)}
                possible.setdefault(estimate_of(moments_of(scores), grain), set()).add(people)
    assert min(map(len, possible.values())) > 1


def test_a_mean_of_people_nearly_of_one_mind_does_not_tell_how_many_there_were() -> None:
    possible: dict[object, set[int]] = {}
    for people, place, others in product(range(20, 100), (0, 1, 2), range(1, 5)):
        for counts in answers_of(others, 4):
            rest = [score for score in (0.0, 25.0, 50.0, 75.0, 100.0) if score != place * 25]
            scores = dict(zip(rest, counts, strict=True))
            estimate = estimate_of(moments_of(scores | {place * 25.0: people - others}), 25)
            if estimate.mean in {0, 25, 50, 75, 100}:
                possible.setdefault((base_of(people), estimate), set()).add(people)
    assert min(map(len, possible.values())) > 1


def test_a_share_in_whole_percents_would_tell_how_many_people_there_were() -> None:
    exact: dict[int, set[int]] = {}
    for one, two in product(range(10, 20), repeat=2):
        if one + two < 30:
            exact.setdefault(round(one * 100 / (one + two)), set()).add(one + two)
    assert min(map(len, exact.values())) == 1


def test_figures_of_many_people_are_whole_and_of_few_are_coarse() -> None:
    assert [step_of(base) for base in (10, 20, 40, 90, 100, 3000)] == [10, 5, 5, 5, 1, 1]
    assert [step_of(base, 25) for base in (10, 20, 30)] == [5, 5, 1]
    assert shares_of((12, 13)) == (50, 50)
    assert shares_of((333, 333, 334)) == (33, 33, 34)
    assert sum(shares_of((11, 17, 45))) == 100
