"""Asking to be recognised, and deciding about it at the desk."""

from collections.abc import Collection
from datetime import datetime

from services.access import Actor, LinkFrozen
from services.audit.dto import Act
from services.link_requests.dto import (
    AskerStanding,
    Candidate,
    Comparison,
    LinkRequest,
    RequestOnDesk,
    RequestState,
    TypedFacts,
)
from services.link_requests.errors import (
    AskerFrozen,
    HolderNeedsCode,
    ReasonUnreadable,
    RequestDecided,
    RequestsExhausted,
    RequestUnreadable,
    RequestWaiting,
)
from services.link_requests.notices import request_decided, request_waiting
from services.link_requests.ports import LinkRequestsUnitOfWork
from services.link_requests.rules import (
    DECIDED_REQUEST_PERIOD,
    LONGEST_REASON,
    REQUESTS,
    TOLD_EVERY,
    alike,
    likest,
    readable,
)
from services.linking.dto import AccountStanding, LinkWay
from services.linking.errors import LinkedToAnother, OwnAccount, PersonAbsent
from services.linking.joining import Joining, account_of, admit, join
from services.people.rules import group_key, number_key, typed_words
from services.ports import Bell, Calendar, Clock, Factory


class LinkRequestService:
    """Whoever has no code and no known number is recognised by an official, who compares and decides.

    `administrators` are Telegram ids that the operator's settings name.
    """

    def __init__(
        self,
        unit_of_work: Factory[LinkRequestsUnitOfWork],
        clock: Clock,
        calendar: Calendar,
        outbox_bell: Bell,
        menu_bell: Bell,
        *,
        administrators: Collection[int] = (),
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar
        self._outbox_bell = outbox_bell
        self._menu_bell = menu_bell
        self._administrators = frozenset(administrators)

    async def get_standing(self, actor: Actor) -> AskerStanding:
        """Return the request that the actor has waiting, and how many more are allowed.

        Refuses whoever is linked already or frozen: nothing is left to be asked for.
        """
        account_id = account_of(actor)
        if actor.frozen:
            raise LinkFrozen
        if actor.person is not None:
            raise LinkedToAnother(actor.person)
        async with self._unit_of_work() as uow:
            waiting = await uow.link_requests.find_waiting(account_id)
            refused = await uow.link_requests.count_refused(account_id)
        return AskerStanding(waiting=waiting, requests_left=max(REQUESTS - refused, 0))

    async def prepare(self, actor: Actor) -> None:
        """Refuse whoever may not ask now, before they type anything."""
        async with self._unit_of_work() as uow:
            await _admit_asker(uow, actor)

    async def ask(self, actor: Actor, facts: TypedFacts) -> LinkRequest:
        """Ask the Study Office to recognise the actor by what stands on their card; officials are told."""
        typed = [readable(text) for text in (facts.name, facts.group_name, facts.person_no)]
        name, group_name, person_no = typed
        if name is None or group_name is None or person_no is None:
            raise RequestUnreadable
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            account = await _admit_asker(uow, actor)
            officials = await self._whom_to_tell(uow, account.account_id, now)
            facts = TypedFacts(name=name, group_name=group_name, person_no=person_no)
            request_id = await uow.link_requests.add(account.account_id, facts, now)
            for official in officials:
                await uow.outbox.add(request_waiting(request_id, official, now), now)
            await uow.commit()
        self._outbox_bell.ring()
        return _waiting(request_id, account.account_id, facts, now)

    async def _whom_to_tell(self, uow: LinkRequestsUnitOfWork, asker: int, now: datetime) -> list[int]:
        """Return the officials who do not know yet that somebody waits: nobody is rung for every request of a rush."""
        since = now - TOLD_EVERY
        if await uow.link_requests.has_asked_since(asker, since):
            return []
        officials = await uow.links.list_officials(self._calendar.today(now), self._administrators)
        if await uow.link_requests.count_waiting() == 0:
            return officials
        told = await uow.link_requests.list_told_since(since)
        return [official for official in officials if official not in told]

    async def withdraw(self, actor: Actor) -> None:
        """Take back the request that waits; where none does, nothing is left to do."""
        async with self._unit_of_work() as uow:
            await uow.links.lock_account(account_of(actor))
            await uow.links.withdraw_requests(account_of(actor), self._clock.now())
            await uow.commit()

    async def find_next(self, actor: Actor, *, after: int = 0) -> RequestOnDesk | None:
        """Return the oldest waiting request behind this one (0: of all) and who may be meant."""
        actor.require_official()
        async with self._unit_of_work() as uow:
            request = await uow.link_requests.find_next(after)
            return None if request is None else await self._on_desk(uow, request)

    async def get_waiting(self, actor: Actor, request_id: int) -> RequestOnDesk:
        """Return a request that waits and who may be meant."""
        actor.require_official()
        async with self._unit_of_work() as uow:
            return await self._on_desk(uow, _still_waiting(await uow.link_requests.find(request_id)))

    async def compare(self, actor: Actor, request_id: int, person_id: int) -> Comparison:
        """Return what was typed beside what the roster knows of one person; that this was looked at is noted."""
        actor.require_official()
        async with self._unit_of_work() as uow:
            request = _still_waiting(await uow.link_requests.find(request_id))
            candidate = _present(
                await uow.link_requests.find_candidate(person_id, self._calendar.today(self._clock.now()))
            )
            await uow.audit.add(
                actor, Act.PERSON_LOOKED_AT, f"person:{person_id}", self._clock.now(), request=request_id
            )
            await uow.commit()
        return Comparison(request=request, candidate=candidate, alike=alike(request.facts, candidate))

    async def accept(self, actor: Actor, request_id: int, person_id: int) -> LinkRequest:
        """Link the account that asks to this person; it and the person's former account are told.

        Whoever holds roles is never linked on request.
        """
        actor.require_official()
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            request, account = await _lock(uow, request_id)
            if account.account_id == actor.account_id:
                raise OwnAccount
            if account.frozen:
                raise AskerFrozen
            standing = await uow.links.lock_person(person_id, self._calendar.today(now))
            if standing is None or standing.absent:
                raise PersonAbsent(standing.person.person_no if standing else "")
            if standing.holds_roles:
                raise HolderNeedsCode
            await uow.link_requests.decide(
                request_id, RequestState.LINKED, now, by=actor.account_id, person_id=person_id
            )
            joining = Joining(
                actor=actor, account=account, person=standing.person, way=LinkWay.REQUEST, by=actor.account_id
            )
            await join(uow, joining, now)
            await uow.outbox.add(request_decided(request_id, account.account_id, now), now)
            await uow.commit()
        self._outbox_bell.ring()
        self._menu_bell.ring()
        return request

    async def refuse(self, actor: Actor, request_id: int, reason: str) -> LinkRequest:
        """Refuse with a `RefusalReason`'s value or with words of one's own; the asker is told."""
        actor.require_official()
        words = readable(reason, LONGEST_REASON)
        if words is None:
            raise ReasonUnreadable
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            request, account = await _lock(uow, request_id)
            await uow.link_requests.decide(request_id, RequestState.REFUSED, now, by=actor.account_id, reason=words)
            await uow.audit.add(actor, Act.REQUEST_REFUSED, f"account:{account.account_id}", now, request=request_id)
            await uow.outbox.add(request_decided(request_id, account.account_id, now), now)
            await uow.commit()
        self._outbox_bell.ring()
        return request

    async def forget(self) -> int:
        """Forget requests that were decided or withdrawn long ago; return how many."""
        async with self._unit_of_work() as uow:
            forgotten = await uow.link_requests.forget_decided(self._clock.now() - DECIDED_REQUEST_PERIOD)
            await uow.commit()
        return forgotten

    async def _on_desk(self, uow: LinkRequestsUnitOfWork, request: LinkRequest) -> RequestOnDesk:
        facts, today = request.facts, self._calendar.today(self._clock.now())
        found = await uow.link_requests.list_candidates(
            number_key(facts.person_no), group_key(facts.group_name), typed_words(facts.name), today
        )
        return RequestOnDesk(
            request=request, candidates=likest(facts, found), waiting=await uow.link_requests.count_waiting()
        )


async def _admit_asker(uow: LinkRequestsUnitOfWork, actor: Actor) -> AccountStanding:
    """Lock the account; refuse whoever may not ask now."""
    account = await admit(uow, account_of(actor))
    if account.person is not None:
        raise LinkedToAnother(account.person)
    waiting = await uow.link_requests.find_waiting(account.account_id)
    if waiting is not None:
        raise RequestWaiting(waiting.asked_at)
    if await uow.link_requests.count_refused(account.account_id) >= REQUESTS:
        raise RequestsExhausted
    return account


async def _lock(uow: LinkRequestsUnitOfWork, request_id: int) -> tuple[LinkRequest, AccountStanding]:
    """Lock the account that asks and then its request, which must wait still."""
    seen = _still_waiting(await uow.link_requests.find(request_id))
    account = await uow.links.lock_account(seen.account_id)
    request = _still_waiting(await uow.link_requests.lock(request_id))
    if account is None:
        raise RequestDecided
    return request, account


def _still_waiting(request: LinkRequest | None) -> LinkRequest:
    if request is None or request.state is not RequestState.WAITING:
        raise RequestDecided
    return request


def _present(candidate: Candidate | None) -> Candidate:
    if candidate is None or candidate.standing.absent:
        raise PersonAbsent(candidate.standing.person.person_no if candidate else "")
    return candidate


def _waiting(request_id: int, account_id: int, facts: TypedFacts, now: datetime) -> LinkRequest:
    return LinkRequest(
        id=request_id,
        account_id=account_id,
        facts=facts,
        asked_at=now,
        state=RequestState.WAITING,
        reason="",
        person=None,
    )
