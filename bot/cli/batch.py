"""`kabarchy certificate batch`."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.failures import CommandFailed
from bot.cli.output import AsJson, print_json, print_table, working
from services.languages import Language

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from bot.cli.batch_work import BatchOffice, Refused
    from services.batches.dto import Batch


_CONNECTIONS = 5  # a life sign, a worker, two printers, a look


def batch(  # noqa: PLR0913, PLR0917 -- the options of the command
    kind: Annotated[str, typer.Option(metavar="ID", help="The kind, as UNIVERSITY_FILE names it.")] = "",
    language: Annotated[Language | None, typer.Option(help="The language of all papers.")] = None,
    group: Annotated[str, typer.Option(metavar="NAME", help="A study group.")] = "",
    people: Annotated[
        Path | None, typer.Option("--list", metavar="FILE", help="XLSX or CSV with a column of numbers.")
    ] = None,
    values: Annotated[
        list[str] | None, typer.Option("--set", metavar="FACT=VALUE", help="A value that is the same for all.")
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE.zip", help="Work to the end; write the archive.")] = None,
    send: Annotated[bool, typer.Option("--send", help="Everybody linked gets theirs in the chat as well.")] = False,
    resume: Annotated[int | None, typer.Option(metavar="ID", help="Go on with a batch that was begun.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show who cannot have one, and why.")] = False,
    as_json: AsJson = False,
) -> None:
    """Issue a certificate to a whole group or list: a signed PDF each, in one archive."""
    whole = bool(kind) and language is not None and bool(group) != (people is not None)
    _check_usage(resume, out, whole=whole, begins=bool(kind or group or people or values or dry_run))
    from bot.cli.batch_work import batch_office
    from bot.cli.database import with_database
    from bot.cli.settings import command_settings

    async def work(engine: "AsyncEngine") -> None:
        async with batch_office(engine, command_settings(), prints=out is not None) as office:
            begun, rows = None, 0
            refused: Sequence[Refused] = ()
            if resume is not None:
                begun = await office.get(resume)
            elif language is not None:
                wish = office.wish(kind, language, group, people, _pairs(values or []), send=send)
                plan, refused = await office.plan(wish)
                _show_refused(refused, as_json=as_json)
                rows, begun = len(plan.ready), None if dry_run else await office.begin(wish, plan.mark)
            files = await _finish(office, begun, out) if begun is not None and out is not None else []
            done = begun and await office.get(begun.id)
            _show(done, done.rows if done else rows, refused, files, as_json=as_json)

    with_database(command_settings(), work, connections=_CONNECTIONS)


def _check_usage(resume: int | None, out: Path | None, *, whole: bool, begins: bool) -> None:
    """Refuse options that do not go together. `whole`: all that a new batch needs is named; `begins`: some of it."""
    if resume is None and not whole:
        raise CommandFailed("name --kind, --language, and either --group or --list; or --resume a batch")
    if resume is not None and begins:
        raise CommandFailed("--resume goes on with what was begun: name nothing else but --out")
    if out is not None and not out.resolve().parent.is_dir():
        raise CommandFailed(f"{out} cannot be written: there is no such folder")


async def _finish(office: "BatchOffice", begun: "Batch", out: Path) -> list[str]:
    """Work until everything is printed; say how to go on where that is broken off."""
    typer.echo(f"kabarchy: this is batch {begun.id}; if it is broken off, go on with: kabarchy certificate batch "
               f"--resume {begun.id} --out {out}", err=True)  # fmt: skip
    with working(f"issuing {begun.rows} certificates"):
        await office.work_through(begun.id)
    return [str(file) for file in await office.write_archives(begun.id, out)]


def _pairs(values: list[str]) -> dict[str, str]:
    for value in values:
        if "=" not in value:
            raise CommandFailed(f"--set {value}: write it as FACT=VALUE")
    return {name.strip(): text for name, _equals, text in (value.partition("=") for value in values)}


def _show_refused(refused: "Sequence[Refused]", *, as_json: bool) -> None:
    if refused and not as_json:
        rows = [(str(one.row), one.person_no, one.name, one.reason) for one in refused]
        print_table(("row", "number", "name", "reason"), rows, title="Cannot have one:")


def _show(batch: "Batch | None", rows: int, refused: "Sequence[Refused]", files: list[str], *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "id": batch.id if batch else None,
                "rows": rows,
                "issued": batch.issued if batch else 0,
                "refused": [{"row": one.row, "person_no": one.person_no, "reason": one.reason} for one in refused],
                "files": files,
            }
        )
        return
    if batch is None:
        typer.echo(f"{rows} people can have it. Nothing was issued.")
        return
    typer.echo(f"Batch {batch.id}: {batch.issued} of {batch.rows} issued, {batch.printed} printed.")
    if not files:
        typer.echo(f"The running bot issues the rest. The archive: kabarchy certificate batch --resume {batch.id} "
                   "--out FILE.zip")  # fmt: skip
    for file in files:
        typer.echo(f"Written: {file}")
