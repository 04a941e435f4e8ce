"""Notices left for people, as features leave them."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from services.delivery.dto import IfLate, NewBroadcast, NewNotice, NoticeKind, Urgency
from services.languages import Language
from tests.support.office import Office, rows


async def leave(
    office: Office, account: int, occasion: str, *, urgency: Urgency = Urgency.NORMAL,
    late_after: timedelta | None = None,
) -> None:  # fmt: skip
    """Leave a notice for one account."""
    now = office.clock.now()
    async with office.unit_of_work() as uow:
        if await uow.accounts.find(account, Language.KY, now.date()) is None:
            await uow.accounts.see(account, now)
            await uow.commit()
    notice = NewNotice(
        kind=NoticeKind.LINK_MOVED, account_id=account, urgency=urgency, payload={}, subject="person:1",
        occasion=occasion, due_at=now, late_after=late_after,
    )  # fmt: skip
    async with office.unit_of_work() as uow:
        await uow.outbox.add(notice, now)
        await uow.commit()


async def broadcast(
    office: Office, connection: AsyncConnection, accounts: Sequence[int], *, urgency: Urgency = Urgency.NORMAL,
    late_after: timedelta | None = None, if_late: IfLate = IfLate.ASK,
) -> int:  # fmt: skip
    """Open a broadcast for these accounts; returns the notice's id."""
    known = (
        "insert into accounts (telegram_id, first_seen_at, last_seen_at) select id, :now, :now"
        " from unnest(cast(:accounts as bigint[])) as id on conflict do nothing returning 1"
    )
    await rows(connection, known, now=office.clock.now(), accounts=list(accounts))
    new = NewBroadcast(
        kind=NoticeKind.LINK_RELEASED, payload={}, subject="announcement:1", urgency=urgency, late_after=late_after,
        if_late=if_late,
    )  # fmt: skip
    async with office.unit_of_work() as uow:
        notice_id = await uow.broadcasts.open(new, office.clock.now())
        await uow.commit()
    frozen = (
        "insert into deliveries (notice_id, account_id, ended) select :notice, telegram_id,"
        " case when blocked_at is not null then 'blocked' end from accounts"
        " where telegram_id = any(:accounts) order by 2 returning id"
    )
    await rows(connection, frozen, notice=notice_id, accounts=list(accounts))
    return notice_id


def readers(office: Office) -> list[int]:
    """Who was sent something, in the order of the requests."""
    return [chat for chat, _message, _file in office.messenger.sent]
