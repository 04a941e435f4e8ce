"""Codes of tickets, what is kept of them, and the group that a code names."""

import hashlib
from collections.abc import Sequence
from typing import Final

from services.codes import generate_code, normalise_code
from services.survey_tickets.errors import NoSuchGroup
from services.surveys.dto import Stratum

#: 16 signs of 5 bits each: 80 bits, beyond guessing.
CODE_LENGTH: Final = 16
CODE_GROUP: Final = 4
#: Made in one call; more calls may follow.
MOST_TICKETS: Final = 2_000


def most_tickets(group: Stratum) -> int:
    """Return how many tickets a group gets in all.

    As many as people, and a tenth and ten more for those that are lost: whoever keeps spare ones can answer with them,
    and read from a small group what the others answered.
    """
    return group.people + group.people // 10 + 10


def tickets_left(group: Stratum) -> int:
    """Return how many tickets of a group can still be made."""
    return max(0, most_tickets(group) - group.tickets)


def tickets_missing(group: Stratum) -> int:
    """Return how many are still needed for everybody of a group, as far as they can be made in one call."""
    return min(max(0, group.people - group.tickets), MOST_TICKETS)


def read_ticket(typed: str) -> str | None:
    """Return the code that somebody meant: case, spaces, hyphens and look-alike letters do not matter."""
    return normalise_code(typed, CODE_LENGTH)


def hash_of(code: str) -> bytes:
    """Return all that is kept of a ticket's code."""
    return hashlib.sha256(code.encode()).digest()


def draw_codes(count: int) -> list[str]:
    """Return so many new codes, all different."""
    codes: set[str] = set()
    while len(codes) < count:
        codes.add(generate_code(CODE_LENGTH))
    return list(codes)


def find_group(strata: Sequence[Stratum], code: str) -> Stratum:
    """Return the group that replies name: the one of this code, or the one that a smaller group was merged into.

    Raises:
        NoSuchGroup: the code is none, or that of a whole which is divided further.
    """
    leaves = [stratum for stratum in strata if stratum.leaf]
    wanted = code.strip().casefold()
    for names in (lambda one: (one.code,), lambda one: one.covers):
        found = [leaf for leaf in leaves if wanted in {name.casefold() for name in names(leaf)}]
        if len(found) == 1:
            return found[0]
    raise NoSuchGroup(code, [leaf.code for leaf in leaves])
