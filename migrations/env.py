"""Runs migrations on the connection that the caller gives (see `services.db.schema`)."""

from alembic import context
from sqlalchemy import Connection

from services.db.models import Base


def run(connection: Connection) -> None:
    """Run the migrations asked for, all in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_type=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
