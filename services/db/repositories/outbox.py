"""The outbox: what features leave, and what the sender takes."""

from datetime import datetime, time, timedelta

from sqlalchemy import bindparam, delete, func, insert, null, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import DateTime, Interval, Time

from services.db.models import Account, Delivery, File, Message, Notice, TelegramFile
from services.db.presence import others_hand_is_dead
from services.delivery.dto import Attachment, ClaimedMessage, NewNotice, NoticeKind, Outcome, Receipt, Urgency
from services.delivery.quiet_hours import Hush
from services.languages import Language

# A message whose worker died is free again; only an answer may be free after its request went out.
# The list of states is that of the index.
_IS_NEXT = f"""
    due_at <= :now and state in ('pending', 'claimed', 'sending')
    and (state = 'pending'
         or (state = 'claimed' or (state = 'sending' and urgency = 'answer'))
            and (leased_until < clock_timestamp() or {others_hand_is_dead("messages")}))
"""

# Whether a message would break into its reader's quiet hours, which may last over midnight.
_DISTURBS = """
    urgency = 'normal' and (
        select case when coalesce(quiet_from, :quiet_from) < coalesce(quiet_until, :quiet_until)
                    then :local >= coalesce(quiet_from, :quiet_from) and :local < coalesce(quiet_until, :quiet_until)
                    when coalesce(quiet_from, :quiet_from) > coalesce(quiet_until, :quiet_until)
                    then :local >= coalesce(quiet_from, :quiet_from) or :local < coalesce(quiet_until, :quiet_until)
                    else false end
        from accounts where telegram_id = messages.chat_id
    )
"""

_HUSH = (
    bindparam("now", type_=DateTime(timezone=True)),
    bindparam("local", type_=Time),
    bindparam("quiet_from", type_=Time),
    bindparam("quiet_until", type_=Time),
)

# All of them at once and only where one stands first: a night's messages are put off once, not passed over at every
# claim, and nothing that may go out waits behind them.
_HOLD = text(f"""
    with first as (
        select {_DISTURBS} as disturbs from messages where {_IS_NEXT} order by due_at, id limit 1
    ), held as (
        select id from messages
        where (select disturbs from first) and {_IS_NEXT} and {_DISTURBS} for update skip locked
    )
    update messages
    set state = 'pending', worker = null, leased_until = null,
        unclear = unclear + case when state = 'pending' then 0 else 1 end,
        due_at = (
            select :now + (coalesce(quiet_until, :quiet_until) - :local)
                + case when coalesce(quiet_until, :quiet_until) > :local then interval '0' else interval '1 day' end
            from accounts where telegram_id = messages.chat_id)
    from held where messages.id = held.id
""").bindparams(*_HUSH)  # noqa: S608 -- constants of ours

_CLAIM = text(f"""
    with next as (
        select id from messages
        where {_IS_NEXT} and not ({_DISTURBS})
        order by due_at, id limit 1 for update skip locked
    ), claimed as (
        update messages
        set state = 'claimed', worker = :worker, attempts = attempts + 1, leased_until = clock_timestamp() + :lease,
            unclear = unclear + case when state = 'pending' then 0 else 1 end  -- it died in somebody's hand
        from next where messages.id = next.id
        returning messages.id, messages.chat_id, messages.urgency, messages.attempts, messages.unclear
    )
    select claimed.id, claimed.chat_id, claimed.urgency, claimed.attempts, claimed.unclear,
           notices.kind, notices.payload, coalesce(accounts.language, accounts.guessed_language, :fallback)
    from claimed
    join deliveries on deliveries.message_id = claimed.id
    join notices on notices.id = deliveries.notice_id
    join accounts on accounts.telegram_id = deliveries.account_id
""").bindparams(bindparam("lease", type_=Interval), *_HUSH)  # noqa: S608 -- a constant of ours

_GIVE_UP_UNCLEAR = text(f"""
    update messages set state = 'unknown', settled_at = clock_timestamp(), error = 'the worker died while sending'
    where state = 'sending' and urgency <> 'answer'
      and (leased_until < clock_timestamp() or {others_hand_is_dead("messages")})
""")  # noqa: S608 -- a constant of ours

_STATES = {Outcome.SENT: "sent", Outcome.BLOCKED: "blocked", Outcome.FAILED: "failed", Outcome.UNKNOWN: "unknown"}


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


class SqlMessageRepository:
    """The messages of the outbox, as the sender sees them."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def hold(self, worker: int, now: datetime, hush: Hush) -> None:
        """Put off what need not disturb anybody's quiet hours until those end, if such a message is the next."""
        await self._connection.execute(_HOLD, {"worker": worker, "now": now, **_times(hush)})

    async def claim(
        self, worker: int, lease: timedelta, now: datetime, hush: Hush, fallback: Language
    ) -> ClaimedMessage | None:
        """Take the next message that is due, disturbs nobody and is in nobody's living hand."""
        await self._connection.execute(_GIVE_UP_UNCLEAR, {"worker": worker})
        asked = {"worker": worker, "lease": lease, "now": now, "fallback": fallback.value, **_times(hush)}
        rows = await self._connection.execute(_CLAIM, asked)
        row = rows.one_or_none()
        if row is None:
            return None
        message_id, chat_id, urgency, attempt, unclear, kind, payload, language = row
        return ClaimedMessage(
            id=message_id,
            chat_id=chat_id,
            urgency=Urgency(urgency),
            attempt=attempt,
            unclear=unclear,
            kind=NoticeKind(kind),
            payload=payload,
            language=Language(language),
        )

    async def start_sending(self, message_id: int, worker: int, attempt: int, lease: timedelta) -> bool:
        """Note that the request goes out now; False if the message is no longer ours."""
        started = await self._connection.execute(
            update(Message)
            .where(
                Message.id == message_id,
                Message.state == "claimed",
                Message.worker == worker,
                Message.attempts == attempt,
                Message.leased_until > func.clock_timestamp(),
            )
            .values(state="sending", leased_until=func.clock_timestamp() + lease)
        )
        return started.rowcount == 1

    async def settle(self, message_id: int, attempt: int, receipt: Receipt, now: datetime) -> None:
        """Note how it ended."""
        await self._change(
            message_id,
            attempt,
            state=_STATES[receipt.outcome],
            telegram_message_id=receipt.telegram_message_id,
            settled_at=now,
            error=receipt.error or None,
        )

    async def skip(self, message_id: int, attempt: int, now: datetime) -> None:
        """Note that the message is no longer true and was not sent."""
        await self._change(message_id, attempt, state="skipped", settled_at=now)

    async def postpone(self, message_id: int, attempt: int, due_at: datetime, receipt: Receipt) -> None:
        """Try again later."""
        await self._change(
            message_id,
            attempt,
            state="pending",
            due_at=due_at,
            worker=None,
            unclear=Message.unclear + int(receipt.outcome is Outcome.UNKNOWN),
            error=receipt.error or None,
        )

    async def find_attachment(self, file_id: int, name: str, bot_id: int) -> Attachment:
        """Return a file for sending: Telegram's copy if there is one, else the bytes."""
        copy = await self._connection.scalar(
            select(TelegramFile.telegram_file_id).where(TelegramFile.file_id == file_id, TelegramFile.bot_id == bot_id)
        )
        content = None
        if copy is None:
            content = await self._connection.scalar(select(File.content).where(File.id == file_id))
        return Attachment(name=name, telegram_file_id=copy, content=content)

    async def keep_telegram_file(self, file_id: int, bot_id: int, telegram_file_id: str) -> None:
        """Remember Telegram's copy of a file."""
        statement = upsert(TelegramFile).values(file_id=file_id, bot_id=bot_id, telegram_file_id=telegram_file_id)
        await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["file_id", "bot_id"], set_={"telegram_file_id": telegram_file_id}
            )
        )

    async def forget_telegram_file(self, file_id: int, bot_id: int) -> None:
        """Forget Telegram's copy of a file."""
        await self._connection.execute(
            delete(TelegramFile).where(TelegramFile.file_id == file_id, TelegramFile.bot_id == bot_id)
        )

    async def note_blocked(self, chat_id: int, now: datetime) -> None:
        """Note that the person stopped the bot."""
        await self._connection.execute(update(Account).where(Account.telegram_id == chat_id).values(blocked_at=now))

    async def _change(self, message_id: int, attempt: int, **values: object) -> None:
        await self._connection.execute(
            update(Message).where(Message.id == message_id, Message.attempts == attempt).values(**values)
        )


def _times(hush: Hush) -> dict[str, time]:
    return {"local": hush.local, "quiet_from": hush.usual.start, "quiet_until": hush.usual.until}
