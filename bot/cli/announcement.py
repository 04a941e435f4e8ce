"""`kabarchy announcement`."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bot.cli.output import AsJson, print_json, print_table

if TYPE_CHECKING:
    from services.announcements.dto import AnnouncementView, StateChange
    from services.announcements.service import AnnouncementService

T = TypeVar("T")

_Id = Annotated[int, typer.Argument(metavar="ID", min=1, max=2**63 - 1, help="The number that `announce` told.")]
_Unknown = Annotated[bool, typer.Option("--unknown", help="To those of whom Telegram gave no answer.")]
_Failed = Annotated[bool, typer.Option("--failed", help="To those for whom Telegram refused it.")]

_EXCERPT = 80
_STATES = {
    "draft": "a draft",
    "awaiting_approval": "waiting for an approval",
    "scheduled": "scheduled",
    "sending": "being sent",
    "paused": "paused",
    "stopped": "stopped",
    "done": "done",
    "cancelled": "cancelled",
}


def add_to(app: typer.Typer) -> None:
    """Add the command group."""
    group = typer.Typer(help="Announcements on their way.", no_args_is_help=True)
    group.command("show")(show)
    group.command("pause")(pause)
    group.command("resume")(resume)
    group.command("cancel")(cancel)
    group.command("send-again")(send_again)
    app.add_typer(group, name="announcement")


def show(announcement_id: _Id, as_json: AsJson = False) -> None:
    """Show how an announcement stands: who has it, who has not, and of whom nobody knows."""
    from services.access import OPERATOR

    view = with_announcements(lambda announcements: announcements.get(OPERATOR, announcement_id))
    if as_json:
        recipients = view.announcement.recipients
        print_json({"id": announcement_id, "state": view.state.value, "recipients": recipients, **asdict(view.tally)})
        return
    _print_card(view)


def pause(announcement_id: _Id, as_json: AsJson = False) -> None:
    """Let nothing more of an announcement go out until it is resumed."""
    from services.access import OPERATOR

    change = with_announcements(lambda announcements: announcements.pause(OPERATOR, announcement_id))
    _print_change(announcement_id, change, as_json=as_json)


def resume(announcement_id: _Id, as_json: AsJson = False) -> None:
    """Go on with a paused announcement: at its time, or now if that is past."""
    from services.access import OPERATOR

    change = with_announcements(lambda announcements: announcements.resume(OPERATOR, announcement_id))
    _print_change(announcement_id, change, as_json=as_json)


def cancel(announcement_id: _Id, as_json: AsJson = False) -> None:
    """End an announcement: whoever has not got it yet never gets it."""
    from services.access import OPERATOR

    change = with_announcements(lambda announcements: announcements.cancel(OPERATOR, announcement_id))
    _print_change(announcement_id, change, as_json=as_json)


def send_again(
    announcement_id: _Id, unknown: _Unknown = False, failed: _Failed = False, as_json: AsJson = False
) -> None:
    """Send an announcement once more to some; of those unknown, whoever has got it gets it twice."""
    from services.access import OPERATOR
    from services.delivery.dto import Outcome

    chosen = [outcome for outcome, wanted in ((Outcome.UNKNOWN, unknown), (Outcome.FAILED, failed)) if wanted]
    if not chosen:
        raise typer.BadParameter("name --unknown, --failed or both")
    again = with_announcements(lambda announcements: announcements.send_again(OPERATOR, announcement_id, chosen))
    if as_json:
        print_json({"id": announcement_id, "again": again})
    else:
        typer.echo(f"Announcement {announcement_id} is to be sent once more (if it is paused, once it is resumed).")
        typer.echo(f"Recipients: {again}.")


def with_announcements(work: "Callable[[AnnouncementService], Awaitable[T]]") -> T:
    """Do something with announcements on the operator's database."""
    from zoneinfo import ZoneInfo

    from sqlalchemy.ext.asyncio import AsyncEngine

    from bot.cli.database import with_database
    from bot.cli.settings import command_settings
    from bot.localtime import LocalTime
    from services.announcements.service import AnnouncementService
    from services.db.uow import unit_of_work_factory
    from services.ports import NoBell, SystemClock

    settings = command_settings()

    async def run(engine: AsyncEngine) -> T:
        calendar = LocalTime(ZoneInfo(settings.timezone))
        return await work(AnnouncementService(unit_of_work_factory(engine), SystemClock(), calendar, NoBell()))

    return with_database(settings, run)


def _print_change(announcement_id: int, change: "StateChange", *, as_json: bool) -> None:
    if as_json:
        print_json({"id": announcement_id, "state": change.state.value, "changed": change.changed})
        return
    when = "now" if change.changed else "already"
    typer.echo(f"Announcement {announcement_id} is {_STATES[change.state.value]} {when}.")


def _print_card(view: "AnnouncementView") -> None:
    from zoneinfo import ZoneInfo

    from bot.cli.settings import command_settings
    from services.html import visible_text

    announcement, timezone = view.announcement, command_settings().timezone
    typer.echo(f"Announcement {announcement.id} is {_STATES[view.state.value]}.")
    typer.echo(f"Due: {announcement.due_at.astimezone(ZoneInfo(timezone)):%Y-%m-%d %H:%M} ({timezone})")
    typer.echo(f"Audience: {announcement.audience}")
    typer.echo(f"Urgency: {announcement.urgency.value}")
    for language, html in announcement.texts.items():
        text = " ".join(visible_text(html).split())
        typer.echo(f"{language.value}: {text if len(text) <= _EXCERPT else f'{text[:_EXCERPT]}…'}")
    if announcement.fallback is not None:
        typer.echo(f"In other languages: the text in {announcement.fallback.value}")
    counts = {"recipients": announcement.recipients, **asdict(view.tally)}
    print_table([name.capitalize() for name in counts], [[str(count) for count in counts.values()]])
    for line in _advice(view):
        typer.echo(line)


def _advice(view: "AnnouncementView") -> list[str]:
    from services.announcements.dto import AnnouncementState

    number, lines = view.announcement.id, []
    if view.state is AnnouncementState.STOPPED:
        lines.append(f"Stopped, because all of the first recipients failed alike: {view.fault}")
    if view.state in {AnnouncementState.PAUSED, AnnouncementState.STOPPED}:
        lines.append(
            f"To go on: kabarchy announcement resume {number}; to end it: kabarchy announcement cancel {number}"
        )
    if view.state is AnnouncementState.CANCELLED:
        return lines
    if view.tally.unknown:
        lines.append(
            "Unknown: Telegram gave no answer, so they may have it. Once more to them (some then have it twice): "
            f"kabarchy announcement send-again {number} --unknown"
        )
    if view.tally.failed:
        lines.append(
            f"Failed: Telegram refused it. Once more to them: kabarchy announcement send-again {number} --failed"
        )
    return lines
