"""The ground: roster, accounts, inbox, outbox, certificates.

Revision: 20261121_2200, the first.
Created: 2026-11-21 22:32:13.207696
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261121_2200"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(sa.schema.CreateSequence(sa.Sequence("worker_numbers", data_type=sa.Integer())))
    op.create_table(
        "bot_identities",
        sa.Column("bot_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("bot_id", name=op.f("pk_bot_identities")),
    )
    op.create_table(
        "certificate_series",
        sa.Column("year", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("last_serial", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_certificate_series")),
    )
    op.create_table(
        "conversation_states",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_conversation_states")),
    )
    op.create_index(op.f("ix_conversation_states_touched_at"), "conversation_states", ["touched_at"], unique=False)
    op.create_table(
        "files",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("mime", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_files")),
        sa.UniqueConstraint("sha256", name=op.f("uq_files_sha256")),
    )
    op.create_table(
        "inbox",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_key", sa.BigInteger(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("worker", sa.Integer(), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("parked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("update_id", name=op.f("pk_inbox")),
    )
    op.create_index(
        "ix_inbox_done", "inbox", ["done_at"], unique=False, postgresql_where=sa.text("done_at is not null")
    )
    op.create_index(
        "ix_inbox_waiting",
        "inbox",
        ["person_key", "update_id"],
        unique=False,
        postgresql_where=sa.text("done_at is null and parked_at is null"),
    )
    op.create_table(
        "link_attempts",
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_link_attempts")),
    )
    op.create_table(
        "messages",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("urgency", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("worker", sa.Integer(), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("unclear", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("telegram_message_id", sa.BigInteger(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.CheckConstraint(
            "state in ('pending', 'claimed', 'sending', 'sent', 'failed', 'blocked', 'unknown',"
            " 'cancelled', 'skipped')",
            name=op.f("ck_messages_state"),
        ),
        sa.CheckConstraint("urgency in ('answer', 'urgent', 'normal')", name=op.f("ck_messages_urgency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
    )
    op.create_index(
        "ix_messages_open",
        "messages",
        ["due_at", "id"],
        unique=False,
        postgresql_where=sa.text("state in ('pending', 'claimed', 'sending')"),
    )
    op.create_table(
        "notices",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("occasion", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("occasion", name=op.f("uq_notices_occasion")),
    )
    op.create_index(op.f("ix_notices_subject"), "notices", ["subject"], unique=False)
    op.create_table(
        "signing_keys",
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("certificate_pem", sa.String(), nullable=False),
        sa.Column("authority_pems", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("first_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_signing_keys")),
    )
    op.create_table(
        "units",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name_ky", sa.String(), nullable=False),
        sa.Column("name_ru", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("abbreviation", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("parent_code", sa.String(), nullable=False),
        sa.Column("aliases", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sort_key", sa.String(), nullable=False),
        sa.CheckConstraint("kind in ('unit', 'role')", name=op.f("ck_units_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sa.UniqueConstraint("code", name=op.f("uq_units_code")),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("person_no", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("last_name", sa.String(), nullable=False),
        sa.Column("first_name", sa.String(), nullable=False),
        sa.Column("patronymic", sa.String(), nullable=False),
        sa.Column("name_latin", sa.String(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.Column("programme_ky", sa.String(), nullable=False),
        sa.Column("programme_ru", sa.String(), nullable=False),
        sa.Column("programme_en", sa.String(), nullable=False),
        sa.Column("course", sa.SmallInteger(), nullable=True),
        sa.Column("group_name", sa.String(), nullable=False),
        sa.Column("study_form", sa.String(), nullable=False),
        sa.Column("funding", sa.String(), nullable=False),
        sa.Column("degree", sa.String(), nullable=False),
        sa.Column("admission_date", sa.Date(), nullable=True),
        sa.Column("expected_graduation", sa.Date(), nullable=True),
        sa.Column("admission_order", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("citizenship", sa.String(), nullable=False),
        sa.Column("visa_expires", sa.Date(), nullable=True),
        sa.Column("registration_expires", sa.Date(), nullable=True),
        sa.Column("post_ky", sa.String(), nullable=False),
        sa.Column("post_ru", sa.String(), nullable=False),
        sa.Column("post_en", sa.String(), nullable=False),
        sa.Column("sort_key", sa.String(), nullable=False),
        sa.Column("absent_since", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("funding in ('', 'budget', 'contract')", name=op.f("ck_people_funding")),
        sa.CheckConstraint("kind in ('student', 'staff')", name=op.f("ck_people_kind")),
        sa.CheckConstraint("status in ('active', 'leave', 'expelled', 'graduated')", name=op.f("ck_people_status")),
        sa.CheckConstraint("study_form in ('', 'full_time', 'part_time')", name=op.f("ck_people_study_form")),
        sa.CheckConstraint("course between 1 and 7", name=op.f("ck_people_course")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_people_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("person_no", name=op.f("uq_people_person_no")),
    )
    op.create_index(op.f("ix_people_unit_id"), "people", ["unit_id"], unique=False)
    op.create_table(
        "telegram_files",
        sa.Column("file_id", sa.BigInteger(), nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("telegram_file_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_telegram_files_file_id")),
        sa.PrimaryKeyConstraint("file_id", "bot_id", name=op.f("pk_telegram_files")),
    )
    op.create_table(
        "accounts",
        sa.Column("telegram_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("guessed_language", sa.String(), nullable=True),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("blocked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("language in ('ky', 'ru', 'en')", name=op.f("ck_accounts_language")),
        sa.CheckConstraint("guessed_language in ('ky', 'ru', 'en')", name=op.f("ck_accounts_guessed_language")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_accounts_person_id")),
        sa.PrimaryKeyConstraint("telegram_id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("person_id", name=op.f("uq_accounts_person_id")),
    )
    op.create_table(
        "certificates",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("facts_digest", sa.LargeBinary(), nullable=False),
        sa.Column("paper", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("status_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("key_fingerprint", sa.String(), nullable=True),
        sa.Column("worker", sa.Integer(), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reprints", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("language in ('ky', 'ru', 'en')", name=op.f("ck_certificates_language")),
        sa.CheckConstraint("status in ('issued', 'revoked', 'superseded')", name=op.f("ck_certificates_status")),
        sa.CheckConstraint("(file_id is null) = (signed_at is null)", name=op.f("ck_certificates_file_with_time")),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_certificates_file_id")),
        sa.ForeignKeyConstraint(
            ["key_fingerprint"], ["signing_keys.fingerprint"], name=op.f("fk_certificates_key_fingerprint")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_certificates_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificates")),
        sa.UniqueConstraint("code", name=op.f("uq_certificates_code")),
        sa.UniqueConstraint("number", name=op.f("uq_certificates_number")),
        sa.UniqueConstraint("year", "serial", name=op.f("uq_certificates_year_serial")),
    )
    op.create_index("ix_certificates_file_id", "certificates", ["file_id"], unique=False)
    op.create_index(op.f("ix_certificates_person_id"), "certificates", ["person_id"], unique=False)
    op.create_index(
        "ix_certificates_unprinted",
        "certificates",
        ["id"],
        unique=False,
        postgresql_where=sa.text("file_id is null and failed_at is null"),
    )
    op.create_index(
        "uq_certificates_same_day",
        "certificates",
        ["person_id", "kind", "language", "issued_on", "facts_digest"],
        unique=True,
        postgresql_where=sa.text("status = 'issued'"),
    )
    op.create_table(
        "role_grants",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted_by", sa.String(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.String(), nullable=True),
        sa.CheckConstraint("(telegram_id is null) <> (person_id is null)", name=op.f("ck_role_grants_one_holder")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_role_grants_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_role_grants_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grants")),
    )
    op.create_index(
        "ix_role_grants_person_id",
        "role_grants",
        ["person_id"],
        unique=False,
        postgresql_where=sa.text("revoked_at is null"),
    )
    op.create_index(
        "uq_role_grants_in_force",
        "role_grants",
        ["telegram_id", "person_id", "role", "unit_id"],
        unique=True,
        postgresql_where=sa.text("revoked_at is null"),
        postgresql_nulls_not_distinct=True,
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("notice_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.telegram_id"], name=op.f("fk_deliveries_account_id")),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_deliveries_message_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name=op.f("fk_deliveries_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("notice_id", "account_id", name=op.f("uq_deliveries_notice_id_account_id")),
    )
    op.create_index(op.f("ix_deliveries_account_id"), "deliveries", ["account_id"], unique=False)
    op.create_index(op.f("ix_deliveries_message_id"), "deliveries", ["message_id"], unique=False)
    op.create_table(
        "link_codes",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("payload_digest", sa.LargeBinary(), nullable=False),
        sa.Column("typed_digest", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_link_codes_person_id")),
        sa.ForeignKeyConstraint(["used_by"], ["accounts.telegram_id"], name=op.f("fk_link_codes_used_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_codes")),
        sa.UniqueConstraint("payload_digest", name=op.f("uq_link_codes_payload_digest")),
        sa.UniqueConstraint("typed_digest", name=op.f("uq_link_codes_typed_digest")),
    )
    op.create_index(op.f("ix_link_codes_person_id"), "link_codes", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_link_codes_person_id"), table_name="link_codes")
    op.drop_table("link_codes")
    op.drop_index(op.f("ix_deliveries_message_id"), table_name="deliveries")
    op.drop_index(op.f("ix_deliveries_account_id"), table_name="deliveries")
    op.drop_table("deliveries")
    op.drop_index(
        "uq_role_grants_in_force",
        table_name="role_grants",
        postgresql_where=sa.text("revoked_at is null"),
        postgresql_nulls_not_distinct=True,
    )
    op.drop_index("ix_role_grants_person_id", table_name="role_grants", postgresql_where=sa.text("revoked_at is null"))
    op.drop_table("role_grants")
    op.drop_index("uq_certificates_same_day", table_name="certificates", postgresql_where=sa.text("status = 'issued'"))
    op.drop_index(
        "ix_certificates_unprinted",
        table_name="certificates",
        postgresql_where=sa.text("file_id is null and failed_at is null"),
    )
    op.drop_index(op.f("ix_certificates_person_id"), table_name="certificates")
    op.drop_index("ix_certificates_file_id", table_name="certificates")
    op.drop_table("certificates")
    op.drop_table("accounts")
    op.drop_table("telegram_files")
    op.drop_index(op.f("ix_people_unit_id"), table_name="people")
    op.drop_table("people")
    op.drop_table("units")
    op.drop_table("signing_keys")
    op.drop_index(op.f("ix_notices_subject"), table_name="notices")
    op.drop_table("notices")
    op.drop_index(
        "ix_messages_open",
        table_name="messages",
        postgresql_where=sa.text("state in ('pending', 'claimed', 'sending')"),
    )
    op.drop_table("messages")
    op.drop_table("link_attempts")
    op.drop_index(
        "ix_inbox_waiting", table_name="inbox", postgresql_where=sa.text("done_at is null and parked_at is null")
    )
    op.drop_index("ix_inbox_done", table_name="inbox", postgresql_where=sa.text("done_at is not null"))
    op.drop_table("inbox")
    op.drop_table("files")
    op.drop_index(op.f("ix_conversation_states_touched_at"), table_name="conversation_states")
    op.drop_table("conversation_states")
    op.drop_table("certificate_series")
    op.drop_table("bot_identities")
    op.execute(sa.schema.DropSequence(sa.Sequence("worker_numbers")))
