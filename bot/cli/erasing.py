"""`kabarchy certificate erase`."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.failures import CommandFailed
from bot.cli.output import AsJson, print_json

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from services.register.dto import Erasure


def erase(
    person: Annotated[str, typer.Argument(metavar="PERSON_NO", help="Whose certificates, requests and reports.")],
    for_ever: Annotated[bool, typer.Option("--for-ever", help="Yes: nobody can bring them back.")] = False,
    as_json: AsJson = False,
) -> None:
    """Delete what certificates, requests and reports say of a person; the numbers stay, and the register holds.

    A file that the person kept is still recognised. The roster is not touched: it comes from the university's system.
    """
    if not for_ever:
        raise CommandFailed("this cannot be undone, not even by this command; say --for-ever if it is meant")
    erasure = _erase(person)
    if as_json:
        print_json({"certificates": list(erasure.numbers), "requests_and_reports": erasure.wishes})
        return
    typer.echo(f"Certificates erased: {', '.join(erasure.numbers) or 'none'}. Requests and reports: {erasure.wishes}.")


def _erase(person: str) -> "Erasure":
    from bot.cli.database import with_database
    from bot.cli.settings import command_settings
    from services.access import OPERATOR
    from services.db.uow import unit_of_work_factory
    from services.ports import SystemClock
    from services.register.service import RegisterService

    async def work(engine: "AsyncEngine") -> "Erasure":
        return await RegisterService(unit_of_work_factory(engine), SystemClock()).erase(OPERATOR, person)

    return with_database(command_settings(), work)
