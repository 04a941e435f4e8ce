"""Which tables may be shown, so that no subtraction of them leaves a group of fewer than ten people.

**The groups.** A family is a set of strata for which one kind of table is shown. Its *atoms* are the remainders: of
every shown stratum what is left without its shown children. Atoms share nobody, and each shown stratum is a union of
atoms. Whatever is computed by adding and subtracting tables of a family is therefore constant on atoms, so a group of
people that can be told apart is a union of atoms. All rules below are *kept by unions*: what holds for two groups that
share nobody holds for both together. So it is enough that a rule holds for every atom, and `publish` sees to exactly
that.

**The rules.** `is_broad`: ten people who do not all say the same. `is_spread`: ten people in every part of the table.
`is_spread_or_empty`: the same, but nobody at all may stand in a part.

**Nesting.** Finer tables are shown only for strata of the coarser family (`within`): else a table of parts would add a
stratum to the family of bases, and with it new differences. A table of parts gives that of sides of the same strata,
nothing more.

**Tables of different things** are not of one family; what keeps them apart:

- Two items of one stratum differ by the few who answered only one of them. No exact base is ever shown: it is rounded
  down to tens, and shares and means to steps that every base of those ten can give (`rounding`), so the difference
  stays open.
- An index and its items: it would give away the one item that is hidden. It is shown only where all its items are.
- The distribution and the mean: the mean adds one sum for an atom of at least ten who do not agree.
- Rates of response: a family by itself, ten who took part and ten who did not in every atom, in steps of about ten
  people.
- Choices of which several can be taken: each is a table with two parts; what is taken by too few is joined. Where
  nothing but two of them are shown, the choice that excludes all others is not: it would tell how many took only one.
- Earlier semesters: other replies, no link between both; a change is computed from what was published of each.
- Readers, languages and file formats: all show the one publication, none has a table of its own.

**What is hidden says nothing.** Order: first what fails, then the smallest, by size and code. Whether a stratum of ten
or more is hidden for agreeing with itself or for the sake of another has one name, and neighbours in size are hidden
in pairs (`in_pairs`), so that the smallest does not point at the other.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from services.survey_reports.tree import Counts, Tree, minus
from services.surveys.dto import FEWEST

Rule = Callable[[Counts], bool]


def is_broad(counts: Counts) -> bool:
    """Tell whether there are enough people, and not all in one column."""
    people = sum(counts)
    return people >= FEWEST and max(counts) < people


def is_spread(counts: Counts) -> bool:
    """Tell whether there are enough people in every column."""
    return min(counts) >= FEWEST


def is_spread_or_empty(counts: Counts) -> bool:
    """Tell whether there are enough people in every column, or nobody."""
    return all(count == 0 or count >= FEWEST for count in counts)


def publish(
    tree: Tree,
    tables: Mapping[str, Counts],
    rule: Rule,
    within: Collection[str] | None = None,
    *,
    in_pairs: bool = False,
) -> frozenset[str]:
    """Return the strata whose tables are shown: the rule holds for them and for all that can be computed from them.

    `tables`: of every stratum with all below it. `within`: only these. Where the whole is not shown nothing is.
    `in_pairs`: a stratum of enough people for which the rule fails takes its neighbour in size along. One that is not
    in `within` does not: that it is left out was seen before, in the coarser family or by its size.
    """
    allowed = set(tree.codes if within is None else within)
    if tree.root not in allowed or not rule(tables[tree.root]):
        return frozenset()
    shown, open_ended = {tree.root}, [tree.root]
    while open_ended:
        parent = open_ended.pop()
        by_size = sorted(tree.children(parent), key=lambda code: (sum(tables[code]), code))
        failing = {code for code in by_size if code not in allowed or not rule(tables[code])}
        if in_pairs:
            paired = [code for code in by_size if code in allowed and sum(tables[code]) >= FEWEST]
            failing |= _neighbours(paired, failing)
        kept = _without_small_rest(tables, parent, [code for code in by_size if code not in failing], rule)
        shown.update(kept)
        open_ended.extend(kept)
    return frozenset(shown)


def _without_small_rest(tables: Mapping[str, Counts], parent: str, kept: Sequence[str], rule: Rule) -> Sequence[str]:
    """Hide the smallest children until the parent without the shown ones is nobody, or obeys the rule."""
    for first in range(len(kept)):
        rest = minus(tables[parent], (tables[code] for code in kept[first:]))
        if not any(rest) or rule(rest):
            return kept[first:]
    return ()


def _neighbours(by_size: Sequence[str], failing: AbstractSet[str]) -> set[str]:
    """Return all of the pairs, the last of three, in which one fails."""
    starts = [*range(0, max(len(by_size) - 1, 1), 2), len(by_size)]
    pairs = [by_size[first:last] for first, last in pairwise(starts)]
    return {code for pair in pairs if not set(pair).isdisjoint(failing) for code in pair}


Partition = tuple[tuple[int, ...], ...]


def regroup(counts: Counts, partition: Partition) -> Counts:
    """Return how many stand in each part; a part is named by the places of its columns."""
    return tuple(sum(counts[place] for place in part) for part in partition)


def publish_parts(
    tree: Tree, tables: Mapping[str, Counts], chain: Sequence[Partition], rule: Rule, within: Collection[str]
) -> dict[str, Partition]:
    """Return for every stratum into which parts its table may be divided; without an entry into none.

    `chain`: ever finer partitions, each dividing parts of the one before.
    """
    finest: dict[str, Partition] = {}
    for partition in chain:
        regrouped = {code: regroup(counts, partition) for code, counts in tables.items()}
        within = publish(tree, regrouped, rule, within)
        finest |= dict.fromkeys(within, partition)
    return finest
