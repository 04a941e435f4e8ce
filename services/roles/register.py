"""Who holds which role: the administrator's lists and searches, and everybody's own roles."""

from collections.abc import Collection
from datetime import date

from services.access import Actor, Role
from services.people.rules import number_key, typed_words
from services.ports import Calendar, Clock, Factory
from services.roles.dto import (
    Candidate,
    FoundCandidates,
    FoundUnits,
    Grant,
    GrantPage,
    GrantState,
    GrantWithDeputies,
    HolderKey,
    OwnRoles,
)
from services.roles.errors import RoleNotHeld
from services.roles.ports import RolesUnitOfWork
from services.roles.rules import matching, telegram_id_of

PAGE = 8
MATCHES = 8
_LAST_PAGE = 10_000  # no list is longer, and no button of ours leads further


class RoleRegister:
    """Grants as they stand; nothing is written here. `administrators`: as in `RoleService`."""

    def __init__(
        self,
        unit_of_work: Factory[RolesUnitOfWork],
        clock: Clock,
        calendar: Calendar,
        *,
        administrators: Collection[int] = (),
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar
        self._administrators = frozenset(administrators)

    async def list_own(self, actor: Actor) -> OwnRoles:
        """Return what the actor's account may do today."""
        if actor.account_id is None or not actor.grants:
            return OwnRoles(grants=())
        async with self._unit_of_work() as uow:
            grants = await uow.roles.list_in_force(actor.account_id, self._today())
        return OwnRoles(grants=grants, by_settings=actor.account_id in self._administrators)

    async def list_grants(self, actor: Actor, page: int = 0, role: Role | None = None) -> GrantPage:
        """Return a page of all grants, or of those of a role; a page that is gone by now is the last one there is."""
        actor.require(Role.ADMIN)
        async with self._unit_of_work() as uow:
            wanted = min(max(page, 0), _LAST_PAGE)
            grants, total = await uow.roles.list_grants(role, wanted * PAGE, PAGE, self._today())
            last = max((total - 1) // PAGE, 0)
            if wanted > last:
                wanted = last
                grants, total = await uow.roles.list_grants(role, wanted * PAGE, PAGE, self._today())
            deputies = await uow.roles.list_deputies([grant.id for grant in grants], self._today())
        shown = wanted == 0 and role in {None, Role.ADMIN}
        return GrantPage(
            entries=[_with_deputies(grant, deputies) for grant in grants],
            page=wanted,
            pages=last + 1,
            by_settings=sorted(self._administrators) if shown else (),
        )

    async def get_grant(self, actor: Actor, grant_id: int) -> GrantWithDeputies:
        """Return a grant with its deputies."""
        actor.require(Role.ADMIN)
        async with self._unit_of_work() as uow:
            grant = await uow.roles.find_grant(grant_id, self._today())
            if grant is None:
                raise RoleNotHeld
            deputies = await uow.roles.list_deputies([grant.id], self._today())
        return _with_deputies(grant, deputies)

    async def find_told(self, grant_id: int) -> Grant | None:
        """Return a grant of which its holder is going to be told."""
        async with self._unit_of_work() as uow:
            return await uow.roles.find_grant(grant_id, self._today())

    async def find_candidates(self, actor: Actor, text: str) -> FoundCandidates:
        """Return people by name or number, and the account that a Telegram id names."""
        actor.require(Role.ADMIN)
        found: list[Candidate] = []
        account = None
        async with self._unit_of_work() as uow:
            words = typed_words(text)
            if words:
                found = await uow.roles.find_people(number_key(text), words, MATCHES + 1)
            telegram_id = telegram_id_of(text.strip())
            if telegram_id is not None:
                account = await uow.roles.find_holder(HolderKey(telegram_id=telegram_id))
        people = found[:MATCHES]
        return FoundCandidates(candidates=[*people, account] if account else people, more=len(found) > MATCHES)

    async def find_units(self, actor: Actor, text: str) -> FoundUnits:
        """Return the units that answer to a text."""
        actor.require(Role.ADMIN)
        async with self._unit_of_work() as uow:
            found = matching(await uow.roles.list_units(), text)
        return FoundUnits(units=found[:MATCHES], more=len(found) > MATCHES)

    def _today(self) -> date:
        return self._calendar.today(self._clock.now())


def _with_deputies(grant: Grant, deputies: list[Grant]) -> GrantWithDeputies:
    own = [
        one
        for one in deputies
        if one.principal is not None and one.principal.grant_id == grant.id and one.state is not GrantState.PAST
    ]
    return GrantWithDeputies(grant=grant, deputies=tuple(own))
