"""Lines that units leave in an item's history."""

from datetime import datetime

from services.access import Actor
from services.duties.dto import DutyCard, HistoryAct
from services.duties.ports import DutiesUnitOfWork


async def note_act(
    uow: DutiesUnitOfWork, actor: Actor, card: DutyCard, act: HistoryAct, now: datetime, **details: object
) -> None:
    """Write what somebody did about a duty into the history of its item."""
    await uow.plans.note(
        card.item.id,
        act.value,
        now,
        account_id=actor.account_id,
        instance_id=card.instance.id,
        unit_code=card.unit.code,
        details=details,
    )
