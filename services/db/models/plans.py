"""The university's plans: what is to be done, by whom, until when, and how far it is."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.db.models.base import Base, Moment, RowId


class Plan(Base):
    """A plan of an academic year, as one file brought it. `year`: the calendar year in which the academic one begins.

    `file_id`: the file as it came last, to be given back with a column of statuses.
    `ladder`: working days before the last day on which units are reminded; `overdue_every`: afterwards, each so many.
    `escalates`: silence climbs to heads and vice-rectors. `reminds_from`: nothing before that day is made up for.
    """

    __tablename__ = "plans"
    id: Mapped[RowId]
    year: Mapped[int] = mapped_column(SmallInteger)
    name: Mapped[str]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("files.id"))
    file_name: Mapped[str] = mapped_column(server_default=text("''"))
    ladder: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger), server_default=text("'{30,14,7,3,1,0}'"))
    overdue_every: Mapped[int] = mapped_column(SmallInteger, server_default=text("3"))
    escalates: Mapped[bool] = mapped_column(server_default=text("false"))
    reminds_from: Mapped[date] = mapped_column(Date)
    version: Mapped[int] = mapped_column(server_default=text("1"))
    imported_at: Mapped[Moment]
    imported_by: Mapped[int | None] = mapped_column(BigInteger)
    closed_at: Mapped[datetime | None]
    __table_args__ = (
        UniqueConstraint("year", "name"),
        CheckConstraint("year between 2000 and 2200", name="year"),
        CheckConstraint("overdue_every between 1 and 60", name="overdue_every"),
    )


class PlanItem(Base):
    """An item of a plan. What is printed stays as printed; what it is understood to mean stands beside it.

    `key` finds the item again in the next file. `place_table`, `place_row`: where the file has it; null for one added
    here. `section`: headings above it joined by " / ", the first being the programme.
    `starts_on`, `due_on`, `due_dates`: what the printed deadline was read as; its instances say what holds now.
    `confirmed`: the reading is sure, or a person said what is meant; nobody is reminded of a day before that.
    `unresolved`: pieces of the responsible parties that stand for nobody, as `services.responsibles` gives them.
    `count_target`: so many meetings, lectures, … are asked for. `origin`: how it came to be. `reminds_from`: nothing
    before that day is made up for, as with its plan's; null where the plan's day says it all.
    """

    __tablename__ = "plan_items"
    id: Mapped[RowId]
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"))
    key: Mapped[str]
    position: Mapped[int]
    place_table: Mapped[int | None]
    place_row: Mapped[int | None]
    section: Mapped[str]
    number: Mapped[str]
    title: Mapped[str]
    task: Mapped[str]
    deadline_text: Mapped[str]
    deadline_kind: Mapped[str]
    starts_on: Mapped[date | None]
    due_on: Mapped[date | None]
    due_dates: Mapped[list[date]] = mapped_column(ARRAY(Date), server_default=text("'{}'"))
    confirmed: Mapped[bool]
    responsible_text: Mapped[str]
    participants_text: Mapped[str]
    unresolved: Mapped[list[Any]] = mapped_column(JSONB, server_default=text("'[]'"))
    document: Mapped[str]
    indicator: Mapped[str]
    budget: Mapped[str]
    count_target: Mapped[int | None]
    state_language: Mapped[bool] = mapped_column(server_default=text("false"))
    origin: Mapped[str]
    sitting_id: Mapped[int | None] = mapped_column(ForeignKey("plan_sittings.id"), index=True)
    reminds_from: Mapped[date | None]
    state: Mapped[str] = mapped_column(server_default=text("'active'"))
    reason: Mapped[str] = mapped_column(server_default=text("''"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    changed_at: Mapped[Moment]
    __table_args__ = (
        Index("ix_plan_items_plan", "plan_id", "position"),
        Index("uq_plan_items_key", "plan_id", "key", unique=True, postgresql_where=text("state <> 'removed'")),
        CheckConstraint("state in ('active', 'cancelled', 'removed')", name="state"),
        CheckConstraint("origin in ('file', 'added', 'decision')", name="origin"),
        CheckConstraint("count_target > 0", name="count_target"),
    )


class PlanParty(Base):
    """A unit, post or group named in an item; a group is put into its members when it is asked who is meant.

    `text`: the piece of the cell that named it, which answers "why did I get this?".
    """

    __tablename__ = "plan_parties"
    item_id: Mapped[int] = mapped_column(ForeignKey("plan_items.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    share: Mapped[str]
    position: Mapped[int] = mapped_column(SmallInteger)
    text: Mapped[str]
    __table_args__ = (
        CheckConstraint("share in ('responsible', 'participant')", name="share"),
        Index(None, "code"),
    )


class PlanInstance(Base):
    """One time that an item is due: an item that recurs has several, one without a day has one whose `due` is null.

    `first_due` is never lost. `soft`: the day is a convention ("within the year"). `due_version` grows whenever `due`
    changes, and reminders begin anew with it.
    """

    __tablename__ = "plan_instances"
    id: Mapped[RowId]
    item_id: Mapped[int] = mapped_column(ForeignKey("plan_items.id"))
    ordinal: Mapped[int] = mapped_column(SmallInteger)
    starts_on: Mapped[date | None]
    first_due: Mapped[date | None]
    due: Mapped[date | None]
    soft: Mapped[bool] = mapped_column(server_default=text("false"))
    due_version: Mapped[int] = mapped_column(server_default=text("1"))
    cancelled_at: Mapped[datetime | None]
    __table_args__ = (
        UniqueConstraint("item_id", "ordinal"),
        Index("ix_plan_instances_due", "due", postgresql_where=text("cancelled_at is null")),
    )


class PlanSitting(Base):
    """A sitting of the Academic Council. `month`: its first day, as planned; `held_on`: once the day is set.

    `materials_days`: so many working days before it reporters hand in their materials.
    """

    __tablename__ = "plan_sittings"
    id: Mapped[RowId]
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"), index=True)
    title: Mapped[str]
    month: Mapped[date | None]
    held_on: Mapped[date | None]
    materials_days: Mapped[int] = mapped_column(SmallInteger, server_default=text("5"))
    state: Mapped[str] = mapped_column(server_default=text("'planned'"))
    agenda_file_id: Mapped[int | None] = mapped_column(ForeignKey("files.id"))
    agenda_name: Mapped[str] = mapped_column(server_default=text("''"))
    minutes_file_id: Mapped[int | None] = mapped_column(ForeignKey("files.id"))
    minutes_name: Mapped[str] = mapped_column(server_default=text("''"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    changed_at: Mapped[Moment]
    __table_args__ = (
        CheckConstraint("state in ('planned', 'held', 'cancelled')", name="state"),
        CheckConstraint("materials_days between 0 and 60", name="materials_days"),
    )


class PlanAlias(Base):
    """Words that a coordinator said stand for these units and posts; `text_key` is the text folded."""

    __tablename__ = "plan_aliases"
    text_key: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    codes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    learned_at: Mapped[Moment]
    learned_by: Mapped[int | None] = mapped_column(BigInteger)


class PlanDraft(Base):
    """A plan's file that a coordinator sent and has not taken over yet; at most one an account.

    `plan_id`: the plan that it brings anew; null for a new one. `decisions`: what was said about its doubtful items, by
    their row. `digest` stands for the difference that was shown.
    """

    __tablename__ = "plan_drafts"
    id: Mapped[RowId]
    account_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    year: Mapped[int] = mapped_column(SmallInteger)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plans.id"))
    name: Mapped[str]
    file_name: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    decisions: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    digest: Mapped[bytes | None] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(server_default=text("1"))
    sent_at: Mapped[Moment]


class PlanCalendar(Base):
    """The secret address of a unit's calendar, as its digest; a revoked one opens nothing."""

    __tablename__ = "plan_calendars"
    id: Mapped[RowId]
    unit_code: Mapped[str]
    digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    made_at: Mapped[Moment]
    made_by: Mapped[int] = mapped_column(BigInteger)
    revoked_at: Mapped[datetime | None]
    __table_args__ = (
        Index("uq_plan_calendars_unit", "unit_code", unique=True, postgresql_where=text("revoked_at is null")),
    )
