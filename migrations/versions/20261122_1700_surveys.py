"""Surveys: questionnaires, rounds, who is asked and who is through, replies sealed and plain.

Revision ID: 20261122_1700
Revises: 20261122_1610
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261122_1700"
down_revision = "20261122_1610"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _questionnaires()
    _people()
    _replies()


def _questionnaires() -> None:
    op.create_table(
        "questionnaires",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("revision", sa.SmallInteger(), nullable=False),
        sa.Column("body", postgresql.JSONB(), nullable=False),
        sa.Column("draft", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("revision > 0", name=op.f("ck_questionnaires_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaires")),
    )
    op.create_index(
        "uq_questionnaires_code_revision",
        "questionnaires",
        ["code", "revision"],
        unique=True,
        postgresql_where=sa.text("not draft"),
    )
    op.create_table(
        "surveys",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("questionnaire_id", sa.BigInteger(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("state", sa.String(), server_default=sa.text("'draft'"), nullable=False),
        sa.Column("audience", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("split", sa.String(), server_default=sa.text("'unit'"), nullable=False),
        sa.Column("period_ky", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("period_ru", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("period_en", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("public_key", sa.LargeBinary(), nullable=True),
        sa.Column("tap_key", sa.LargeBinary(), nullable=True),
        sa.Column("link_token", sa.String(), nullable=True),
        sa.Column("reader_unit", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("outcome_ky", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("outcome_ru", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("outcome_en", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("(state = 'closed') = (closed_on is not null)", name=op.f("ck_surveys_closed")),
        sa.CheckConstraint("(state = 'draft') = (opened_on is null)", name=op.f("ck_surveys_opened")),
        sa.CheckConstraint("mode in ('anonymous', 'confidential', 'named', 'open')", name=op.f("ck_surveys_mode")),
        sa.CheckConstraint("split in ('university', 'unit', 'unit_course')", name=op.f("ck_surveys_split")),
        sa.CheckConstraint("state in ('draft', 'open', 'closing', 'closed')", name=op.f("ck_surveys_state")),
        sa.ForeignKeyConstraint(["questionnaire_id"], ["questionnaires.id"], name=op.f("fk_surveys_questionnaire_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys")),
        sa.UniqueConstraint("link_token", name=op.f("uq_surveys_link_token")),
    )
    op.create_index(op.f("ix_surveys_questionnaire_id"), "surveys", ["questionnaire_id"], unique=False)
    op.create_table(
        "survey_strata",
        sa.Column("survey_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("parent", sa.String(), nullable=True),
        sa.Column("name_ky", sa.String(), nullable=False),
        sa.Column("name_ru", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("leaf", sa.Boolean(), nullable=False),
        sa.Column("tickets", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("covers", postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("finished", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=True),
        sa.CheckConstraint("people >= 0 and tickets >= 0 and finished >= 0", name=op.f("ck_survey_strata_counts")),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["surveys.id"], name=op.f("fk_survey_strata_survey_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("survey_id", "code", name=op.f("pk_survey_strata")),
    )


def _people() -> None:
    op.create_table(
        "survey_people",
        sa.Column("survey_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("stratum", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_survey_people_person_id")),
        sa.ForeignKeyConstraint(
            ["survey_id", "stratum"],
            ["survey_strata.survey_id", "survey_strata.code"],
            name=op.f("fk_survey_people_survey_id_stratum"),
        ),
        sa.PrimaryKeyConstraint("survey_id", "person_id", name=op.f("pk_survey_people")),
    )
    op.create_index("ix_survey_people_person", "survey_people", ["person_id"], unique=False)
    op.create_table(
        "survey_marks",
        sa.Column("survey_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["survey_id", "person_id"],
            ["survey_people.survey_id", "survey_people.person_id"],
            name=op.f("fk_survey_marks_survey_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("survey_id", "person_id", name=op.f("pk_survey_marks")),
    )
    op.create_table(
        "survey_quiet",
        sa.Column("survey_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["survey_id", "person_id"],
            ["survey_people.survey_id", "survey_people.person_id"],
            name=op.f("fk_survey_quiet_survey_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("survey_id", "person_id", name=op.f("pk_survey_quiet")),
    )
    op.create_table(
        "survey_tickets",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("survey_id", sa.BigInteger(), nullable=False),
        sa.Column("stratum", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["survey_id", "stratum"],
            ["survey_strata.survey_id", "survey_strata.code"],
            name=op.f("fk_survey_tickets_survey_id_stratum"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_survey_tickets")),
    )
    op.create_index("ix_survey_tickets_survey", "survey_tickets", ["survey_id"], unique=False)


def _replies() -> None:
    op.create_table(
        "sealed_replies",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name=op.f("fk_sealed_replies_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed_replies")),
    )
    op.create_table(
        "survey_replies",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.BigInteger(), nullable=False),
        sa.Column("stratum", sa.String(), nullable=False),
        sa.Column("answers", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["survey_id", "stratum"],
            ["survey_strata.survey_id", "survey_strata.code"],
            name=op.f("fk_survey_replies_survey_id_stratum"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_replies")),
    )
    op.create_index("ix_survey_replies_survey", "survey_replies", ["survey_id"], unique=False)
    op.create_table(
        "survey_texts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.BigInteger(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("stratum", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("shown", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("state", sa.String(), server_default=sa.text("'waiting'"), nullable=False),
        sa.CheckConstraint("state in ('waiting', 'confirmed', 'withheld')", name=op.f("ck_survey_texts_state")),
        sa.ForeignKeyConstraint(
            ["survey_id", "stratum"],
            ["survey_strata.survey_id", "survey_strata.code"],
            name=op.f("fk_survey_texts_survey_id_stratum"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_texts")),
    )
    op.create_index("ix_survey_texts_survey", "survey_texts", ["survey_id", "item"], unique=False)
    op.create_table(
        "named_replies",
        sa.Column("survey_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("answers", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["survey_id", "person_id"],
            ["survey_people.survey_id", "survey_people.person_id"],
            name=op.f("fk_named_replies_survey_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("survey_id", "person_id", name=op.f("pk_named_replies")),
    )
    op.create_table(
        "survey_sendings",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("survey_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.CheckConstraint("kind in ('invitation', 'reminder', 'outcome')", name=op.f("ck_survey_sendings_kind")),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name=op.f("fk_survey_sendings_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_sendings")),
        sa.UniqueConstraint("survey_id", "kind", "day", name=op.f("uq_survey_sendings_survey_id_kind_day")),
    )


def downgrade() -> None:
    for table in (
        "survey_sendings",
        "named_replies",
        "survey_texts",
        "survey_replies",
        "sealed_replies",
        "survey_tickets",
        "survey_quiet",
        "survey_marks",
        "survey_people",
        "survey_strata",
        "surveys",
        "questionnaires",
    ):
        op.drop_table(table)
