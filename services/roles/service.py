"""Granting and revoking roles."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from services.access import Actor, Role
from services.audit.dto import Act
from services.delivery.dto import NewNotice, NoticeKind, Urgency
from services.ports import Bell, Calendar, Clock, Factory
from services.roles.dto import EndedGrants, Grant, GrantProposal, GrantReview, GrantState, HolderKey, NewGrant, Period
from services.roles.errors import LastAdministrator, OwnAdministration, RoleNotHeld
from services.roles.examination import examine, find_candidate, find_unit, list_replaced
from services.roles.ports import RolesUnitOfWork
from services.roles.rules import is_told

_BY_THEIR_DAYS = "its last day"  # who ended a grant whose days were over


class RoleService:
    """A role granted to a Telegram id stays with that account.

    One granted to a person is bound to the account that they linked by a one-time code, or to the first that they link
    by one; it never moves on with the link. `administrators` are Telegram ids that the operator's settings name.
    """

    def __init__(
        self,
        unit_of_work: Factory[RolesUnitOfWork],
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

    async def grant(
        self,
        actor: Actor,
        holder: str | HolderKey,
        role: Role,
        unit_code: str | None = None,
        *,
        valid_from: date | None = None,
        valid_to: date | None = None,
    ) -> Grant:
        """Grant a role to a Telegram id or a person's number; in force with the account's next update."""
        period = Period(first=valid_from, last=valid_to)
        return await self.give(actor, GrantProposal(holder=holder, role=role, unit=unit_code, period=period))

    async def appoint_deputy(
        self, actor: Actor, grant_id: int, holder: str | HolderKey, valid_from: date, valid_to: date
    ) -> Grant:
        """Let somebody stand in for the holder of a grant: the same role, in the same unit, until that grant ends."""
        period = Period(first=valid_from, last=valid_to)
        return await self.give(actor, GrantProposal(holder=holder, period=period, deputy_of=grant_id))

    async def review(self, actor: Actor, proposal: GrantProposal) -> GrantReview:
        """Examine what is going to be given; nothing is written."""
        actor.require(Role.ADMIN)
        async with self._unit_of_work() as uow:
            return await examine(uow, proposal, self._today())

    async def give(self, actor: Actor, proposal: GrantProposal) -> Grant:
        """Give what was reviewed. What rests on a former account of the person is ended by it."""
        actor.require(Role.ADMIN)
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            await uow.roles.lock()
            review = await examine(uow, proposal, self._today())
            resting, over = await list_replaced(uow, review, self._today())
            await uow.roles.end([grant.id for grant in over], now, _BY_THEIR_DAYS)
            await self._end(uow, actor, resting, now)
            grant_id = await uow.roles.add(_new_grant(review), now, _signature(actor))
            grant = await uow.roles.find_grant(grant_id, self._today())
            if grant is None:
                raise RuntimeError("a grant that was just written is not there")
            await _note(uow, actor, Act.ROLE_GRANTED, grant, now)
            await uow.commit()
        self._ring()
        return grant

    async def revoke(
        self, actor: Actor, holder: str | HolderKey, role: Role, unit_code: str | None = None
    ) -> EndedGrants:
        """End all that somebody has of a role, what begins later and what rests too, and their deputies."""
        actor.require(Role.ADMIN)
        today = self._today()
        async with self._unit_of_work() as uow:
            await uow.roles.lock()
            candidate = await find_candidate(uow, holder)
            unit = await find_unit(uow, unit_code)
            held = await uow.roles.list_held(candidate.key, role, unit.id if unit else None, today)
            ended = await self._end_all(uow, actor, [grant for grant in held if grant.state is not GrantState.PAST])
            await uow.commit()
        self._ring()
        return ended

    async def revoke_grant(self, actor: Actor, grant_id: int) -> EndedGrants:
        """End one grant and its deputies."""
        actor.require(Role.ADMIN)
        async with self._unit_of_work() as uow:
            await uow.roles.lock()
            grant = await uow.roles.find_grant(grant_id, self._today())
            if grant is not None and grant.person is not None:  # a link under way may claim it; that is waited for
                await uow.roles.find_holder(HolderKey(person_id=grant.person.id))
                grant = await uow.roles.find_grant(grant_id, self._today())
            if grant is None or grant.ended:
                raise RoleNotHeld
            ended = await self._end_all(uow, actor, [grant])
            await uow.commit()
        self._ring()
        return ended

    async def _end_all(self, uow: RolesUnitOfWork, actor: Actor, grants: Sequence[Grant]) -> EndedGrants:
        if not grants:
            raise RoleNotHeld
        ended = await self._end(uow, actor, grants, self._clock.now())
        if any(_is_own_administration(actor, grant) for grant in ended):
            raise OwnAdministration
        nobody_left = any(grant.rules_everywhere for grant in ended) and not (
            self._administrators or await uow.roles.has_administrator(self._today())
        )
        if nobody_left and actor.account_id is not None:
            raise LastAdministrator
        return EndedGrants(grants=ended, nobody_left=nobody_left)

    async def _end(
        self, uow: RolesUnitOfWork, actor: Actor, grants: Sequence[Grant], now: datetime
    ) -> tuple[Grant, ...]:
        """End grants and their deputies; return them all."""
        if not grants:
            return ()
        deputies = await uow.roles.list_deputies([grant.id for grant in grants], self._today())
        every = {grant.id: grant for grant in (*grants, *deputies)}
        await uow.roles.end(every, now, _signature(actor))
        for grant in every.values():
            await _note(uow, actor, Act.ROLE_REVOKED, grant, now)
        return tuple(every.values())

    def _today(self) -> date:
        return self._calendar.today(self._clock.now())

    def _ring(self) -> None:
        self._outbox_bell.ring()
        self._menu_bell.ring()


def _new_grant(review: GrantReview) -> NewGrant:
    return NewGrant(
        person_id=review.candidate.key.person_id,
        telegram_id=None if review.candidate.waits else review.candidate.telegram_id,
        role=review.role,
        unit_id=review.unit.id if review.unit else None,
        period=review.period,
        deputy_of=review.principal.id if review.principal else None,
    )


def _is_own_administration(actor: Actor, grant: Grant) -> bool:
    return grant.rules_everywhere and actor.account_id is not None and grant.telegram_id == actor.account_id


async def _note(uow: RolesUnitOfWork, actor: Actor, act: Act, grant: Grant, now: datetime) -> None:
    """Write down what was done, and tell the account whose right it is."""
    days = {"from": grant.period.first, "to": grant.period.last}
    await uow.audit.add(
        actor, act, grant.subject, now,
        grant=grant.id, role=grant.role.value, unit=grant.unit.code if grant.unit else None,
        deputy_of=grant.principal.grant_id if grant.principal else None,
        **{name: day.isoformat() if day else None for name, day in days.items()},
    )  # fmt: skip
    if grant.telegram_id is None or not is_told(grant):
        return
    notice = NewNotice(
        kind=NoticeKind.ROLE_CHANGED,
        account_id=grant.telegram_id,
        urgency=Urgency.NORMAL,
        payload={"grant_id": grant.id, "granted": act is Act.ROLE_GRANTED},
        subject=f"role:{grant.id}",
        occasion=f"{act.value}:{grant.id}",
        due_at=now,
    )
    await uow.outbox.add(notice, now)


def _signature(actor: Actor) -> str:
    return "operator" if actor.account_id is None else f"account {actor.account_id}"
