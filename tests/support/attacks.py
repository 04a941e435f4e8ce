"""How well an attack links people to replies, and how likely it is to do so well by chance.

The attacker has two tables: `traces`, one row for each person who took part (marks, or tickets), and `replies`, one row
for each reply, both with all columns that PostgreSQL shows, system columns included. The test alone knows whose reply
is whose. The attacker also knows everybody's group, which a reply names openly: so everything is done within groups,
and a link counts only where it goes beyond the group.

**Chance.** If nothing ties the tables together, then however the attacker pairs a trace with a reply, the right pairing
is a random permutation of each group (closing draws one from the system's generator). That gives exact statements:

- `chance_of_links`: of a permutation, k given places are all right with probability (n - k)!/n!, and there are C(n, k)
  ways to choose them, so P(k or more are right) <= 1/k!; with g groups, P <= g^k/k!. Nothing is approximated, the bound
  only errs towards "chance". Ten right links among any number of people are rarer than one in three millions.
- `chance_of_order`: the sum of products of ranks has, over all permutations, mean 0 and the variance that is computed
  here. If one of both columns says something different of everybody, its tails are thinner than those of the normal
  distribution (its fourth moment is smaller), whose tail is taken; other pairs of columns are left to the links.

An attack tries many pairs of columns; its p is multiplied by their number (Bonferroni), so that `ALARM` holds for an
attack as a whole, and a program without a leak fails one run in a million.
"""

import math
import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

#: An attack that does better than this by chance has broken what it attacks.
ALARM = 1e-6
_SYSTEM = ("xmin", "xmax", "cmin", "cmax", "ctid", "tableoid")

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the attacker has, and what the test alone knows.

    `people[i]` left `traces[i]`, `authors[j]` wrote `replies[j]`. `groups`: of everybody. Rows are in physical order.
    """

    traces: Sequence[Row]
    people: Sequence[int]
    replies: Sequence[Row]
    authors: Sequence[int]
    groups: Mapping[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Success:
    """The best that an attack came to: by which columns, so many right links, p with all tries counted."""

    way: str
    links: int
    p: float


async def read_table(connection: AsyncConnection, table: str, survey: int | None = None) -> list[Row]:
    """Return a table as an attacker sees it: all columns as text, system columns too, in physical order."""
    named = text("select attname from pg_attribute where attrelid = cast(:table as regclass) and attnum > 0")
    columns = [*await connection.scalars(named, {"table": table}), *_SYSTEM]
    shown = ", ".join(f'{column}::text as "{column}"' for column in columns)
    condition = f" where survey_id = {survey:d}" if survey is not None else ""
    rows = await connection.execute(text(f"select {shown} from {table}{condition} order by {table}.ctid"))  # noqa: S608 -- our tables
    return [dict(row) for row in rows.mappings()]


def link_by_columns(evidence: Evidence) -> Success:
    """Attack: pair traces and replies that have the same value in any two columns, all columns with all."""
    return _best(
        Success(way=f"{one} = {other}", links=links, p=chance_of_links(links, len(set(evidence.groups.values()))))
        for one, other in _column_pairs(evidence)
        for links in [_count(evidence, _pair_by_value(evidence, one, other))]
    )


def link_by_sorting(evidence: Evidence) -> Success:
    """Attack: sort both tables by any two columns, upwards and downwards, and pair the first with the first."""
    return _best(
        Success(
            way=f"{one} sorted as {other}{' downwards' if down else ''}",
            links=links,
            p=chance_of_links(links, len(set(evidence.groups.values()))),
        )
        for one, other in _column_pairs(evidence)
        for down in (False, True)
        for links in [_count(evidence, _pair_by_order(evidence, one, other, down=down))]
    )


def link_by_mention(evidence: Evidence) -> Success:
    """Attack: pair a trace with a reply of which it mentions something that no other reply has."""
    telling = _own_tokens([" ".join(reply.values()) for reply in evidence.replies])
    pairs = {}
    for place, trace in enumerate(evidence.traces):
        everything = " ".join(trace.values())
        pairs[place] = next((reply for token, reply in telling.items() if token in everything), None)
    links = _count(evidence, ((trace, reply) for trace, reply in pairs.items() if reply is not None))
    return Success(way="mentioned", links=links, p=chance_of_links(links, len(set(evidence.groups.values()))))


def correlate_orders(evidence: Evidence) -> Success:
    """Attack: does the order of any column of the traces say something about the order of any column of the replies?"""
    return _best(
        Success(way=f"{one} ~ {other}", links=0, p=chance_of_order(_ranks(evidence, one, other)))
        for one, other in _column_pairs(evidence)
    )


Attack = Callable[[Evidence], Success]
_TOKEN = re.compile(r"\w{6,}")
ATTACKS: tuple[Attack, ...] = (link_by_columns, link_by_sorting, correlate_orders)


def chance_of_links(links: int, groups: int) -> float:
    """Return an upper bound for the probability of so many right links by chance."""
    return min(1.0, math.exp(links * math.log(groups) - math.lgamma(links + 1)))


def chance_of_order(ranks: Sequence[Sequence[tuple[float, float]]]) -> float:
    """Return the probability that two orders agree, or disagree, so well by chance; pairs of ranks by group."""
    agreement = variance = 0.0
    if not any(all(len(set(column)) == len(column) for column in side) for side in _sides(ranks)):
        return 1.0
    for pairs in ranks:
        size = len(pairs)
        if size < 2:
            continue
        means = [sum(column) / size for column in zip(*pairs, strict=True)]
        spread = [sum((pair[side] - means[side]) ** 2 for pair in pairs) for side in (0, 1)]
        agreement += sum((first - means[0]) * (second - means[1]) for first, second in pairs)
        variance += spread[0] * spread[1] / (size - 1)
    if variance == 0:
        return 1.0  # a column that says the same of everybody
    return math.erfc(abs(agreement) / math.sqrt(2 * variance))


def _sides(ranks: Sequence[Sequence[tuple[float, float]]]) -> list[list[tuple[float, ...]]]:
    """Return for each of both columns its ranks by group."""
    return [[tuple(pair[side] for pair in pairs) for pairs in ranks] for side in (0, 1)]


def _best(tries: Iterator[Success]) -> Success:
    made = list(tries)
    best = min(made, key=lambda one: one.p)
    return Success(way=best.way, links=best.links, p=min(1.0, best.p * len(made)))


def _own_tokens(texts: Sequence[str]) -> dict[str, int]:
    """Return words, numbers and parts of keys that stand in one of the texts only, and in which."""
    places: dict[str, set[int]] = defaultdict(set)
    for place, whole in enumerate(texts):
        for token in _TOKEN.findall(whole):
            places[token].add(place)
    return {token: min(found) for token, found in places.items() if len(found) == 1}


def _column_pairs(evidence: Evidence) -> list[tuple[str, str]]:
    return [(one, other) for one in evidence.traces[0] for other in evidence.replies[0]]


def _count(evidence: Evidence, pairs: Iterator[tuple[int, int]]) -> int:
    return sum(evidence.people[trace] == evidence.authors[reply] for trace, reply in pairs)


def _by_group(evidence: Evidence) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the places of traces and replies of each group."""
    groups: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, owners in enumerate((evidence.people, evidence.authors)):
        for place, person in enumerate(owners):
            groups[evidence.groups[person]][side].append(place)
    yield from groups.values()


def _pair_by_value(evidence: Evidence, one: str, other: str) -> Iterator[tuple[int, int]]:
    """Pair what has the same value; where several have it, in their physical order."""
    for traces, replies in _by_group(evidence):
        known: dict[Hashable, list[int]] = defaultdict(list)
        for place in reversed(replies):
            known[evidence.replies[place][other]].append(place)
        for place in traces:
            if known[evidence.traces[place][one]]:
                yield place, known[evidence.traces[place][one]].pop()


def _pair_by_order(evidence: Evidence, one: str, other: str, *, down: bool) -> Iterator[tuple[int, int]]:
    for traces, replies in _by_group(evidence):
        first = sorted(traces, key=lambda place: _sortable(evidence.traces[place][one]))
        second = sorted(replies, key=lambda place: _sortable(evidence.replies[place][other]), reverse=down)
        yield from zip(first, second, strict=False)


def _ranks(evidence: Evidence, one: str, other: str) -> list[list[tuple[float, float]]]:
    """Return for each group the ranks of everybody's trace and of the same person's reply."""
    groups = []
    for traces, replies in _by_group(evidence):
        first = _rank({evidence.people[place]: evidence.traces[place][one] for place in traces})
        second = _rank({evidence.authors[place]: evidence.replies[place][other] for place in replies})
        groups.append([(first[person], second[person]) for person in sorted(first.keys() & second.keys())])
    return groups


def _rank(values: Mapping[int, str]) -> dict[int, float]:
    """Return everybody's rank; those with the same value share the one in their middle."""
    ranks: dict[int, float] = {}
    ordered = sorted(values, key=lambda person: _sortable(values[person]))
    for _, same in groupby(ordered, key=lambda person: values[person]):
        people = list(same)
        ranks |= dict.fromkeys(people, len(ranks) + (len(people) + 1) / 2)
    return ranks


def _sortable(value: Any) -> tuple[Any, ...]:  # noqa: ANN401 -- whatever a column shows
    """Return a value as PostgreSQL sorts it: numbers and places on pages by number, everything else as text."""
    parts = str(value).strip("()").split(",")
    if all(part.isdecimal() for part in parts):
        return (0, *map(int, parts))
    return (1, str(value))
