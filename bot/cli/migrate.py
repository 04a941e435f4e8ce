"""`kabarchy migrate`."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("migrate")(migrate)


def migrate() -> None:
    """Bring the database to the newest schema; safe when several start at once."""
    from bot.cli.database import is_up_to_date, require_up_to_date, with_database
    from bot.cli.settings import command_settings
    from services.db.schema import newest_revision

    settings = command_settings()

    async def work(engine: "AsyncEngine") -> bool:
        was_new = await is_up_to_date(engine, settings)
        await require_up_to_date(engine, settings)
        return was_new

    was_new = with_database(settings, work, migrated=False)
    typer.echo(f"The schema {'was' if was_new else 'is now'} up to date: {newest_revision()}.")
