"""At closing groups of few replies are put together, before anything is written that somebody could read.

A group of thirty people of whom one has answered is a name: who could answer is known (who has linked an account), and
an old copy of the database tells who was through. So a group that is written has FEWEST replies, or it is the whole.
What is put together is two groups at least, and never leaves one alone beside its parent: the two would tell it apart.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from services.languages import Trilingual
from services.surveys.dto import FEWEST, WHOLE, Stratum
from services.surveys.strata import OTHER, OTHER_NAME

_OTHERS_OF: Final = Trilingual(ky="башка курстар", ru="прочие курсы", en="other years")


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The groups as they are from now on, the whole first, and for every leaf that there was the leaf it is in."""

    strata: tuple[Stratum, ...]
    leaves: Mapping[str, str]

    def above(self) -> dict[str, str]:
        """Return for every leaf that there was the group for which free texts are kept: one level up.

        If only one group lies right below the whole and all others further down, the texts of the whole would be its
        texts; then all are kept for the whole.
        """
        parents = {one.code: one.parent or one.code for one in self.strata if one.leaf}
        if list(parents.values()).count(WHOLE) == 1:
            parents = dict.fromkeys(parents, WHOLE)
        return {before: parents[now] for before, now in self.leaves.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """A group with all below it. `leaves`: those that there were; `replies`: of all of them."""

    stratum: Stratum
    below: tuple["_Group", ...]
    leaves: tuple[str, ...]
    replies: int

    @property
    def tickets(self) -> int:
        return sum(one.tickets for one in self.below) if self.below else self.stratum.tickets

    @property
    def covered(self) -> tuple[str, ...]:
        return self.stratum.covers or (self.stratum.code,)


def merge_small(strata: Sequence[Stratum], replies: Mapping[str, int]) -> Merged:
    """Put groups of fewer than FEWEST replies together. `replies`: of leaves; those without one may be left out."""
    (whole,) = (one for one in strata if one.parent is None)
    groups = list(_walk(_settled(_grown(whole, strata, replies))))
    return Merged(
        strata=tuple(group.stratum for group in groups),
        leaves={leaf: group.stratum.code for group in groups if group.stratum.leaf for leaf in group.leaves},
    )


def _grown(stratum: Stratum, strata: Sequence[Stratum], replies: Mapping[str, int]) -> _Group:
    below = tuple(_grown(one, strata, replies) for one in strata if one.parent == stratum.code)
    if not below:
        return _Group(stratum=stratum, below=(), leaves=(stratum.code,), replies=replies.get(stratum.code, 0))
    return _over(stratum, below)


def _over(stratum: Stratum, below: tuple[_Group, ...]) -> _Group:
    return _Group(
        stratum=stratum,
        below=below,
        leaves=tuple(leaf for one in below for leaf in one.leaves),
        replies=sum(one.replies for one in below),
    )


def _settled(group: _Group) -> _Group:
    below = tuple(_settled(one) for one in group.below)
    if all(one.replies >= FEWEST for one in below):
        alone = len(below) == 1 and not below[0].below
        return _closed(group, below) if alone else replace(group, below=below)
    rest = _rest_of(group.stratum)
    small = [one for one in below if one.replies < FEWEST or one.stratum.code == rest]
    large = sorted((one for one in below if one not in small), key=lambda one: (one.replies, one.stratum.code))
    if large and sum(one.replies for one in small) < FEWEST:
        small.append(large.pop(0))
    if large:
        return replace(group, below=(*large, _joined(group.stratum, rest, small)))
    return _closed(group, below)


def _closed(group: _Group, below: Sequence[_Group]) -> _Group:
    """Let a group be told apart no further."""
    units = {code for one in below for code in one.covered if code != OTHER}
    covers = tuple(sorted(units)) if group.stratum.code == WHOLE else group.stratum.covers
    stratum = replace(group.stratum, leaf=True, tickets=group.tickets, covers=covers, finished=0, counted_on=None)
    return replace(group, stratum=stratum, below=())


def _joined(parent: Stratum, code: str, groups: Sequence[_Group]) -> _Group:
    """Put groups of one parent together; what they were divided into is not told any more."""
    stratum = Stratum(
        code=code,
        parent=parent.code,
        name=OTHER_NAME if parent.code == WHOLE else _others_of(parent.name),
        people=sum(one.stratum.people for one in groups),
        leaf=True,
        tickets=sum(one.tickets for one in groups),
        covers=tuple(sorted({code for one in groups for code in one.covered if code != OTHER})),
    )
    return replace(_over(stratum, tuple(groups)), below=())


def _rest_of(parent: Stratum) -> str:
    return OTHER if parent.code == WHOLE else f"{parent.code}/{OTHER}"


def _others_of(name: Trilingual) -> Trilingual:
    return Trilingual(
        ky=f"{name.ky}: {_OTHERS_OF.ky}", ru=f"{name.ru}: {_OTHERS_OF.ru}", en=f"{name.en}: {_OTHERS_OF.en}"
    )


def _walk(group: _Group) -> Iterator[_Group]:
    yield group
    for one in group.below:
        yield from _walk(one)
