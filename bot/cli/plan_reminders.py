"""`kabarchy plan reminders`."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.output import AsJson, print_json, print_table

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from services.plan_reminders.ahead import ForeseenMessage, Foresight, SilentUnit
    from services.plan_reminders.dto import Line

_TITLE = 60


def add_to(group: typer.Typer) -> None:
    """Add the command."""
    group.command()(reminders)


def reminders(
    on: Annotated[datetime, typer.Option(metavar="DAY", formats=["%Y-%m-%d"], help="As 2026-12-01.")],
    as_json: AsJson = False,
) -> None:
    """Say what is sent on a day to which units, before it happens or afterwards; nothing is sent."""
    foresight = _foresee(on.date())
    if as_json:
        print_json(_document(foresight))
        return
    rows = [_row(message, line) for message in foresight.messages for line in message.lines]
    if rows:
        print_table(("Unit", "Heard by", "Number", "Item", "Last day", "Step"), rows)
    typer.echo(_summary(foresight, len(rows)))
    for one in foresight.unheard:
        typer.echo(f"{one.code}: nobody hears ({one.silence.value.replace('_', ' ')}).")


def _foresee(day: date) -> "Foresight":
    from zoneinfo import ZoneInfo

    from bot.cli.database import with_database
    from bot.cli.settings import command_settings
    from bot.documents.university import load
    from bot.localtime import LocalTime
    from services.access import OPERATOR
    from services.db.uow import reading_factory, unit_of_work_factory
    from services.plan_reminders.service import PlanReminderService
    from services.ports import SystemClock
    from services.workdays.service import WorkdayService

    settings = command_settings()
    clock, calendar = SystemClock(), LocalTime(ZoneInfo(settings.timezone))
    week = load(settings.university_file).working_week

    async def work(engine: "AsyncEngine") -> "Foresight":
        doors = (unit_of_work_factory(engine), reading_factory(engine))
        workdays = WorkdayService(*doors, clock, calendar, week=week)
        service = PlanReminderService(doors[1], clock, calendar, workdays, administrators=settings.admin_ids)
        return await service.foresee(OPERATOR, day)

    return with_database(settings, work)


def _document(foresight: "Foresight") -> dict[str, Any]:
    return {
        "on": foresight.day.isoformat(),
        "working_day": foresight.working,
        "basis": foresight.basis.value,
        "messages": [_message(message) for message in foresight.messages],
        "monthly_list": list(foresight.listed),
        "asks_how_far": foresight.asked,
        "unheard": [_silent(one) for one in foresight.unheard],
    }


def _message(message: "ForeseenMessage") -> dict[str, Any]:
    return {
        "unit": message.unit_code or None,
        "heard_by": message.heard_by,
        "accounts": message.accounts,
        "items": [_item(line) for line in message.lines],
    }


def _item(line: "Line") -> dict[str, Any]:
    return {
        "item": line.item_id,
        "number": line.number,
        "title": line.title,
        "due": line.due.isoformat() if line.due is not None else None,
        "soft": line.soft,
        "step": int(line.step) if line.step.lstrip("-").isdecimal() else line.step,
    }


def _silent(one: "SilentUnit") -> dict[str, Any]:
    return {
        "unit": one.code,
        "reason": one.silence.value,
        "heard_by": one.heard_by.code if one.heard_by is not None else None,
    }


def _row(message: "ForeseenMessage", line: "Line") -> tuple[str, ...]:
    title = line.title if len(line.title) <= _TITLE else line.title[: _TITLE - 1] + "…"
    due = line.due.isoformat() if line.due is not None else ""
    return (message.unit_code or "nobody", message.heard_by or "coordinators", line.number, title, due, line.step)


def _summary(foresight: "Foresight", lines: int) -> str:
    if not foresight.working and not foresight.messages:
        return f"{foresight.day}: a day off, nothing is sent."
    said = {"sent": "were told of", "planned": "will be told of", "as_if": "would have been told of"}
    units = len({message.unit_code for message in foresight.messages})
    listed = f" {len(foresight.listed)} units get the monthly list." if foresight.listed else ""
    return f"{foresight.day}: {units} units {said[foresight.basis.value]} {lines} items.{listed}"
