"""What comes in from Telegram, and where people stand in their forms."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, Integer, Sequence, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from services.db.models.base import Base, Moment

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
