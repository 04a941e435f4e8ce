"""What goes out to people unasked: notices, their deliveries, the requests that carry them, and the pace of it all."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, SmallInteger, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from services.db.models.base import Base, Moment, RowId


class Notice(Base):
    """Something that people are to be told: a kind with ids and parameters, no text.

    `subject` names what it is about (`certificate:17`); `occasion` is unique, so that one occasion is told once.
    `if_late` says what becomes of it when an outage made it later than `late_after`; null for never too late.
    """

    __tablename__ = "notices"
    id: Mapped[RowId]
    kind: Mapped[str]
    payload: Mapped[dict[str, Any]]
    subject: Mapped[str | None] = mapped_column(index=True)
    occasion: Mapped[str | None] = mapped_column(unique=True)
    late_after: Mapped[timedelta | None]
    if_late: Mapped[str] = mapped_column(server_default=text("'drop'"))
    created_at: Mapped[Moment]
    __table_args__ = (CheckConstraint("if_late in ('ask', 'drop')", name="if_late"),)


class Broadcast(Base):
    """A notice for many: its deliveries wait without a message and are taken a few at a time.

    So nothing else waits behind them, and one word stops them all.
    `look_at`: when the next few are to be looked for; later where all that are left have quiet hours.
    `fed_at`: when a few were taken last, so that broadcasts take turns.
    `fault`: what Telegram said when the first ones all failed alike, for which it was stopped.
    `trial_from`: of what was settled after it, the first ones are looked at for that; null once they were.
    """

    __tablename__ = "broadcasts"
    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"), primary_key=True, autoincrement=False)
    urgency: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=text("'open'"))
    opened_at: Mapped[Moment]
    look_at: Mapped[Moment]
    fed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    fault: Mapped[str | None]
    trial_from: Mapped[datetime | None] = mapped_column(server_default=text("'-infinity'"))
    __table_args__ = (
        CheckConstraint("urgency in ('urgent', 'normal')", name="urgency"),
        CheckConstraint("state in ('open', 'paused', 'stopped', 'cancelled', 'done')", name="state"),
        CheckConstraint("(state in ('cancelled', 'done')) = (ended_at is not null)", name="ended"),
        Index("ix_broadcasts_open", "look_at", postgresql_where=text("state = 'open'")),
    )


class Message(Base):
    """One request to Telegram. `due_at` is null while the message waits for what it carries.

    `attempts` counts how often it was taken up, `unclear` how often nobody could tell whether it arrived.
    `digest_on`: the evening whose digest this is; one that nobody has taken up yet takes more.
    `beyond_limit`: it goes out whatever the reader had that day.
    """

    __tablename__ = "messages"
    id: Mapped[RowId]
    chat_id: Mapped[int] = mapped_column(BigInteger)
    urgency: Mapped[str]
    state: Mapped[str]
    due_at: Mapped[datetime | None]
    created_at: Mapped[Moment]
    worker: Mapped[int | None] = mapped_column(Integer)
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    unclear: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    digest_on: Mapped[date | None]
    beyond_limit: Mapped[bool] = mapped_column(server_default=text("false"))
    telegram_message_id: Mapped[int | None] = mapped_column(BigInteger)
    settled_at: Mapped[datetime | None]
    error: Mapped[str | None]
    __table_args__ = (
        CheckConstraint("urgency in ('answer', 'urgent', 'normal')", name="urgency"),
        CheckConstraint(
            "state in ('pending', 'claimed', 'sending', 'sent', 'failed', 'blocked', 'unknown',"
            " 'cancelled', 'skipped')",
            name="state",
        ),
        Index("ix_messages_due", "urgency", "due_at", "id", postgresql_where=text("state = 'pending'")),
        Index("ix_messages_in_hand", "chat_id", postgresql_where=text("state in ('claimed', 'sending')")),
        Index("ix_messages_waiting", "chat_id", "due_at", "id", postgresql_where=text("state = 'pending'")),
        Index(
            "uq_messages_digest",
            "chat_id",
            "digest_on",
            unique=True,
            postgresql_where=text("state = 'pending' and digest_on is not null and attempts = 0"),
        ),
    )


class Delivery(Base):
    """One notice for one account or channel, and the message that carries it; null while it waits.

    `account_id`: below zero it is the `chat_id` of a channel or a group, which is nobody's account.
    `ended`: it came to its end without a request to Telegram. That the notice and the account exist is checked by the
    trigger `deliveries_refer`, for all rows of a statement at once: foreign keys would check a million one by one.
    """

    __tablename__ = "deliveries"
    id: Mapped[RowId]
    notice_id: Mapped[int] = mapped_column(BigInteger)
    account_id: Mapped[int] = mapped_column(BigInteger, index=True)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"), index=True)
    ended: Mapped[str | None]
    __table_args__ = (
        UniqueConstraint("notice_id", "account_id"),
        CheckConstraint("ended in ('blocked', 'skipped', 'cancelled')", name="ended"),
        CheckConstraint("ended is null or message_id is null", name="ended_without_message"),
        Index(
            "ix_deliveries_waiting",
            "notice_id",
            "id",
            postgresql_where=text("message_id is null and ended is null"),
        ),
    )


class SendPace(Base):
    """The one row by which all replicas keep one pace.

    `next_at`: the next free slot; `gap`: seconds between slots now. `paused_until`: Telegram asked for silence.
    `halted_at`: the database was restored; nothing goes out until somebody says so. `alive_at`: when a replica last
    looked for something to send, so that an outage shows. `answers`, `answers_before`: what was sent to people who
    asked, in the second `counted_at` and the one before.
    """

    __tablename__ = "send_pace"
    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False, server_default=text("1"))
    next_at: Mapped[Moment]
    gap: Mapped[float]
    paused_until: Mapped[datetime | None]
    halted_at: Mapped[datetime | None]
    alive_at: Mapped[datetime | None]
    counted_at: Mapped[Moment]
    answers: Mapped[int] = mapped_column(server_default=text("0"))
    answers_before: Mapped[int] = mapped_column(server_default=text("0"))
    __table_args__ = (CheckConstraint("id = 1", name="one_row"), CheckConstraint("gap > 0", name="gap"))


class ChatPace(Base):
    """What a chat was sent unasked: not before `next_at` again, and `told` ordinary messages on the day `told_on`."""

    __tablename__ = "chat_paces"
    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    next_at: Mapped[Moment]
    told_on: Mapped[date | None]
    told: Mapped[int] = mapped_column(server_default=text("0"))
