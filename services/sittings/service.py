"""Sittings are made, get their day and their papers; items go by them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from services.access import Actor, LinkFrozen, NotAllowed
from services.audit.dto import Act
from services.delivery.dto import NoticeKind
from services.plan_desk.changing import DeskPen
from services.plan_desk.dto import DeskAct
from services.plan_desk.notices import tell_of_many
from services.plan_desk.rules import check_day, read_words, require_coordinator
from services.plans.dto import ItemState, Plan
from services.plans.rights import coordinates, spoken_for
from services.plans.rules import reminds_from, units_of
from services.ports import Factory
from services.responsibles.dto import Share
from services.sittings.dto import Paper, PaperFile, Sitting, SittingCard, SittingItem, SittingState
from services.sittings.errors import NoPaper, NoSittingsPrinted, NoSuchSitting, SittingChanged, SittingOver
from services.sittings.ports import SittingsUnitOfWork
from services.sittings.rules import MOST_DAYS, instance_of, open_units, printed_sittings, type_of_paper

LONGEST_TITLE = 200
_COLUMNS = {Paper.AGENDA: ("agenda_file_id", "agenda_name"), Paper.MINUTES: ("minutes_file_id", "minutes_name")}
_LONGEST_NAME = 120


class SittingService:
    """Sittings; `version`: of the sitting as it was shown. Whoever answers for an item of it may look."""

    def __init__(self, unit_of_work: Factory[SittingsUnitOfWork], pen: DeskPen) -> None:
        self._unit_of_work = unit_of_work
        self._pen = pen

    async def list_sittings(self, actor: Actor, plan_id: int) -> tuple[Plan, list[Sitting]]:
        """Return a plan with its sittings."""
        require_coordinator(actor)
        async with self._unit_of_work() as uow:
            return await _plan(uow, plan_id), await uow.plan_sittings.list_sittings(plan_id)

    async def list_for_item(self, actor: Actor, item_id: int) -> list[Sitting]:
        """Return the sittings by which an item may go."""
        require_coordinator(actor)
        async with self._unit_of_work() as uow:
            one = await uow.plans.find_planned(item_id)
            if one is None:
                raise NoSuchSitting
            return await uow.plan_sittings.list_sittings(one.item.plan_id)

    async def open(self, actor: Actor, sitting_id: int) -> SittingCard:
        """Return a sitting with its items."""
        async with self._unit_of_work() as uow:
            return await self._look(uow, actor, sitting_id)

    async def add(self, actor: Actor, plan_id: int, title: str, month: date | None) -> SittingCard:
        """Make a sitting by hand."""
        require_coordinator(actor)
        words, now = read_words(title, LONGEST_TITLE), self._pen.clock.now()
        async with self._unit_of_work() as uow:
            plan = await _plan(uow, plan_id)
            if month is not None:
                check_day(month, plan.year)
            sitting_id = await uow.plan_sittings.add(plan_id, words, month.replace(day=1) if month else None, now)
            return await self._finish(uow, actor, sitting_id, "added")

    async def make_printed(self, actor: Actor, plan_id: int) -> list[Sitting]:
        """Make the sittings that the plan prints as deadlines, and let their items go by them."""
        require_coordinator(actor)
        now = self._pen.clock.now()
        async with self._unit_of_work() as uow:
            await _plan(uow, plan_id)
            await uow.plan_sittings.lock_plan(plan_id)
            printed = printed_sittings(await uow.plans.list_planned([plan_id]))
            if not printed:
                raise NoSittingsPrinted
            known = {one.title: one.id for one in await uow.plan_sittings.list_sittings(plan_id)}
            for one in printed:
                sitting_id = known.get(one.title[:LONGEST_TITLE])
                if sitting_id is None:
                    sitting_id = await uow.plan_sittings.add(plan_id, one.title[:LONGEST_TITLE], one.month, now)
                await uow.plan_sittings.tie(one.item_ids, sitting_id, now)
            await uow.audit.add(actor, Act.PLAN_SITTING_CHANGED, f"plan:{plan_id}", now, made=len(printed))
            sittings = await uow.plan_sittings.list_sittings(plan_id)
            await uow.commit()
        return sittings

    async def set_day(self, actor: Actor, sitting_id: int, version: int, day: date) -> SittingCard:
        """Set the day: what is due then moves with it, and the units are told, one message each."""
        now = self._pen.clock.now()
        async with self._unit_of_work() as uow:
            sitting = await self._take(uow, actor, sitting_id, version)
            check_day(day, (await _plan(uow, sitting.plan_id)).year)
            await uow.plan_sittings.change(sitting_id, now, {"held_on": day, "month": day.replace(day=1)})
            tied = sorted(await uow.plan_sittings.list_tied(sitting_id))
            moved = [await self._move(uow, actor, item_id, sitting, day) for item_id in tied]
            await self._tell(uow, moved)
            return await self._finish(uow, actor, sitting_id, "day_set", day=day.isoformat())

    async def set_materials(self, actor: Actor, sitting_id: int, version: int, days: int) -> SittingCard:
        """Say how many working days before it materials are handed in."""
        async with self._unit_of_work() as uow:
            await self._take(uow, actor, sitting_id, version)
            days = min(max(days, 0), MOST_DAYS)
            await uow.plan_sittings.change(sitting_id, self._pen.clock.now(), {"materials_days": days})
            return await self._finish(uow, actor, sitting_id, "materials_set", days=days)

    async def end(self, actor: Actor, sitting_id: int, version: int, state: SittingState) -> SittingCard:
        """Say that a sitting was held or will not be; or that it is planned after all."""
        async with self._unit_of_work() as uow:
            await self._take(uow, actor, sitting_id, version, planned=state is not SittingState.PLANNED)
            await uow.plan_sittings.change(sitting_id, self._pen.clock.now(), {"state": state.value})
            return await self._finish(uow, actor, sitting_id, state.value)

    async def attach(self, actor: Actor, sitting_id: int, paper: Paper, name: str, content: bytes) -> SittingCard:
        """Attach the agenda or the minutes, instead of what was there; PDF or Word."""
        require_coordinator(actor)
        mime, now = type_of_paper(content), self._pen.clock.now()
        async with self._unit_of_work() as uow:
            if await uow.plan_sittings.find(sitting_id) is None:
                raise NoSuchSitting
            await uow.plan_sittings.lock(sitting_id)
            file_column, name_column = _COLUMNS[paper]
            values = {file_column: await uow.files.keep(content, mime, now), name_column: name[-_LONGEST_NAME:]}
            await uow.plan_sittings.change(sitting_id, now, values)
            return await self._finish(uow, actor, sitting_id, "attached", paper=paper.value)

    async def get_paper(self, actor: Actor, sitting_id: int, paper: Paper) -> PaperFile:
        """Return a paper to whoever may look at the sitting."""
        async with self._unit_of_work() as uow:
            card = await self._look(uow, actor, sitting_id)
            file_id = await uow.plan_sittings.find_paper(sitting_id, _COLUMNS[paper][0])
            if file_id is None:
                raise NoPaper
            file = await uow.files.get(file_id)
        name = card.sitting.agenda_name if paper is Paper.AGENDA else card.sitting.minutes_name
        return PaperFile(name=name, content=file.content)

    async def tie(self, actor: Actor, item_id: int, version: int, sitting_id: int | None) -> None:
        """Let an item go by a sitting (its day holds for it then), or by none (the day stays)."""
        async with self._unit_of_work() as uow:
            card = await self._pen.take(uow, actor, item_id, version)
            sitting = await uow.plan_sittings.find(sitting_id) if sitting_id is not None else None
            if sitting_id is not None and (sitting is None or sitting.plan_id != card.plan.id):
                raise NoSuchSitting
            await uow.plan_sittings.tie([item_id], sitting_id, self._pen.clock.now())
            if sitting is not None and sitting.held_on is not None and sitting.state is SittingState.PLANNED:
                await self._tell(uow, [await self._move(uow, actor, item_id, sitting, sitting.held_on)])
            act = DeskAct.UNTIED if sitting is None else DeskAct.TIED
            await self._pen.finish(uow, actor, card, act, sitting=sitting.title if sitting is not None else "")

    async def _tell(self, uow: SittingsUnitOfWork, moved: Sequence[tuple[int, Sequence[str]] | None]) -> None:
        now = self._pen.clock.now()
        lines = [line for line in moved if line is not None]
        await tell_of_many(uow, NoticeKind.PLAN_ITEM_CHANGED, lines, self._pen.calendar.today(now), now)

    async def _move(
        self, uow: SittingsUnitOfWork, actor: Actor, item_id: int, sitting: Sitting, day: date
    ) -> tuple[int, Sequence[str]] | None:
        """Move what of an item is due at a sitting to its day, what is done stays; return the line and its units."""
        await uow.plans.lock_item(item_id)
        one = await uow.plans.find_planned(item_id)
        instance = instance_of(one, sitting.month) if one is not None else None
        if one is None or instance is None or one.item.state is not ItemState.ACTIVE:
            return None
        told = open_units(one, instance, await uow.plans.load_membership())
        answers = bool(units_of(one.item, await uow.plans.load_membership()))
        if (instance.due == day and not instance.soft and one.item.confirmed) or (answers and not told):
            return None
        now = self._pen.clock.now()
        await uow.plan_changes.move_instance(instance.id, day, now)
        starts = reminds_from(one.item, day, self._pen.calendar.today(now))
        await uow.plan_desk.change_item(item_id, now, {"confirmed": True, "reminds_from": starts})
        before = instance.due.isoformat() if instance.due is not None else ""
        line_id = await uow.plan_desk.note(
            item_id, DeskAct.MOVED.value, now, account_id=actor.account_id, instance_id=instance.id,
            details={"day": day.isoformat(), "from": before, "reason": sitting.title},
        )  # fmt: skip
        return line_id, told

    async def _take(
        self, uow: SittingsUnitOfWork, actor: Actor, sitting_id: int, version: int, *, planned: bool = True
    ) -> Sitting:
        require_coordinator(actor)
        await uow.plan_sittings.lock(sitting_id)
        sitting = await uow.plan_sittings.find(sitting_id)
        if sitting is None:
            raise NoSuchSitting
        if sitting.version != version:
            raise SittingChanged
        if planned is not (sitting.state is SittingState.PLANNED):
            raise SittingOver
        return sitting

    async def _finish(
        self,
        uow: SittingsUnitOfWork,
        actor: Actor,
        sitting_id: int,
        change: str,
        **details: Any,  # noqa: ANN401
    ) -> SittingCard:
        now = self._pen.clock.now()
        await uow.audit.add(
            actor, Act.PLAN_SITTING_CHANGED, f"plan-sitting:{sitting_id}", now, change=change, **details
        )
        card = await self._look(uow, actor, sitting_id)
        await uow.commit()
        self._pen.outbox_bell.ring()
        return card

    async def _look(self, uow: SittingsUnitOfWork, actor: Actor, sitting_id: int) -> SittingCard:
        if actor.frozen:
            raise LinkFrozen
        sitting = await uow.plan_sittings.find(sitting_id)
        own, chief = set(spoken_for(actor)), coordinates(actor)
        if sitting is None:
            raise NoSuchSitting if chief else NotAllowed
        planned = [await uow.plans.find_planned(item_id) for item_id in await uow.plan_sittings.list_tied(sitting_id)]
        items = [one.item for one in planned if one is not None]
        membership = await uow.plans.load_membership()
        shares = (Share.RESPONSIBLE, Share.PARTICIPANT)
        if not chief and not any(own & set(units_of(item, membership, share)) for item in items for share in shares):
            raise NotAllowed
        lines = tuple(
            SittingItem(id=item.id, number=item.number, title=item.title or item.task, state=item.state)
            for item in items
        )
        return SittingCard(sitting=sitting, items=lines, can_change=chief)


async def _plan(uow: SittingsUnitOfWork, plan_id: int) -> Plan:
    plan = await uow.plans.find_plan(plan_id)
    if plan is None or plan.closed:
        raise NoSuchSitting
    return plan
