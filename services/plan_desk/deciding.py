"""Reports, extensions and disputes are decided, the oldest first; of several coordinators the first one does it."""

from collections import Counter
from datetime import date, timedelta

from services.access import Actor
from services.audit.dto import Act
from services.delivery.dto import NoticeKind
from services.duties.dto import Outcome
from services.plan_desk.dto import DecisionCard, DecisionKey, DecisionKind, DeskAct, WaitingPage
from services.plan_desk.errors import DayUnusable, DecisionGone, NoSuchUnit
from services.plan_desk.notices import tell_units
from services.plan_desk.ports import DecisionsUnitOfWork
from services.plan_desk.rules import alias_of, check_day, given_to, naming_party, read_words, require_coordinator
from services.plans.dto import DutyState, ItemState
from services.plans.rules import standing_of
from services.ports import Bell, Calendar, Clock, Factory

_PAGE = 8
_TOLD_OF = {
    DecisionKind.REPORT: NoticeKind.PLAN_REPORT_DECIDED,
    DecisionKind.EXTENSION: NoticeKind.PLAN_EXTENSION_DECIDED,
    DecisionKind.DISPUTE: NoticeKind.PLAN_DISPUTE_DECIDED,
}
_NOTED_AS = {
    DecisionKind.REPORT: Act.PLAN_REPORT_DECIDED,
    DecisionKind.EXTENSION: Act.PLAN_EXTENSION_DECIDED,
    DecisionKind.DISPUTE: Act.PLAN_DISPUTE_DECIDED,
}


class DecisionService:
    """What units ask of coordinators. The item is locked, and what waits is looked at again, before it is decided."""

    def __init__(
        self, unit_of_work: Factory[DecisionsUnitOfWork], clock: Clock, calendar: Calendar, outbox_bell: Bell
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar
        self._outbox_bell = outbox_bell

    async def list_waiting(self, actor: Actor, kind: DecisionKind | None = None, page: int = 0) -> WaitingPage:
        """Return a page of what waits; a page beyond the last is the last."""
        require_coordinator(actor)
        async with self._unit_of_work() as uow:
            lines = await uow.plan_desk.list_waiting()
            chosen = [line for line in lines if kind in {None, line.key.kind}]
            pages = max(1, -(-len(chosen) // _PAGE))
            page = min(max(page, 0), pages - 1)
            shown = tuple(chosen[page * _PAGE : (page + 1) * _PAGE])
            units = await uow.plans.list_units({line.unit_code for line in shown})
        counts = Counter(line.key.kind for line in lines)
        return WaitingPage(lines=shown, counts=counts, units=units, kind=kind, page=page, pages=pages)

    async def open(self, actor: Actor, key: DecisionKey) -> DecisionCard:
        """Return what waits with everything around it."""
        require_coordinator(actor)
        async with self._unit_of_work() as uow:
            return await self._look(uow, key)

    async def accept_report(self, actor: Actor, report_id: int) -> DecisionCard:
        """Accept a report: one that says done makes the duty done on the day of the report, also what came before."""
        async with self._unit_of_work() as uow:
            card = await self._begin(uow, actor, DecisionKey(kind=DecisionKind.REPORT, id=report_id))
            report, now = card.report, self._clock.now()
            if report is None:
                raise DecisionGone
            await uow.plan_desk.decide_report(report_id, "accepted", "", now, actor.account_id)
            if report.outcome is Outcome.DONE:
                await uow.plan_desk.accept_earlier(card.duty.id, now, actor.account_id)
                done = {"state": DutyState.DONE.value, "done_on": report.reported_on}
                await uow.duties.put(card.instance.id, card.unit.code, done, now)
            await self._tell(uow, actor, card, DeskAct.REPORT_ACCEPTED, report=report_id, outcome=report.outcome.value)
            await uow.commit()
        return self._rung(card)

    async def return_report(self, actor: Actor, report_id: int, comment: str) -> DecisionCard:
        """Return a report with a comment; the unit completes it and reports again."""
        async with self._unit_of_work() as uow:
            card = await self._begin(uow, actor, DecisionKey(kind=DecisionKind.REPORT, id=report_id))
            words, now, report = read_words(comment), self._clock.now(), card.report
            if report is None:
                raise DecisionGone
            await uow.plan_desk.decide_report(report_id, "returned", words, now, actor.account_id)
            if report.outcome is Outcome.DONE or card.duty.state is DutyState.ACCEPTED:
                returned = {"state": DutyState.RETURNED.value}
                await uow.duties.put(card.instance.id, card.unit.code, returned, now)
            await self._tell(uow, actor, card, DeskAct.REPORT_RETURNED, report=report_id, comment=words)
            await uow.commit()
        return self._rung(card)

    async def grant(self, actor: Actor, extension_id: int, day: date | None = None) -> DecisionCard:
        """Grant the later day that was asked for, or another one; it holds for this unit alone."""
        async with self._unit_of_work() as uow:
            card = await self._begin(uow, actor, DecisionKey(kind=DecisionKind.EXTENSION, id=extension_id))
            granted, now = day or card.asked.wanted, self._clock.now()
            if granted is None:
                raise DecisionGone
            if day is not None:
                await _check_granted(uow, card, day)
            await uow.plan_desk.decide_extension(extension_id, granted, "", now, actor.account_id)
            extended = {"state": card.duty.state.value, "due": granted, "due_version": card.duty.due_version + 1}
            await uow.duties.put(card.instance.id, card.unit.code, extended, now)
            await self._tell(uow, actor, card, DeskAct.EXTENSION_GRANTED, day=granted.isoformat())
            await uow.commit()
        return self._rung(card)

    async def refuse(self, actor: Actor, extension_id: int, comment: str) -> DecisionCard:
        """Refuse a later day with a comment; the present one holds."""
        async with self._unit_of_work() as uow:
            card = await self._begin(uow, actor, DecisionKey(kind=DecisionKind.EXTENSION, id=extension_id))
            words, now = read_words(comment), self._clock.now()
            await uow.plan_desk.decide_extension(extension_id, None, words, now, actor.account_id)
            await self._tell(uow, actor, card, DeskAct.EXTENSION_REFUSED, comment=words)
            await uow.commit()
        return self._rung(card)

    async def release(self, actor: Actor, key: DecisionKey) -> DecisionCard:
        """Agree that it is not the unit's business."""
        async with self._unit_of_work() as uow:
            card = await self._begin(uow, actor, key)
            await self._let_go(uow, card)
            await self._tell(uow, actor, card, DeskAct.RELEASED)
            await uow.commit()
        return self._rung(card)

    async def give_to(self, actor: Actor, key: DecisionKey, unit_id: int) -> DecisionCard:
        """Agree, and give it to another unit, for which the printed words stand from now on."""
        async with self._unit_of_work() as uow:
            card = await self._begin(uow, actor, key)
            other = await uow.plans.find_unit(unit_id)
            membership = await uow.plans.load_membership()
            old = naming_party(card.item, card.unit.code, membership)
            if other is None or other.code == card.unit.code or old is None:
                raise NoSuchUnit
            by_name, now = old.code == card.unit.code, self._clock.now()
            parties = given_to(card.item, old, other.code, by_name=by_name)
            await uow.plan_desk.put_parties(card.item.id, parties)
            await uow.plan_desk.change_item(card.item.id, now, {})
            alias = alias_of(parties, old.text) if by_name else None
            await uow.plan_import.learn([alias] if alias else [], now, actor.account_id)
            await self._let_go(uow, card)
            await self._tell(uow, actor, card, DeskAct.RELEASED, to=other.code)
            await self._tell_new_unit(uow, actor, card, other.code)
            await uow.commit()
        return self._rung(card)

    async def keep(self, actor: Actor, key: DecisionKey, comment: str) -> DecisionCard:
        """Say with a comment that it is the unit's business."""
        async with self._unit_of_work() as uow:
            card = await self._begin(uow, actor, key)
            words = read_words(comment)
            back = DutyState.ACCEPTED if card.duty.accepted_at is not None else DutyState.OPEN
            kept = {"state": back.value, "reason": ""}
            await uow.duties.put(card.instance.id, card.unit.code, kept, self._clock.now())
            await self._tell(uow, actor, card, DeskAct.KEPT, comment=words)
            await uow.commit()
        return self._rung(card)

    async def _begin(self, uow: DecisionsUnitOfWork, actor: Actor, key: DecisionKey) -> DecisionCard:
        """Return what waits, nobody else deciding about it meanwhile; or refuse what is decided."""
        require_coordinator(actor)
        asked = await uow.plan_desk.find_asked(key.kind, key.id)
        instance = await uow.plans.find_instance(asked.instance_id) if asked is not None else None
        if instance is None:
            raise DecisionGone
        await uow.plans.lock_item(instance.item_id)
        return await self._look(uow, key)

    async def _look(self, uow: DecisionsUnitOfWork, key: DecisionKey) -> DecisionCard:
        asked = await uow.plan_desk.find_asked(key.kind, key.id)
        instance = await uow.plans.find_instance(asked.instance_id) if asked is not None else None
        planned = await uow.plans.find_planned(instance.item_id) if instance is not None else None
        if asked is None or instance is None or planned is None or planned.item.state is not ItemState.ACTIVE:
            raise DecisionGone
        duty = planned.find_duty(instance.id, asked.unit_code)
        units = await uow.plans.list_units({asked.unit_code})
        if duty is None or asked.unit_code not in units or asked.key.version != key.version:
            raise DecisionGone
        today = self._calendar.today(self._clock.now())
        return DecisionCard(
            asked=asked,
            planned=planned,
            instance=instance,
            duty=duty,
            unit=units[asked.unit_code],
            standing=standing_of(instance, duty, today),
            today=today,
            reports=await uow.duties.list_reports(duty.id),
            said=await uow.duties.count_said(planned.item.id) if planned.item.count_target else 0,
            total=len(await uow.plan_desk.list_waiting()),
        )

    async def _let_go(self, uow: DecisionsUnitOfWork, card: DecisionCard) -> None:
        released = {"state": DutyState.RELEASED.value}
        await uow.duties.put(card.instance.id, card.unit.code, released, self._clock.now())

    async def _tell(
        self, uow: DecisionsUnitOfWork, actor: Actor, card: DecisionCard, act: DeskAct, **details: object
    ) -> None:
        """Write a decision into the item's history and the audit, and tell the unit."""
        now, kind = self._clock.now(), card.asked.key.kind
        line_id = await uow.plan_desk.note(
            card.item.id, act.value, now, account_id=actor.account_id,
            instance_id=card.instance.id, unit_code=card.unit.code, details=details,
        )  # fmt: skip
        await uow.audit.add(
            actor, _NOTED_AS[kind], f"plan-item:{card.item.id}", now, decision=act.value, duty=card.duty.id
        )
        await tell_units(uow, _TOLD_OF[kind], line_id, [card.unit.code], card.today, now)

    async def _tell_new_unit(self, uow: DecisionsUnitOfWork, actor: Actor, card: DecisionCard, code: str) -> None:
        now = self._clock.now()
        line_id = await uow.plan_desk.note(
            card.item.id, DeskAct.GIVEN.value, now, account_id=actor.account_id,
            instance_id=card.instance.id, unit_code=code, details={"from": card.unit.code},
        )  # fmt: skip
        if card.item.confirmed:
            await tell_units(uow, NoticeKind.PLAN_ITEM_CHANGED, line_id, [code], card.today, now)

    def _rung(self, card: DecisionCard) -> DecisionCard:
        self._outbox_bell.ring()
        return card


async def _check_granted(uow: DecisionsUnitOfWork, card: DecisionCard, day: date) -> None:
    """Refuse another day that is not later than the present one, or no day of the plan."""
    plan = await uow.plans.find_plan(card.item.plan_id)
    if plan is None:
        raise DecisionGone
    check_day(day, plan.year)
    if card.due is not None and not card.instance.soft and day <= card.due:
        raise DayUnusable(card.due + timedelta(days=1), plan.year.end)
