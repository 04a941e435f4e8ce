"""Writing a corrected fact of a person, in the caller's transaction: at the Study Office, or for a certificate."""

from datetime import datetime

from services.access import Actor
from services.audit.dto import Act
from services.corrections.dto import Correction, CorrectionEnd, Fact
from services.corrections.errors import FactUnchanged, RosterBusy
from services.corrections.ports import CorrectionsUnitOfWork
from services.corrections.rules import value_of, with_values
from services.people.dto import RosterEntry, StoredPerson
from services.people.errors import NoSuchPerson


async def write_correction(
    uow: CorrectionsUnitOfWork, actor: Actor, person_id: int, fact: Fact, value: str, now: datetime
) -> Correction:
    """Write a fact as it is stored. Whoever comes last wins; the source's own word is kept beside it.

    Where that is what the source says, the correction ends. The actor's right and the value are the caller's business.
    """
    entry = await take_person(uow, person_id)
    old = other_value(entry, fact, value)
    await uow.people.rewrite(person_id, with_values(entry, {fact: value}))
    correction = await uow.corrections.put(person_id, fact, old, value, now, actor.account_id)
    if correction.roster_value == value:
        await uow.corrections.end(correction.id, now, CorrectionEnd.WITHDRAWN)
    await uow.audit.add(actor, Act.FACT_CORRECTED, f"person:{person_id}", now, fact=fact.value)
    return correction


async def take_person(uow: CorrectionsUnitOfWork, person_id: int) -> RosterEntry:
    """Return a person whom neither an import nor another official changes meanwhile."""
    if not await uow.people.share_roster():
        raise RosterBusy
    return found(await uow.people.lock(person_id)).entry


def found(person: StoredPerson | None) -> StoredPerson:
    """Refuse a person who does not exist."""
    if person is None:
        raise NoSuchPerson
    return person


def other_value(entry: RosterEntry, fact: Fact, value: str) -> str:
    """Return what the new value takes the place of."""
    old = value_of(entry, fact)
    if old == value:
        raise FactUnchanged(fact)
    return old
