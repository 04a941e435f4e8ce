"""Groups of units and posts ("институттардын директорлору") and who is in them; a group may hold groups."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Expansion:
    """Whom codes stand for. `members`: each once, in the order of the codes; what is no group is its own member.

    `empty`: groups without a member; nobody would hear what is sent to them. `unknown`: codes that nothing is known of.
    """

    members: tuple[str, ...]
    empty: tuple[str, ...]
    unknown: tuple[str, ...]


def expand(codes: Sequence[str], memberships: Mapping[str, Sequence[str]], known: Container[str]) -> Expansion:
    """Put the members for each group of `memberships` (members by the code of a group; empty for one without).

    `known`: the codes of all units and posts. Groups may hold groups; one inside of itself adds nothing.
    """
    members: dict[str, None] = {}
    empty: dict[str, None] = {}
    unknown: dict[str, None] = {}
    for code in codes:
        leaves, groups = _reached(code, memberships)
        members.update(dict.fromkeys(leaf for leaf in leaves if leaf in known))
        unknown.update(dict.fromkeys(leaf for leaf in leaves if leaf not in known))
        empty.update(dict.fromkeys(group for group in groups if not _reached(group, memberships)[0]))
    return Expansion(members=tuple(members), empty=tuple(empty), unknown=tuple(unknown))


def _reached(code: str, memberships: Mapping[str, Sequence[str]]) -> tuple[list[str], list[str]]:
    """Return what a code comes to in the end, and the groups on the way, each once and in order."""
    leaves: dict[str, None] = {}
    groups: dict[str, None] = {}
    waiting = [code]
    while waiting:
        current = waiting.pop(0)
        if current not in memberships:
            leaves[current] = None
        elif current not in groups:
            groups[current] = None
            waiting = [*memberships[current], *waiting]
    return list(leaves), list(groups)
