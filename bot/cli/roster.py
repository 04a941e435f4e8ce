"""`kabarchy roster`."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import codes
from bot.cli.failures import CommandFailed
from bot.cli.output import AsJson, print_json, print_table, working

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from services.people.dto import RosterDifference

_SHOWN_REJECTIONS = 50
_SHOWN_UNITS = 50


def add_to(app: typer.Typer) -> None:
    """Add the command group."""
    group = typer.Typer(help="Students and staff.", no_args_is_help=True)
    group.command("import")(import_roster)
    codes.add_to(group)
    app.add_typer(group, name="roster")


def import_roster(
    file: Annotated[Path, typer.Argument(help="CSV with a heading row; the columns are those of the manual.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen, write nothing.")] = False,
    allow_removals: Annotated[
        bool, typer.Option("--allow-removals", help="Accept that more than 5 % of a kind are not in the file.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make the roster equal to the file, all or nothing."""
    from bot.cli.database import with_database
    from bot.cli.files import read_file
    from bot.cli.settings import command_settings
    from services.access import OPERATOR
    from services.db.uow import unit_of_work_factory
    from services.people.roster_file import read_roster
    from services.people.service import RosterService
    from services.ports import SystemClock

    settings = command_settings()

    async def work(engine: "AsyncEngine") -> "RosterDifference":
        service = RosterService(unit_of_work_factory(engine), SystemClock())
        return await service.import_roster(OPERATOR, roster, dry_run=dry_run, allow_removals=allow_removals)

    with working("Taking over the roster …"):
        roster = read_roster(read_file(file))
        difference = with_database(settings, work)
    if as_json:
        print_json(_document(difference))
    else:
        _tell(difference, dry_run=dry_run)
    if difference.rejected:  # one line is enough; nothing was written
        raise CommandFailed(f"{len(difference.rejected)} row(s) cannot be taken, so nothing was written")
    if roster.unknown_columns:
        typer.echo(f"These columns mean nothing here and were left out: {', '.join(roster.unknown_columns)}", err=True)
    if difference.unknown_units:
        affected = sum(entry.unit in difference.unknown_units for entry in roster.entries)
        typer.echo(_unknown_units(difference, affected), err=True)


def _document(difference: "RosterDifference") -> dict[str, object]:
    return {
        "added": difference.added,
        "changed": difference.changed,
        "removed": difference.removed,
        "unchanged": difference.unchanged,
        "rejected": [{"row": item.row, "reason": item.reason} for item in difference.rejected],
        "unknown_units": list(difference.unknown_units),
    }


def _unknown_units(difference: "RosterDifference", affected: int) -> str:
    named, more = difference.unknown_units[:_SHOWN_UNITS], len(difference.unknown_units) - _SHOWN_UNITS
    rest = f" and {more} more" if more > 0 else ""
    return f"No unit answers to: {'; '.join(named)}{rest}; {affected} people have no unit until one does."


def _tell(difference: "RosterDifference", *, dry_run: bool) -> None:
    rejected = difference.rejected
    if rejected:
        rows = [(str(item.row), item.reason) for item in rejected[:_SHOWN_REJECTIONS]]
        print_table(("Row", "Reason"), rows)
        if len(rejected) > _SHOWN_REJECTIONS:
            typer.echo(f"… and {len(rejected) - _SHOWN_REJECTIONS} more; --json lists all.")
    begin = "Would be" if dry_run or rejected else "Done:"
    typer.echo(
        f"{begin} {difference.added} added, {difference.changed} changed, {difference.removed} removed, "
        f"{difference.unchanged} unchanged."
    )
