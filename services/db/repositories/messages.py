"""One message in a sender's hand: the step just before the request, and what became of it."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, delete, insert, text, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import Date, DateTime, Interval

from services.db.models import Delivery, Message
from services.db.repositories.channel_moves import move_chat
from services.db.repositories.message_queue import OPEN, STOPPED
from services.delivery.dto import ClaimedMessage, Outcome, Receipt

_STATES = {Outcome.SENT: "sent", Outcome.BLOCKED: "blocked", Outcome.FAILED: "failed", Outcome.UNKNOWN: "unknown"}

_OURS = "m.id = :id and m.worker = :worker and m.attempts = :attempt"

# Whether a message is one of those that are limited a day.
_COUNTS = "(m.urgency = 'normal' and m.digest_on is null)"

_ALLOWED = f"""
    select m.id, m.chat_id, {_COUNTS} as counts from messages m
    where {_OURS} and m.state = 'claimed' and m.leased_until > clock_timestamp() and {OPEN} and not {STOPPED}
    for update
"""  # noqa: S608 -- constants of ours

_START_ANSWER = text(f"""
    with allowed as ({_ALLOWED})
    update messages set state = 'sending', leased_until = clock_timestamp() + :lease
    from allowed where messages.id = allowed.id returning messages.id
""").bindparams(bindparam("lease", type_=Interval))  # noqa: S608 -- as above

# The chat's own pace is taken in the same statement: of two replicas with messages for one chat, one waits.
_START_UNASKED = text(f"""
    with allowed as ({_ALLOWED}),
    paced as (
        insert into chat_paces as p (chat_id, next_at, told_on, told)
        select chat_id, clock_timestamp() + :chat_gap, :today, case when counts then 1 else 0 end from allowed
        on conflict (chat_id) do update
        set next_at = excluded.next_at, told_on = excluded.told_on,
            told = excluded.told + case when p.told_on = excluded.told_on then p.told else 0 end
        where p.next_at <= clock_timestamp()
        returning p.chat_id
    )
    update messages set state = 'sending', leased_until = clock_timestamp() + :lease
    from allowed, paced where messages.id = allowed.id and paced.chat_id = allowed.chat_id
    returning messages.id
""").bindparams(  # noqa: S608 -- as above
    bindparam("lease", type_=Interval), bindparam("chat_gap", type_=Interval), bindparam("today", type_=Date)
)

# A receipt that comes after the message was given up as unknown (or, an answer, freed to be sent again) still counts.
_SETTLE = text(f"""
    with settled as (
        update messages m
        set state = :state, telegram_message_id = :telegram_message_id, settled_at = :now,
            leased_until = null, error = :error
        where {_OURS} and (m.state in ('sending', 'unknown') or (m.state = 'pending' and m.urgency = 'answer'))
        returning m.chat_id
    ), stopped as (
        update accounts set blocked_at = coalesce(blocked_at, :now)
        from settled where :state = 'blocked' and accounts.telegram_id = settled.chat_id
    ), lost as (
        update channels set lost_at = coalesce(lost_at, :now)
        from settled where :state = 'blocked' and channels.chat_id = settled.chat_id
    )
    select count(*) from settled
""").bindparams(bindparam("now", type_=DateTime(timezone=True)))  # noqa: S608 -- as above

# Also what was given up as unknown meanwhile, because its worker seemed dead: it says that it made no request.
# What was started and did not go out is not one of the day's messages.
_GIVE_BACK = text(f"""
    with ours as (
        select m.id, m.chat_id, {_COUNTS} and m.state <> 'claimed' as counted from messages m
        where {_OURS} and m.state in ('claimed', 'sending', 'unknown') for update
    ), untold as (
        update chat_paces p set told = greatest(0, p.told - 1) from ours where p.chat_id = ours.chat_id and ours.counted
    )
    update messages m
    set state = 'pending', worker = null, leased_until = null, settled_at = null,
        due_at = coalesce(:until, m.due_at), error = :error, unclear = m.unclear + :unclear
    from ours where m.id = ours.id
""").bindparams(bindparam("until", type_=DateTime(timezone=True)))  # noqa: S608 -- as above

_WAIT = text("""
    update chat_paces set next_at = greatest(next_at, clock_timestamp() + :wait) where chat_id = :chat
""").bindparams(bindparam("wait", type_=Interval))


class SqlMessageRepository:
    """Messages by id; whoever changes one names its worker and attempt."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def start_answer(self, message: ClaimedMessage, worker: int, lease: timedelta) -> bool:
        """Note that the request goes out now; False if the message is no longer ours, or nothing may go out."""
        known = {**_ours(message, worker), "lease": lease}
        return (await self._connection.execute(_START_ANSWER, known)).one_or_none() is not None

    async def start_unasked(
        self, message: ClaimedMessage, worker: int, lease: timedelta, chat_gap: timedelta, today: date
    ) -> bool:
        """Do the same, and take the chat's turn: it gets nothing else for `chat_gap`."""
        known = {**_ours(message, worker), "lease": lease, "chat_gap": chat_gap, "today": today}
        return (await self._connection.execute(_START_UNASKED, known)).one_or_none() is not None

    async def settle(self, message: ClaimedMessage, worker: int, receipt: Receipt, now: datetime) -> bool:
        """Note how it ended, and who cannot be reached any more; False if it was not ours to say."""
        known = {
            **_ours(message, worker), "state": _STATES[receipt.outcome], "error": receipt.error or None,
            "telegram_message_id": receipt.telegram_message_id, "now": now,
        }  # fmt: skip
        return bool((await self._connection.execute(_SETTLE, known)).scalar_one())

    async def give_back(
        self, message: ClaimedMessage, worker: int, *, until: datetime | None, error: str = "", unclear: int = 0
    ) -> None:
        """Let a message wait again that was certainly not sent (or is an answer, which may come twice)."""
        known = {**_ours(message, worker), "until": until, "error": error or None, "unclear": unclear}
        await self._connection.execute(_GIVE_BACK, known)

    async def rest_chat(self, chat_id: int, wait: timedelta) -> None:
        """Send a chat nothing for a while."""
        await self._connection.execute(_WAIT, {"chat": chat_id, "wait": wait})

    async def move_chat(self, old: int, new: int) -> None:
        """Follow a group that has another number now."""
        await move_chat(self._connection, old, new)

    async def end_unsent(
        self, message: ClaimedMessage, worker: int, state: str, now: datetime, error: str = ""
    ) -> None:
        """End a message without a request."""
        await self._connection.execute(
            update(Message)
            .where(
                Message.id == message.id,
                Message.worker == worker,
                Message.attempts == message.attempt,
                Message.state == "claimed",
            )
            .values(state=state, error=error or None, leased_until=None, settled_at=now)
        )

    async def hold(self, message: ClaimedMessage, worker: int) -> bool:
        """Keep a message in hand until the end of the transaction; False if it is no longer ours."""
        held = text(f"select m.id from messages m where {_OURS} and m.state = 'claimed' for update")  # noqa: S608
        return (await self._connection.execute(held, _ours(message, worker))).one_or_none() is not None

    async def split_off(
        self, message: ClaimedMessage, delivery_ids: Collection[int], state: str, now: datetime
    ) -> None:
        """Let some of what a message carries have a message each: `pending` to be sent by itself, or ended."""
        for delivery_id in delivery_ids:
            split = await self._connection.scalar(
                insert(Message)
                .values(
                    chat_id=message.chat_id,
                    urgency=message.urgency.value,
                    state=state,
                    due_at=now,
                    created_at=now,
                    settled_at=None if state == "pending" else now,
                    beyond_limit=True,
                )
                .returning(Message.id)
            )
            await self._point(message, [delivery_id], split)

    async def continue_in_another(self, message: ClaimedMessage, delivery_ids: Collection[int], now: datetime) -> None:
        """Let the rest of a digest that does not fit go out in a digest of its own, right behind."""
        rest = await self._connection.scalar(
            text("""
                insert into messages (chat_id, urgency, state, due_at, created_at, digest_on)
                select chat_id, urgency, 'pending', due_at, :now, digest_on from messages where id = :id
                on conflict (chat_id, digest_on) where state = 'pending' and digest_on is not null and attempts = 0
                do update set due_at = least(messages.due_at, excluded.due_at) returning id
            """),
            {"now": now, "id": message.id},
        )
        await self._point(message, delivery_ids, rest)

    async def discard(self, message: ClaimedMessage) -> None:
        """Remove a message that carries nothing any more."""
        await self._connection.execute(delete(Message).where(Message.id == message.id, Message.state == "claimed"))

    async def _point(self, message: ClaimedMessage, delivery_ids: Collection[int], message_id: int | None) -> None:
        await self._connection.execute(
            update(Delivery)
            .where(Delivery.id.in_(delivery_ids), Delivery.message_id == message.id)
            .values(message_id=message_id)
        )


def _ours(message: ClaimedMessage, worker: int) -> dict[str, object]:
    return {"id": message.id, "worker": worker, "attempt": message.attempt}
