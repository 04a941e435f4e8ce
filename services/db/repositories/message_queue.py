"""The queue of messages as the senders of all replicas take from it."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import Date, DateTime, Interval, Time

from services.db.presence import others_hand_is_dead
from services.delivery.dto import CHANGES_OF_MESSAGES, ClaimedMessage, DueNotice, NoticeKind, Reading, Urgency
from services.delivery.quiet_hours import Hush
from services.languages import Language

#: Whether anything may go out: nobody halted it after a restore, and Telegram did not ask for silence.
OPEN = """
    exists (select from send_pace
            where halted_at is null and (paused_until is null or paused_until <= clock_timestamp()))
"""

#: Whether an account (or a channel, which has no hours of its own) has its quiet hours now, maybe over midnight.
DISTURBS = """
    case when coalesce(a.quiet_from, :quiet_from) < coalesce(a.quiet_until, :quiet_until)
         then :local >= coalesce(a.quiet_from, :quiet_from) and :local < coalesce(a.quiet_until, :quiet_until)
         when coalesce(a.quiet_from, :quiet_from) > coalesce(a.quiet_until, :quiet_until)
         then :local >= coalesce(a.quiet_from, :quiet_from) or :local < coalesce(a.quiet_until, :quiet_until)
         else false end
"""

#: Whether a message carries something of a broadcast that was stopped.
STOPPED = """
    exists (select from deliveries d join broadcasts b on b.notice_id = d.notice_id
            where d.message_id = m.id and b.state in ('paused', 'stopped', 'cancelled'))
"""

# Whether it waits for the evening: its reader wants all ordinary messages gathered, or had as many as there may be a
# day; unless this one goes out whatever they had. In a channel or a group (below zero) nobody counts.
_OVER_LIMIT = """
    m.chat_id > 0 and not m.beyond_limit and m.digest_on is null
    and (a.gathered or case when p.told_on = :today then p.told else 0 end >= :daily_messages)
"""

HUSH = (
    bindparam("local", type_=Time),
    bindparam("quiet_from", type_=Time),
    bindparam("quiet_until", type_=Time),
)
NOW = bindparam("now", type_=DateTime(timezone=True))

_HOLD = text(f"""
    update messages m
    set due_at = :now + (coalesce(a.quiet_until, :quiet_until) - :local)
        + case when coalesce(a.quiet_until, :quiet_until) > :local then interval '0' else interval '1 day' end
    from accounts a
    where a.telegram_id = m.chat_id and m.state = 'pending' and m.urgency = 'normal' and m.due_at <= :now
      and ({DISTURBS})
""").bindparams(NOW, *HUSH)  # noqa: S608 -- constants of ours

# In the order of chats, so that two replicas do not wait for each other. A digest that is due at this very moment waits
# a little longer: whoever takes it just now would not see what was added.
_FOLD = text(f"""
    with over as (
        select m.id, m.chat_id from messages m
        join accounts a on a.telegram_id = m.chat_id
        left join chat_paces p on p.chat_id = m.chat_id
        where m.state = 'pending' and m.urgency = 'normal' and m.due_at <= :now and {_OVER_LIMIT}
        for update of m skip locked
    ), digests as (
        insert into messages (chat_id, urgency, state, due_at, created_at, digest_on)
        select distinct chat_id, 'normal', 'pending', :evening, :now, :evening_day from over order by chat_id
        on conflict (chat_id, digest_on) where state = 'pending' and digest_on is not null and attempts = 0
        do update set due_at = greatest(messages.due_at, :now + interval '2 seconds')
        returning id, chat_id
    ), moved as (
        update deliveries set message_id = digests.id
        from over join digests on digests.chat_id = over.chat_id where deliveries.message_id = over.id
    )
    delete from messages where id in (select id from over)
""").bindparams(  # noqa: S608 -- as above
    NOW,
    bindparam("today", type_=Date),
    bindparam("evening", type_=DateTime(timezone=True)),
    bindparam("evening_day", type_=Date),
)

_TAKE = """
    claimed as (
        update messages
        set state = 'claimed', worker = :worker, attempts = attempts + 1, leased_until = clock_timestamp() + :lease
        from next where messages.id = next.id
        returning messages.*
    )
    select c.id, c.chat_id, c.urgency, c.attempts, c.unclear, c.digest_on is not null, coalesce(a.silent, false),
           coalesce(a.language, a.guessed_language, h.language, :fallback), d.id, n.kind, n.payload
    from claimed c
    join deliveries d on d.message_id = c.id
    join notices n on n.id = d.notice_id
    left join accounts a on a.telegram_id = c.chat_id
    left join channels h on h.chat_id = c.chat_id
    order by c.urgency desc, c.due_at, c.id, d.id
"""

# One answer of a chat at a time, the oldest first: previews in three languages come in their order, and whoever sends
# one takes the next. Chats do not wait for each other, nor an answer for anything unasked.
_CLAIM_ANSWER = text(f"""
    with next as (
        select m.id from messages m
        where m.state = 'pending' and m.urgency = 'answer' and m.due_at <= :now and {OPEN}
          and not exists (select from messages o where o.chat_id = m.chat_id and o.state in ('claimed', 'sending')
                          and o.urgency = 'answer')
          and not exists (select from messages o where o.chat_id = m.chat_id and o.state = 'pending'
                          and o.urgency = 'answer' and (o.due_at, o.id) < (m.due_at, m.id))
        order by m.due_at, m.id limit 1 for update of m skip locked
    ), {_TAKE}
""").bindparams(NOW, bindparam("lease", type_=Interval))  # noqa: S608 -- as above

# One message of a chat at a time, the oldest first, and not before the chat may have another one.
_CLAIM_UNASKED = text(f"""
    with next as (
        select m.id from messages m
        left join accounts a on a.telegram_id = m.chat_id
        left join chat_paces p on p.chat_id = m.chat_id
        where m.state = 'pending' and m.urgency = :urgency and m.due_at <= :now and {OPEN}
          and (p.next_at is null or p.next_at <= clock_timestamp())
          and (m.urgency = 'urgent' or not (({DISTURBS}) or ({_OVER_LIMIT})))
          and not exists (select from messages o where o.chat_id = m.chat_id and o.state in ('claimed', 'sending'))
          and not exists (select from messages o where o.chat_id = m.chat_id and o.state = 'pending'
                          and o.urgency = m.urgency and (o.due_at, o.id) < (m.due_at, m.id))
          and not {STOPPED}
        order by m.due_at, m.id limit :most for update of m skip locked
    ), {_TAKE}
""").bindparams(NOW, *HUSH, bindparam("lease", type_=Interval), bindparam("today", type_=Date))  # noqa: S608 -- as above

_CHANGES = ", ".join(f"'{kind.value}'" for kind in sorted(CHANGES_OF_MESSAGES))

# What has no harm in being done twice: answers, and changes of messages that are in the chat already.
_REPEATABLE = f"""
    (urgency = 'answer'
     or exists (select from deliveries d join notices n on n.id = d.notice_id
                where d.message_id = messages.id and n.kind in ({_CHANGES})))
"""

# What was only claimed is free again. What was being sent has no certain end: what may be done twice waits again;
# anything else is unknown, and keeps its worker, whose late receipt may still say what became of it.
_REVIVE = text(f"""
    update messages
    set state = case when state = 'claimed' or {_REPEATABLE} then 'pending' else 'unknown' end,
        worker = case when state = 'claimed' then null else worker end,
        leased_until = null,
        unclear = unclear + case when state = 'claimed' and not {others_hand_is_dead("messages")} then 0 else 1 end,
        settled_at = case when state = 'sending' and not {_REPEATABLE} then clock_timestamp() end,
        error = case when state = 'sending' then 'the worker died while sending' end
    where state in ('claimed', 'sending')
      and (leased_until < clock_timestamp() or {others_hand_is_dead("messages")})
""")  # noqa: S608 -- as above

_RELEASE = text("""
    update messages set state = 'pending', worker = null, leased_until = null
    where state = 'claimed' and worker = :worker
""")


class SqlMessageQueue:
    """What waits, as the engine takes it. Every method is one statement."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def revive(self, worker: int) -> int:
        """Free what dead or too slow workers had in hand; returns how many messages that were."""
        revived = await self._connection.execute(_REVIVE, {"worker": worker})
        return revived.rowcount

    async def release(self, worker: int) -> None:
        """Give back everything of a worker that was not begun, because it stops."""
        await self._connection.execute(_RELEASE, {"worker": worker})

    async def hold(self, reading: Reading) -> None:
        """Put off what would break into its reader's quiet hours until those end."""
        await self._connection.execute(_HOLD, {"now": reading.now, **hush_values(reading.hush)})

    async def fold(self, reading: Reading) -> None:
        """Put what goes beyond a reader's daily limit, or is to be gathered, into the digest of the next evening."""
        await self._connection.execute(_FOLD, {**_limits(reading), "evening": reading.evening,
                                               "evening_day": reading.evening_day})  # fmt: skip

    async def claim_answer(
        self, worker: int, lease: timedelta, now: datetime, fallback: Language
    ) -> ClaimedMessage | None:
        """Take the next answer that is due, of a chat that nobody is answering just now."""
        asked = {"worker": worker, "lease": lease, "now": now, "fallback": fallback.value}
        rows = (await self._connection.execute(_CLAIM_ANSWER, asked)).all()
        return _messages(rows)[0] if rows else None

    async def claim_unasked(
        self, worker: int, lease: timedelta, urgency: Urgency, most: int, reading: Reading
    ) -> list[ClaimedMessage]:
        """Take the next messages of an urgency that are due, may go out now and disturb nobody."""
        asked = {
            "worker": worker, "lease": lease, "urgency": urgency.value, "most": most,
            "fallback": reading.fallback.value, **_limits(reading), **hush_values(reading.hush),
        }  # fmt: skip
        return _messages((await self._connection.execute(_CLAIM_UNASKED, asked)).all())


def hush_values(hush: Hush) -> dict[str, object]:
    """Return the parameters that `DISTURBS` needs."""
    return {"local": hush.local, "quiet_from": hush.usual.start, "quiet_until": hush.usual.until}


def _limits(reading: Reading) -> dict[str, object]:
    return {"now": reading.now, "today": reading.today, "daily_messages": reading.daily_messages}


def _messages(rows: object) -> list[ClaimedMessage]:
    """Put the rows of one message together, in their order."""
    found: dict[int, ClaimedMessage] = {}
    for row in rows:  # type: ignore[attr-defined]
        message_id, chat_id, urgency, attempt, unclear, digest, silent, language, delivery_id, kind, payload = row
        notice = DueNotice(
            delivery_id=delivery_id,
            chat_id=chat_id,
            kind=NoticeKind(kind),
            payload=payload,
            language=Language(language),
        )
        before = found[message_id].notices if message_id in found else ()
        found[message_id] = ClaimedMessage(
            id=message_id, chat_id=chat_id, urgency=Urgency(urgency), attempt=attempt, unclear=unclear, digest=digest,
            silent=silent, notices=(*before, notice),
        )  # fmt: skip
    return list(found.values())
