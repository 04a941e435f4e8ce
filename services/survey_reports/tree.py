"""The groups of people that a report tells apart: the university, its units, a unit's courses."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import add, sub

#: Counts in fixed columns: how many of a group gave each answer.
Counts = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stratum:
    """A group. `parent`: empty for the whole; `invited`: people asked, or tickets printed, 0 where nobody can know."""

    code: str
    parent: str = ""
    invited: int = 0


class Tree:
    """The strata as they hang together. Every reply lies in one of them and so in everything above it."""

    def __init__(self, strata: Iterable[Stratum]) -> None:
        self._strata = {stratum.code: stratum for stratum in strata}
        self._children: dict[str, list[str]] = {"": [], **{code: [] for code in self._strata}}
        for stratum in self._strata.values():
            self._children[stratum.parent].append(stratum.code)
        if len(self._children[""]) != 1:
            raise ValueError("a survey has one stratum above all others")
        self.root = self._children[""][0]
        self.codes = tuple(self._below(self.root))
        if len(self.codes) != len(self._strata):
            raise ValueError("strata stand above each other in a circle")

    def _below(self, code: str) -> Iterable[str]:
        yield code
        for child in self._children[code]:
            yield from self._below(child)

    def children(self, code: str) -> Sequence[str]:
        """Return the strata right below one."""
        return self._children[code]

    def invited(self, code: str) -> int:
        """Return how many were asked."""
        return self._strata[code].invited

    def add_up(self, own: Mapping[str, Counts], width: int) -> dict[str, Counts]:
        """Return the counts of every stratum with all below it, from the counts of the replies in each itself."""
        nothing = (0,) * width
        tables = {code: own.get(code, nothing) for code in self.codes}
        for code in reversed(self.codes):
            for child in self._children[code]:
                tables[code] = tuple(map(add, tables[code], tables[child]))
        return tables


def minus(counts: Counts, others: Iterable[Counts]) -> Counts:
    """Return what is left of a group without other groups that lie in it."""
    for other in others:
        counts = tuple(map(sub, counts, other))
    return counts
