"""Trust: times that officers offer, talks.

Revision ID: 20261122_1710
Revises: 20261122_1700
"""

import sqlalchemy as sa
from alembic import op

revision = "20261122_1710"
down_revision = "20261122_1700"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "trust_slots",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("officer_id", sa.BigInteger(), nullable=False),
        sa.Column("starts_at", _MOMENT, nullable=False),
        sa.Column("ends_at", _MOMENT, nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("state", sa.String(), server_default=sa.text("'open'"), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_trust_slots_times")),
        sa.CheckConstraint("state in ('open', 'closed', 'withdrawn')", name=op.f("ck_trust_slots_state")),
        sa.ForeignKeyConstraint(["officer_id"], ["people.id"], name=op.f("fk_trust_slots_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trust_slots")),
    )
    op.create_index(
        "uq_trust_slots_offered",
        "trust_slots",
        ["officer_id", "starts_at"],
        unique=True,
        postgresql_where=sa.text("state <> 'withdrawn'"),
    )
    op.create_index("ix_trust_slots_starts_at", "trust_slots", ["starts_at"], unique=False)
    op.create_table(
        "trust_talks",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("slot_id", sa.BigInteger(), nullable=False),
        sa.Column("officer_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("state", sa.String(), server_default=sa.text("'booked'"), nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.CheckConstraint(
            "topic in ('studies', 'dormitory', 'relations', 'corruption', 'health', 'other', 'unsaid')",
            name=op.f("ck_trust_talks_topic"),
        ),
        sa.CheckConstraint("state in ('booked', 'left', 'called_off')", name=op.f("ck_trust_talks_state")),
        sa.CheckConstraint("(state = 'booked') = (ended_at is null)", name=op.f("ck_trust_talks_ended")),
        sa.CheckConstraint("person_id <> officer_id", name=op.f("ck_trust_talks_two")),
        sa.ForeignKeyConstraint(["slot_id"], ["trust_slots.id"], name=op.f("fk_trust_talks_slot_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["people.id"], name=op.f("fk_trust_talks_officer_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_trust_talks_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trust_talks")),
    )
    booked = sa.text("state = 'booked'")
    op.create_index("uq_trust_talks_slot", "trust_talks", ["slot_id"], unique=True, postgresql_where=booked)
    op.create_index(
        "uq_trust_talks_person", "trust_talks", ["person_id", "officer_id"], unique=True, postgresql_where=booked
    )
    op.create_index("ix_trust_talks_slot_id", "trust_talks", ["slot_id"], unique=False)


def downgrade() -> None:
    op.drop_table("trust_talks")
    op.drop_table("trust_slots")
