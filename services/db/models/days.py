"""Days: which are worked, and which end something a person has."""

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from services.db.models.base import Base, Moment


class WorkdayChange(Base):
    """A day that is worked otherwise than the calendar of holidays says, with the order that says so."""

    __tablename__ = "workday_changes"
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    kind: Mapped[str]
    source: Mapped[str]
    decided_on: Mapped[date | None]
    noted_at: Mapped[Moment]
    noted_by: Mapped[int | None] = mapped_column(BigInteger)
    __table_args__ = (CheckConstraint("kind in ('off', 'working', 'short')", name="kind"),)


class ExpiryAnswer(Base):
    """A person said that they have applied already: nobody reminds them of this end of this paper again."""

    __tablename__ = "expiry_answers"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    paper: Mapped[str] = mapped_column(primary_key=True)
    expires_on: Mapped[date] = mapped_column(Date, primary_key=True)
    applied_at: Mapped[Moment]
    __table_args__ = (CheckConstraint("paper in ('visa', 'registration', 'work_permit')", name="paper"),)


class ExpiryMark(Base):
    """That a person's paper came to a threshold, and when that was told: once for an end, whoever looks how often.

    `threshold`: days left at most; -1 for a paper that has ended.
    """

    __tablename__ = "expiry_marks"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    paper: Mapped[str] = mapped_column(primary_key=True)
    expires_on: Mapped[date] = mapped_column(Date, primary_key=True)
    threshold: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    told_on: Mapped[date] = mapped_column(Date, index=True)
    __table_args__ = (CheckConstraint("paper in ('visa', 'registration', 'work_permit')", name="paper"),)


class ExpirySweep(Base):
    """A day on which all papers were looked through; one replica does it."""

    __tablename__ = "expiry_sweeps"
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    swept_at: Mapped[Moment]
