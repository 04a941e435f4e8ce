"""`kabarchy audience`."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.output import AsJson, print_json, print_table, working

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from bot.settings import Settings
    from services.audience.dto import AudienceCount, KeptList, ListBrought
    from services.audience.service import AudienceService

_SHOWN_NUMBERS = 50


def add_to(app: typer.Typer) -> None:
    """Add the command group."""
    group = typer.Typer(help="Who is meant by an announcement.", no_args_is_help=True)
    # An exclusion begins as an option does.
    group.command("count", context_settings={"ignore_unknown_options": True})(count_audience)
    group.command("list")(bring_list)
    group.command("lists")(show_lists)
    group.command("drop")(drop_list)
    app.add_typer(group, name="audience")


def count_audience(
    expression: Annotated[
        str,
        typer.Argument(
            metavar="EXPR", help='As of `announce`: all, or terms such as "role:student unit:mti -course:1".'
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Say how many people are meant today, and how many of them stopped the bot; nothing is sent."""
    from bot.cli.database import with_database
    from bot.cli.settings import command_settings
    from services.access import OPERATOR
    from services.audience.rules import read_audience

    settings = command_settings()
    audience = str(read_audience(expression))

    async def work(engine: "AsyncEngine") -> "AudienceCount":
        return await _service(engine, settings).count(OPERATOR, audience)

    counted = with_database(settings, work)
    if as_json:
        print_json({"audience": audience, **asdict(counted)})
        return
    typer.echo(f"{audience}: {counted.recipients} people, {counted.unreachable} of whom stopped the bot.")


def bring_list(
    name: Annotated[str, typer.Argument(help="What it is called in an audience, as in list:NAME.")],
    file: Annotated[Path, typer.Argument(help="XLSX or CSV; the column `person_no` must be there.")],
    as_json: AsJson = False,
) -> None:
    """Make the people whose numbers stand in a file a list to be named in an audience; one of this name is replaced."""
    from bot.cli.database import with_database
    from bot.cli.files import read_table_file
    from bot.cli.settings import command_settings
    from services.access import OPERATOR
    from services.audience.list_file import read_numbers
    from services.audience.rules import list_name

    settings = command_settings()
    list_name(name)  # a mistake in it is told before any file is read
    numbers = read_numbers(read_table_file(file))

    async def work(engine: "AsyncEngine") -> "ListBrought":
        return await _service(engine, settings).bring_list(OPERATOR, name, numbers)

    with working("Taking over the list …"):
        brought = with_database(settings, work)
    if as_json:
        print_json({"known": brought.known, "unknown": list(brought.unknown)})
        return
    typer.echo(f"The list has {brought.known} people.")
    if brought.unknown:
        typer.echo(f"Nobody in the roster has these numbers: {_shown(brought.unknown)}", err=True)


def show_lists(as_json: AsJson = False) -> None:
    """Show the lists that can be named in an audience."""
    from bot.cli.database import with_database
    from bot.cli.settings import command_settings
    from services.access import OPERATOR

    settings = command_settings()

    async def work(engine: "AsyncEngine") -> "list[KeptList]":
        return await _service(engine, settings).list_lists(OPERATOR)

    lists = with_database(settings, work)
    if as_json:
        print_json({"lists": [asdict(one) | {"brought_at": one.brought_at.isoformat()} for one in lists]})
    elif lists:
        rows = [(one.name, str(one.people), f"{one.brought_at:%Y-%m-%d}") for one in lists]
        print_table(("List", "People", "Brought on"), rows)
    else:
        typer.echo("There are no lists; `kabarchy audience list NAME FILE` brings one.")


def drop_list(name: Annotated[str, typer.Argument(help="The list's name.")]) -> None:
    """Delete a list that is of no use any more."""
    from bot.cli.database import with_database
    from bot.cli.settings import command_settings
    from services.access import OPERATOR

    settings = command_settings()

    async def work(engine: "AsyncEngine") -> None:
        await _service(engine, settings).drop_list(OPERATOR, name)

    with_database(settings, work)
    typer.echo("The list is deleted.")


def _shown(numbers: tuple[str, ...]) -> str:
    more = len(numbers) - _SHOWN_NUMBERS
    return ", ".join(numbers[:_SHOWN_NUMBERS]) + (f" and {more} more" if more > 0 else "")


def _service(engine: "AsyncEngine", settings: "Settings") -> "AudienceService":
    from zoneinfo import ZoneInfo

    from bot.localtime import LocalTime
    from services.audience.service import AudienceService
    from services.db.uow import unit_of_work_factory
    from services.ports import SystemClock

    return AudienceService(unit_of_work_factory(engine), SystemClock(), LocalTime(ZoneInfo(settings.timezone)))
