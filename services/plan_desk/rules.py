"""Rules of the coordinator's desk, without I/O."""

from datetime import date, timedelta

from services.access import Actor, Role
from services.deadlines.dto import AcademicYear
from services.plan_desk.errors import DayUnusable, DeskWordsNeeded
from services.plans.dto import Membership, PlanItem
from services.responsibles.dto import Alias, Party, Share
from services.spelling import fold

LONGEST_WORDS = 500
LONGEST_TITLE = 1_000
#: Days of a plan lie in its academic year, the summer before it and a year after it.
_BEFORE, _AFTER = timedelta(days=92), timedelta(days=366)


def require_coordinator(actor: Actor) -> None:
    """Refuse whoever does not answer for plans as a whole."""
    actor.require_any(Role.PLAN_COORDINATOR, Role.ADMIN)


def read_words(text: str, limit: int = LONGEST_WORDS) -> str:
    """Return words as they are kept, or refuse none and too many."""
    words = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if not words or len(words) > limit:
        raise DeskWordsNeeded(limit)
    return words


def check_day(day: date, year: AcademicYear) -> None:
    """Refuse a day that is no day of a plan of this year."""
    first, last = year.start - _BEFORE, year.end + _AFTER
    if not first <= day <= last:
        raise DayUnusable(first, last)


def naming_party(item: PlanItem, code: str, membership: Membership) -> Party | None:
    """Return the responsible party through which a unit got an item: the unit itself before a group."""
    names = membership.named_as(code)
    named = [party for party in item.parties if party.share is Share.RESPONSIBLE and party.code in names]
    return next((party for party in named if party.code == code), named[0] if named else None)


def given_to(item: PlanItem, old: Party, code: str, *, by_name: bool) -> tuple[Party, ...]:
    """Return an item's parties after a unit's part was given to another one.

    `by_name`: the unit stood there itself and goes; a group that it stands in stays, and the other comes beside it.
    """
    new = Party(code=code, share=Share.RESPONSIBLE, text=old.text)
    parties: list[Party] = []
    for party in item.parties:
        if party.code == code:
            continue
        parties += [new] if party == old and by_name else [party]
        parties += [new] if party == old and not by_name else []
    return tuple(parties)


def alias_of(parties: tuple[Party, ...], text: str) -> Alias | None:
    """Return what a printed piece stands for by these parties; None for nothing to be learned."""
    codes = tuple(party.code for party in parties if party.text == text)
    return Alias(text=text, codes=codes, learned=True) if fold(text) and codes else None
