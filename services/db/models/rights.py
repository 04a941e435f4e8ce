"""Who may do what, and what was done."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.db.models.base import Base, Moment, RowId


class RoleGrant(Base):
    """A role of a Telegram account, from a day to a day (both included), for the university or for one unit.

    With a person it holds only while the account is theirs; without an account it waits for the person's next link.
    `deputy_of`: the grant of whom the holder stands in for; it ends with that one.
    """

    __tablename__ = "role_grants"
    id: Mapped[RowId]
    telegram_id: Mapped[int | None] = mapped_column(BigInteger)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    role: Mapped[str]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    deputy_of: Mapped[int | None] = mapped_column(ForeignKey("role_grants.id"))
    granted_at: Mapped[Moment]
    granted_by: Mapped[str]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str | None]
    __table_args__ = (
        CheckConstraint("telegram_id is not null or person_id is not null", name="holder"),
        CheckConstraint(
            "role in ('admin', 'registrar', 'editor', 'approver', 'survey_manager', 'trust_officer',"
            " 'plan_coordinator', 'unit_head', 'unit_staff')",
            name="role",
        ),
        CheckConstraint(
            "role not in ('unit_head', 'unit_staff') or unit_id is not null or revoked_at is not null", name="unit"
        ),
        CheckConstraint("valid_from <= valid_to", name="days"),
        Index(
            "uq_role_grants_in_force",
            "telegram_id",
            "person_id",
            "role",
            "unit_id",
            "valid_from",
            "deputy_of",
            unique=True,
            postgresql_where=text("revoked_at is null"),
            postgresql_nulls_not_distinct=True,
        ),
        Index("ix_role_grants_person_id", "person_id", postgresql_where=text("revoked_at is null")),
    )


class AuditEntry(Base):
    """Who did what about whom: ids and the names of facts, never their values."""

    __tablename__ = "audit_entries"
    id: Mapped[RowId]
    at: Mapped[Moment]
    account_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    act: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    details: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
