"""What comes in from Telegram and what goes out to it."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, Sequence, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from services.db.models.base import Base, Moment, RowId

#: Numbers the worker processes; each holds the advisory lock of its number while it lives.
WORKER_NUMBERS = Sequence("worker_numbers", data_type=Integer, metadata=Base.metadata)


class InboxUpdate(Base):
    """An update of Telegram, stored before it is acknowledged.

    A handled update leaves a row without payload for some days, because Telegram may deliver it again.
    """

    __tablename__ = "inbox"
    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    person_key: Mapped[int] = mapped_column(BigInteger)
    payload: Mapped[str | None] = mapped_column(Text)
    received_at: Mapped[Moment]
    worker: Mapped[int | None] = mapped_column(Integer)
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    done_at: Mapped[datetime | None]
    parked_at: Mapped[datetime | None]
    __table_args__ = (
        Index(
            "ix_inbox_waiting",
            "person_key",
            "update_id",
            postgresql_where=text("done_at is null and parked_at is null"),
        ),
        Index("ix_inbox_done", "done_at", postgresql_where=text("done_at is not null")),
    )


class ConversationState(Base):
    """Where a person stands in a form (aiogram's FSM)."""

    __tablename__ = "conversation_states"
    key: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str | None]
    data: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    touched_at: Mapped[Moment] = mapped_column(index=True)


class Notice(Base):
    """Something that people are to be told: a kind with ids and parameters, no text.

    `subject` names what it is about (`certificate:17`); `occasion` is unique, so that one occasion is told once.
    """

    __tablename__ = "notices"
    id: Mapped[RowId]
    kind: Mapped[str]
    payload: Mapped[dict[str, Any]]
    subject: Mapped[str | None] = mapped_column(index=True)
    occasion: Mapped[str | None] = mapped_column(unique=True)
    created_at: Mapped[Moment]


class Message(Base):
    """One request to Telegram. `due_at` is null while the message waits for what it carries.

    `attempts` counts how often it was taken up, `unclear` how often nobody could tell whether it arrived.
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
        Index("ix_messages_open", "due_at", "id", postgresql_where=text("state in ('pending', 'claimed', 'sending')")),
    )


class Delivery(Base):
    """One notice for one account, and the message that carries it."""

    __tablename__ = "deliveries"
    id: Mapped[RowId]
    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.telegram_id"), index=True)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"), index=True)
    __table_args__ = (UniqueConstraint("notice_id", "account_id"),)
