"""`kabarchy resume-sending`."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

from typing import TYPE_CHECKING

import typer

from bot.cli.output import AsJson, print_json

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from services.delivery.halting import Resumed


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("resume-sending")(resume_sending)


def resume_sending(as_json: AsJson = False) -> None:
    """Let messages go out again after a restore, except what waited in the backup: it may have gone out since."""
    from bot.cli.database import with_database
    from bot.cli.settings import command_settings
    from services.access import OPERATOR
    from services.db.uow import unit_of_work_factory
    from services.delivery.halting import Halting
    from services.ports import SystemClock

    async def work(engine: "AsyncEngine") -> "Resumed":
        return await Halting(unit_of_work_factory(engine), SystemClock()).resume(OPERATOR)

    resumed = with_database(command_settings(), work)
    if as_json:
        print_json({"unknown": resumed.unknown, "paused": sorted([*resumed.interrupted, *resumed.overdue])})
        return
    for line in _in_words(resumed):
        typer.echo(line)


def _in_words(resumed: "Resumed") -> list[str]:
    lines = ["Sending goes on."]
    if resumed.unknown:
        lines.append(
            f"Messages that waited when the backup was made, and are not sent again (state unknown): {resumed.unknown}."
        )
    decide = "it is paused: `kabarchy announcement show {id}`, then resume or cancel."
    lines += [
        f"Announcement {number} was being sent when the backup was made; {decide.format(id=number)}"
        for number in resumed.interrupted
    ]
    lines += [
        f"Announcement {number} has become due since the backup was made; {decide.format(id=number)}"
        for number in resumed.overdue
    ]
    return lines
