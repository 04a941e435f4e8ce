"""Reading plans once for whatever is made of them."""

import asyncio
from collections.abc import Sequence
from datetime import date

from services.access import Actor
from services.plan_reports.dto import Figures, Scope
from services.plan_reports.errors import NothingPlanned
from services.plan_reports.figures import figures_of
from services.plan_reports.ports import PlanReportsUnitOfWork
from services.plan_reports.quarters import academic_year_of
from services.plan_reports.rights import scope_of
from services.plans.dto import Membership, NamedUnit, Plan, PlannedItem


async def load_scope(uow: PlanReportsUnitOfWork, actor: Actor) -> tuple[Scope, Membership, dict[str, NamedUnit]]:
    """Return what somebody may see, and by what that is known."""
    membership, units = await uow.plans.load_membership(), await uow.plans.list_units()
    return scope_of(actor, membership, units), membership, units


async def load_plans(uow: PlanReportsUnitOfWork, plan_id: int, day: date) -> list[Plan]:
    """Return one plan, or (0) those of the academic year of a day, or else those that are open.

    Raises:
        NothingPlanned: there are none.
    """
    if plan_id:
        plan = await uow.plans.find_plan(plan_id)
        plans = [plan] if plan is not None else []
    else:
        plans = await uow.plans.list_plans(academic_year_of(day)) or await uow.plans.list_plans()
    if not plans:
        raise NothingPlanned
    return plans


async def load_figures(
    uow: PlanReportsUnitOfWork, actor: Actor, plans: Sequence[Plan], day: date
) -> tuple[Figures, list[PlannedItem]]:
    """Return figures of plans on a day, and the items that they were made of (those out of sight too)."""
    scope, membership, units = await load_scope(uow, actor)
    planned = await uow.plans.list_planned([plan.id for plan in plans])
    # Twenty thousand items take a second: others are served meanwhile.
    return await asyncio.to_thread(figures_of, plans, planned, membership, units, scope, day), planned
