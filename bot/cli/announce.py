"""`kabarchy announce`."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.output import AsJson, print_json
from services.delivery.dto import IfLate
from services.languages import Language

if TYPE_CHECKING:
    from services.announcements.dto import Announced, NewAnnouncement

_AT = "%Y-%m-%d %H:%M"

_Ky = Annotated[str, typer.Option("--ky", metavar="HTML", help="The text in Kyrgyz.")]
_Ru = Annotated[str, typer.Option("--ru", metavar="HTML", help="The text in Russian.")]
_En = Annotated[str, typer.Option("--en", metavar="HTML", help="The text in English.")]
_Fallback = Annotated[
    Language | None,
    typer.Option("--fallback", help="Whose text readers get in whose own language there is none."),
]
_Audience = Annotated[
    str,
    typer.Option(
        "--audience",
        metavar="EXPR",
        help='Who is meant: "all" (linked people), or terms such as "role:student unit:mti course:2 -lang:en".',
    ),
]
_At = Annotated[
    datetime | None,
    typer.Option("--at", metavar='"YYYY-MM-DD HH:MM"', formats=[_AT], help="When, in TIMEZONE; else now."),
]
_Urgent = Annotated[bool, typer.Option("--urgent", help="It comes in quiet hours too, and over the daily limit.")]
_IfLate = Annotated[
    IfLate,
    typer.Option("--if-late", help="After an outage: ask its author (OPERATORS_CHAT for this command), or drop it."),
]
_LateAfter = Annotated[
    int, typer.Option("--late-after", metavar="HOURS", min=1, max=8_760, help="From when it is late.")
]


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("announce")(announce)


def announce(  # noqa: PLR0913 -- an option each
    *,
    ky: _Ky = "",
    ru: _Ru = "",
    en: _En = "",
    fallback: _Fallback = None,
    audience: _Audience = "all",
    at: _At = None,
    urgent: _Urgent = False,
    if_late: _IfLate = IfLate.ASK,
    late_after: _LateAfter = 24,
    as_json: AsJson = False,
) -> None:
    """Announce something to people, everybody in their own language; a running bot sends it.

    Texts are HTML as Telegram reads it: b, i, u, s, a href, code, pre, blockquote, tg-spoiler; &lt; for "<".
    """
    from services.announcements.dto import NewAnnouncement

    new = NewAnnouncement(
        texts={Language.KY: ky, Language.RU: ru, Language.EN: en},
        audience=audience,
        fallback=fallback,
        due_at=_moment(at),
        urgent=urgent,
        late_after=timedelta(hours=late_after),
        if_late=if_late,
    )
    announced = _announce(new)
    if as_json:
        print_json({"id": announced.id, "recipients": announced.recipients, "unreachable": announced.unreachable})
        return
    when = f"on {at:{_AT}}" if at else "now"
    typer.echo(
        f"Announcement {announced.id} goes out {when}. Recipients: {announced.recipients}, of whom stopped the bot: "
        f"{announced.unreachable}."
    )
    typer.echo(f"How it goes: kabarchy announcement show {announced.id}")


def _moment(local: datetime | None) -> datetime | None:
    """Return the instant at which the university's clocks show a time."""
    from zoneinfo import ZoneInfo

    from bot.cli.settings import command_settings

    return local.replace(tzinfo=ZoneInfo(command_settings().timezone)) if local else None


def _announce(new: "NewAnnouncement") -> "Announced":
    from bot.cli.announcement import with_announcements
    from services.access import OPERATOR

    return with_announcements(lambda announcements: announcements.announce(OPERATOR, new))
