"""`kabarchy plan import`."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.output import AsJson, print_json, print_table, working

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from services.plan_import.dto import PlanImport, ReadItem
    from services.plan_import.service import PlanFile

_SHOWN = 20
_TITLE = 60


def import_plan(
    file: Annotated[Path, typer.Argument(help="The plan as Word (.docx), Excel (.xlsx) or CSV.")],
    year: Annotated[str, typer.Option(help="The academic year of the plan, as 2025-26.")],
    plan: Annotated[str, typer.Option(help="The plan that is meant; else the one that the file resembles.")] = "",
    as_new: Annotated[bool, typer.Option("--new", help="It is a plan of its own, whatever it resembles.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")] = False,
    allow_removals: Annotated[
        bool, typer.Option("--allow-removals", help="Items that the file lacks leave the plan.")
    ] = False,
    other_year: Annotated[
        bool, typer.Option("--other-year", help="The year is right, whatever the file's own title says.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Take over a plan, all or nothing; of doubtful dates nobody is reminded until a coordinator confirms them."""
    from bot.cli.files import read_table_file
    from services.deadlines.dto import AcademicYear
    from services.plan_import.service import PlanFile

    academic_year = AcademicYear.parse(year)
    if academic_year is None:
        raise typer.BadParameter("name two years that follow each other, as 2025-26", param_hint="--year")
    with working("Taking over the plan …"):
        content = read_table_file(file)
        sent = PlanFile(content=content, file_name=file.name, year=academic_year, name=plan, as_new=as_new)
        done = _take_over(sent, dry_run=dry_run, removing=allow_removals, other_year=other_year)
    if as_json:
        print_json(import_document(done))
    else:
        _print(done, dry_run=dry_run)


def _take_over(sent: "PlanFile", *, dry_run: bool, removing: bool, other_year: bool) -> "PlanImport":
    from zoneinfo import ZoneInfo

    from bot.cli.database import with_database
    from bot.cli.settings import command_settings
    from bot.localtime import LocalTime
    from services.access import OPERATOR
    from services.db.uow import unit_of_work_factory
    from services.plan_import.service import PlanImportService
    from services.ports import SystemClock

    settings = command_settings()
    calendar = LocalTime(ZoneInfo(settings.timezone))

    async def work(engine: "AsyncEngine") -> "PlanImport":
        service = PlanImportService(unit_of_work_factory(engine), SystemClock(), calendar)
        return await service.import_file(OPERATOR, sent, dry_run=dry_run, removing=removing, other_year=other_year)

    return with_database(settings, work)


def import_document(done: "PlanImport") -> dict[str, Any]:
    """Return an import as its JSON."""
    return {
        "plan": done.name,
        "items": [_item(one) for one in done.read.items],
        "added": len(done.difference.added),
        "changed": len(done.difference.changed),
        "unchanged": len(done.difference.unchanged),
        "removed": len(done.difference.removed) if done.removed else 0,
        "missing": len(done.difference.removed),
        "needs_review": sum(one.needs_review for one in done.read.items),
        "skipped": [{"row": one.row, "reason": one.reason} for one in done.read.skipped],
    }


def _item(read: "ReadItem") -> dict[str, Any]:
    from bot.cli.plan_deadline import deadline_document
    from services.responsibles.dto import Share

    row = read.row
    codes = {share: [party.code for party in read.parties if party.share is share] for share in Share}
    return {
        "row": row.row,
        "section": row.section,
        "number": row.number,
        "title": row.title,
        "deadline": deadline_document(read.deadline),
        "responsible": {
            "text": row.responsible,
            "units": codes[Share.RESPONSIBLE],
            "participants": codes[Share.PARTICIPANT],
            "unresolved": [piece.text for piece in read.unresolved],
        },
        "document": row.document,
        "indicator": row.indicator,
        "budget": row.budget,
        "needs_review": read.needs_review,
    }


def _print(done: "PlanImport", *, dry_run: bool) -> None:
    difference, read = done.difference, done.read
    doubtful = [one for one in read.items if one.needs_review]
    verb = "would be" if dry_run else "were"
    what = "a new plan" if done.is_new else "a plan known here"
    typer.echo(
        f"{done.name} ({read.year.label}), {what}: {len(read.items)} items; {len(difference.added)} {verb} added, "
        f"{len(difference.changed)} changed, {len(difference.unchanged)} stay as they are, "
        f"{len(difference.removed)} are not in the file{'' if not done.removed else ' and leave the plan'}."
    )
    if read.skipped:
        typer.echo(f"{len(read.skipped)} rows are no items (--json says why).")
    if doubtful:
        typer.echo(f"{len(doubtful)} items need a coordinator's look; nobody is reminded of their dates before:")
        print_table(
            ("Row", "Item", "Deadline as printed", "Not understood"), [_doubt(one) for one in doubtful[:_SHOWN]]
        )
        if len(doubtful) > _SHOWN:
            typer.echo(f"… and {len(doubtful) - _SHOWN} more.")


def _doubt(read: "ReadItem") -> tuple[str, str, str, str]:
    pieces = [piece.text for piece in read.unresolved]
    if not read.has_responsible and not pieces:
        pieces = ["nobody is named"]
    title = " ".join(read.row.title.split())
    shown = title if len(title) <= _TITLE else f"{title[:_TITLE]}…"
    return str(read.row.row), shown, " ".join(read.deadline.text.split()), "; ".join(pieces)
