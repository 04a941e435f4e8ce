"""Plans: items with their deadlines and parties, instances, sittings; what coordinators taught.

Revision ID: 20261122_1600
Revises: 20261122_1500
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261122_1600"
down_revision = "20261122_1500"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _plans_and_items()
    _around_them()


def _plans_and_items() -> None:
    op.create_table(
        "plans",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=True),
        sa.Column("file_name", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("ladder", sa.ARRAY(sa.SmallInteger()), server_default=sa.text("'{30,14,7,3,1,0}'"), nullable=False),
        sa.Column("overdue_every", sa.SmallInteger(), server_default=sa.text("3"), nullable=False),
        sa.Column("escalates", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("reminds_from", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("imported_at", _MOMENT, nullable=False),
        sa.Column("imported_by", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", _MOMENT, nullable=True),
        sa.CheckConstraint("overdue_every between 1 and 60", name=op.f("ck_plans_overdue_every")),
        sa.CheckConstraint("year between 2000 and 2200", name=op.f("ck_plans_year")),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_plans_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans")),
        sa.UniqueConstraint("year", "name", name=op.f("uq_plans_year_name")),
    )
    op.create_table(
        "plan_sittings",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("month", sa.Date(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("materials_days", sa.SmallInteger(), server_default=sa.text("5"), nullable=False),
        sa.Column("state", sa.String(), server_default=sa.text("'planned'"), nullable=False),
        sa.Column("agenda_file_id", sa.BigInteger(), nullable=True),
        sa.Column("agenda_name", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("minutes_file_id", sa.BigInteger(), nullable=True),
        sa.Column("minutes_name", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.CheckConstraint("state in ('planned', 'held', 'cancelled')", name=op.f("ck_plan_sittings_state")),
        sa.CheckConstraint("materials_days between 0 and 60", name=op.f("ck_plan_sittings_materials_days")),
        sa.ForeignKeyConstraint(["agenda_file_id"], ["files.id"], name=op.f("fk_plan_sittings_agenda_file_id")),
        sa.ForeignKeyConstraint(["minutes_file_id"], ["files.id"], name=op.f("fk_plan_sittings_minutes_file_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_plan_sittings_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_sittings")),
    )
    op.create_index(op.f("ix_plan_sittings_plan_id"), "plan_sittings", ["plan_id"], unique=False)
    op.create_table(
        "plan_items",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("place_table", sa.Integer(), nullable=True),
        sa.Column("place_row", sa.Integer(), nullable=True),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("deadline_text", sa.String(), nullable=False),
        sa.Column("deadline_kind", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_dates", sa.ARRAY(sa.Date()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("responsible_text", sa.String(), nullable=False),
        sa.Column("participants_text", sa.String(), nullable=False),
        sa.Column("unresolved", postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("budget", sa.String(), nullable=False),
        sa.Column("count_target", sa.Integer(), nullable=True),
        sa.Column("state_language", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("sitting_id", sa.BigInteger(), nullable=True),
        sa.Column("reminds_from", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), server_default=sa.text("'active'"), nullable=False),
        sa.Column("reason", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.CheckConstraint("origin in ('file', 'added', 'decision')", name=op.f("ck_plan_items_origin")),
        sa.CheckConstraint("state in ('active', 'cancelled', 'removed')", name=op.f("ck_plan_items_state")),
        sa.CheckConstraint("count_target > 0", name=op.f("ck_plan_items_count_target")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_plan_items_plan_id")),
        sa.ForeignKeyConstraint(["sitting_id"], ["plan_sittings.id"], name=op.f("fk_plan_items_sitting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_items")),
    )
    op.create_index("ix_plan_items_plan", "plan_items", ["plan_id", "position"], unique=False)
    op.create_index(op.f("ix_plan_items_sitting_id"), "plan_items", ["sitting_id"], unique=False)
    op.create_index(
        "uq_plan_items_key",
        "plan_items",
        ["plan_id", "key"],
        unique=True,
        postgresql_where=sa.text("state <> 'removed'"),
    )
    op.create_table(
        "plan_parties",
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("share", sa.String(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.CheckConstraint("share in ('responsible', 'participant')", name=op.f("ck_plan_parties_share")),
        sa.ForeignKeyConstraint(["item_id"], ["plan_items.id"], name=op.f("fk_plan_parties_item_id")),
        sa.PrimaryKeyConstraint("item_id", "code", name=op.f("pk_plan_parties")),
    )
    op.create_index(op.f("ix_plan_parties_code"), "plan_parties", ["code"], unique=False)
    op.create_table(
        "plan_instances",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("ordinal", sa.SmallInteger(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("first_due", sa.Date(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("soft", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("due_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("cancelled_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["plan_items.id"], name=op.f("fk_plan_instances_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_instances")),
        sa.UniqueConstraint("item_id", "ordinal", name=op.f("uq_plan_instances_item_id_ordinal")),
    )
    op.create_index(
        "ix_plan_instances_due",
        "plan_instances",
        ["due"],
        unique=False,
        postgresql_where=sa.text("cancelled_at is null"),
    )


def _around_them() -> None:
    op.create_table(
        "plan_aliases",
        sa.Column("text_key", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("codes", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("learned_at", _MOMENT, nullable=False),
        sa.Column("learned_by", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("text_key", name=op.f("pk_plan_aliases")),
    )
    op.create_table(
        "plan_drafts",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("plan_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("decisions", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("sent_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_plan_drafts_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_drafts")),
        sa.UniqueConstraint("account_id", name=op.f("uq_plan_drafts_account_id")),
    )
    op.create_table(
        "plan_calendars",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_calendars")),
        sa.UniqueConstraint("digest", name=op.f("uq_plan_calendars_digest")),
    )
    op.create_index(
        "uq_plan_calendars_unit",
        "plan_calendars",
        ["unit_code"],
        unique=True,
        postgresql_where=sa.text("revoked_at is null"),
    )


def downgrade() -> None:
    for table in (
        "plan_calendars",
        "plan_drafts",
        "plan_aliases",
        "plan_instances",
        "plan_parties",
        "plan_items",
        "plan_sittings",
        "plans",
    ):
        op.drop_table(table)
