"""What an officer does: offers times, sees who comes, cancels."""

from datetime import datetime

from services.access import Actor, Role
from services.audit.dto import Act
from services.ports import Bell, Calendar, Clock, Factory
from services.trust.dto import DeskSlot, SlotState, TalkState, TypedTimes
from services.trust.errors import (
    NoSuchSlot,
    PlaceNeeded,
    SlotBooked,
    TalkOver,
    TimesOverlap,
    TimesPast,
    TimesUnreadable,
)
from services.trust.notices import cancelled_notice
from services.trust.ports import TrustUnitOfWork
from services.trust.rules import FARTHEST, LENGTHS, LONGEST_PLACE, cut, read_times

#: The audit says that an officer did something with their times: not which, not with whom, not about what.
_SUBJECT = "trust-times"


class TrustDeskService:
    """An officer's own times and talks; those of others are shown to nobody, administrators included."""

    def __init__(
        self, unit_of_work: Factory[TrustUnitOfWork], clock: Clock, calendar: Calendar, outbox_bell: Bell
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar
        self._outbox_bell = outbox_bell

    async def list_slots(self, actor: Actor) -> list[DeskSlot]:
        """Return the officer's times that have not ended."""
        officer_id = _officer(actor)
        async with self._unit_of_work() as uow:
            return await uow.trust.list_slots(officer_id, self._clock.now())

    async def open_slot(self, actor: Actor, slot_id: int) -> DeskSlot:
        """Return one of the officer's times.

        Raises:
            NoSuchSlot: it is gone, or another officer's.
        """
        officer_id = _officer(actor)
        async with self._unit_of_work() as uow:
            return await self._find(uow, officer_id, slot_id)

    async def read(self, actor: Actor, text: str) -> TypedTimes:
        """Return what an officer typed, with the place of their last times where none was typed; write nothing.

        Raises:
            TimesUnreadable, TimesPast, PlaceNeeded: it cannot be offered so.
        """
        officer_id, now = _officer(actor), self._clock.now()
        typed = read_times(text, self._calendar.today(now))
        if self._calendar.moment_of(typed.day, typed.start) <= now:
            raise TimesPast(FARTHEST.days)
        if typed.place:
            return typed
        async with self._unit_of_work() as uow:
            place = await uow.trust.find_last_place(officer_id)
        if not place:
            raise PlaceNeeded(LONGEST_PLACE)
        return TypedTimes(day=typed.day, start=typed.start, until=typed.until, place=place)

    async def offer(self, actor: Actor, text: str, minutes: int) -> list[DeskSlot]:
        """Offer talks of so many minutes in what was typed; return all times.

        Raises:
            TimesUnreadable, TimesPast, PlaceNeeded: it cannot be offered so, or no talk fits.
            TimesOverlap: some of it is offered already.
        """
        officer_id, typed, now = _officer(actor), await self.read(actor, text), self._clock.now()
        starts_at, until = (self._calendar.moment_of(typed.day, at) for at in (typed.start, typed.until))
        times = cut(starts_at, until, minutes) if minutes in LENGTHS else []
        if not times:
            raise TimesUnreadable
        async with self._unit_of_work() as uow:
            await uow.trust.lock_officer(officer_id)
            offered = await uow.trust.list_slots(officer_id, now)
            if any(one.slot.starts_at < times[-1][1] and times[0][0] < one.slot.ends_at for one in offered):
                raise TimesOverlap
            await uow.trust.add_slots(officer_id, times, typed.place)
            await uow.audit.add(actor, Act.TRUST_TIMES_OFFERED, _SUBJECT, now)
            slots = await uow.trust.list_slots(officer_id, now)
            await uow.commit()
        return slots

    async def withdraw(self, actor: Actor, slot_id: int) -> list[DeskSlot]:
        """Take a time back that nobody has booked; return what is left.

        Raises:
            NoSuchSlot: it is gone already.
            SlotBooked: somebody has booked it; then the talk must be cancelled.
        """
        officer_id, now = _officer(actor), self._clock.now()
        async with self._unit_of_work() as uow:
            await uow.trust.lock_slot(slot_id)
            if (await self._find(uow, officer_id, slot_id)).talk is not None:
                raise SlotBooked
            await uow.trust.set_state(slot_id, SlotState.WITHDRAWN)
            slots = await uow.trust.list_slots(officer_id, now)
            await uow.commit()
        return slots

    async def offer_again(self, actor: Actor, slot_id: int) -> DeskSlot:
        """Let a time be booked whose talk was cancelled.

        Raises:
            NoSuchSlot: it is gone.
        """
        officer_id = _officer(actor)
        async with self._unit_of_work() as uow:
            await uow.trust.lock_slot(slot_id)
            await self._find(uow, officer_id, slot_id)
            await uow.trust.set_state(slot_id, SlotState.OPEN)
            slot = await self._find(uow, officer_id, slot_id)
            await uow.commit()
        return slot

    async def call_off(self, actor: Actor, slot_id: int) -> DeskSlot:
        """Cancel the talk of a time before it begins: the person is told, and the time stays closed.

        Raises:
            NoSuchSlot: the time is gone.
            TalkOver: nobody comes any more, or it has begun.
        """
        officer_id, now = _officer(actor), self._clock.now()
        async with self._unit_of_work() as uow:
            await uow.trust.lock_slot(slot_id)
            talk = (await self._find(uow, officer_id, slot_id)).talk
            if talk is None or talk.slot.starts_at <= now:
                raise TalkOver
            await call_off(uow, talk.id, now)
            await uow.audit.add(actor, Act.TRUST_TALK_CALLED_OFF, _SUBJECT, now)
            slot = await self._find(uow, officer_id, slot_id)
            await uow.commit()
        self._outbox_bell.ring()
        return slot

    async def _find(self, uow: TrustUnitOfWork, officer_id: int, slot_id: int) -> DeskSlot:
        slots = await uow.trust.list_slots(officer_id, self._clock.now())
        found = next((one for one in slots if one.slot.id == slot_id), None)
        if found is None:
            raise NoSuchSlot
        return found


async def call_off(uow: TrustUnitOfWork, talk_id: int, now: datetime) -> None:
    """Cancel a talk in the officer's name, close its time and tell the person."""
    talk = await uow.trust.lock_talk(talk_id)
    if talk is None or talk.state is not TalkState.BOOKED:
        raise TalkOver
    await uow.trust.end(talk.id, TalkState.CALLED_OFF, now)
    await uow.trust.set_state(talk.slot.id, SlotState.CLOSED)
    account = await uow.trust.find_account(talk.person.id)
    if account is not None:
        await uow.outbox.add(cancelled_notice(talk, account, now), now)


def _officer(actor: Actor) -> int:
    actor.require(Role.TRUST_OFFICER)
    return actor.require_person().id
