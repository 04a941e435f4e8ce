"""What units and coordinators are told, as the outbox takes it: ids, never words."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from services.delivery.dto import NewNotice, NoticeKind, Urgency
from services.plan_desk.ports import DecisionsUnitOfWork

#: The morning's word is of no use on another day.
_MORNING_LATE_AFTER = timedelta(hours=4)


async def tell_units(
    uow: DecisionsUnitOfWork, kind: NoticeKind, line_id: int, codes: Iterable[str], today: date, now: datetime
) -> int:
    """Tell everybody who speaks for these units of a line of an item's history, once; return how many are told."""
    named = dict.fromkeys(codes)
    people: dict[int, str] = {}
    for code, account_id in await uow.plan_desk.list_people(tuple(named), today):
        people.setdefault(account_id, code)
    units = await uow.plans.list_units(set(people.values()))
    notices = [
        NewNotice(
            kind=kind,
            account_id=account_id,
            urgency=Urgency.NORMAL,
            payload={"line_id": line_id, "unit_id": units[code].id},
            subject=f"plan-line:{line_id}",
            occasion=f"{kind.value}:{line_id}:{account_id}",
            due_at=now,
        )
        for account_id, code in people.items()
        if code in units
    ]
    return await uow.outbox.add_all(notices, now) if notices else 0


def decisions_wait(account_id: int, day: date, now: datetime) -> NewNotice:
    """Tell a coordinator in the morning what waits."""
    return NewNotice(
        kind=NoticeKind.PLAN_DECISIONS_WAIT,
        account_id=account_id,
        urgency=Urgency.NORMAL,
        payload={"day": day.isoformat()},
        subject=f"plan-decisions:{day.isoformat()}",
        occasion=f"plan-decisions:{day.isoformat()}:{account_id}",
        due_at=now,
        late_after=_MORNING_LATE_AFTER,
    )
