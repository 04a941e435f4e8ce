"""`kabarchy roster import`, `undo` and `corrections`."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.failures import CommandFailed
from bot.cli.output import AsJson, print_json, working
from bot.cli.roster_tables import (
    correction_document,
    difference_document,
    print_corrections,
    print_difference,
    unknown_units_line,
)

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from services.corrections.dto import ListedCorrection
    from services.people.dto import RosterDifference
    from services.people.imports_dto import UndoneImport
    from services.people.service import RosterService
    from services.tables.dto import SheetText

_SHEETS = (".xlsx", ".csv")


def import_roster(
    file: Annotated[Path, typer.Argument(help="XLSX or CSV with a heading; the columns are those of the manual.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen, by name; write nothing.")] = False,
    allow_removals: Annotated[
        bool, typer.Option("--allow-removals", help="Accept that more than 5 % of a kind are not in the file.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make the roster equal to the file, all or nothing."""
    from bot.cli.database import with_database
    from bot.cli.files import read_table_file
    from bot.cli.settings import command_settings
    from services.access import OPERATOR
    from services.people.roster_file import read_roster

    settings = command_settings()

    async def work(engine: "AsyncEngine") -> "RosterDifference":
        service = _service(engine)
        return await service.import_roster(OPERATOR, roster, dry_run=dry_run, allow_removals=allow_removals)

    with working("Taking over the roster …"):
        roster = read_roster(read_table_file(file))
        difference = with_database(settings, work)
    if as_json:
        print_json(difference_document(difference, by_name=dry_run))
    else:
        print_difference(difference, dry_run=dry_run)
    if difference.rejected:  # one line is enough; nothing was written
        raise CommandFailed(f"{len(difference.rejected)} row(s) cannot be taken, so nothing was written")
    if dry_run and difference.too_many and not allow_removals:
        raise CommandFailed(_would_be_refused(difference))
    if roster.unknown_columns:
        typer.echo(f"These columns mean nothing here and were left out: {', '.join(roster.unknown_columns)}", err=True)
    if difference.unknown_units:
        typer.echo(unknown_units_line(difference), err=True)


def undo_import(
    import_id: Annotated[
        int | None,
        typer.Option("--import", metavar="ID", help="The import that is meant, if the newest is undone already."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make the roster as it was before its newest import; possible for seven days. Corrections stay."""
    from bot.cli.database import with_database
    from bot.cli.settings import command_settings
    from services.access import OPERATOR

    async def work(engine: "AsyncEngine") -> "UndoneImport":
        return await _service(engine).undo(OPERATOR, import_id)

    with working("Undoing the import …"):
        undone = with_database(command_settings(), work)
    if as_json:
        print_json(
            {
                "import_id": undone.import_id,
                "imported_at": undone.imported_at.isoformat(),
                "taken_out": undone.taken_out,
                "restored": undone.restored,
                "brought_back": undone.brought_back,
            }
        )
        return
    typer.echo(
        f"The import of {undone.imported_at:%Y-%m-%d %H:%M} UTC was undone: {undone.taken_out} taken out again, "
        f"{undone.restored} as before, {undone.brought_back} back again."
    )


def list_corrections(
    out: Annotated[Path | None, typer.Option("--out", help="Write them into this file (.xlsx or .csv).")] = None,
    as_json: AsJson = False,
) -> None:
    """List what officials have put right and the source system does not have yet."""
    from bot.cli.database import with_database
    from bot.cli.settings import command_settings
    from services.access import OPERATOR

    if out is not None and out.suffix.lower() not in _SHEETS:
        raise CommandFailed(f"{out} must end in .xlsx or .csv")

    async def work(engine: "AsyncEngine") -> "list[ListedCorrection]":
        return await _service(engine).list_corrections(OPERATOR)

    corrections = with_database(command_settings(), work)
    if out is not None:
        _write(out, corrections)
    if as_json:
        print_json({"corrections": [correction_document(one) for one in corrections]})
    elif out is not None:
        typer.echo(f"Wrote {len(corrections)} correction(s) to {out}.")
    else:
        print_corrections(corrections)


def _write(out: Path, corrections: "list[ListedCorrection]") -> None:
    from bot.cli.english import in_english
    from bot.documents.sheets import write_csv, write_xlsx

    with in_english():
        from handlers.roster.sheets import corrections_sheet

        sheet: SheetText = corrections_sheet(corrections)
    try:
        out.write_bytes(write_csv(sheet) if out.suffix.lower() == ".csv" else write_xlsx([sheet]))
    except OSError as error:
        raise CommandFailed(f"{out} cannot be written: {error.strerror}") from error


def _would_be_refused(difference: "RosterDifference") -> str:
    parts = [f"{one.removed} of {one.present} people ({one.kind})" for one in difference.too_many]
    return (
        f"{' and '.join(parts)} are not in the file, so the import would be refused; if that is right, import with "
        "--allow-removals"
    )


def _service(engine: "AsyncEngine") -> "RosterService":
    from services.db.uow import unit_of_work_factory
    from services.people.service import RosterService
    from services.ports import SystemClock

    return RosterService(unit_of_work_factory(engine), SystemClock())
