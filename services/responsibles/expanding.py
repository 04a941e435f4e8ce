"""Groups of units and posts ("институттардын директорлору") and who is in them; a group may hold groups."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Expansion:
    """Whom codes stand for. `members`: each once, in the order of the codes; what is no group is its own member.

    `empty`: groups that nobody is in, directly or through others; nobody would hear what is sent to them.
    """

    members: tuple[str, ...]
    empty: tuple[str, ...]


def expand(codes: Sequence[str], memberships: Mapping[str, Sequence[str]]) -> Expansion:
    """Put the members for each group of `memberships` (members by the code of a group; empty for one without).

    A group inside of itself adds nothing.
    """
    members: dict[str, None] = {}
    empty: dict[str, None] = {}
    for code in codes:
        found = _members(code, memberships)
        members.update(dict.fromkeys(found))
        if not found:
            empty[code] = None
    return Expansion(members=tuple(members), empty=tuple(empty))


def _members(code: str, memberships: Mapping[str, Sequence[str]]) -> list[str]:
    found: dict[str, None] = {}
    seen: set[str] = set()
    waiting = [code]
    while waiting:
        current = waiting.pop(0)
        if current in seen:
            continue
        seen.add(current)
        if current in memberships:
            waiting = [*memberships[current], *waiting]
        else:
            found[current] = None
    return list(found)
