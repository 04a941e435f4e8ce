"""Who is who: what people are found by, corrections, imports that can be undone, links with a past, dated roles, audit.

Revision ID: 20261122_0130
Revises: 20261121_2200
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.keys_of_20261122 import keys_of

revision = "20261122_0130"
down_revision = "20261121_2200"
branch_labels = None
depends_on = None

_BATCH = 1_000
_ROLES = (
    "role in ('admin', 'registrar', 'editor', 'approver', 'survey_manager', 'trust_officer',"
    " 'plan_coordinator', 'unit_head', 'unit_staff')"
)


def upgrade() -> None:
    _find_people()
    _keep_what_officials_know()
    _make_imports_undoable()
    _give_links_a_past()
    _count_each_way_by_itself()
    _keep_requests_and_consents()
    _date_the_roles()
    _note_what_is_done()
    op.add_column("certificates", sa.Column("revoked_by", sa.BigInteger(), nullable=True))
    op.add_column("certificates", sa.Column("revocation_reason", sa.String(), nullable=True))


def _find_people() -> None:
    op.add_column("people", sa.Column("number_key", sa.String(), nullable=True))
    op.add_column("people", sa.Column("group_key", sa.String(), nullable=True))
    op.add_column("people", sa.Column("phone_keys", sa.ARRAY(sa.Text()), nullable=True))
    op.add_column("people", sa.Column("search", postgresql.TSVECTOR(), nullable=True))
    op.add_column("people", sa.Column("first_linked_at", sa.DateTime(timezone=True), nullable=True))
    _write_keys()
    for column in ("number_key", "group_key", "phone_keys", "search"):
        op.alter_column("people", column, nullable=False)
    op.create_unique_constraint(op.f("uq_people_number_key"), "people", ["number_key"])
    op.create_index(
        op.f("ix_people_group_key_sort_key"),
        "people",
        ["group_key", "sort_key"],
        postgresql_where=sa.text("group_key <> ''"),
    )
    op.create_index(op.f("ix_people_phone_keys"), "people", ["phone_keys"], postgresql_using="gin")
    op.create_index(op.f("ix_people_search"), "people", ["search"], postgresql_using="gin")
    op.create_index("ix_people_listing", "people", [sa.text("(absent_since is not null)"), "sort_key", "id"])


def _write_keys() -> None:
    """Make the keys of the people who are there already; imports write only the rows that change."""
    connection = op.get_bind()
    columns = "id, person_no, last_name, first_name, patronymic, name_latin, group_name, phone"
    present_first = f"select {columns} from people order by absent_since is not null, id"  # noqa: S608 -- a constant
    taken: set[str] = set()
    values = [
        {"row_id": row["id"], **keys_of(dict(row), taken)}
        for row in connection.execute(sa.text(present_first)).mappings()
    ]
    statement = sa.text(
        "update people set number_key = :number_key, group_key = :group_key, phone_keys = :phone_keys,"
        " search = array_to_tsvector(:search) where id = :row_id"
    ).bindparams(
        sa.bindparam("phone_keys", type_=sa.ARRAY(sa.Text())), sa.bindparam("search", type_=sa.ARRAY(sa.Text()))
    )
    for start in range(0, len(values), _BATCH):
        connection.execute(statement, values[start : start + _BATCH])


def _keep_what_officials_know() -> None:
    op.create_table(
        "person_corrections",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("roster_value", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrected_by", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_how", sa.String(), nullable=True),
        sa.CheckConstraint("ended_how in ('withdrawn', 'adopted')", name=op.f("ck_person_corrections_ended_how")),
        sa.CheckConstraint(
            "(ended_at is null) = (ended_how is null)", name=op.f("ck_person_corrections_ended_with_reason")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_person_corrections_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_corrections")),
    )
    op.create_index(
        "uq_person_corrections_in_force",
        "person_corrections",
        ["person_id", "fact"],
        unique=True,
        postgresql_where=sa.text("ended_at is null"),
    )


def _make_imports_undoable() -> None:
    op.create_table(
        "roster_drafts",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_drafts")),
        sa.UniqueConstraint("account_id", name=op.f("uq_roster_drafts_account_id")),
    )
    op.create_table(
        "roster_imports",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_by", sa.BigInteger(), nullable=True),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_imports")),
    )
    op.create_index(op.f("ix_roster_imports_imported_at"), "roster_imports", ["imported_at"])
    op.create_table(
        "roster_import_changes",
        sa.Column("import_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("before", postgresql.JSONB(none_as_null=True), nullable=True),
        sa.Column("absent_since", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"], ["roster_imports.id"], name=op.f("fk_roster_import_changes_import_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_roster_import_changes_person_id")),
        sa.PrimaryKeyConstraint("import_id", "person_id", name=op.f("pk_roster_import_changes")),
    )


def _give_links_a_past() -> None:
    op.add_column("accounts", sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("accounts", sa.Column("quiet_from", sa.Time(), nullable=True))
    op.add_column("accounts", sa.Column("quiet_until", sa.Time(), nullable=True))
    op.add_column("accounts", sa.Column("shown_commands", sa.String(), nullable=True))
    op.create_check_constraint(
        op.f("ck_accounts_quiet_hours"), "accounts", "(quiet_from is null) = (quiet_until is null)"
    )
    op.create_table(
        "links",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("linked_by", sa.BigInteger(), nullable=True),
        sa.Column("former_account_id", sa.BigInteger(), nullable=True),
        sa.Column("disowned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_how", sa.String(), nullable=True),
        sa.CheckConstraint("ended_how in ('moved', 'unlinked', 'taken_away')", name=op.f("ck_links_ended_how")),
        sa.CheckConstraint("way in ('code', 'contact', 'request')", name=op.f("ck_links_way")),
        sa.CheckConstraint("(ended_at is null) = (ended_how is null)", name=op.f("ck_links_ended_with_reason")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.telegram_id"], name=op.f("fk_links_account_id")),
        sa.ForeignKeyConstraint(
            ["former_account_id"], ["accounts.telegram_id"], name=op.f("fk_links_former_account_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_links_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
    )
    op.create_index(op.f("ix_links_account_id"), "links", ["account_id"])
    op.create_index(op.f("ix_links_person_id"), "links", ["person_id"])
    for name, column in (("uq_links_account", "account_id"), ("uq_links_person", "person_id")):
        op.create_index(name, "links", [column], unique=True, postgresql_where=sa.text("ended_at is null"))
    op.execute("""
        insert into links (account_id, person_id, way, linked_at)
        select telegram_id, person_id, 'code', coalesce(linked_at, last_seen_at) from accounts
        where person_id is not null
    """)
    op.execute("""
        update people set first_linked_at = links.linked_at from links where links.person_id = people.id
    """)


def _count_each_way_by_itself() -> None:
    """Tell tries with a code and tries with a contact apart."""
    op.add_column("link_attempts", sa.Column("way", sa.String(), server_default=sa.text("'code'"), nullable=False))
    op.alter_column("link_attempts", "way", server_default=None)
    op.drop_constraint(op.f("pk_link_attempts"), "link_attempts")
    op.create_primary_key(op.f("pk_link_attempts"), "link_attempts", ["account_id", "way"])
    op.create_check_constraint(op.f("ck_link_attempts_way"), "link_attempts", "way in ('code', 'contact')")


def _keep_requests_and_consents() -> None:
    op.create_table(
        "consents",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.telegram_id"], name=op.f("fk_consents_account_id")),
        sa.PrimaryKeyConstraint("account_id", "version", name=op.f("pk_consents")),
    )
    op.create_table(
        "link_requests",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("group_name", sa.String(), nullable=False),
        sa.Column("person_no", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), server_default=sa.text("'waiting'"), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(state = 'linked') = (person_id is not null)", name=op.f("ck_link_requests_linked_to_somebody")
        ),
        sa.CheckConstraint("(state = 'waiting') = (decided_at is null)", name=op.f("ck_link_requests_decided")),
        sa.CheckConstraint(
            "state in ('waiting', 'linked', 'refused', 'withdrawn')", name=op.f("ck_link_requests_state")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.telegram_id"], name=op.f("fk_link_requests_account_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_link_requests_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_requests")),
    )
    waiting = sa.text("state = 'waiting'")
    op.create_index(op.f("ix_link_requests_account_id"), "link_requests", ["account_id"])
    op.create_index("ix_link_requests_queue", "link_requests", ["asked_at", "id"], postgresql_where=waiting)
    op.create_index("uq_link_requests_waiting", "link_requests", ["account_id"], unique=True, postgresql_where=waiting)


def _date_the_roles() -> None:
    op.add_column("role_grants", sa.Column("valid_from", sa.Date(), nullable=True))
    op.add_column("role_grants", sa.Column("valid_to", sa.Date(), nullable=True))
    op.add_column("role_grants", sa.Column("deputy_of", sa.BigInteger(), nullable=True))
    op.create_foreign_key(op.f("fk_role_grants_deputy_of"), "role_grants", "role_grants", ["deputy_of"], ["id"])
    op.drop_constraint(op.f("ck_role_grants_one_holder"), "role_grants")
    op.create_check_constraint(
        op.f("ck_role_grants_holder"), "role_grants", "telegram_id is not null or person_id is not null"
    )
    op.create_check_constraint(op.f("ck_role_grants_role"), "role_grants", _ROLES)
    op.execute("""
        update role_grants set revoked_at = granted_at, revoked_by = 'migration: a unit is needed'
        where role in ('unit_head', 'unit_staff') and unit_id is null and revoked_at is null
    """)
    op.create_check_constraint(
        op.f("ck_role_grants_unit"),
        "role_grants",
        "role not in ('unit_head', 'unit_staff') or unit_id is not null or revoked_at is not null",
    )
    op.create_check_constraint(op.f("ck_role_grants_days"), "role_grants", "valid_from <= valid_to")
    _index_grants("telegram_id", "person_id", "role", "unit_id", "valid_from", "deputy_of")
    op.execute("""
        update role_grants set telegram_id = accounts.telegram_id from accounts
        where accounts.person_id = role_grants.person_id and role_grants.telegram_id is null
    """)


def _index_grants(*columns: str) -> None:
    op.drop_index("uq_role_grants_in_force", table_name="role_grants")
    op.create_index(
        "uq_role_grants_in_force",
        "role_grants",
        list(columns),
        unique=True,
        postgresql_where=sa.text("revoked_at is null"),
        postgresql_nulls_not_distinct=True,
    )


def _note_what_is_done() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("details", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
    )
    op.create_index(op.f("ix_audit_entries_subject"), "audit_entries", ["subject"])
    op.create_index(op.f("ix_audit_entries_account_id"), "audit_entries", ["account_id"])


def downgrade() -> None:
    op.drop_column("certificates", "revocation_reason")
    op.drop_column("certificates", "revoked_by")
    op.drop_table("audit_entries")
    _undate_the_roles()
    for table in ("link_requests", "consents", "links"):
        op.drop_table(table)
    _count_codes_only()
    op.drop_constraint(op.f("ck_accounts_quiet_hours"), "accounts")
    for column in ("shown_commands", "quiet_until", "quiet_from", "frozen_at"):
        op.drop_column("accounts", column)
    for table in ("roster_import_changes", "roster_imports", "roster_drafts", "person_corrections"):
        op.drop_table(table)
    op.drop_index("ix_people_listing", table_name="people")
    op.drop_index(op.f("ix_people_group_key_sort_key"), table_name="people")
    for column in ("first_linked_at", "search", "phone_keys", "group_key", "number_key"):
        op.drop_column("people", column)


def _count_codes_only() -> None:
    op.execute("delete from link_attempts where way <> 'code'")
    op.drop_constraint(op.f("ck_link_attempts_way"), "link_attempts")
    op.drop_constraint(op.f("pk_link_attempts"), "link_attempts")
    op.drop_column("link_attempts", "way")
    op.create_primary_key(op.f("pk_link_attempts"), "link_attempts", ["account_id"])


def _undate_the_roles() -> None:
    """Let go what the older version cannot say: deputies and days; a person's role follows the person again."""
    op.execute("delete from role_grants where deputy_of is not null")
    op.execute("""
        update role_grants set revoked_at = granted_at, revoked_by = 'migration: the older version knows no days'
        where revoked_at is null and (valid_from is not null or valid_to is not null)
    """)
    for name in ("days", "unit", "role", "holder"):
        op.drop_constraint(op.f(f"ck_role_grants_{name}"), "role_grants")
    op.drop_index("uq_role_grants_in_force", table_name="role_grants")
    op.execute("update role_grants set telegram_id = null where person_id is not null")
    op.execute("""
        update role_grants set revoked_at = granted_at, revoked_by = 'migration: held twice'
        where id in (
            select id from (
                select id, row_number() over (partition by telegram_id, person_id, role, unit_id order by id) as place
                from role_grants where revoked_at is null
            ) as held where place > 1
        )
    """)
    op.create_check_constraint(
        op.f("ck_role_grants_one_holder"), "role_grants", "(telegram_id is null) <> (person_id is null)"
    )
    for column in ("deputy_of", "valid_to", "valid_from"):
        op.drop_column("role_grants", column)
    op.create_index(
        "uq_role_grants_in_force",
        "role_grants",
        ["telegram_id", "person_id", "role", "unit_id"],
        unique=True,
        postgresql_where=sa.text("revoked_at is null"),
        postgresql_nulls_not_distinct=True,
    )
