"""A duty as its unit sees it, loaded with everything around it."""

from dataclasses import replace
from datetime import date

from services.access import Actor
from services.duties.dto import DutyCard, DutyKey
from services.duties.errors import NoSuchDuty
from services.duties.ports import DutiesUnitOfWork
from services.duties.rules import require_unit, share_of
from services.plans.dto import ItemState
from services.plans.rules import counted, standing_of


async def look(uow: DutiesUnitOfWork, actor: Actor, key: DutyKey, today: date, *, to_change: bool = False) -> DutyCard:
    """Return a duty for whoever speaks for its unit; `to_change`: others wait until the end of the transaction."""
    unit = await uow.plans.find_unit(key.unit_id)
    if unit is None:
        raise NoSuchDuty
    require_unit(actor, unit.code)
    instance = await uow.plans.find_instance(key.instance_id)
    if instance is not None and to_change:
        await uow.plans.lock_item(instance.item_id)
        instance = await uow.plans.find_instance(key.instance_id)
    planned = await uow.plans.find_planned(instance.item_id) if instance is not None else None
    if instance is None or planned is None or planned.item.state is ItemState.REMOVED:
        raise NoSuchDuty
    share = share_of(planned.item, unit.code, await uow.plans.load_membership())
    if share is None:
        raise NoSuchDuty
    plan = await uow.plans.find_plan(planned.item.plan_id)
    duty = planned.find_duty(instance.id, unit.code)
    card = DutyCard(
        planned=planned,
        instance=instance,
        duty=duty,
        unit=unit,
        share=share,
        standing=standing_of(counted(instance, confirmed=planned.item.confirmed), duty, today),
        today=today,
        units=await uow.plans.list_units({unit.code, *(party.code for party in planned.item.parties)}),
        open_plan=plan is not None and not plan.closed,
    )
    return await _with_words(uow, card)


async def _with_words(uow: DutiesUnitOfWork, card: DutyCard) -> DutyCard:
    """Add what the unit said so far, and how much of what is counted all units reported."""
    said = await uow.duties.count_said(card.item.id) if card.item.count_target else 0
    if card.duty is None:
        return replace(card, said=said)
    return replace(
        card,
        said=said,
        reports=await uow.duties.list_reports(card.duty.id),
        extension=await uow.duties.find_extension(card.duty.id),
        holder=await _find_holder(uow, card.duty.person_id, card),
    )


async def _find_holder(uow: DutiesUnitOfWork, person_id: int | None, card: DutyCard) -> str:
    """Return the name of the colleague it was handed on to; when they leave the unit it is back with its heads."""
    if person_id is None:
        return ""
    colleagues = await uow.duties.list_colleagues(card.unit.code, card.today)
    return next((one.name for one in colleagues if one.person_id == person_id), "")
