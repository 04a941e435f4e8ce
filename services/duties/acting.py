"""What a unit does about a duty without reporting on it: accept, dispute, hand on, note, ask for another day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.access import Actor
from services.duties.dto import Colleague, DutyCard, DutyKey, HistoryAct
from services.duties.errors import DutyChanged, ExtensionWaits, ItemOver, NoSuchColleague, OnlyInformed
from services.duties.looking import look
from services.duties.notices import handed_on
from services.duties.noting import note_act
from services.duties.ports import DutiesUnitOfWork
from services.duties.rules import (
    LONGEST_REASON,
    UNFINISHED,
    check_open,
    check_wanted,
    read_words,
    sets_own_day,
)
from services.plans.dto import DutyState
from services.ports import Bell, Calendar, Clock, Factory
from services.responsibles.dto import Share


class ActingService:
    """Acts of whoever speaks for a unit; each locks the item and says so in its history."""

    def __init__(
        self, unit_of_work: Factory[DutiesUnitOfWork], clock: Clock, calendar: Calendar, outbox_bell: Bell
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar
        self._outbox_bell = outbox_bell

    async def accept(self, actor: Actor, key: DutyKey, stamp: int) -> DutyCard:
        """Say that the unit will do it."""
        async with self._unit_of_work() as uow:
            card = await self._look(uow, actor, key)
            check_open(card, stamp, DutyState.OPEN)
            changes = {"state": DutyState.ACCEPTED.value, "accepted_at": self._clock.now()}
            await self._write(uow, actor, card, changes, HistoryAct.ACCEPTED)
            return await self._finish(uow, actor, key)

    async def dispute(self, actor: Actor, key: DutyKey, stamp: int, reason: str) -> DutyCard:
        """Say that it is not the unit's business; the coordinator decides."""
        async with self._unit_of_work() as uow:
            card = await self._look(uow, actor, key)
            check_open(card, stamp, *UNFINISHED)
            words = read_words(reason, LONGEST_REASON)
            changes = {"state": DutyState.DISPUTED.value, "reason": words}
            await self._write(uow, actor, card, changes, HistoryAct.DISPUTED, reason=words)
            return await self._finish(uow, actor, key)

    async def take_back_dispute(self, actor: Actor, key: DutyKey) -> DutyCard:
        """Say that it is the unit's business after all, before the coordinator has decided."""
        async with self._unit_of_work() as uow:
            card = await self._look(uow, actor, key)
            check_open(card, card.stamp, DutyState.DISPUTED)
            accepted = card.duty is not None and card.duty.accepted_at is not None
            back = DutyState.ACCEPTED if accepted else DutyState.OPEN
            changes = {"state": back.value, "reason": ""}
            await self._write(uow, actor, card, changes, HistoryAct.DISPUTE_TAKEN_BACK)
            return await self._finish(uow, actor, key)

    async def list_colleagues(self, actor: Actor, key: DutyKey) -> tuple[DutyCard, list[Colleague]]:
        """Return a duty and to whom it can be handed on."""
        async with self._unit_of_work() as uow:
            card = await self._look(uow, actor, key, to_change=False)
            check_open(card, card.stamp, *UNFINISHED)
            return card, await uow.duties.list_colleagues(card.unit.code, card.today)

    async def hand_on(self, actor: Actor, key: DutyKey, person_id: int) -> DutyCard:
        """Hand a duty to somebody who speaks for the same unit; they are told."""
        async with self._unit_of_work() as uow:
            card = await self._look(uow, actor, key)
            check_open(card, card.stamp, *UNFINISHED)
            colleagues = await uow.duties.list_colleagues(card.unit.code, card.today)
            to = next((one for one in colleagues if one.person_id == person_id), None)
            if to is None:
                raise NoSuchColleague
            if card.duty is None or card.duty.person_id != person_id:
                changes = {"state": card.state.value, "person_id": person_id}
                duty = await self._write(uow, actor, card, changes, HistoryAct.HANDED_ON, person=person_id)
                if to.account_id != actor.account_id:
                    await uow.outbox.add(handed_on(to, key, *duty, self._clock.now()), self._clock.now())
            fresh = await self._finish(uow, actor, key)
        self._outbox_bell.ring()
        return fresh

    async def note(self, actor: Actor, key: DutyKey, text: str) -> DutyCard:
        """Leave a note in the item's history."""
        async with self._unit_of_work() as uow:
            card = await self._look(uow, actor, key)
            if card.share is not Share.RESPONSIBLE:
                raise OnlyInformed
            if not card.can_act:
                raise ItemOver(card.item.reason)
            words = read_words(text, LONGEST_REASON)
            await note_act(uow, actor, card, HistoryAct.NOTED, self._clock.now(), words=words)
            return await self._finish(uow, actor, key)

    async def consider_day(self, actor: Actor, key: DutyKey, wanted: date) -> tuple[DutyCard, bool]:
        """Return a duty, and whether the unit may set this day itself; refuse one that cannot be wished for."""
        async with self._unit_of_work() as uow:
            card = await self._look(uow, actor, key, to_change=False)
            check_open(card, card.stamp, *UNFINISHED)
            check_wanted(card, wanted)
        _refuse_second(card)
        return card, sets_own_day(card, wanted)

    async def set_day(self, actor: Actor, key: DutyKey, stamp: int, wanted: date) -> DutyCard:
        """Set the unit's own day where there was none, or only a convention."""
        async with self._unit_of_work() as uow:
            card = await self._look(uow, actor, key)
            check_open(card, stamp, *UNFINISHED)
            check_wanted(card, wanted)
            _refuse_second(card)
            if not sets_own_day(card, wanted):
                raise DutyChanged
            version = card.duty.due_version if card.duty is not None else 0
            changes = {"state": card.state.value, "due": wanted, "due_version": version + 1}
            await self._write(uow, actor, card, changes, HistoryAct.DAY_SET, day=wanted.isoformat())
            return await self._finish(uow, actor, key)

    async def ask_for_day(self, actor: Actor, key: DutyKey, stamp: int, wanted: date, reason: str) -> DutyCard:
        """Ask for a later day; the coordinator decides, and the first one is never lost."""
        async with self._unit_of_work() as uow:
            card = await self._look(uow, actor, key)
            check_open(card, stamp, *UNFINISHED)
            check_wanted(card, wanted)
            _refuse_second(card)
            words, now = read_words(reason, LONGEST_REASON), self._clock.now()
            details = {"day": wanted.isoformat(), "reason": words}
            changes = {"state": card.state.value}
            duty_id, _ = await self._write(uow, actor, card, changes, HistoryAct.EXTENSION_ASKED, **details)
            await uow.duties.add_extension(duty_id, wanted, words, now, actor.account_id)
            return await self._finish(uow, actor, key)

    async def _look(self, uow: DutiesUnitOfWork, actor: Actor, key: DutyKey, *, to_change: bool = True) -> DutyCard:
        return await look(uow, actor, key, self._calendar.today(self._clock.now()), to_change=to_change)

    async def _write(
        self,
        uow: DutiesUnitOfWork,
        actor: Actor,
        card: DutyCard,
        changes: Mapping[str, Any],
        act: HistoryAct,
        **details: object,
    ) -> tuple[int, int]:
        now = self._clock.now()
        written = await uow.duties.put(card.instance.id, card.unit.code, changes, now)
        await note_act(uow, actor, card, act, now, **details)
        return written

    async def _finish(self, uow: DutiesUnitOfWork, actor: Actor, key: DutyKey) -> DutyCard:
        """Return the duty as it is now, and make it so."""
        fresh = await self._look(uow, actor, key, to_change=False)
        await uow.commit()
        return fresh


def _refuse_second(card: DutyCard) -> None:
    if card.extension is not None and card.extension.accepted is None:
        raise ExtensionWaits
