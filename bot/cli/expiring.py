"""`kabarchy expiring`."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.output import AsJson, print_json, print_table

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from services.expiries.dto import Foresight, MarkedEnding


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(expiring)


def expiring(
    on: Annotated[
        datetime | None, typer.Option(metavar="DAY", formats=["%Y-%m-%d"], help="As 2026-12-01; else today.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say who would be reminded on a day of which paper that ends; nothing is sent."""
    from zoneinfo import ZoneInfo

    from bot.cli.database import with_database
    from bot.cli.settings import command_settings
    from bot.documents.university import load
    from bot.localtime import LocalTime
    from services.access import OPERATOR
    from services.db.uow import reading_factory, unit_of_work_factory
    from services.expiries.service import ExpiryService
    from services.ports import SystemClock

    settings = command_settings()
    guides = load(settings.university_file).expiring
    clock, calendar = SystemClock(), LocalTime(ZoneInfo(settings.timezone))
    day = on.date() if on else calendar.today(clock.now())

    async def work(engine: "AsyncEngine") -> "Foresight":
        service = ExpiryService(unit_of_work_factory(engine), reading_factory(engine), clock, calendar, guides)
        return await service.foresee(OPERATOR, day)

    foresight = with_database(settings, work)
    offices = {paper.value: guide.office for paper, guide in guides.items()}
    documents = [_document(one, day, offices) for one in foresight.marked]
    if as_json:
        print_json({"day": day.isoformat(), "reminders": documents, "officials": foresight.officials})
        return
    if documents:
        heading = ("Number", "Name", "Paper", "Last day", "Days left", "Told", "Office")
        print_table(heading, [_row(one) for one in documents])
    told = sum(bool(one["told"]) for one in documents)
    typer.echo(f"{day}: {len(documents)} papers come to a threshold, {told} people would be told in the chat.")
    for office, officials in foresight.officials.items():
        typer.echo(f"{office}: {officials} officials would be told.")


def _document(one: "MarkedEnding", day: date, offices: dict[str, str]) -> dict[str, Any]:
    ending = one.ending
    return {
        "person_no": ending.person.person_no,
        "name": ending.person.full_name,
        "paper": ending.paper.value,
        "expires_on": ending.expires_on.isoformat(),
        "days_left": (ending.expires_on - day).days,
        "told": ending.account_id is not None,
        "office": offices[ending.paper.value],
    }


def _row(one: dict[str, Any]) -> tuple[str, ...]:
    told = "yes" if one["told"] else "no account"
    return (
        one["person_no"], one["name"], one["paper"].replace("_", " "), one["expires_on"], str(one["days_left"]), told,
        one["office"],
    )  # fmt: skip
