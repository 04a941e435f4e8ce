"""`kabarchy workdays`."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from bot.cli.output import AsJson, print_json, print_table
from services.workdays.dto import DayKind

if TYPE_CHECKING:
    from services.workdays.dto import CalendarDay, ChangesDifference, WorkPeriod
    from services.workdays.service import WorkdayService

T = TypeVar("T")

_FORMATS = ["%Y-%m-%d"]
_Day = Annotated[datetime, typer.Argument(metavar="DAY", formats=_FORMATS, help="As 2026-12-31.")]


def add_to(app: typer.Typer) -> None:
    """Add the command group."""
    group = typer.Typer(help="Working days: holidays, days moved and short days.", no_args_is_help=True)
    group.command("list")(list_days)
    group.command("set")(set_day)
    group.command("unset")(unset_day)
    group.command("import")(import_days)
    app.add_typer(group, name="workdays")


def list_days(
    year: Annotated[int | None, typer.Option(help="Else the present year.", min=1992, max=2200)] = None,
    as_json: AsJson = False,
) -> None:
    """List a year's holidays and the days noted, and how many days are worked."""

    async def work(workdays: "WorkdayService", today: date) -> "WorkPeriod":
        return await workdays.list_year(year or today.year)

    period = _with_workdays(work)
    if as_json:
        days = [_document(one) for one in period.notable]
        print_json({"year": period.first.year, "working_days": period.working, "days": days})
        return
    print_table(("Day", "", "Worked", "What", "Source", "Decided"), [_row(one) for one in period.notable])
    typer.echo(f"{period.working} working days in {period.first.year}.")


def set_day(
    day: _Day,
    kind: Annotated[DayKind, typer.Argument(help="How it is worked.")],
    source: Annotated[str, typer.Option(help="The order or decree that says so.")],
    decided: Annotated[datetime | None, typer.Option(metavar="DAY", formats=_FORMATS, help="Of which day.")] = None,
    as_json: AsJson = False,
) -> None:
    """Note how a day is worked; what was noted about it before gives way."""
    from services.access import OPERATOR

    decided_on = decided.date() if decided else None

    async def work(workdays: "WorkdayService", _today: date) -> "CalendarDay":
        await workdays.note(OPERATOR, day.date(), kind, source, decided_on)
        return await workdays.look_at(day.date())

    noted = _with_workdays(work)
    if as_json:
        print_json({"done": "set", **_document(noted)})
    else:
        typer.echo(f"{noted.day} is noted: {noted.kind.value}.")


def unset_day(day: _Day, as_json: AsJson = False) -> None:
    """Delete what was noted about a day: the country's calendar holds for it again."""
    from services.access import OPERATOR

    async def work(workdays: "WorkdayService", _today: date) -> "CalendarDay":
        await workdays.remove(OPERATOR, day.date())
        return await workdays.look_at(day.date())

    left = _with_workdays(work)
    if as_json:
        print_json({"done": "unset", **_document(left)})
    else:
        typer.echo(f"{left.day} is as the calendar has it: {left.kind.value}.")


def import_days(
    file: Annotated[Path, typer.Argument(help="CSV or XLSX with the columns day, kind, source, decided_on.")],
    as_json: AsJson = False,
) -> None:
    """Note many days at once; days that are not in the file stay as they are."""
    from bot.cli.files import read_table_file
    from services.access import OPERATOR
    from services.workdays.changes_file import read_changes

    changes = read_changes(read_table_file(file))

    async def work(workdays: "WorkdayService", _today: date) -> "ChangesDifference":
        return await workdays.import_changes(OPERATOR, changes)

    difference = _with_workdays(work)
    if as_json:
        print_json(asdict(difference))
    else:
        typer.echo(f"Added {difference.added}, changed {difference.changed}, unchanged {difference.unchanged}.")


def _with_workdays(work: "Callable[[WorkdayService, date], Awaitable[T]]") -> T:
    from zoneinfo import ZoneInfo

    from sqlalchemy.ext.asyncio import AsyncEngine

    from bot.cli.database import with_database
    from bot.cli.settings import command_settings
    from bot.documents.university import load
    from bot.localtime import LocalTime
    from services.db.uow import reading_factory, unit_of_work_factory
    from services.ports import SystemClock
    from services.workdays.service import WorkdayService

    settings = command_settings()
    clock, calendar = SystemClock(), LocalTime(ZoneInfo(settings.timezone))
    week = load(settings.university_file).working_week

    async def run(engine: AsyncEngine) -> T:
        workdays = WorkdayService(unit_of_work_factory(engine), reading_factory(engine), clock, calendar, week=week)
        return await work(workdays, calendar.today(clock.now()))

    return with_database(settings, run)


def _document(one: "CalendarDay") -> dict[str, Any]:
    holiday, change = one.holiday, one.change
    return {
        "day": one.day.isoformat(),
        "kind": one.kind.value,
        "holiday": asdict(holiday.name) if holiday else None,
        "estimated": bool(holiday and holiday.estimated),
        "source": change.source if change else None,
        "decided_on": change.decided_on.isoformat() if change and change.decided_on else None,
    }


def _row(one: "CalendarDay") -> tuple[str, ...]:
    holiday, change = one.holiday, one.change
    name = holiday.name.en + (" (estimated)" if holiday.estimated else "") if holiday else ""
    decided = change.decided_on.isoformat() if change and change.decided_on else ""
    return (one.day.isoformat(), f"{one.day:%a}", one.kind.value, name, change.source if change else "", decided)
