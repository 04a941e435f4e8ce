"""`kabarchy roster code` and `kabarchy roster codes`."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.failures import CommandFailed
from bot.cli.output import AsJson, print_json, working

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncEngine

    from bot.settings import Settings
    from services.linking.dto import GroupCodes, IssuedLinkCode
    from services.linking.ports import CodeSheetPrinter
    from services.linking.service import LinkingService

_Days = Annotated[int, typer.Option(min=1, max=365, help="How long a code can be used.")]
_NAME_UNKNOWN = "not known until the bot has run once (or BOT_TOKEN is set)"


def add_to(group: typer.Typer) -> None:
    """Add the commands to `roster`."""
    group.command("code")(issue_code)
    group.command("codes")(issue_group_codes)


def issue_code(
    person_no: Annotated[str, typer.Argument(help="The person's number in the roster.")],
    days: _Days = 7,
    as_json: AsJson = False,
) -> None:
    """Give a person a fresh one-time code; their earlier unused codes stop working."""
    from bot.cli.database import with_database
    from bot.cli.settings import command_settings
    from services.access import OPERATOR
    from services.codes import printed_code

    settings = command_settings()

    async def work(engine: "AsyncEngine") -> "tuple[IssuedLinkCode, str | None]":
        issued = await _linking(engine, settings).issue_code(OPERATOR, person_no, days=days)
        return issued, await _bot_username(engine, settings)

    issued, username = with_database(settings, work)
    code = printed_code(issued.code)
    link = f"https://t.me/{username}?start={issued.payload}" if username else None
    if as_json:
        print_json({"payload": issued.payload, "link": link, "code": code})
        return
    typer.echo(f"{issued.person.full_name} ({issued.person.person_no})")
    typer.echo(f"Code to type: {code}")
    typer.echo(f"Link: {link or _NAME_UNKNOWN}")
    typer.echo(f"Can be used once, until {_local(issued.expires_at, settings)}.")
    typer.echo("Codes that this person was given before and has not used stop working.")


def issue_group_codes(
    group: Annotated[str, typer.Argument(help="The group's name, as the roster writes it or nearly so.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE.pdf", help="Where the sheet of strips is written.")],
    days: _Days = 30,
    as_json: AsJson = False,
) -> None:
    """Give everybody of a group who is not linked a fresh code, on a sheet of strips to cut apart."""
    from bot.cli.database import with_database
    from bot.cli.settings import command_settings
    from services.access import OPERATOR

    settings = command_settings()
    if not out.parent.is_dir():  # before any code is given
        raise CommandFailed(f"there is no folder {out.parent}")

    async def work(engine: "AsyncEngine") -> "GroupCodes":
        username = await _bot_username(engine, settings)
        if username is None:
            raise CommandFailed(f"the sheet needs the bot's name for its links, which is {_NAME_UNKNOWN}")
        printer = _SheetFile(out, username, settings)
        return (await _linking(engine, settings, printer).issue_group_codes(OPERATOR, group, days=days)).codes

    with working("Drawing the sheet …"):
        codes = with_database(settings, work)
    if as_json:
        document = {"group": codes.group_name, "codes": len(codes.codes), "expires_at": codes.expires_at.isoformat()}
        print_json({**document, "file": str(out)})
        return
    typer.echo(f"{codes.group_name}: {len(codes.codes)} codes, each can be used once, in {out}")
    typer.echo(f"Valid until {_local(codes.expires_at, settings)}.")
    typer.echo("Codes that these people were given before and have not used stop working. Keep the file secret.")


def _linking(engine: "AsyncEngine", settings: "Settings", sheets: "CodeSheetPrinter | None" = None) -> "LinkingService":
    from zoneinfo import ZoneInfo

    from bot.localtime import LocalTime
    from services.db.uow import unit_of_work_factory
    from services.linking.service import LinkingService
    from services.ports import NoBell, SystemClock

    calendar = LocalTime(ZoneInfo(settings.timezone))
    return LinkingService(unit_of_work_factory(engine), SystemClock(), calendar, NoBell(), NoBell(), sheets=sheets)


class _SheetFile:
    """Draws the sheet and writes it at once: codes that stand nowhere are not given (`CodeSheetPrinter`)."""

    def __init__(self, out: Path, username: str, settings: "Settings") -> None:
        self._out = out
        self._username = username
        self._settings = settings

    async def draw(self, codes: "GroupCodes") -> bytes:
        """Return what was written."""
        sheet = await _draw(codes, self._username, self._settings)
        _write(self._out, sheet)
        return sheet


async def _draw(codes: "GroupCodes", username: str, settings: "Settings") -> bytes:
    from zoneinfo import ZoneInfo

    from bot.lazy_models import import_aiogram

    import_aiogram()
    from bot.code_sheets import CodeSheets
    from bot.documents.links import PublicLinks
    from bot.documents.university import load
    from bot.i18n import Catalogues
    from bot.localtime import LocalTime

    links = PublicLinks(public_url=settings.public_url, bot_username=username)
    localtime = LocalTime(ZoneInfo(settings.timezone))
    return await CodeSheets(load(settings.university_file), links, localtime, Catalogues()).draw(codes)


def _write(out: Path, sheet: bytes) -> None:
    """Write the sheet so that nobody else on the machine reads it."""
    try:
        out.touch(mode=0o600)
        out.write_bytes(sheet)
    except OSError as error:
        raise CommandFailed(f"{out} cannot be written: {error.strerror}; no codes were given") from error


def _local(moment: "datetime", settings: "Settings") -> str:
    from zoneinfo import ZoneInfo

    return f"{moment.astimezone(ZoneInfo(settings.timezone)):%Y-%m-%d %H:%M} ({settings.timezone})"


async def _bot_username(engine: "AsyncEngine", settings: "Settings") -> str | None:
    """Return the name that the bot had when it was seen last, else ask Telegram."""
    from bot.cli.telegram import ask_username, bot_id_of
    from services.db.uow import reading_factory

    async with reading_factory(engine)() as uow:
        username = await uow.bots.find_username(bot_id_of(settings))
    return username or await ask_username(settings)
