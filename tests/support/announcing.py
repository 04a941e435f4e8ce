"""Announcements written straight into the tables, for runs that need very many of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from services.db.uow import SqlUnitOfWork
from services.delivery.dto import NewBroadcast, NewNotice, NoticeKind, Urgency

_ANNOUNCE = text("""
    insert into announcements (state, texts, audience, urgency, due_at, recipients, announced_at)
    values ('scheduled', '{}', 'all', :urgency, :now, :recipients, :now) returning id
""")
_WORDED = text("""
    update announcements
    set texts = (select jsonb_object_agg(language, replace(:words, '{id}', id::text))
                 from unnest(array['ky', 'ru', 'en']) language)
    where id = :id
""")
_BEGUN = text("update announcements set state = 'begun', notice_id = :notice where id = :id")
_RECIPIENTS = text("""
    insert into deliveries (notice_id, account_id, ended)
    select :notice, telegram_id, case when blocked_at is null then null else 'blocked' end
    from accounts where telegram_id = any(:accounts)
""")

_A_YEAR = timedelta(days=365)


async def open_broadcast(
    connection: AsyncConnection, words: str, urgency: Urgency, accounts: Sequence[int], now: datetime
) -> int:
    """Begin an announcement to these accounts; `{id}` in its words becomes its number. Returns the notice's id."""
    announcement = await _announce(connection, words, urgency, len(accounts), now)
    broadcast = NewBroadcast(
        kind=NoticeKind.ANNOUNCEMENT,
        payload={"announcement_id": announcement},
        subject=f"announcement:{announcement}",
        urgency=urgency,
    )
    notice = await SqlUnitOfWork(connection, None).broadcasts.open(broadcast, now)
    await connection.execute(_RECIPIENTS, {"notice": notice, "accounts": list(accounts)})
    await connection.execute(_BEGUN, {"id": announcement, "notice": notice})
    return notice


async def leave_single(connection: AsyncConnection, words: str, urgency: Urgency, account: int, now: datetime) -> int:
    """Leave such words for one account in the outbox; returns the notice's id.

    The announcement that holds the words is one of next year: nothing else is made of it.
    """
    announcement = await _announce(connection, words, urgency, 1, now + _A_YEAR)
    occasion = f"single:{announcement}"
    notice = NewNotice(
        kind=NoticeKind.ANNOUNCEMENT,
        account_id=account,
        urgency=urgency,
        payload={"announcement_id": announcement},
        subject=f"announcement:{announcement}",
        occasion=occasion,
        due_at=now,
    )
    await SqlUnitOfWork(connection, None).outbox.add(notice, now)
    found = await connection.execute(text("select id from notices where occasion = :it"), {"it": occasion})
    number: int = found.scalar_one()
    return number


async def _announce(connection: AsyncConnection, words: str, urgency: Urgency, recipients: int, now: datetime) -> int:
    stored = "urgent" if urgency is Urgency.URGENT else "normal"
    written = await connection.execute(_ANNOUNCE, {"urgency": stored, "now": now, "recipients": recipients})
    announcement: int = written.scalar_one()
    await connection.execute(_WORDED, {"id": announcement, "words": words})
    return announcement
