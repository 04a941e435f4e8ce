"""Joining an account and a person, whichever way they came; and who may at all."""

from dataclasses import dataclass
from datetime import datetime

from services.access import Actor, LinkedPerson, LinkFrozen, NotLinked
from services.audit.dto import Act
from services.linking.dto import AccountStanding, LinkEnd, LinkWay
from services.linking.errors import ConsentNeeded, LinkedToAnother
from services.linking.notices import link_moved
from services.linking.ports import LinkingUnitOfWork
from services.linking.rules import CONSENT_VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """An account that becomes a person's; `actor` does it, the person themselves or an official (`by`)."""

    actor: Actor
    account: AccountStanding
    person: LinkedPerson
    way: LinkWay
    by: int | None = None


def account_of(actor: Actor) -> int:
    """Return the account that is to be linked; the command line has none."""
    if actor.account_id is None:
        raise NotLinked
    return actor.account_id


async def admit(uow: LinkingUnitOfWork, account_id: int) -> AccountStanding:
    """Lock the account as it is now; refuse who is frozen or has not agreed to the present text."""
    standing = await uow.links.lock_account(account_id)
    if standing is None:
        raise NotLinked
    if standing.frozen:
        raise LinkFrozen
    if not await uow.links.has_consent(account_id, CONSENT_VERSION):
        raise ConsentNeeded
    return standing


async def join(uow: LinkingUnitOfWork, joining: Joining, now: datetime) -> None:
    """Link; account and person are locked. The person's former account is told and loses the link.

    Raises:
        LinkedToAnother: the account belongs to somebody else who is in the roster.
    """
    account, person = joining.account, joining.person
    if account.person is not None and account.person.id != person.id:
        raise LinkedToAnother(account.person)
    if account.person_id is not None and account.person is None:  # whom it belonged to has left the roster
        await uow.links.unlink_person(account.person_id, now, LinkEnd.UNLINKED)
    former = await uow.links.unlink_person(person.id, now, LinkEnd.MOVED)
    link_id = await uow.links.link(
        account.account_id,
        person.id,
        now,
        way=joining.way,
        by=joining.by,
        former=former.account_id if former and former.account_id != account.account_id else None,
    )
    await uow.links.withdraw_requests(account.account_id, now)
    await uow.audit.add(
        joining.actor, Act.LINKED, f"person:{person.id}", now, account=account.account_id, way=joining.way.value
    )
    if former is not None and former.account_id != account.account_id:
        await uow.outbox.add(link_moved(link_id, former.account_id, now, may_disown=not former.frozen), now)
