"""The outbox as features see it: notices are left for one account, and for somebody who comes back."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, insert, null, select, text, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import DateTime

from services.db.models import Delivery, Message, Notice
from services.delivery.dto import NewNotice

_MOMENTS = (bindparam("now", type_=DateTime(timezone=True)), bindparam("since", type_=DateTime(timezone=True)))

# Broadcasts are fed anew; a message of its own goes out again as it is.
_RESUME_DELIVERIES = text("""
    with again as (
        update deliveries d set message_id = null, ended = null
        from broadcasts b
        where d.account_id = :account and b.notice_id = d.notice_id and b.opened_at >= :since
          and b.state in ('open', 'paused', 'stopped', 'done')
          and (d.ended = 'blocked'
               or exists (select from messages m where m.id = d.message_id and m.state = 'blocked'))
        returning d.notice_id
    )
    update broadcasts
    set state = case when state = 'done' then 'open' else state end, ended_at = null, look_at = :now
    where notice_id in (select notice_id from again)
""").bindparams(*_MOMENTS)

_RESUME_MESSAGES = text("""
    update messages m set state = 'pending', due_at = :now, worker = null, settled_at = null, error = null
    where m.id in (select message_id from deliveries where account_id = :account)
      and m.state = 'blocked' and m.created_at >= :since
""").bindparams(*_MOMENTS)

# Each message carries one notice; which of an account's messages carries which of its notices makes no difference.
_ADD_ALL = text("""
    with given as (
        select * from jsonb_to_recordset(:notices) as g(
            occasion text, kind text, account bigint, urgency text, payload jsonb, subject text, late_after float8,
            due_at timestamptz)
    ), told as (
        insert into notices (kind, payload, subject, occasion, late_after, created_at)
        select kind, payload, subject, occasion, make_interval(secs => late_after), :now from given
        on conflict do nothing
        returning id, occasion
    ), wanted as (
        select t.id, g.account, g.urgency, g.due_at,
               row_number() over (partition by g.account, g.urgency, g.due_at order by t.id) as place
        from told t join given g using (occasion)
    ), carried as (
        insert into messages (chat_id, urgency, state, due_at, created_at)
        select account, urgency, 'pending', due_at, :now from wanted order by id
        returning id, chat_id, urgency, due_at
    ), numbered as (
        select id, chat_id, urgency, due_at,
               row_number() over (partition by chat_id, urgency, due_at order by id) as place
        from carried
    )
    insert into deliveries (notice_id, account_id, message_id)
    select w.id, w.account, n.id from wanted w
    join numbered n on (n.chat_id, n.urgency, n.place) = (w.account, w.urgency, w.place)
        and n.due_at is not distinct from w.due_at
    returning id
""").bindparams(bindparam("notices", type_=JSONB), bindparam("now", type_=DateTime(timezone=True)))


class SqlOutbox:
    """Where features leave messages."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, notice: NewNotice, now: datetime) -> bool:
        """Leave a notice; False if its occasion was told before."""
        statement = upsert(Notice).values(
            kind=notice.kind.value,
            payload=dict(notice.payload),
            subject=notice.subject,
            occasion=notice.occasion,
            late_after=notice.late_after,
            created_at=now,
        )
        written = await self._connection.execute(statement.on_conflict_do_nothing().returning(Notice.id))
        notice_id = written.scalar_one_or_none()
        if notice_id is None:
            return False
        message_id = await self._connection.scalar(
            insert(Message)
            .values(
                chat_id=notice.account_id,
                urgency=notice.urgency.value,
                state="pending",
                due_at=notice.due_at if notice.due_at is not None else null(),
                created_at=now,
            )
            .returning(Message.id)
        )
        await self._connection.execute(
            insert(Delivery).values(notice_id=notice_id, account_id=notice.account_id, message_id=message_id)
        )
        return True

    async def add_all(self, notices: Sequence[NewNotice], now: datetime) -> int:
        """Leave many notices by one statement; return how many, without those whose occasion was told before."""
        given = [
            {
                "occasion": notice.occasion,
                "kind": notice.kind.value,
                "account": notice.account_id,
                "urgency": notice.urgency.value,
                "payload": dict(notice.payload),
                "subject": notice.subject,
                "late_after": None if notice.late_after is None else notice.late_after.total_seconds(),
                "due_at": None if notice.due_at is None else notice.due_at.isoformat(),
            }
            for notice in notices
        ]
        left = await self._connection.execute(_ADD_ALL, {"notices": given, "now": now})
        return len(left.all())

    async def release(self, subject: str, now: datetime) -> None:
        """Let the waiting messages of a subject go out."""
        about = (
            select(Delivery.message_id).join(Notice, Notice.id == Delivery.notice_id).where(Notice.subject == subject)
        )
        await self._connection.execute(
            update(Message)
            .where(Message.id.in_(about), Message.state == "pending", Message.due_at.is_(None))
            .values(due_at=now)
        )

    async def resume(self, account_id: int, since: datetime, now: datetime) -> None:
        """Let what was not delivered since then because the account had stopped the bot go out after all."""
        known = {"account": account_id, "since": since, "now": now}
        await self._connection.execute(_RESUME_DELIVERIES, known)
        await self._connection.execute(_RESUME_MESSAGES, known)
