"""Personal talks with trust officers; all of it is gone a day later."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.db.models.base import Base, Moment, RowId


class TrustSlot(Base):
    """A time that an officer offers for a talk. `withdrawn`: taken back, as if it had never been."""

    __tablename__ = "trust_slots"
    id: Mapped[RowId]
    officer_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    starts_at: Mapped[Moment]
    ends_at: Mapped[Moment]
    place: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=text("'open'"))
    __table_args__ = (
        CheckConstraint("state in ('open', 'closed', 'withdrawn')", name="state"),
        CheckConstraint("starts_at < ends_at", name="times"),
        Index(
            "uq_trust_slots_offered",
            "officer_id",
            "starts_at",
            unique=True,
            postgresql_where=text("state <> 'withdrawn'"),
        ),
        Index("ix_trust_slots_starts_at", "starts_at"),
    )


class TrustTalk(Base):
    """That somebody comes to an officer, and about what, in one word; when it was booked is not kept.

    One talk a time, and one at a time of a person with an officer. `left`: the person cancelled it.
    """

    __tablename__ = "trust_talks"
    id: Mapped[RowId]
    slot_id: Mapped[int] = mapped_column(ForeignKey("trust_slots.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    topic: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=text("'booked'"))
    ended_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint(
            "topic in ('studies', 'dormitory', 'relations', 'corruption', 'health', 'other', 'unsaid')", name="topic"
        ),
        CheckConstraint("state in ('booked', 'left', 'called_off')", name="state"),
        CheckConstraint("(state = 'booked') = (ended_at is null)", name="ended"),
        CheckConstraint("person_id <> officer_id", name="two"),
        Index("uq_trust_talks_slot", "slot_id", unique=True, postgresql_where=text("state = 'booked'")),
        Index(
            "uq_trust_talks_person", "person_id", "officer_id", unique=True, postgresql_where=text("state = 'booked'")
        ),
        Index("ix_trust_talks_slot_id", "slot_id"),
    )
