"""Whether a role can be given: who is meant, where, on which days, and what they have already."""

from datetime import date

from services.roles.dto import (
    Candidate,
    Grant,
    GrantProposal,
    GrantReview,
    GrantState,
    HolderKey,
    Period,
    UnitName,
)
from services.roles.errors import (
    AmbiguousHolder,
    BeyondGrant,
    DeputyNeedsPeriod,
    DeputyOfDeputy,
    DeputyOfThemself,
    GrantNotInForce,
    RoleHeldAlready,
    RoleNotHeld,
    UnknownHolder,
    UnknownUnit,
)
from services.roles.ports import RolesUnitOfWork
from services.roles.rules import check_period, check_unit, common, overlap, state_of, telegram_id_of


async def examine(uow: RolesUnitOfWork, proposal: GrantProposal, today: date) -> GrantReview:
    """Put names to a proposal, or refuse it."""
    check_period(proposal.period, today)
    if proposal.deputy_of is not None:
        review = await _as_deputy(uow, proposal, proposal.deputy_of, today)
    else:
        review = await _as_holder(uow, proposal, today)
    for grant in await _held(uow, review, today):
        current = grant.state is not GrantState.PAST and _stays(grant, review.candidate)
        if current and overlap(grant.period, review.period):
            raise RoleHeldAlready(grant.period)
    return review


async def list_replaced(uow: RolesUnitOfWork, review: GrantReview, today: date) -> tuple[list[Grant], list[Grant]]:
    """Return what rests on a former account of the person, and what is over by its days."""
    held = await _held(uow, review, today)
    over = [grant for grant in held if grant.state is GrantState.PAST]
    return [grant for grant in held if grant not in over and not _stays(grant, review.candidate)], over


async def find_candidate(uow: RolesUnitOfWork, holder: str | HolderKey) -> Candidate:
    """Return who is meant. A number of the roster wins over a Telegram id, but never silently."""
    if isinstance(holder, HolderKey):
        chosen = await uow.roles.find_holder(holder)
        if chosen is None:
            raise UnknownHolder(str(holder.person_id or holder.telegram_id or "?"))
        return chosen
    person = await uow.roles.find_person(holder)
    telegram_id = telegram_id_of(holder)
    account = None
    if telegram_id is not None:
        account = await uow.roles.find_holder(HolderKey(telegram_id=telegram_id))
    if person is not None and account is not None and account.wrote:
        raise AmbiguousHolder(holder)
    found = person or account
    if found is None:
        raise UnknownHolder(holder)
    return found


async def find_unit(uow: RolesUnitOfWork, code_or_id: str | int | None) -> UnitName | None:
    """Return the unit with this code or id; None stands for the whole university."""
    if code_or_id is None:
        return None
    unit = await uow.roles.find_unit(code_or_id)
    if unit is None:
        raise UnknownUnit(str(code_or_id))
    return unit


async def _as_holder(uow: RolesUnitOfWork, proposal: GrantProposal, today: date) -> GrantReview:
    if proposal.role is None:
        raise RoleNotHeld
    check_unit(proposal.role, proposal.unit)
    candidate = await find_candidate(uow, proposal.holder)
    unit = await find_unit(uow, proposal.unit)
    return GrantReview(
        candidate=candidate,
        role=proposal.role,
        unit=unit,
        period=proposal.period,
        principal=None,
        state=_state(candidate, proposal.period, today),
    )


async def _as_deputy(uow: RolesUnitOfWork, proposal: GrantProposal, grant_id: int, today: date) -> GrantReview:
    if proposal.period.last is None:
        raise DeputyNeedsPeriod
    period = Period(first=proposal.period.first or today, last=proposal.period.last)
    candidate = await find_candidate(uow, proposal.holder)
    principal = await uow.roles.find_grant(grant_id, today)
    if principal is None:
        raise RoleNotHeld
    _check_principal(principal, candidate, period)
    return GrantReview(
        candidate=candidate,
        role=principal.role,
        unit=principal.unit,
        period=period,
        principal=principal,
        state=_state(candidate, common(period, principal.period), today),
    )


def _check_principal(principal: Grant, candidate: Candidate, period: Period) -> None:
    if principal.principal is not None:
        raise DeputyOfDeputy
    if principal.state is not GrantState.IN_FORCE:
        raise GrantNotInForce
    if principal.telegram_id == candidate.telegram_id or (
        principal.person is not None and principal.person == candidate.person
    ):
        raise DeputyOfThemself
    last = principal.period.last
    if last is not None and period.last is not None and period.last > last:
        raise BeyondGrant(last)


async def _held(uow: RolesUnitOfWork, review: GrantReview, today: date) -> list[Grant]:
    """Return what the holder has of the same: the same role in the same unit, for themself or for the same person."""
    unit_id = review.unit.id if review.unit else None
    held = await uow.roles.list_held(review.candidate.key, review.role, unit_id, today)
    principal = review.principal.id if review.principal else None
    return [one for one in held if (one.principal.grant_id if one.principal else None) == principal]


def _stays(grant: Grant, candidate: Candidate) -> bool:
    """Tell whether the grant is bound to the account that is the holder's now, or waits for the person's."""
    return grant.telegram_id is None or grant.telegram_id == candidate.telegram_id


def _state(candidate: Candidate, period: Period, today: date) -> GrantState:
    return state_of(period, today, waits=candidate.waits, rests=candidate.rests)
