"""Certificates, complete: requests and desks, corrections of papers, groups, the register, days.

Revision ID: 20261122_0730
Revises: 20261122_0430
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.register_of_20261122 import GUARDS, NO_GUARDS, enter_what_was_issued

revision = "20261122_0730"
down_revision = "20261122_0430"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_OPEN_REQUEST = sa.text("state in ('unpaid', 'waiting', 'taken', 'asked')")
_OPEN_REPORT = sa.text("state in ('open', 'document_wanted')")


def upgrade() -> None:
    _certificates_are_replaced_and_salted()
    _requests_for_certificates()
    _queues_in_a_spreadsheet()
    _facts_told_to_be_wrong()
    _whole_groups()
    _the_register()
    _days()


def _certificates_are_replaced_and_salted() -> None:
    op.add_column("certificates", sa.Column("salt", sa.LargeBinary(), nullable=True))
    op.add_column("certificates", sa.Column("replaces_id", sa.BigInteger(), nullable=True))
    op.add_column("certificates", sa.Column("confirmed", sa.Boolean(), server_default=sa.text("true"), nullable=False))
    op.create_index(
        "ix_certificates_in_force",
        "certificates",
        ["valid_until"],
        unique=False,
        postgresql_where=sa.text("status = 'issued'"),
    )
    op.create_unique_constraint(op.f("uq_certificates_replaces_id"), "certificates", ["replaces_id"])
    op.create_foreign_key(op.f("fk_certificates_replaces_id"), "certificates", "certificates", ["replaces_id"], ["id"])
    op.add_column("signing_keys", sa.Column("invalid_since", _MOMENT, nullable=True))
    op.alter_column("signing_keys", "first_used_at", existing_type=_MOMENT, nullable=True)


def _requests_for_certificates() -> None:
    op.create_table(
        "certificate_requests",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("asked", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("entered", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("question", sa.String(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("refusal", sa.String(), nullable=True),
        sa.Column("receipt_file_id", sa.BigInteger(), nullable=True),
        sa.Column("receipt_refusal", sa.String(), nullable=True),
        sa.Column("paid_at", _MOMENT, nullable=True),
        sa.Column("paid_by", sa.BigInteger(), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("queued_at", _MOMENT, nullable=True),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("warned_on", sa.Date(), nullable=True),
        sa.Column("taken_by", sa.BigInteger(), nullable=True),
        sa.Column("taken_at", _MOMENT, nullable=True),
        sa.Column("decided_at", _MOMENT, nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("certificate_id", sa.BigInteger(), nullable=True),
        sa.Column("paper_copy", sa.String(), server_default=sa.text("'none'"), nullable=False),
        sa.Column("paper_copy_at", _MOMENT, nullable=True),
        sa.CheckConstraint(
            "(state = 'approved') = (certificate_id is not null)",
            name=op.f("ck_certificate_requests_approved_with_certificate"),
        ),
        sa.CheckConstraint(
            "(state = 'refused') = (refusal is not null)", name=op.f("ck_certificate_requests_refused_with_reason")
        ),
        sa.CheckConstraint(
            "(state = 'taken') <= (taken_by is not null)", name=op.f("ck_certificate_requests_taken_by_somebody")
        ),
        sa.CheckConstraint(
            "paper_copy in ('none', 'wanted', 'ready', 'given')", name=op.f("ck_certificate_requests_paper_copy")
        ),
        sa.CheckConstraint("language in ('ky', 'ru', 'en')", name=op.f("ck_certificate_requests_language")),
        sa.CheckConstraint(
            "state in ('unpaid', 'waiting', 'taken', 'asked', 'approved', 'refused', 'withdrawn')",
            name=op.f("ck_certificate_requests_state"),
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificates.id"], name=op.f("fk_certificate_requests_certificate_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_certificate_requests_person_id")),
        sa.ForeignKeyConstraint(
            ["receipt_file_id"], ["files.id"], name=op.f("fk_certificate_requests_receipt_file_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_requests")),
        sa.UniqueConstraint("occasion", name=op.f("uq_certificate_requests_occasion")),
    )
    op.create_index(op.f("ix_certificate_requests_account_id"), "certificate_requests", ["account_id"], unique=False)
    op.create_index(
        op.f("ix_certificate_requests_certificate_id"), "certificate_requests", ["certificate_id"], unique=True
    )
    op.create_index(
        "ix_certificate_requests_copies",
        "certificate_requests",
        ["desk", "id"],
        unique=False,
        postgresql_where=sa.text("paper_copy in ('wanted', 'ready')"),
    )
    op.create_index(
        op.f("ix_certificate_requests_person_id_id"), "certificate_requests", ["person_id", "id"], unique=False
    )
    op.create_index(
        "ix_certificate_requests_promised",
        "certificate_requests",
        ["promised_on"],
        unique=False,
        postgresql_where=_OPEN_REQUEST,
    )
    op.create_index(
        op.f("ix_certificate_requests_receipt_file_id"), "certificate_requests", ["receipt_file_id"], unique=False
    )
    op.create_index(
        "ix_certificate_requests_queue",
        "certificate_requests",
        ["desk", "queued_at", "id"],
        unique=False,
        postgresql_where=_OPEN_REQUEST,
    )


def _queues_in_a_spreadsheet() -> None:
    op.create_table(
        "desk_sheets",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_sheets")),
        sa.UniqueConstraint("account_id", name=op.f("uq_desk_sheets_account_id")),
    )


def _facts_told_to_be_wrong() -> None:
    op.create_table(
        "fact_reports",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("certificate_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_value", sa.String(), nullable=True),
        sa.Column("refusal", sa.String(), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("decided_at", _MOMENT, nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("new_certificate_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(state = 'refused') = (refusal is not null)", name=op.f("ck_fact_reports_refused_with_reason")
        ),
        sa.CheckConstraint(
            "state in ('open', 'document_wanted', 'accepted', 'refused', 'withdrawn')",
            name=op.f("ck_fact_reports_state"),
        ),
        sa.ForeignKeyConstraint(["certificate_id"], ["certificates.id"], name=op.f("fk_fact_reports_certificate_id")),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_fact_reports_file_id")),
        sa.ForeignKeyConstraint(
            ["new_certificate_id"], ["certificates.id"], name=op.f("fk_fact_reports_new_certificate_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_fact_reports_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_reports")),
    )
    op.create_index(op.f("ix_fact_reports_account_id"), "fact_reports", ["account_id"], unique=False)
    op.create_index(op.f("ix_fact_reports_person_id"), "fact_reports", ["person_id"], unique=False)
    op.create_index(
        "ix_fact_reports_queue", "fact_reports", ["desk", "id"], unique=False, postgresql_where=_OPEN_REPORT
    )
    op.create_index(
        "uq_fact_reports_open", "fact_reports", ["certificate_id", "fact"], unique=True, postgresql_where=_OPEN_REPORT
    )


def _whole_groups() -> None:
    op.create_table(
        "certificate_batches",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("entered", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("finished_at", _MOMENT, nullable=True),
        sa.Column("worker", sa.Integer(), nullable=True),
        sa.Column("leased_until", _MOMENT, nullable=True),
        sa.CheckConstraint("language in ('ky', 'ru', 'en')", name=op.f("ck_certificate_batches_language")),
        sa.CheckConstraint("state in ('open', 'done', 'cancelled')", name=op.f("ck_certificate_batches_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_batches")),
    )
    op.create_index(op.f("ix_certificate_batches_account_id"), "certificate_batches", ["account_id"], unique=False)
    op.create_index(
        "ix_certificate_batches_open",
        "certificate_batches",
        ["id"],
        unique=False,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "certificate_batch_rows",
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("entered", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("certificate_id", sa.BigInteger(), nullable=True),
        sa.Column("refusal", sa.String(), nullable=True),
        sa.CheckConstraint("certificate_id is null or refusal is null", name=op.f("ck_certificate_batch_rows_one_end")),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["certificate_batches.id"],
            name=op.f("fk_certificate_batch_rows_batch_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificates.id"], name=op.f("fk_certificate_batch_rows_certificate_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_certificate_batch_rows_person_id")),
        sa.PrimaryKeyConstraint("batch_id", "row", name=op.f("pk_certificate_batch_rows")),
    )
    op.create_index(
        "ix_certificate_batch_rows_left",
        "certificate_batch_rows",
        ["batch_id", "row"],
        unique=False,
        postgresql_where=sa.text("certificate_id is null and refusal is null"),
    )
    op.create_index(op.f("ix_certificate_batch_rows_person_id"), "certificate_batch_rows", ["person_id"], unique=False)


def _the_register() -> None:
    op.create_table(
        "issuing",
        sa.Column("id", sa.SmallInteger(), server_default=sa.text("1"), autoincrement=False, nullable=False),
        sa.Column("halted_at", _MOMENT, nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_issuing_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issuing")),
    )
    op.create_table(
        "register_entries",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("previous", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "event in ('issued', 'signed', 'revoked', 'superseded', 'entered_again', 'erased')",
            name=op.f("ck_register_entries_event"),
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_register_entries")),
        sa.UniqueConstraint("hash", name=op.f("uq_register_entries_hash")),
        sa.UniqueConstraint("previous", name=op.f("uq_register_entries_previous")),
    )
    op.create_index(op.f("ix_register_entries_number"), "register_entries", ["number"], unique=False)
    op.create_table(
        "register_heads",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("posted_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_register_heads")),
    )
    op.create_table(
        "certificate_timestamps",
        sa.Column("certificate_id", sa.BigInteger(), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("next_at", _MOMENT, nullable=True),
        sa.Column("obtained_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificates.id"], name=op.f("fk_certificate_timestamps_certificate_id")
        ),
        sa.PrimaryKeyConstraint("certificate_id", name=op.f("pk_certificate_timestamps")),
    )
    op.create_index(
        "ix_certificate_timestamps_wanted",
        "certificate_timestamps",
        ["next_at"],
        unique=False,
        postgresql_where=sa.text("token is null and next_at is not null"),
    )
    op.execute("insert into issuing default values")
    enter_what_was_issued(op.get_bind())
    for statement in GUARDS:
        op.execute(statement)


def _days() -> None:
    op.create_table(
        "workday_changes",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("noted_at", _MOMENT, nullable=False),
        sa.Column("noted_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("kind in ('off', 'working', 'short')", name=op.f("ck_workday_changes_kind")),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_workday_changes")),
    )
    op.create_table(
        "expiry_answers",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("applied_at", _MOMENT, nullable=False),
        sa.CheckConstraint("paper in ('visa', 'registration', 'work_permit')", name=op.f("ck_expiry_answers_paper")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_expiry_answers_person_id")),
        sa.PrimaryKeyConstraint("person_id", "paper", "expires_on", name=op.f("pk_expiry_answers")),
    )
    op.create_table(
        "expiry_marks",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("threshold", sa.SmallInteger(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.CheckConstraint("paper in ('visa', 'registration', 'work_permit')", name=op.f("ck_expiry_marks_paper")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_expiry_marks_person_id")),
        sa.PrimaryKeyConstraint("person_id", "paper", "expires_on", "threshold", name=op.f("pk_expiry_marks")),
    )
    op.create_index(op.f("ix_expiry_marks_told_on"), "expiry_marks", ["told_on"], unique=False)
    op.create_table(
        "expiry_sweeps",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("swept_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_expiry_sweeps")),
    )
    op.add_column("people", sa.Column("work_permit_expires", sa.Date(), nullable=True))
    op.create_index(
        "ix_people_registration_expires",
        "people",
        ["registration_expires"],
        unique=False,
        postgresql_where=sa.text("registration_expires is not null"),
    )
    op.create_index(
        "ix_people_visa_expires",
        "people",
        ["visa_expires"],
        unique=False,
        postgresql_where=sa.text("visa_expires is not null"),
    )
    op.create_index(
        "ix_people_work_permit_expires",
        "people",
        ["work_permit_expires"],
        unique=False,
        postgresql_where=sa.text("work_permit_expires is not null"),
    )


def downgrade() -> None:
    for statement in NO_GUARDS:
        op.execute(statement)
    op.execute("delete from signing_keys where first_used_at is null")
    op.alter_column("signing_keys", "first_used_at", existing_type=_MOMENT, nullable=False)
    op.drop_column("signing_keys", "invalid_since")
    op.drop_index(
        "ix_people_work_permit_expires",
        table_name="people",
        postgresql_where=sa.text("work_permit_expires is not null"),
    )
    op.drop_index("ix_people_visa_expires", table_name="people", postgresql_where=sa.text("visa_expires is not null"))
    op.drop_index(
        "ix_people_registration_expires",
        table_name="people",
        postgresql_where=sa.text("registration_expires is not null"),
    )
    op.drop_column("people", "work_permit_expires")
    op.drop_constraint(op.f("fk_certificates_replaces_id"), "certificates", type_="foreignkey")
    op.drop_constraint(op.f("uq_certificates_replaces_id"), "certificates", type_="unique")
    op.drop_index("ix_certificates_in_force", table_name="certificates", postgresql_where=sa.text("status = 'issued'"))
    op.drop_column("certificates", "confirmed")
    op.drop_column("certificates", "replaces_id")
    op.drop_column("certificates", "salt")
    op.drop_table("fact_reports")
    op.drop_table("certificate_timestamps")
    op.drop_table("certificate_requests")
    op.drop_table("certificate_batch_rows")
    op.drop_table("expiry_sweeps")
    op.drop_table("expiry_marks")
    op.drop_table("expiry_answers")
    op.drop_table("workday_changes")
    op.drop_table("register_heads")
    op.drop_table("register_entries")
    op.drop_table("issuing")
    op.drop_table("desk_sheets")
    op.drop_table("certificate_batches")
