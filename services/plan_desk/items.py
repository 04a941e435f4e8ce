"""The coordinator looks: plans, lists of items, an item, its history."""

from dataclasses import replace
from datetime import date

from services.access import Actor
from services.deadlines.dto import AcademicYear
from services.plan_desk.errors import NoSuchItem
from services.plan_desk.item_dto import DeskHistory, DeskHome, DeskPlan, ItemCard, ItemPage, ItemWish, View
from services.plan_desk.item_rules import duty_lines, figures_of, is_in, line_of, units_named
from services.plan_desk.ports import DeskUnitOfWork
from services.plan_desk.rules import require_coordinator
from services.plans.dto import ItemState
from services.plans.rules import units_of
from services.ports import Calendar, Clock, Factory

_PAGE = 8
_HISTORY_PAGE = 6


class PlanDeskService:
    """Plans, read. `reading`: single statements outside of a transaction."""

    def __init__(self, reading: Factory[DeskUnitOfWork], clock: Clock, calendar: Calendar) -> None:
        self._reading = reading
        self._clock = clock
        self._calendar = calendar

    async def open_desk(self, actor: Actor) -> DeskHome:
        """Return the plans that are not closed or of this year, with their figures, and how many decisions wait."""
        require_coordinator(actor)
        today = self._today()
        async with self._reading() as uow:
            this_year = await uow.plans.list_plans(AcademicYear.of(today))
            plans = [*await uow.plans.list_plans(), *(plan for plan in this_year if plan.closed)]
            planned = await uow.plans.list_planned([plan.id for plan in plans])
            membership = await uow.plans.load_membership()
            waiting = len(await uow.plan_desk.list_waiting())
        lines = [(one.item.plan_id, line_of(one, membership, today)) for one in planned]
        return DeskHome(
            plans=tuple(
                DeskPlan(plan=plan, figures=figures_of(line for of, line in lines if of == plan.id), today=today)
                for plan in plans
            ),
            waiting=waiting,
        )

    async def open_plan(self, actor: Actor, plan_id: int) -> DeskPlan:
        """Return a plan with its figures."""
        require_coordinator(actor)
        today = self._today()
        async with self._reading() as uow:
            plan = await uow.plans.find_plan(plan_id)
            if plan is None:
                raise NoSuchItem
            planned = await uow.plans.list_planned([plan_id])
            membership = await uow.plans.load_membership()
        return DeskPlan(plan=plan, figures=figures_of(line_of(one, membership, today) for one in planned), today=today)

    async def list_items(self, actor: Actor, wish: ItemWish) -> ItemPage:
        """Return a page of a plan's items; a page beyond the last is the last."""
        require_coordinator(actor)
        today = self._today()
        async with self._reading() as uow:
            plan = await uow.plans.find_plan(wish.plan_id)
            if plan is None:
                raise NoSuchItem
            planned = await uow.plans.list_planned([wish.plan_id])
            membership = await uow.plans.load_membership()
            units = await uow.plans.list_units()
        programmes = tuple(dict.fromkeys(one.item.programme for one in planned))
        named = units_named(planned, membership, units)
        code = next((unit.code for unit in named if unit.id == wish.unit_id), None)
        if code is not None:
            planned = [one for one in planned if code in units_of(one.item, membership)]
        if wish.programme is not None and 0 <= wish.programme < len(programmes):
            planned = [one for one in planned if one.item.programme == programmes[wish.programme]]
        lines = [line for one in planned if is_in(line := line_of(one, membership, today), wish.view)]
        if wish.view in {View.OVERDUE, View.OPEN}:
            lines.sort(key=lambda line: line.due or date.max)
        pages = max(1, -(-len(lines) // _PAGE))
        page = min(max(wish.page, 0), pages - 1)
        return ItemPage(
            plan=plan,
            wish=wish,
            lines=tuple(lines[page * _PAGE : (page + 1) * _PAGE]),
            total=len(lines),
            page=page,
            pages=pages,
            programmes=programmes,
            units=tuple(named),
        )

    async def open_item(self, actor: Actor, item_id: int) -> ItemCard:
        """Return an item with everything around it."""
        require_coordinator(actor)
        async with self._reading() as uow:
            return await look_at_item(uow, item_id, self._today())

    async def list_history(self, actor: Actor, item_id: int, page: int) -> DeskHistory:
        """Return a page of what happened to an item."""
        require_coordinator(actor)
        page = max(page, 0)
        async with self._reading() as uow:
            planned = await uow.plans.find_planned(item_id)
            if planned is None:
                raise NoSuchItem
            lines, total = await uow.duties.list_history(item_id, offset=page * _HISTORY_PAGE, limit=_HISTORY_PAGE)
            units = await uow.plans.list_units({line.unit for line in lines})
        named = tuple(
            replace(line, unit=units[line.unit].name.get(actor.language) or line.unit) if line.unit in units else line
            for line in lines
        )
        return DeskHistory(item=planned.item, lines=named, page=page, pages=max(1, -(-total // _HISTORY_PAGE)))

    def _today(self) -> date:
        return self._calendar.today(self._clock.now())


async def look_at_item(uow: DeskUnitOfWork, item_id: int, today: date) -> ItemCard:
    """Return an item with everything around it."""
    planned = await uow.plans.find_planned(item_id)
    plan = await uow.plans.find_plan(planned.item.plan_id) if planned is not None else None
    if planned is None or plan is None or planned.item.state is ItemState.REMOVED:
        raise NoSuchItem
    duties = duty_lines(planned, await uow.plans.load_membership(), today)
    item = planned.item
    codes = {
        *(party.code for party in item.parties),
        *(line.unit_code for line in duties),
        *(code for piece in item.unresolved for code in piece.candidates),
    }
    return ItemCard(
        plan=plan,
        planned=planned,
        duties=duties,
        units=await uow.plans.list_units(codes),
        said=await uow.duties.count_said(item_id) if item.count_target else 0,
        today=today,
        sitting=await uow.plan_changes.sitting_title(item.sitting_id) if item.sitting_id is not None else "",
    )
