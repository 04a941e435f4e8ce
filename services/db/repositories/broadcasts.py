"""Notices for many: their deliveries wait without a message until their turn comes."""

from collections.abc import Collection, Sequence
from dataclasses import fields
from datetime import datetime

from sqlalchemy import bindparam, case, insert, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import BigInteger, DateTime, String

from services.db.models import Broadcast, Notice
from services.delivery.dto import BroadcastState, NewBroadcast, Outcome, Tally

# Channels and groups are no recipients: `SqlChannelRepository.list_posts` says how they stand.
_TALLY = text("""
    select case when d.ended is not null then d.ended
                when d.message_id is null and b.state = 'cancelled' then 'cancelled'
                when d.message_id is null or m.state in ('claimed', 'sending') then 'pending'
                else m.state end as stands,
           count(*)
    from broadcasts b
    join deliveries d on d.notice_id = b.notice_id
    left join messages m on m.id = d.message_id
    where b.notice_id = :notice and d.account_id > 0
    group by stands
""")

# What nobody has in hand waits in its delivery again.
_TAKE_BACK = text("""
    with taken as (
        select m.id from messages m
        where m.state = 'pending'
          and exists (select from deliveries d where d.message_id = m.id and d.notice_id = :notice)
        for update of m
    ), freed as (
        update deliveries set message_id = null where notice_id = :notice and message_id in (select id from taken)
    )
    select id from taken
""")

# In a statement of its own: only that sees what another transaction added while the messages were waited for.
_DISCARD_EMPTY = text("""
    delete from messages m where id = any(:ids) and not exists (select from deliveries d where d.message_id = m.id)
""").bindparams(bindparam("ids", type_=ARRAY(BigInteger)))

# The message that ended stays as it is, and says what was; the delivery waits for another one.
_WAIT_AGAIN = text("""
    update deliveries d set message_id = null
    from messages m
    where d.notice_id = :notice and m.id = d.message_id and m.state = any(:states)
""").bindparams(bindparam("states", type_=ARRAY(String)))

# Where the right was lost and is there again, a channel gets it with those that failed; people get it by themselves.
_WAIT_AGAIN_IN_CHANNELS = text("""
    update deliveries d set message_id = null, ended = null
    from channels c
    where d.notice_id = :notice and c.chat_id = d.account_id and c.lost_at is null and c.state = 'registered'
      and (d.ended = 'blocked' or exists (select from messages m where m.id = d.message_id and m.state = 'blocked'))
""")

_OPEN_AGAIN = text("""
    update broadcasts set state = case when state = 'done' then 'open' else state end, ended_at = null, look_at = :now
    where notice_id = :notice and state <> 'cancelled' returning notice_id
""").bindparams(bindparam("now", type_=DateTime(timezone=True)))


class SqlBroadcastRepository:
    """Broadcasts by the id of their notice."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def open(self, broadcast: NewBroadcast, now: datetime) -> int:
        """Open one that has no recipients yet."""
        written = await self._connection.execute(
            insert(Notice)
            .values(
                kind=broadcast.kind.value,
                payload=dict(broadcast.payload),
                subject=broadcast.subject,
                late_after=broadcast.late_after,
                if_late=broadcast.if_late.value,
                created_at=now,
            )
            .returning(Notice.id)
        )
        notice_id = written.scalar_one()
        await self._connection.execute(
            insert(Broadcast).values(notice_id=notice_id, urgency=broadcast.urgency.value, opened_at=now, look_at=now)
        )
        return notice_id

    async def get_state(self, notice_id: int) -> BroadcastState:
        """Return how far it is."""
        found = await self._connection.execute(select(Broadcast.state).where(Broadcast.notice_id == notice_id))
        return BroadcastState(found.scalar_one())

    async def tally(self, notice_id: int) -> Tally:
        """Count how its recipients stand."""
        rows = await self._connection.execute(_TALLY, {"notice": notice_id})
        counted = {row[0]: row[1] for row in rows}
        return Tally(**{field.name: counted.get(field.name, 0) for field in fields(Tally)})

    async def pause(self, notice_id: int) -> bool:
        """Let nothing more of it go out."""
        going = [BroadcastState.OPEN, BroadcastState.STOPPED]
        if not await self._change(notice_id, going, state=BroadcastState.PAUSED.value, fault=None):
            return False
        await self._take_back(notice_id)
        return True

    async def resume(self, notice_id: int, now: datetime) -> bool:
        """Go on with one that is paused or stopped; whether the first ones fail alike is looked at anew."""
        on_trial = case((Broadcast.trial_from.is_not(None), now))
        waiting = [BroadcastState.PAUSED, BroadcastState.STOPPED]
        return await self._change(
            notice_id, waiting, state=BroadcastState.OPEN.value, look_at=now, fault=None, trial_from=on_trial
        )

    async def stop(self, notice_id: int, fault: str) -> bool:
        """Let nothing more of it go out, because the first ones all failed alike."""
        stopped = {"state": BroadcastState.STOPPED.value, "fault": fault}
        if not await self._change(notice_id, [BroadcastState.OPEN], **stopped):
            return False
        await self._take_back(notice_id)
        return True

    async def spare(self, notice_id: int) -> None:
        """Let it go on however its first ones fail."""
        await self._change(notice_id, [BroadcastState.OPEN], trial_from=None)

    async def find_fault(self, notice_id: int) -> str:
        """Return why it was stopped; empty if it was not."""
        found = await self._connection.scalar(select(Broadcast.fault).where(Broadcast.notice_id == notice_id))
        return found or ""

    async def cancel(self, notice_id: int, now: datetime) -> bool:
        """End it."""
        unfinished = [BroadcastState.OPEN, BroadcastState.PAUSED, BroadcastState.STOPPED]
        if not await self._change(notice_id, unfinished, state=BroadcastState.CANCELLED.value, ended_at=now):
            return False
        await self._take_back(notice_id)
        return True

    async def send_again(self, notice_id: int, outcomes: Collection[Outcome], now: datetime) -> int:
        """Let those wait again who ended so."""
        opened = await self._connection.execute(_OPEN_AGAIN, {"notice": notice_id, "now": now})
        if opened.one_or_none() is None:
            return 0
        states = [outcome.value for outcome in outcomes]
        waiting = await self._connection.execute(_WAIT_AGAIN, {"notice": notice_id, "states": states})
        if Outcome.FAILED not in outcomes:
            return waiting.rowcount
        posts = await self._connection.execute(_WAIT_AGAIN_IN_CHANNELS, {"notice": notice_id})
        return waiting.rowcount + posts.rowcount

    async def _take_back(self, notice_id: int) -> None:
        taken = await self._connection.scalars(_TAKE_BACK, {"notice": notice_id})
        await discard_empty(self._connection, taken.all())

    async def _change(self, notice_id: int, states: Collection[BroadcastState], **values: object) -> bool:
        changed = await self._connection.execute(
            update(Broadcast)
            .where(Broadcast.notice_id == notice_id, Broadcast.state.in_([state.value for state in states]))
            .values(**values)
        )
        return changed.rowcount == 1


async def discard_empty(connection: AsyncConnection, message_ids: Sequence[int]) -> None:
    """Delete of these messages those that carry nothing any more; a digest stays for what else it carries."""
    await connection.execute(_DISCARD_EMPTY, {"ids": list(message_ids)})
