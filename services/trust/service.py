"""What somebody who wants to talk does: looks who has time, books, cancels."""

from datetime import datetime

from services.access import Actor
from services.ports import Bell, Calendar, Clock, Factory
from services.trust.dto import FreeTimes, Officer, Slot, SlotState, Talk, TalkState, Topic, TrustView
from services.trust.errors import NobodyFree, SlotTaken, TalkOpenAlready, TalkOver
from services.trust.notices import booked_notice, cancelled_notice, reminder_notice
from services.trust.ports import TrustUnitOfWork
from services.trust.rules import MORNING


class TrustService:
    """Talks of who asks. What a person books or cancels is noted in no audit: only the officer hears of it."""

    def __init__(
        self,
        unit_of_work: Factory[TrustUnitOfWork],
        reading: Factory[TrustUnitOfWork],
        clock: Clock,
        calendar: Calendar,
        outbox_bell: Bell,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._reading = reading
        self._clock = clock
        self._calendar = calendar
        self._outbox_bell = outbox_bell

    async def look(self, actor: Actor) -> TrustView:
        """Return what /trust shows; to guests too."""
        if actor.person is None or actor.frozen:
            return TrustView(linked=False)
        async with self._reading() as uow:
            talks = await uow.trust.list_talks(actor.person.id, self._clock.now())
            offered = await self._officers(uow, actor.person.id)
        return TrustView(linked=True, talks=tuple(talks), offered=bool(offered))

    async def list_officers(self, actor: Actor) -> list[Officer]:
        """Return with whom one can talk: who has a free time.

        Raises:
            NobodyFree: nobody has.
        """
        person = actor.require_person()
        async with self._reading() as uow:
            officers = await self._officers(uow, person.id)
        if not officers:
            raise NobodyFree
        return officers

    async def list_free(self, actor: Actor, officer_id: int) -> FreeTimes:
        """Return the free times of an officer.

        Raises:
            NobodyFree: there are none, or this is no officer.
        """
        person = actor.require_person()
        async with self._reading() as uow:
            officer = next((one for one in await self._officers(uow, person.id) if one.id == officer_id), None)
            slots = await uow.trust.list_free(officer_id, self._clock.now())
        if officer is None or not slots:
            raise NobodyFree
        return FreeTimes(officer=officer, slots=tuple(slots))

    async def find_free(self, actor: Actor, slot_id: int) -> tuple[Officer, Slot]:
        """Return a free time with its officer, before it is booked.

        Raises:
            SlotTaken: it is free no more.
        """
        person, now = actor.require_person(), self._clock.now()
        async with self._reading() as uow:
            slot = await uow.trust.find_free(slot_id, now)
            officers = {one.id: one for one in await self._officers(uow, person.id)}
        if slot is None or slot.officer_id not in officers:
            raise SlotTaken
        return officers[slot.officer_id], slot

    async def book(self, actor: Actor, slot_id: int, topic: Topic) -> Talk:
        """Book a time; its officer is told at once, both are reminded on the day.

        Raises:
            SlotTaken: it is free no more.
            TalkOpenAlready: one talk with an officer at a time.
        """
        person, now = actor.require_person(), self._clock.now()
        async with self._unit_of_work() as uow:
            slot = await uow.trust.lock_slot(slot_id)
            if slot is None or slot.state is not SlotState.OPEN or slot.starts_at <= now:
                raise SlotTaken
            officer = await uow.trust.find_officers_account(slot.officer_id, self._calendar.today(now))
            if officer is None or slot.officer_id == person.id:
                raise SlotTaken
            if (other := await uow.trust.find_open(person.id, slot.officer_id)) is not None:
                raise TalkOpenAlready(other.slot.starts_at)
            talk_id = await uow.trust.book(slot, person.id, topic)
            talk = await uow.trust.find_talk(talk_id) if talk_id is not None else None
            if talk is None:
                raise SlotTaken
            await uow.outbox.add(booked_notice(talk, officer, now), now)
            await self._remind(uow, talk, (actor.account_id, officer), now)
            await uow.commit()
        self._outbox_bell.ring()
        return talk

    async def find(self, actor: Actor, talk_id: int) -> Talk:
        """Return a talk of who asks that can still be cancelled.

        Raises:
            TalkOver: there is none.
        """
        person = actor.require_person()
        async with self._reading() as uow:
            return self._require(await uow.trust.find_talk(talk_id), person.id)

    async def cancel(self, actor: Actor, talk_id: int) -> Talk:
        """Cancel one's own talk before it begins; the officer is told, and the time is free again.

        Raises:
            TalkOver: it cannot be cancelled any more.
        """
        person, now = actor.require_person(), self._clock.now()
        async with self._unit_of_work() as uow:
            talk = self._require(await uow.trust.lock_talk(talk_id), person.id)
            await uow.trust.end(talk.id, TalkState.LEFT, now)
            officer = await uow.trust.find_officers_account(talk.officer.id, self._calendar.today(now))
            if officer is not None:
                await uow.outbox.add(cancelled_notice(talk, officer, now), now)
            await uow.commit()
        self._outbox_bell.ring()
        return talk

    async def _officers(self, uow: TrustUnitOfWork, person_id: int) -> list[Officer]:
        now = self._clock.now()
        return [one for one in await uow.trust.list_officers(now, self._calendar.today(now)) if one.id != person_id]

    async def _remind(self, uow: TrustUnitOfWork, talk: Talk, accounts: tuple[int | None, ...], now: datetime) -> None:
        """Leave the reminders of the day; who books on the day itself needs none."""
        at = self._calendar.moment_of(self._calendar.today(talk.slot.starts_at), MORNING)
        if now < at < talk.slot.starts_at:
            for account in filter(None, accounts):
                await uow.outbox.add(reminder_notice(talk, account, at), now)

    def _require(self, talk: Talk | None, person_id: int) -> Talk:
        mine = talk is not None and talk.person.id == person_id and talk.state is TalkState.BOOKED
        if talk is None or not mine or talk.slot.starts_at <= self._clock.now():
            raise TalkOver
        return talk
