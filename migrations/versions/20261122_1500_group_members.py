"""Who is in a group of units and posts.

Revision ID: 20261122_1500
Revises: 20261122_1200
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261122_1500"
down_revision = "20261122_1200"
branch_labels = None
depends_on = None


def upgrade() -> None:
    nobody = sa.text("'[]'")
    op.add_column("units", sa.Column("members", postgresql.JSONB(), server_default=nobody, nullable=False))


def downgrade() -> None:
    op.drop_column("units", "members")
