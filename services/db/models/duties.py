"""What units do about their plans' items: duties, reports, extensions, history, reminders."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from services.db.models.base import Base, Moment, RowId


class PlanDuty(Base):
    """What one responsible unit has to do with an instance, from its first word on; before that there is no row.

    `unit_code`: a unit or post, never a group. `due`: extended for this unit alone; null for the instance's day.
    `due_version`: counts on from the instance's whenever `due` changes.
    `person_id`: the colleague it was handed on to. `reason`: why it says that this is not its business.
    """

    __tablename__ = "plan_duties"
    id: Mapped[RowId]
    instance_id: Mapped[int] = mapped_column(ForeignKey("plan_instances.id"))
    unit_code: Mapped[str]
    state: Mapped[str]
    due: Mapped[date | None]
    due_version: Mapped[int] = mapped_column(server_default=text("0"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str] = mapped_column(server_default=text("''"))
    accepted_at: Mapped[datetime | None]
    done_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    changed_at: Mapped[Moment]
    __table_args__ = (
        UniqueConstraint("instance_id", "unit_code"),
        CheckConstraint(
            "state in ('open', 'accepted', 'disputed', 'released', 'reported', 'returned', 'done')", name="state"
        ),
        CheckConstraint("(state = 'done') = (done_on is not null)", name="done"),
        Index("ix_plan_duties_unit", "unit_code"),
        Index("ix_plan_duties_waiting", "changed_at", postgresql_where=text("state in ('disputed', 'reported')")),
    )


class PlanReport(Base):
    """A unit's report on its duty. `reported_on`: the university's day of it, which is in time or late.

    `count`: so many of what the item counts; `attendance`: how many people came.

    `decision` is the coordinator's; a report in part counts at once and leaves the duty open.
    """

    __tablename__ = "plan_reports"
    id: Mapped[RowId]
    duty_id: Mapped[int] = mapped_column(ForeignKey("plan_duties.id"), index=True)
    outcome: Mapped[str]
    words: Mapped[str]
    held_on: Mapped[date | None]
    count: Mapped[int | None]
    attendance: Mapped[int | None]
    reported_on: Mapped[date] = mapped_column(Date)
    reported_at: Mapped[Moment]
    reported_by: Mapped[int] = mapped_column(BigInteger)
    decision: Mapped[str | None]
    comment: Mapped[str] = mapped_column(server_default=text("''"))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(BigInteger)
    __table_args__ = (
        CheckConstraint("outcome in ('done', 'partly')", name="outcome"),
        CheckConstraint("decision in ('accepted', 'returned')", name="decision"),
        CheckConstraint("(decision is null) = (decided_at is null)", name="decided"),
        CheckConstraint("count > 0 and attendance >= 0", name="counts"),
    )


class PlanEvidence(Base):
    """What proves a report: a file, a photo, a link."""

    __tablename__ = "plan_evidence"
    id: Mapped[RowId]
    report_id: Mapped[int] = mapped_column(ForeignKey("plan_reports.id"), index=True)
    kind: Mapped[str]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("files.id"))
    file_name: Mapped[str] = mapped_column(server_default=text("''"))
    url: Mapped[str] = mapped_column(server_default=text("''"))
    __table_args__ = (
        CheckConstraint("kind in ('file', 'photo', 'link')", name="kind"),
        CheckConstraint("(kind = 'link') = (file_id is null)", name="file"),
        CheckConstraint("(kind = 'link') = (url <> '')", name="url"),
    )


class PlanExtension(Base):
    """A unit asks for a later day; the coordinator decides."""

    __tablename__ = "plan_extensions"
    id: Mapped[RowId]
    duty_id: Mapped[int] = mapped_column(ForeignKey("plan_duties.id"))
    wanted: Mapped[date] = mapped_column(Date)
    reason: Mapped[str]
    asked_at: Mapped[Moment]
    asked_by: Mapped[int] = mapped_column(BigInteger)
    decision: Mapped[str | None]
    granted: Mapped[date | None]
    comment: Mapped[str] = mapped_column(server_default=text("''"))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(BigInteger)
    __table_args__ = (
        CheckConstraint("decision in ('granted', 'refused')", name="decision"),
        CheckConstraint("(decision is null) = (decided_at is null)", name="decided"),
        CheckConstraint("(decision = 'granted') = (granted is not null)", name="granted"),
        Index("uq_plan_extensions_open", "duty_id", unique=True, postgresql_where=text("decision is null")),
    )


class PlanHistory(Base):
    """What happened to an item, in order: acts with ids, days and words of the plan; shown on its card."""

    __tablename__ = "plan_history"
    id: Mapped[RowId]
    item_id: Mapped[int] = mapped_column(ForeignKey("plan_items.id"), index=True)
    instance_id: Mapped[int | None] = mapped_column(ForeignKey("plan_instances.id"))
    unit_code: Mapped[str | None]
    at: Mapped[Moment]
    account_id: Mapped[int | None] = mapped_column(BigInteger)
    act: Mapped[str]
    details: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))


class PlanStep(Base):
    """A step of the reminders that was taken for a unit: once for an instance, step and version of its last day.

    `step`: working days to the last day, negative when it has passed, or a letter for what else is told (see
    `services.plan_reminders.rules`). `day`: that in whose message it stands.
    `unit_code` is empty where nobody answers for the item.
    `heard_by`: the unit or post whose people got it: the unit itself, one above it, or empty for the coordinator.
    """

    __tablename__ = "plan_steps"
    instance_id: Mapped[int] = mapped_column(ForeignKey("plan_instances.id"), primary_key=True)
    unit_code: Mapped[str] = mapped_column(primary_key=True)
    step: Mapped[str] = mapped_column(primary_key=True)
    due_version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[date] = mapped_column(Date)
    heard_by: Mapped[str]
    __table_args__ = (Index("ix_plan_steps_day", "day", "heard_by"),)


class PlanSweep(Base):
    """A day whose reminders were planned; one replica does it."""

    __tablename__ = "plan_sweeps"
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    swept_at: Mapped[Moment]
