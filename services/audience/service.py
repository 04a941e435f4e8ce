"""Counting an audience, and bringing lists of people to name in one."""

from collections.abc import Sequence
from datetime import date, datetime

from services.access import Actor, Role
from services.audience.dto import Audience, AudienceCount, KeptList, ListBrought, Term, TermKey
from services.audience.errors import AudienceUnknown, ListEmpty
from services.audience.ports import AudienceRepository, AudienceUnitOfWork
from services.audience.rules import list_name, read_audience
from services.audit.dto import Act
from services.ports import Calendar, Clock, Factory


class AudienceService:
    """Who is meant; for those who may write to the whole university."""

    def __init__(self, unit_of_work: Factory[AudienceUnitOfWork], clock: Clock, calendar: Calendar) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar

    async def count(self, actor: Actor, text: str) -> AudienceCount:
        """Count whom an expression means today.

        Raises:
            AudienceUnreadable: it is no audience.
            AudienceUnknown: it names what does not exist.
        """
        actor.require_any(Role.ADMIN, Role.EDITOR)
        audience = read_audience(text)
        async with self._unit_of_work() as uow:
            return await count_known(uow.audiences, audience, self._calendar.today(self._clock.now()))

    async def bring_list(self, actor: Actor, name: str, person_nos: Sequence[str]) -> ListBrought:
        """Make the people with these numbers the list of this name, instead of who was on it before.

        Raises:
            ListEmpty: nobody in the roster has such a number.
            ListNameUnusable: it could not be named in an expression.
        """
        actor.require_any(Role.ADMIN, Role.EDITOR)
        kept_name = list_name(name)
        async with self._unit_of_work() as uow:
            brought = await keep_list(uow, actor, kept_name, person_nos, self._clock.now())
            await uow.commit()
        return brought

    async def list_lists(self, actor: Actor) -> list[KeptList]:
        """Return all lists, by name."""
        actor.require_any(Role.ADMIN, Role.EDITOR)
        async with self._unit_of_work() as uow:
            return await uow.audiences.list_lists()

    async def drop_list(self, actor: Actor, name: str) -> None:
        """Delete a list that is of no use any more.

        Raises:
            AudienceUnknown: there is none of this name.
        """
        actor.require_any(Role.ADMIN, Role.EDITOR)
        kept_name, now = list_name(name), self._clock.now()
        async with self._unit_of_work() as uow:
            list_id = await uow.audiences.drop_list(kept_name)
            if list_id is None:
                raise AudienceUnknown([str(Term(key=TermKey.LIST, values=(kept_name,)))])
            await uow.audit.add(actor, Act.LIST_DROPPED, f"list:{list_id}", now)
            await uow.commit()


async def keep_list(
    uow: AudienceUnitOfWork, actor: Actor, kept_name: str, person_nos: Sequence[str], now: datetime
) -> ListBrought:
    """Write a list inside of somebody's unit of work; who may is asked before.

    Raises:
        ListEmpty: nobody in the roster has such a number.
    """
    people = await uow.audiences.find_people(person_nos)
    known = sorted(set(people.values()))
    if not known:
        raise ListEmpty
    list_id = await uow.audiences.put_list(kept_name, known, actor.account_id, now)
    await uow.audit.add(actor, Act.LIST_BROUGHT, f"list:{list_id}", now, people=len(known))
    unknown = tuple(dict.fromkeys(number for number in person_nos if number not in people))
    return ListBrought(known=len(known), unknown=unknown)


async def require_known(audiences: AudienceRepository, audience: Audience) -> None:
    """Refuse an audience that names what does not exist: a misspelt exclusion would exclude nobody."""
    unknown = await audiences.find_unknown(audience)
    if unknown:
        raise AudienceUnknown(unknown)


async def count_known(
    audiences: AudienceRepository, audience: Audience, today: date, category: str | None = None
) -> AudienceCount:
    """Count who is meant; refuses as `require_known` does."""
    await require_known(audiences, audience)
    return await audiences.count(audience, today, category)
