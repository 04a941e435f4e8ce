"""Announcements: drafts, revisions, readings, categories, channels; what stopped a broadcast.

Revision ID: 20261122_1200
Revises: 20261122_0730
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261122_1200"
down_revision = "20261122_0730"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_EMPTY, _NO_LINKS, _NO, _NOTHING = sa.text("'{}'"), sa.text("'[]'"), sa.text("false"), sa.text("''")
_EVER = sa.text("'-infinity'")
_UNSENT = sa.text("state in ('draft', 'awaiting_approval')")

# What a delivery refers to: a number below zero is that of a channel or a group.
_REFER = """
    create or replace function deliveries_refer() returns trigger language plpgsql as $$
    begin
        if exists (select from (select distinct notice_id from added) a
                   where not exists (select from notices n where n.id = a.notice_id))
           or exists (select from added a
                      where not exists (select from accounts where telegram_id = a.account_id){channels}) then
            raise foreign_key_violation using message = 'a delivery names a notice or an account that does not exist';
        end if;
        return null;
    end $$
"""
_OR_CHANNELS = """
                        and not exists (select from channels where chat_id = a.account_id)"""

# The release before knows no channels: what would go there is ended.
_END_CHANNELS = """
    update messages set state = 'cancelled', settled_at = now(), error = 'the program went back a release'
    where chat_id < 0 and state in ('pending', 'claimed', 'sending')
"""


def upgrade() -> None:
    _announcements_begin_as_drafts()
    _revisions()
    _readers()
    _channels()
    op.drop_constraint(op.f("ck_broadcasts_state"), "broadcasts")
    op.create_check_constraint(
        op.f("ck_broadcasts_state"), "broadcasts", "state in ('open', 'paused', 'stopped', 'cancelled', 'done')"
    )
    op.add_column("broadcasts", sa.Column("fault", sa.String(), nullable=True))
    op.add_column("broadcasts", sa.Column("trial_from", _MOMENT, server_default=_EVER, nullable=True))
    op.add_column("people", sa.Column("curator_of", sa.String(), server_default=_NOTHING, nullable=False))
    op.add_column("announcements", sa.Column("group_name", sa.String(), nullable=True))
    op.add_column("announcements", sa.Column("group_key", sa.String(), nullable=True))
    op.add_column("announcements", sa.Column("submitted_by", sa.BigInteger(), nullable=True))
    op.execute("update announcements set submitted_by = announced_by where state in ('scheduled', 'paused')")


def _announcements_begin_as_drafts() -> None:
    for column in (
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("about", postgresql.JSONB(), server_default=_EMPTY, nullable=False),
        sa.Column("media", sa.String(), nullable=True),
        sa.Column("file_id", sa.BigInteger(), nullable=True),
        sa.Column("file_name", sa.String(), server_default=_NOTHING, nullable=False),
        sa.Column("links", postgresql.JSONB(), server_default=_NO_LINKS, nullable=False),
        sa.Column("category", sa.String(), server_default=sa.text("'general'"), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=True),
        sa.Column("asks_reading", sa.Boolean(), server_default=_NO, nullable=False),
        sa.Column("is_public", sa.Boolean(), server_default=_NO, nullable=False),
        sa.Column("wanted_at", _MOMENT, nullable=True),
        sa.Column("changed_at", _MOMENT, nullable=True),
        sa.Column("changed_by", sa.BigInteger(), nullable=True),
        sa.Column("writers", postgresql.JSONB(), server_default=_NO_LINKS, nullable=False),
        sa.Column("returned", sa.String(), server_default=_NOTHING, nullable=False),
        sa.Column("corrected_at", _MOMENT, nullable=True),
        sa.Column("withdrawn_at", _MOMENT, nullable=True),
    ):
        op.add_column("announcements", column)
    op.create_foreign_key(op.f("fk_announcements_file_id"), "announcements", "files", ["file_id"], ["id"])
    op.drop_constraint(op.f("ck_announcements_state"), "announcements")
    states = "state in ('draft', 'awaiting_approval', 'scheduled', 'paused', 'begun', 'cancelled')"
    op.create_check_constraint(op.f("ck_announcements_state"), "announcements", states)
    op.create_check_constraint(op.f("ck_announcements_media"), "announcements", "media in ('photo', 'document')")
    op.create_check_constraint(op.f("ck_announcements_file"), "announcements", "(media is null) = (file_id is null)")
    begun = sa.text("state = 'begun'")
    op.create_index("ix_announcements_begun", "announcements", ["due_at"], postgresql_where=begun)
    op.create_index("ix_announcements_unsent", "announcements", ["id"], postgresql_where=_UNSENT)


def _revisions() -> None:
    op.create_table(
        "announcement_revisions",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("announcement_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("texts", postgresql.JSONB(), server_default=_EMPTY, nullable=False),
        sa.Column("writers", postgresql.JSONB(), server_default=_NO_LINKS, nullable=False),
        sa.Column("seen_by", postgresql.JSONB(), server_default=_NO_LINKS, nullable=False),
        sa.Column("notice_id", sa.BigInteger(), nullable=True),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=True),
        sa.Column("approved_at", _MOMENT, nullable=True),
        sa.Column("approved_by", sa.BigInteger(), nullable=True),
        sa.Column("begun_at", _MOMENT, nullable=True),
        sa.Column("swept_at", _MOMENT, nullable=True),
        sa.CheckConstraint("kind in ('correction', 'recall')", name=op.f("ck_announcement_revisions_kind")),
        sa.CheckConstraint(
            "state in ('draft', 'awaiting_approval', 'begun', 'dropped')", name=op.f("ck_announcement_revisions_state")
        ),
        sa.CheckConstraint("(state = 'begun') = (notice_id is not null)", name=op.f("ck_announcement_revisions_begun")),
        sa.ForeignKeyConstraint(
            ["announcement_id"], ["announcements.id"], name=op.f("fk_announcement_revisions_announcement_id")
        ),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name=op.f("fk_announcement_revisions_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement_revisions")),
        sa.UniqueConstraint("notice_id", name=op.f("uq_announcement_revisions_notice_id")),
    )
    op.create_index(op.f("ix_announcement_revisions_announcement_id"), "announcement_revisions", ["announcement_id"])
    op.create_index(
        "ix_announcement_revisions_unswept",
        "announcement_revisions",
        ["begun_at"],
        postgresql_where=sa.text("state = 'begun' and swept_at is null"),
    )
    op.create_index(
        "uq_announcement_revisions_open",
        "announcement_revisions",
        ["announcement_id"],
        unique=True,
        postgresql_where=_UNSENT,
    )


def _readers() -> None:
    op.add_column("accounts", sa.Column("gathered", sa.Boolean(), server_default=_NO, nullable=False))
    op.create_table(
        "announcement_readings",
        sa.Column("announcement_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("read_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"], ["announcements.id"], name=op.f("fk_announcement_readings_announcement_id")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.telegram_id"], name=op.f("fk_announcement_readings_account_id")
        ),
        sa.PrimaryKeyConstraint("announcement_id", "account_id", name=op.f("pk_announcement_readings")),
    )
    op.create_index(op.f("ix_announcement_readings_account_id"), "announcement_readings", ["account_id"])
    op.create_table(
        "announcement_progress",
        sa.Column("announcement_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("shown", sa.String(), server_default=_NOTHING, nullable=False),
        sa.Column("shown_at", _MOMENT, nullable=False),
        sa.Column("ended", sa.Boolean(), server_default=_NO, nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"], ["announcements.id"], name=op.f("fk_announcement_progress_announcement_id")
        ),
        sa.PrimaryKeyConstraint("announcement_id", "chat_id", name=op.f("pk_announcement_progress")),
    )
    op.create_index(
        "ix_announcement_progress_open", "announcement_progress", ["shown_at"], postgresql_where=sa.text("not ended")
    )
    op.create_table(
        "muted_categories",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.telegram_id"], name=op.f("fk_muted_categories_account_id")),
        sa.PrimaryKeyConstraint("account_id", "category", name=op.f("pk_muted_categories")),
    )


def _channels() -> None:
    op.create_table(
        "channels",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("username", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("unit_code", sa.String(), nullable=True),
        sa.Column("state", sa.String(), server_default=sa.text("'offered'"), nullable=False),
        sa.Column("seen_at", _MOMENT, nullable=False),
        sa.Column("registered_at", _MOMENT, nullable=True),
        sa.Column("registered_by", sa.BigInteger(), nullable=True),
        sa.Column("lost_at", _MOMENT, nullable=True),
        sa.Column("told_at", _MOMENT, nullable=True),
        sa.CheckConstraint("chat_id < 0", name=op.f("ck_channels_chat_id")),
        sa.CheckConstraint("kind in ('channel', 'group')", name=op.f("ck_channels_kind")),
        sa.CheckConstraint("language in ('ky', 'ru', 'en')", name=op.f("ck_channels_language")),
        sa.CheckConstraint("state in ('offered', 'registered')", name=op.f("ck_channels_state")),
        sa.CheckConstraint("(state = 'registered') = (registered_at is not null)", name=op.f("ck_channels_registered")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channels")),
        sa.UniqueConstraint("chat_id", name=op.f("uq_channels_chat_id")),
    )
    op.add_column("announcements", sa.Column("channels", postgresql.JSONB(), server_default=_NO_LINKS, nullable=False))
    op.execute(_REFER.format(channels=_OR_CHANNELS))


def downgrade() -> None:
    op.execute(_REFER.format(channels=""))
    op.execute(_END_CHANNELS)
    op.execute("delete from deliveries where account_id < 0")
    op.execute("delete from announcements where audience = '' and notice_id is null")
    op.drop_column("announcements", "channels")
    op.drop_table("channels")
    op.drop_column("announcements", "submitted_by")
    op.drop_column("announcements", "group_key")
    op.drop_column("announcements", "group_name")
    op.drop_column("people", "curator_of")
    op.drop_column("broadcasts", "trial_from")
    op.drop_column("broadcasts", "fault")
    op.execute("update broadcasts set state = 'paused' where state = 'stopped'")
    op.drop_constraint(op.f("ck_broadcasts_state"), "broadcasts")
    op.create_check_constraint(
        op.f("ck_broadcasts_state"), "broadcasts", "state in ('open', 'paused', 'cancelled', 'done')"
    )
    for table in (
        "muted_categories",
        "announcement_progress",
        "announcement_readings",
        "announcement_revisions",
    ):
        op.drop_table(table)
    op.drop_column("accounts", "gathered")
    for index in ("ix_announcements_begun", "ix_announcements_unsent"):
        op.drop_index(index, table_name="announcements")
    for constraint in ("ck_announcements_state", "ck_announcements_media", "ck_announcements_file"):
        op.drop_constraint(op.f(constraint), "announcements")
    op.execute("delete from announcements where state in ('draft', 'awaiting_approval')")
    states = "state in ('scheduled', 'paused', 'begun', 'cancelled')"
    op.create_check_constraint(op.f("ck_announcements_state"), "announcements", states)
    op.drop_constraint(op.f("fk_announcements_file_id"), "announcements")
    for column in (
        "version", "about", "media", "file_id", "file_name", "links", "category", "unit_code", "asks_reading",
        "is_public", "wanted_at", "changed_at", "changed_by", "writers", "returned", "corrected_at", "withdrawn_at",
    ):  # fmt: skip
        op.drop_column("announcements", column)
