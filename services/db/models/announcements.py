"""What the university announces, and to whom."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.db.models.base import Base, Moment, RowId


class Announcement(Base):
    """Words for an audience. `texts` are HTML by language; `audience` is the expression as it was written.

    `fallback`: whose text the readers get in whose own language there is none; null where nothing is missing.
    `notice_id`: what was made of it when it began to go out; from then on its broadcast says how far it is.
    `recipients`: as counted when it was announced, then as frozen when it began to go out.
    `late_after`, `if_late`: see `Notice`; they count from `due_at`. `announced_by`: null for the operator.
    """

    __tablename__ = "announcements"
    id: Mapped[RowId]
    state: Mapped[str]
    texts: Mapped[dict[str, Any]]
    fallback: Mapped[str | None]
    audience: Mapped[str]
    urgency: Mapped[str]
    due_at: Mapped[Moment]
    late_after: Mapped[timedelta | None]
    if_late: Mapped[str] = mapped_column(server_default=text("'ask'"))
    recipients: Mapped[int]
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notices.id"), unique=True)
    announced_at: Mapped[Moment]
    announced_by: Mapped[int | None] = mapped_column(BigInteger)
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[int | None] = mapped_column(BigInteger)
    __table_args__ = (
        CheckConstraint("state in ('scheduled', 'paused', 'begun', 'cancelled')", name="state"),
        CheckConstraint("(state = 'begun') = (notice_id is not null)", name="begun"),
        CheckConstraint("fallback in ('ky', 'ru', 'en')", name="fallback"),
        CheckConstraint("urgency in ('urgent', 'normal')", name="urgency"),
        CheckConstraint("if_late in ('ask', 'drop')", name="if_late"),
        Index("ix_announcements_scheduled", "due_at", postgresql_where=text("state = 'scheduled'")),
    )


class AudienceList(Base):
    """A list of people somebody brought, to be named in an audience."""

    __tablename__ = "audience_lists"
    id: Mapped[RowId]
    name: Mapped[str] = mapped_column(unique=True)
    brought_at: Mapped[Moment]
    brought_by: Mapped[int | None] = mapped_column(BigInteger)


class AudienceListPerson(Base):
    """Somebody on a list."""

    __tablename__ = "audience_list_people"
    list_id: Mapped[int] = mapped_column(ForeignKey("audience_lists.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
