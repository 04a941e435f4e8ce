"""Giving one-time codes and linking accounts by them."""

from datetime import datetime, timedelta

from services.access import Actor, LinkedPerson, NotLinked, Role
from services.audit.dto import Act
from services.delivery.dto import NewNotice, NoticeKind, Urgency
from services.linking.dto import Attempts, IssuedLinkCode, LinkCodeRecord, LinkEnd
from services.linking.errors import (
    LinkCodeExpired,
    LinkCodeRefused,
    LinkCodeUnknown,
    LinkCodeUsed,
    LinkedToAnother,
    LinkingLocked,
    PersonNotLinked,
)
from services.linking.ports import LinkingUnitOfWork
from services.linking.rules import LOCKED_FOR, TRIES, digest, new_payload, new_typed_code
from services.people.errors import UnknownPerson
from services.ports import Bell, Clock, Factory


class LinkingService:
    """Who is who: an account belongs to at most one person, and a person to one account."""

    def __init__(self, unit_of_work: Factory[LinkingUnitOfWork], clock: Clock, outbox_bell: Bell) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._outbox_bell = outbox_bell

    async def issue_code(self, actor: Actor, person_no: str, *, days: int = 7) -> IssuedLinkCode:
        """Give a person a fresh one-time code; their earlier unused codes stop working."""
        actor.require_any(Role.ADMIN, Role.REGISTRAR)
        payload, code = new_payload(), new_typed_code()
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            person = await uow.links.find_person(person_no)
            if person is None:
                raise UnknownPerson(person_no)
            expires_at = now + timedelta(days=days)
            await uow.links.add_code(person.id, digest(payload), digest(code), now, expires_at)
            await uow.audit.add(actor, Act.CODE_ISSUED, f"person:{person.id}", now)
            await uow.commit()
        return IssuedLinkCode(person=person, payload=payload, code=code, expires_at=expires_at)

    async def link(self, actor: Actor, secret: str) -> LinkedPerson:
        """Link the actor's account by a code, typed or from a deep link; once more by the same code changes nothing.

        A wrong try is counted even though it is refused. The person's former account is told.
        """
        if actor.account_id is None:
            raise NotLinked
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            attempts = await uow.links.lock_attempts(actor.account_id)
            if attempts.locked_until is not None and attempts.locked_until > now:
                raise LinkingLocked(attempts.locked_until)
            code = await uow.links.lock_code(digest(secret))
            if code is not None and _is_done(code, actor):
                return code.person
            refused = _refusal(code, now, attempts.failures + 1)
            if refused is not None or code is None:
                await uow.links.set_attempts(actor.account_id, _after_failure(attempts, now))
                await uow.commit()
                raise refused or LinkCodeUnknown(0)
            await self._join(uow, actor, actor.account_id, code, now)
            await uow.commit()
        self._outbox_bell.ring()
        return code.person

    async def unlink(self, actor: Actor, person_id: int) -> None:
        """Part a person from their account: one's own, or, for officials, anybody's."""
        own = actor.person is not None and actor.person.id == person_id
        if not own:
            actor.require_any(Role.ADMIN, Role.REGISTRAR)
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            how = LinkEnd.UNLINKED if own else LinkEnd.TAKEN_AWAY
            account_id = await uow.links.unlink_person(person_id, now, how)
            if account_id is None:
                raise PersonNotLinked
            await uow.audit.add(actor, Act.UNLINKED, f"person:{person_id}", now, account=account_id)
            await uow.commit()

    async def _join(
        self, uow: LinkingUnitOfWork, actor: Actor, account_id: int, code: LinkCodeRecord, now: datetime
    ) -> None:
        if actor.person is not None and actor.person.id != code.person.id:
            raise LinkedToAnother(actor.person)
        former = await uow.links.unlink_person(code.person.id, now, LinkEnd.MOVED)
        await uow.links.link(account_id, code.person.id, now, former=former)
        await uow.links.use_code(code.id, account_id, now)
        await uow.links.set_attempts(account_id, Attempts(failures=0, locked_until=None))
        if former is not None and former != account_id:
            notice = NewNotice(
                kind=NoticeKind.LINK_MOVED,
                account_id=former,
                urgency=Urgency.URGENT,
                payload={},
                subject=f"person:{code.person.id}",
                occasion=f"link-moved:{code.id}",
                due_at=now,
            )
            await uow.outbox.add(notice, now)


def _is_done(code: LinkCodeRecord, actor: Actor) -> bool:
    """Tell whether this very account was linked with this code and still is."""
    return code.used_by == actor.account_id and actor.person is not None and actor.person.id == code.person.id


def _refusal(code: LinkCodeRecord | None, now: datetime, failures: int) -> LinkCodeRefused | None:
    tries_left = max(TRIES - failures, 0)
    if code is None or code.person_absent:
        return LinkCodeUnknown(tries_left)
    if code.used:
        return LinkCodeUsed(tries_left)
    if code.expires_at <= now:
        return LinkCodeExpired(tries_left)
    return None


def _after_failure(attempts: Attempts, now: datetime) -> Attempts:
    failures = attempts.failures + 1
    if failures >= TRIES:
        return Attempts(failures=0, locked_until=now + LOCKED_FOR)
    return Attempts(failures=failures, locked_until=None)
