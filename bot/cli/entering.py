"""`kabarchy certificate register`."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.output import AsJson, print_json

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from bot.settings import Settings
    from services.certificates.entering import Entered


def register(
    file: Annotated[Path, typer.Argument(metavar="FILE.pdf", help="A certificate of ours, as it was signed.")],
    person: Annotated[str, typer.Option("--person", metavar="PERSON_NO", help="Whose certificate it is.")],
    as_json: AsJson = False,
) -> None:
    """Enter a certificate that the register has lost again, from its own file."""
    from bot.cli.files import read_file
    from bot.cli.settings import command_settings
    from bot.documents.inspection import DEFAULT_LIMIT
    from services.certificates.entering import Entering

    entered = _enter(command_settings(), read_file(file, limit=DEFAULT_LIMIT), person)
    if as_json:
        print_json({"number": entered.number, "result": entered.result.value})
        return
    words = {
        Entering.ENTERED: "is in the register again",
        Entering.COMPLETED: "was in the register without its file, and has it now",
        Entering.THERE_ALREADY: "is in the register already",
    }
    typer.echo(f"Certificate {entered.number} ({entered.name}) {words[entered.result]}.")


def _enter(settings: "Settings", content: bytes, person: str) -> "Entered":
    from bot.cli.certificate import present_authorities
    from bot.cli.database import with_database
    from bot.documents import university as university_file
    from bot.documents.certificates import FileInspector
    from bot.documents.own_file import OwnFileReader
    from services.access import OPERATOR
    from services.certificates.entering import EnteringAgain
    from services.db.uow import unit_of_work_factory
    from services.ports import SystemClock

    clock, inspector = SystemClock(), FileInspector(workers=1)
    authorities = present_authorities(settings, university_file.load(settings.university_file), clock.now())

    async def work(engine: "AsyncEngine") -> "Entered":
        entering = EnteringAgain(
            unit_of_work_factory(engine), clock, inspector, OwnFileReader(), authorities=authorities
        )
        return await entering.enter(OPERATOR, content, person)

    try:
        return with_database(settings, work)
    finally:
        inspector.close()
