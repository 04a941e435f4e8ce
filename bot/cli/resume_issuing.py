"""`kabarchy resume-issuing`."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.output import AsJson, print_json

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from services.register.dto import Resumed


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("resume-issuing")(resume_issuing)


def resume_issuing(
    number: Annotated[
        str, typer.Option("--from", metavar="NUMBER", help="The next number to be given, like 2026-00124.")
    ],
    as_json: AsJson = False,
) -> None:
    """Let certificates be issued and printed again after a restore, behind every number that was given before it."""
    from zoneinfo import ZoneInfo

    from bot.cli.database import with_database
    from bot.cli.settings import command_settings
    from bot.localtime import LocalTime
    from services.access import OPERATOR
    from services.db.uow import unit_of_work_factory
    from services.ports import SystemClock
    from services.register.fence import IssuingFence

    settings = command_settings()

    async def work(engine: "AsyncEngine") -> "Resumed":
        calendar = LocalTime(ZoneInfo(settings.timezone))
        return await IssuingFence(unit_of_work_factory(engine), SystemClock(), calendar).resume(OPERATOR, number)

    resumed = with_database(settings, work)
    if as_json:
        print_json({"next": resumed.number, "skipped": list(resumed.skipped) if resumed.skipped else None})
        return
    typer.echo(f"Issuing goes on with {resumed.number}.")
    if resumed.skipped:
        first, last = resumed.skipped
        typer.echo(
            f"Not in this register: {first if first == last else f'{first} to {last}'}. Who has one of these papers "
            "can send the file: `kabarchy certificate register FILE.pdf --person PERSON_NO` enters it again."
        )
