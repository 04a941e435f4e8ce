"""What units and coordinators are told, as the outbox takes it: ids, never words."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from services.delivery.dto import NewNotice, NoticeKind, Urgency
from services.plan_desk.ports import DecisionsUnitOfWork

#: The morning's word is of no use on another day.
_MORNING_LATE_AFTER = timedelta(hours=4)


async def tell_units(
    uow: DecisionsUnitOfWork, kind: NoticeKind, line_id: int, codes: Iterable[str], today: date, now: datetime
) -> int:
    """Tell everybody who speaks for these units of a line of an item's history, once; return how many are told."""
    return await tell_of_many(uow, kind, [(line_id, tuple(codes))], today, now)


async def tell_of_many(
    uow: DecisionsUnitOfWork, kind: NoticeKind, lines: Sequence[tuple[int, Sequence[str]]], today: date, now: datetime
) -> int:
    """Tell units of lines of history, each with the units that it is for; everybody gets one message for all of it."""
    concerned: dict[str, list[int]] = {}
    for line_id, codes in lines:
        for code in dict.fromkeys(codes):
            concerned.setdefault(code, []).append(line_id)
    people: dict[int, list[str]] = {}
    for code, account_id in await uow.plan_desk.list_people(tuple(concerned), today):
        people.setdefault(account_id, []).append(code)
    units = await uow.plans.list_units(set(concerned))
    notices = []
    for account_id, all_codes in people.items():
        codes = [code for code in all_codes if code in units]
        if not codes:
            continue
        told = dict.fromkeys(line_id for code in codes for line_id in concerned[code])
        first = next(iter(told))
        notices.append(
            NewNotice(
                kind=kind,
                account_id=account_id,
                urgency=Urgency.NORMAL,
                payload={"line_id": first, "unit_id": units[codes[0]].id, "more": len(told) - 1},
                subject=f"plan-line:{first}",
                occasion=f"{kind.value}:{first}:{account_id}",
                due_at=now,
            )
        )
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


def materials_wanted(sitting_id: int, unit_code: str, unit_id: int, account_id: int, now: datetime) -> NewNotice:
    """Ask a unit for its materials of a sitting, once."""
    return NewNotice(
        kind=NoticeKind.PLAN_MATERIALS,
        account_id=account_id,
        urgency=Urgency.NORMAL,
        payload={"sitting_id": sitting_id, "unit_id": unit_id},
        subject=f"plan-sitting:{sitting_id}",
        occasion=f"plan-materials:{sitting_id}:{unit_code}:{account_id}",
        due_at=now,
    )
