"""`kabarchy survey tickets`."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.failures import CommandFailed
from bot.cli.output import AsJson, print_json, working

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from bot.settings import Settings
    from services.survey_tickets.dto import PrintedTickets, TicketSheet
    from services.survey_tickets.ports import TicketPrinter


def make_tickets(
    survey: Annotated[str, typer.Argument(metavar="ID", help="The survey's number, or the questionnaire's code.")],
    stratum: Annotated[str, typer.Option(metavar="GROUP", help="The code of the group, as `survey open` shows it.")],
    count: Annotated[int, typer.Option(min=1, help="How many tickets, 2,000 at most; call again for more.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE.pdf", help="Where the sheets are written.")],
    as_json: AsJson = False,
) -> None:
    """Make tickets of an anonymous survey for one group, ten on a sheet to be cut apart. No code is kept."""
    from bot.cli.settings import command_settings

    if not out.resolve().parent.is_dir():  # before any ticket is made
        raise CommandFailed(f"there is no folder {out.parent}")
    with working("Drawing the tickets …"):
        made = _make(command_settings(), survey, stratum, count, out)
    if as_json:
        print_json({"survey": made.survey_id, "stratum": made.stratum, "count": made.count, "total": made.total,
                    "file": str(out)})  # fmt: skip
        return
    typer.echo(f"{made.count} tickets for {made.stratum} in {out} ({made.total} so far).")
    typer.echo("Print the file, then delete it. Nobody can print these codes again: only their hashes are kept.")


def _make(settings: "Settings", named: str, stratum: str, count: int, out: Path) -> "PrintedTickets":
    from bot.cli.database import with_database
    from services.access import OPERATOR
    from services.db.uow import reading_factory, unit_of_work_factory
    from services.ports import SystemClock
    from services.survey_tickets.service import TicketService
    from services.surveys.dto import SurveyState
    from services.surveys.finding import find_named

    async def work(engine: "AsyncEngine") -> "PrintedTickets":
        async with reading_factory(engine)() as uow:
            found = await find_named(uow.surveys, named, [SurveyState.OPEN])
        printer, doors = _SheetFile(_printer(settings), out), (unit_of_work_factory(engine), SystemClock())
        tickets = TicketService(*doors, printer, public_url=settings.public_url)
        return await tickets.make(OPERATOR, found.id, stratum, count)

    return with_database(settings, work)


class _SheetFile:
    """Draws the sheets and writes them at once: tickets that stand nowhere are not made (`TicketPrinter`)."""

    def __init__(self, printer: "TicketPrinter", out: Path) -> None:
        self._printer = printer
        self._out = out

    async def draw(self, sheet: "TicketSheet") -> bytes:
        """Return what was written, so that nobody else on the machine reads it."""
        pdf = await self._printer.draw(sheet)
        try:
            self._out.unlink(missing_ok=True)
            self._out.touch(mode=0o600)
            self._out.write_bytes(pdf)
        except OSError as error:
            raise CommandFailed(f"{self._out} cannot be written: {error.strerror}; no tickets were made") from error
        return pdf


def _printer(settings: "Settings") -> "TicketPrinter":
    from zoneinfo import ZoneInfo

    from bot.lazy_models import import_aiogram

    import_aiogram()
    from bot.documents.links import PublicLinks
    from bot.documents.university import load
    from bot.i18n import Catalogues
    from bot.localtime import LocalTime
    from bot.ticket_sheets import TicketSheets

    links = PublicLinks(public_url=settings.public_url, bot_username="")
    localtime = LocalTime(ZoneInfo(settings.timezone))
    return TicketSheets(load(settings.university_file), links, localtime, Catalogues())
