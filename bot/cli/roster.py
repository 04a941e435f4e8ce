"""`kabarchy roster`."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.output import AsJson, print_json
from bot.cli.roster_import import import_roster, list_corrections, undo_import

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from bot.settings import Settings
    from services.linking.dto import IssuedLinkCode


def add_to(app: typer.Typer) -> None:
    """Add the command group."""
    group = typer.Typer(help="Students and staff.", no_args_is_help=True)
    group.command("import")(import_roster)
    group.command("undo")(undo_import)
    group.command("corrections")(list_corrections)
    group.command("code")(issue_code)
    app.add_typer(group, name="roster")


def issue_code(
    person_no: Annotated[str, typer.Argument(help="The person's number in the roster.")],
    days: Annotated[int, typer.Option(min=1, max=365, help="How long the code can be used.")] = 7,
    as_json: AsJson = False,
) -> None:
    """Give a person a fresh one-time code; their earlier unused codes stop working."""
    from bot.cli.database import with_database
    from bot.cli.settings import command_settings
    from services.access import OPERATOR
    from services.codes import printed_code
    from services.db.uow import unit_of_work_factory
    from services.linking.service import LinkingService
    from services.ports import SystemClock

    settings = command_settings()

    async def work(engine: "AsyncEngine") -> "tuple[IssuedLinkCode, str | None]":
        service = LinkingService(unit_of_work_factory(engine), SystemClock(), _NoBell())
        issued = await service.issue_code(OPERATOR, person_no, days=days)
        return issued, await _bot_username(engine, settings)

    issued, username = with_database(settings, work)
    code = printed_code(issued.code)
    link = f"https://t.me/{username}?start={issued.payload}" if username else None
    if as_json:
        print_json({"payload": issued.payload, "link": link, "code": code})
        return
    typer.echo(f"{issued.person.full_name} ({issued.person.person_no})")
    typer.echo(f"Code to type: {code}")
    typer.echo(f"Link: {link or 'not known until the bot has run once (or BOT_TOKEN is set)'}")
    typer.echo(f"Can be used once, until {issued.expires_at:%Y-%m-%d %H:%M} UTC.")


class _NoBell:
    """Other processes look by themselves."""

    def ring(self) -> None:
        """Wake nobody."""


async def _bot_username(engine: "AsyncEngine", settings: "Settings") -> str | None:
    """Return the name that the bot had when it was seen last, else ask Telegram."""
    from bot.cli.telegram import ask_username, bot_id_of
    from services.db.uow import reading_factory

    async with reading_factory(engine)() as uow:
        username = await uow.bots.find_username(bot_id_of(settings))
    return username or await ask_username(settings)
