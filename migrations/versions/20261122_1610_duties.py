"""Plans: duties of units, their reports, extensions and history; reminders.

Revision ID: 20261122_1610
Revises: 20261122_1600
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261122_1610"
down_revision = "20261122_1600"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _duties()
    _reminders()


def _duties() -> None:
    op.create_table(
        "plan_duties",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("instance_id", sa.BigInteger(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("due_version", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("accepted_at", _MOMENT, nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.CheckConstraint("(state = 'done') = (done_on is not null)", name=op.f("ck_plan_duties_done")),
        sa.CheckConstraint(
            "state in ('open', 'accepted', 'disputed', 'released', 'reported', 'returned', 'done')",
            name=op.f("ck_plan_duties_state"),
        ),
        sa.ForeignKeyConstraint(["instance_id"], ["plan_instances.id"], name=op.f("fk_plan_duties_instance_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_plan_duties_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_duties")),
        sa.UniqueConstraint("instance_id", "unit_code", name=op.f("uq_plan_duties_instance_id_unit_code")),
    )
    op.create_index("ix_plan_duties_unit", "plan_duties", ["unit_code"], unique=False)
    op.create_index(
        "ix_plan_duties_waiting",
        "plan_duties",
        ["changed_at"],
        unique=False,
        postgresql_where=sa.text("state in ('disputed', 'reported')"),
    )
    op.create_table(
        "plan_reports",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("duty_id", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("attendance", sa.Integer(), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("reported_at", _MOMENT, nullable=False),
        sa.Column("reported_by", sa.BigInteger(), nullable=False),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("comment", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("decided_at", _MOMENT, nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("decision in ('accepted', 'returned')", name=op.f("ck_plan_reports_decision")),
        sa.CheckConstraint("outcome in ('done', 'partly')", name=op.f("ck_plan_reports_outcome")),
        sa.CheckConstraint("(decision is null) = (decided_at is null)", name=op.f("ck_plan_reports_decided")),
        sa.CheckConstraint("count > 0 and attendance >= 0", name=op.f("ck_plan_reports_counts")),
        sa.ForeignKeyConstraint(["duty_id"], ["plan_duties.id"], name=op.f("fk_plan_reports_duty_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_reports")),
    )
    op.create_index(op.f("ix_plan_reports_duty_id"), "plan_reports", ["duty_id"], unique=False)
    op.create_table(
        "plan_evidence",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("report_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=True),
        sa.Column("file_name", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("url", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.CheckConstraint("(kind = 'link') = (file_id is null)", name=op.f("ck_plan_evidence_file")),
        sa.CheckConstraint("(kind = 'link') = (url <> '')", name=op.f("ck_plan_evidence_url")),
        sa.CheckConstraint("kind in ('file', 'photo', 'link')", name=op.f("ck_plan_evidence_kind")),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_plan_evidence_file_id")),
        sa.ForeignKeyConstraint(["report_id"], ["plan_reports.id"], name=op.f("fk_plan_evidence_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_evidence")),
    )
    op.create_index(op.f("ix_plan_evidence_report_id"), "plan_evidence", ["report_id"], unique=False)
    op.create_table(
        "plan_extensions",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("duty_id", sa.BigInteger(), nullable=False),
        sa.Column("wanted", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=False),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("granted", sa.Date(), nullable=True),
        sa.Column("comment", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("decided_at", _MOMENT, nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("(decision = 'granted') = (granted is not null)", name=op.f("ck_plan_extensions_granted")),
        sa.CheckConstraint("decision in ('granted', 'refused')", name=op.f("ck_plan_extensions_decision")),
        sa.CheckConstraint("(decision is null) = (decided_at is null)", name=op.f("ck_plan_extensions_decided")),
        sa.ForeignKeyConstraint(["duty_id"], ["plan_duties.id"], name=op.f("fk_plan_extensions_duty_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_extensions")),
    )
    op.create_index(
        "uq_plan_extensions_open",
        "plan_extensions",
        ["duty_id"],
        unique=True,
        postgresql_where=sa.text("decision is null"),
    )
    op.create_table(
        "plan_history",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("instance_id", sa.BigInteger(), nullable=True),
        sa.Column("unit_code", sa.String(), nullable=True),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("details", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.ForeignKeyConstraint(["instance_id"], ["plan_instances.id"], name=op.f("fk_plan_history_instance_id")),
        sa.ForeignKeyConstraint(["item_id"], ["plan_items.id"], name=op.f("fk_plan_history_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_history")),
    )
    op.create_index(op.f("ix_plan_history_item_id"), "plan_history", ["item_id"], unique=False)


def _reminders() -> None:
    op.create_table(
        "plan_steps",
        sa.Column("instance_id", sa.BigInteger(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("due_version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("heard_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["instance_id"], ["plan_instances.id"], name=op.f("fk_plan_steps_instance_id")),
        sa.PrimaryKeyConstraint("instance_id", "unit_code", "step", "due_version", name=op.f("pk_plan_steps")),
    )
    op.create_index("ix_plan_steps_day", "plan_steps", ["day", "heard_by"], unique=False)
    op.create_table(
        "plan_sweeps",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("swept_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_plan_sweeps")),
    )


def downgrade() -> None:
    for table in (
        "plan_sweeps",
        "plan_steps",
        "plan_history",
        "plan_extensions",
        "plan_evidence",
        "plan_reports",
        "plan_duties",
    ):
        op.drop_table(table)
