"""A secret address for each unit, where calendar programs fetch what it has to do."""

import hashlib
import secrets

from services.access import Actor, LinkFrozen, NotAllowed
from services.audit.dto import Act
from services.plan_reports.calendar_dto import CalendarState, MadeCalendar, UnitCalendar
from services.plan_reports.errors import CalendarChanged, NoCalendarPages, NotCounted
from services.plan_reports.ports import PlanReportsUnitOfWork
from services.plans.dto import NamedUnit
from services.plans.rights import coordinates, spoken_for
from services.ports import Clock, Factory

_BYTES = 24
#: How a secret looks: what looks otherwise is not asked of the database.
SECRET_LENGTH = 32


class CalendarService:
    """Only the digest of an address is kept; whoever has the address needs nothing else. `public_url`: of our pages."""

    def __init__(
        self,
        unit_of_work: Factory[PlanReportsUnitOfWork],
        reading: Factory[PlanReportsUnitOfWork],
        clock: Clock,
        *,
        public_url: str,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._reading = reading
        self._clock = clock
        self._public_url = public_url.rstrip("/")

    async def list_own(self, actor: Actor) -> list[NamedUnit]:
        """Return the units and posts whose people the actor is one of.

        Raises:
            NotAllowed: there are none.
        """
        codes = spoken_for(actor)
        if not codes:
            raise LinkFrozen if actor.frozen else NotAllowed
        async with self._reading() as uow:
            return list((await uow.plans.list_units(codes)).values())

    async def look(self, actor: Actor, unit_id: int) -> CalendarState:
        """Return whether a unit has a calendar; for its people and coordinators."""
        async with self._reading() as uow:
            unit = await _unit(uow, actor, unit_id)
            mark, made_at = await uow.plan_reports.find_made(unit.code)
        return CalendarState(unit=unit, mark=mark, made_at=made_at)

    async def make(self, actor: Actor, unit_id: int, seen: int = 0) -> MadeCalendar:
        """Give a unit a new address and return it, which is done once; the former one opens nothing now.

        `seen`: the mark of the address that the actor knows of.

        Raises:
            CalendarChanged: it has another one, also since a moment ago.
            NoCalendarPages: the bot has no web pages.
        """
        secret, now = secrets.token_urlsafe(_BYTES), self._clock.now()
        async with self._unit_of_work() as uow:
            unit = await _unit(uow, actor, unit_id)
            if not self._public_url:
                raise NoCalendarPages
            if seen and not await uow.plan_reports.revoke_calendar(seen, unit.code, now):
                raise CalendarChanged
            mark = await uow.plan_reports.add_calendar(unit.code, digest_of(secret), actor.account_id or 0, now)
            if not mark:
                raise CalendarChanged
            await uow.audit.add(actor, Act.PLAN_CALENDAR_MADE, f"unit:{unit.code}", now)
            await uow.commit()
        return MadeCalendar(unit=unit, mark=mark, address=f"{self._public_url}/calendar/{secret}.ics")

    async def revoke(self, actor: Actor, unit_id: int, seen: int) -> CalendarState:
        """Let a unit's address open nothing any more; where it has none nothing happens.

        Raises:
            CalendarChanged: it has another one than was seen.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            unit = await _unit(uow, actor, unit_id)
            if await uow.plan_reports.revoke_calendar(seen, unit.code, now):
                await uow.audit.add(actor, Act.PLAN_CALENDAR_REVOKED, f"unit:{unit.code}", now)
                await uow.commit()
            elif (await uow.plan_reports.find_made(unit.code))[0]:
                raise CalendarChanged
        return CalendarState(unit=unit)

    async def find(self, secret: str) -> UnitCalendar | None:
        """Return what stands at a secret address; None for one that opens nothing."""
        if len(secret) != SECRET_LENGTH:
            return None
        async with self._reading() as uow:
            code = await uow.plan_reports.find_calendar(digest_of(secret))
            if code is None:
                return None
            unit = (await uow.plans.list_units([code])).get(code)
            if unit is None:
                return None
            membership = await uow.plans.load_membership()
            entries = await uow.plan_reports.list_calendar(code, membership.named_as(code))
        return UnitCalendar(unit=unit, entries=tuple(entries))


def digest_of(secret: str) -> bytes:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode()).digest()


async def _unit(uow: PlanReportsUnitOfWork, actor: Actor, unit_id: int) -> NamedUnit:
    """Return a unit whose people the actor is one of, or that they coordinate.

    Raises:
        NotAllowed: it is somebody else's.
        NotCounted: there is no such unit.
    """
    allowed = coordinates(actor)
    if not allowed and not spoken_for(actor):
        raise LinkFrozen if actor.frozen else NotAllowed
    unit = await uow.plans.find_unit(unit_id)
    if unit is None:
        raise NotCounted
    if not allowed and unit.code not in spoken_for(actor):
        raise NotAllowed
    return unit
