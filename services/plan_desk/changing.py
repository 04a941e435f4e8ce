"""A plan is changed during the year: days, counters, cancelled items. Units that are affected are told once."""

from collections.abc import Collection
from datetime import date
from typing import Any

from services.access import Actor
from services.audit.dto import Act
from services.delivery.dto import NoticeKind
from services.plan_desk.dto import DeskAct
from services.plan_desk.errors import CountUnusable, ItemChanged, NoSuchItem
from services.plan_desk.item_dto import ItemCard
from services.plan_desk.item_rules import still_open
from services.plan_desk.items import look_at_item
from services.plan_desk.notices import tell_units
from services.plan_desk.ports import DeskUnitOfWork
from services.plan_desk.rules import check_day, read_words, require_coordinator
from services.plans.dto import ItemState
from services.plans.rules import reminds_from
from services.ports import Bell, Calendar, Clock, Factory

MOST_COUNTED = 10_000


def read_count(text: str) -> int | None:
    """Return a typed count, None for none; or refuse it."""
    digits = text.strip()
    if not digits.isascii() or not digits.isdecimal() or len(digits) > len(str(MOST_COUNTED)):
        raise CountUnusable(MOST_COUNTED)
    return int(digits) or None


class DeskPen:
    """What every change has in common: the item is locked and is what was shown; history, audit, notices."""

    def __init__(
        self, unit_of_work: Factory[DeskUnitOfWork], clock: Clock, calendar: Calendar, outbox_bell: Bell
    ) -> None:
        self.unit_of_work = unit_of_work
        self.clock = clock
        self.calendar = calendar
        self.outbox_bell = outbox_bell

    async def take(
        self, uow: DeskUnitOfWork, actor: Actor, item_id: int, version: int, *, state: ItemState = ItemState.ACTIVE
    ) -> ItemCard:
        """Return an item that nobody else changes meanwhile; refuse one that is not what was shown."""
        require_coordinator(actor)
        await uow.plans.lock_item(item_id)
        card = await look_at_item(uow, item_id, self.calendar.today(self.clock.now()))
        if card.plan.closed:
            raise NoSuchItem
        if card.item.version != version or card.item.state is not state:
            raise ItemChanged
        return card

    async def finish(
        self,
        uow: DeskUnitOfWork,
        actor: Actor,
        card: ItemCard,
        act: DeskAct,
        told: Collection[str] = (),
        *,
        instance_id: int | None = None,
        **details: object,
    ) -> ItemCard:
        """Write what was done, tell the units of it (as soon as the item is confirmed), and make it so."""
        now = self.clock.now()
        line_id = await uow.plan_desk.note(
            card.item.id, act.value, now, account_id=actor.account_id, instance_id=instance_id, details=details
        )
        await uow.audit.add(actor, Act.PLAN_ITEM_CHANGED, f"plan-item:{card.item.id}", now, change=act.value)
        fresh = await look_at_item(uow, card.item.id, card.today)
        if told and fresh.item.confirmed:
            await tell_units(uow, NoticeKind.PLAN_ITEM_CHANGED, line_id, told, card.today, now)
        await uow.commit()
        self.outbox_bell.ring()
        return fresh


class ItemChangeService:
    """Changes of an item by its coordinator; `version`: of the item as it was shown."""

    def __init__(self, pen: DeskPen) -> None:
        self._pen = pen

    async def confirm(self, actor: Actor, item_id: int, version: int) -> ItemCard:
        """Say that the days are understood rightly; units are reminded of them from now on."""
        async with self._pen.unit_of_work() as uow:
            card = await self._pen.take(uow, actor, item_id, version)
            if card.item.confirmed:
                return card
            await self._change(uow, card, confirmed=True, reminds_from=card.today)
            return await self._pen.finish(uow, actor, card, DeskAct.CONFIRMED)

    async def count_affected(self, actor: Actor, item_id: int, version: int, instance_id: int | None = None) -> int:
        """Return how many units a change would be told to."""
        async with self._pen.unit_of_work() as uow:
            card = await self._pen.take(uow, actor, item_id, version)
            return len(still_open(card.planned, await uow.plans.load_membership(), instance_id))

    async def move(
        self, actor: Actor, item_id: int, version: int, instance_id: int, day: date, reason: str
    ) -> ItemCard:
        """Set another day for one time that an item is due; the first one is never lost.

        Days that units got for themselves go where the new one is not earlier. The reading counts as confirmed.
        """
        async with self._pen.unit_of_work() as uow:
            card = await self._pen.take(uow, actor, item_id, version)
            words = read_words(reason)
            check_day(day, card.plan.year)
            instance = next((one for one in card.planned.instances if one.id == instance_id), None)
            if instance is None:
                raise ItemChanged
            await uow.plan_changes.move_instance(instance_id, day, self._pen.clock.now())
            await self._change(uow, card, confirmed=True, reminds_from=reminds_from(card.item, day, card.today))
            told = still_open(card.planned, await uow.plans.load_membership(), instance_id)
            before = instance.due.isoformat() if instance.due is not None else ""
            days = {"day": day.isoformat(), "from": before}
            return await self._pen.finish(
                uow, actor, card, DeskAct.MOVED, told, instance_id=instance_id, reason=words, **days
            )

    async def add_day(self, actor: Actor, item_id: int, version: int, day: date) -> ItemCard:
        """Add a time that an item is due; the only one without a day gets it instead."""
        async with self._pen.unit_of_work() as uow:
            card = await self._pen.take(uow, actor, item_id, version)
            check_day(day, card.plan.year)
            instances = card.planned.instances
            if any(one.due == day for one in instances):
                raise ItemChanged
            if len(instances) == 1 and instances[0].due is None:
                instance_id = instances[0].id
                await uow.plan_changes.move_instance(instance_id, day, self._pen.clock.now())
            else:
                instance_id = await uow.plan_changes.add_instance(item_id, day)
            await self._change(uow, card, confirmed=True, reminds_from=reminds_from(card.item, day, card.today))
            told = still_open(card.planned, await uow.plans.load_membership())
            return await self._pen.finish(
                uow, actor, card, DeskAct.DAY_ADDED, told, instance_id=instance_id, day=day.isoformat()
            )

    async def cancel(self, actor: Actor, item_id: int, version: int, reason: str) -> ItemCard:
        """Cancel an item with a reason; nobody is asked for it any more."""
        async with self._pen.unit_of_work() as uow:
            card = await self._pen.take(uow, actor, item_id, version)
            words = read_words(reason)
            await self._change(uow, card, state=ItemState.CANCELLED.value, reason=words)
            told = still_open(card.planned, await uow.plans.load_membership())
            return await self._pen.finish(uow, actor, card, DeskAct.CANCELLED, told, reason=words)

    async def restore(self, actor: Actor, item_id: int, version: int) -> ItemCard:
        """Take a cancellation back."""
        async with self._pen.unit_of_work() as uow:
            card = await self._pen.take(uow, actor, item_id, version, state=ItemState.CANCELLED)
            await self._change(uow, card, state=ItemState.ACTIVE.value, reason="")
            told = still_open(card.planned, await uow.plans.load_membership())
            return await self._pen.finish(uow, actor, card, DeskAct.RESTORED, told)

    async def set_count(self, actor: Actor, item_id: int, version: int, count: int | None) -> ItemCard:
        """Say how many meetings, lectures, … an item asks for; None: it counts nothing."""
        async with self._pen.unit_of_work() as uow:
            card = await self._pen.take(uow, actor, item_id, version)
            if count is not None and not 1 <= count <= MOST_COUNTED:
                raise CountUnusable(MOST_COUNTED)
            await self._change(uow, card, count_target=count)
            return await self._pen.finish(uow, actor, card, DeskAct.COUNT_SET, count=count)

    async def mark_language(self, actor: Actor, item_id: int, version: int, *, marked: bool) -> ItemCard:
        """Say whether an item belongs into the report on the state language."""
        async with self._pen.unit_of_work() as uow:
            card = await self._pen.take(uow, actor, item_id, version)
            await self._change(uow, card, state_language=marked)
            return await self._pen.finish(uow, actor, card, DeskAct.LANGUAGE_MARKED, marked=marked)

    async def _change(self, uow: DeskUnitOfWork, card: ItemCard, **values: Any) -> None:  # noqa: ANN401 -- columns
        await uow.plan_desk.change_item(card.item.id, self._pen.clock.now(), values)
