"""From the deliveries of broadcasts, a few at a time, into the queue of messages; and what came too late."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import DateTime, Interval

from services.db.repositories.broadcasts import discard_empty
from services.db.repositories.message_queue import DISTURBS, HUSH, NOW, STOPPED, hush_values
from services.delivery.dto import FailingBroadcast, LateBroadcast, Reading

_FIRST = 20  # that many are enough to see that nobody gets it
_LOOK_AGAIN = timedelta(seconds=30)  # where all that are left have their quiet hours

# Broadcasts take turns, the urgent ones first; of two replicas one feeds a broadcast, the other the next.
_NEXT = text("""
    select notice_id, urgency from broadcasts where state = 'open' and look_at <= :now
    order by urgency = 'urgent' desc, fed_at nulls first, notice_id limit 1 for update skip locked
""").bindparams(NOW)

# Who stopped the bot is not written to, nor a channel in which the bot has lost its right.
_FEED = text(f"""
    with room as (
        select greatest(0, :most - count(*)) as places from messages
        where state = 'pending' and urgency = :urgency and due_at <= :now
    ), next as (
        select d.id, d.account_id, a.blocked_at is not null or c.lost_at is not null as blocked
        from deliveries d
        left join accounts a on a.telegram_id = d.account_id
        left join channels c on c.chat_id = d.account_id
        where d.notice_id = :notice and d.message_id is null and d.ended is null
          and (:urgency = 'urgent' or not ({DISTURBS}))
        order by d.id limit (select places from room) for update of d skip locked
    ), new as (
        insert into messages (chat_id, urgency, state, due_at, created_at)
        select account_id, :urgency, 'pending', :now, :now from next where not blocked order by id
        returning id, chat_id
    ), carried as (
        update deliveries set message_id = new.id, ended = null
        from next join new on new.chat_id = next.account_id where deliveries.id = next.id
    ), gone as (
        update deliveries set ended = 'blocked' from next where next.blocked and deliveries.id = next.id
    )
    select (select count(*) from next), (select places from room)
""").bindparams(NOW, *HUSH)  # noqa: S608 -- constants of ours

_LOOK = text("""
    update broadcasts
    set fed_at = case when :fed then :now else fed_at end,
        look_at = case when :full then :now
                       when exists (select from deliveries d
                                    where d.notice_id = :notice and d.message_id is null and d.ended is null)
                       then :now + :again else 'infinity' end
    where notice_id = :notice
""").bindparams(NOW, bindparam("again", type_=Interval))

# `not in`, so that the few open messages are looked at once, and not all deliveries of every broadcast.
_FINISH = text("""
    update broadcasts set state = 'done', ended_at = :now
    where state = 'open' and look_at = 'infinity'
      and notice_id not in (
          select d.notice_id from messages m join deliveries d on d.message_id = m.id
          where m.state = 'pending' or m.state in ('claimed', 'sending'))
      and not exists (select from deliveries d where d.notice_id = broadcasts.notice_id
                      and d.message_id is null and d.ended is null)
""").bindparams(NOW)

# Only of broadcasts that are young: once the first ones are known they are never looked at again. Who stopped the
# bot, or of whose message nobody knows, says nothing of the announcement.
_JUDGE = text("""
    with young as (
        select notice_id, trial_from from broadcasts
        where state = 'open' and trial_from is not null and fed_at is not null
        for update skip locked
    ), first as (
        select y.notice_id, f.state, f.error from young y cross join lateral (
            select m.state, coalesce(m.error, '') as error from deliveries d join messages m on m.id = d.message_id
            where d.notice_id = y.notice_id and m.settled_at > y.trial_from
              and m.state in ('sent', 'failed')
            order by m.settled_at, m.id limit :first) f
    ), judged as (
        select notice_id, count(*) as settled, min(error) as fault,
               bool_and(state = 'failed') and count(distinct error) = 1 as alike
        from first group by notice_id
    ), passed as (
        update broadcasts b set trial_from = null from judged j where b.notice_id = j.notice_id and not j.alike
    )
    select notice_id, fault from judged where alike and settled >= :first
""")

# What was claimed when its broadcast was stopped and has come back since. It is looked for anew, also where the
# broadcast goes on again at this very moment.
_TAKE_BACK_STOPPED = text(f"""
    with stopped as (
        select m.id from messages m
        where m.state = 'pending' and m.urgency <> 'answer' and m.due_at <= :now and {STOPPED}
        for update of m skip locked
    ), freed as (
        update deliveries d set message_id = null
        from broadcasts b
        where d.message_id in (select id from stopped) and b.notice_id = d.notice_id
          and b.state in ('paused', 'stopped', 'cancelled')
        returning d.notice_id
    ), again as (
        update broadcasts set look_at = :now where notice_id in (select notice_id from freed)
    )
    select id from stopped
""").bindparams(NOW)  # noqa: S608 -- as above

_PASS_OVER_BLOCKED = text("""
    update messages m set state = 'blocked', settled_at = :now, error = 'the bot was stopped before'
    from accounts a
    where a.telegram_id = m.chat_id and a.blocked_at is not null
      and m.state = 'pending' and m.urgency <> 'answer' and m.due_at <= :now
""").bindparams(NOW)

_PASS_OVER_LOST = text("""
    update messages m set state = 'blocked', settled_at = :now, error = 'the right to write there was lost before'
    from channels c
    where c.chat_id = m.chat_id and c.lost_at is not null and m.state = 'pending' and m.due_at <= :now
""").bindparams(NOW)

_LATE = (NOW, bindparam("away_since", type_=DateTime(timezone=True)))

_DROP_LATE = text("""
    update messages m set state = 'skipped', settled_at = :now, error = 'too late'
    where m.state = 'pending' and m.due_at <= :now and m.digest_on is null
      and exists (
          select from deliveries d join notices n on n.id = d.notice_id
          where d.message_id = m.id and n.if_late = 'drop' and :now - greatest(m.due_at, :away_since) > n.late_after)
""").bindparams(*_LATE)

_DROP_LATE_BROADCASTS = text("""
    with late as (
        select b.notice_id from broadcasts b join notices n on n.id = b.notice_id
        where b.state = 'open' and n.if_late = 'drop' and :now - greatest(b.opened_at, :away_since) > n.late_after
        for update of b
    )
    update deliveries d set ended = 'skipped' from late
    where d.notice_id = late.notice_id and d.message_id is null and d.ended is null
""").bindparams(*_LATE)

_LATE_BROADCASTS = text("""
    select b.notice_id, b.opened_at from broadcasts b join notices n on n.id = b.notice_id
    where b.state = 'open' and n.if_late = 'ask' and :now - greatest(b.opened_at, :away_since) > n.late_after
    order by b.notice_id
""").bindparams(*_LATE)


class SqlFeedingRepository:
    """What keeps the queue filled and tidy."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def feed(self, most: int, reading: Reading) -> bool:
        """Fill the queue up to `most` due messages from the broadcast whose turn it is; False if nothing was added."""
        row = (await self._connection.execute(_NEXT, {"now": reading.now})).one_or_none()
        if row is None:
            return False
        known = {"notice": row[0], "urgency": row[1], "now": reading.now}
        fed = await self._connection.execute(_FEED, {**known, "most": most, **hush_values(reading.hush)})
        taken, places = fed.one()
        look = {"fed": taken > 0, "full": taken >= places, "again": _LOOK_AGAIN}
        await self._connection.execute(_LOOK, {"notice": row[0], "now": reading.now, **look})
        return bool(taken)

    async def tidy(self, now: datetime) -> None:
        """Take back what was stopped, pass over who stopped the bot, end the broadcasts of which nothing is left."""
        stopped = await self._connection.scalars(_TAKE_BACK_STOPPED, {"now": now})
        await discard_empty(self._connection, stopped.all())
        for statement in (_PASS_OVER_BLOCKED, _PASS_OVER_LOST, _FINISH):
            await self._connection.execute(statement, {"now": now})

    async def judge(self) -> list[FailingBroadcast]:
        """Return the open broadcasts whose first messages all failed alike."""
        rows = await self._connection.execute(_JUDGE, {"first": _FIRST})
        return [FailingBroadcast(notice_id=row[0], fault=row[1]) for row in rows]

    async def drop_late(self, away_since: datetime, now: datetime) -> None:
        """Drop what an outage made too late."""
        known = {"away_since": away_since, "now": now}
        await self._connection.execute(_DROP_LATE, known)
        await self._connection.execute(_DROP_LATE_BROADCASTS, known)

    async def list_late(self, away_since: datetime, now: datetime) -> list[LateBroadcast]:
        """Return the open broadcasts that an outage made too late and whose author is to be asked."""
        rows = await self._connection.execute(_LATE_BROADCASTS, {"away_since": away_since, "now": now})
        return [LateBroadcast(notice_id=row[0], opened_at=row[1]) for row in rows]
