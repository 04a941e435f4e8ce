"""`kabarchy run`."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

import asyncio
import errno
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

import typer

from bot.cli.failures import CommandFailed

if TYPE_CHECKING:
    from bot.settings import Settings

_HOW_TO_GET_ONE = (
    "BOT_TOKEN is not set: open https://t.me/BotFather, send /newbot, and put the token that it gives you into the "
    "environment or .env as BOT_TOKEN. To try everything on this machine without a token: kabarchy demo"
)


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("run")(run)


def run() -> None:
    """Run the bot: polling or webhook, web pages, scheduler; brings the database up to date first if it may."""
    from bot.cli.database import database_address
    from bot.logs import set_up_logging
    from bot.settings import load_settings

    settings = load_settings()
    if not settings.bot_token.get_secret_value():
        raise CommandFailed(_HOW_TO_GET_ONE)
    set_up_logging(form=settings.log_format, level=settings.log_level)
    with sigterm_exits(), database_address(settings, exclusive=True) as address:
        asyncio.run(_run(settings, address))


async def _run(settings: "Settings", address: str) -> None:
    from bot.lazy_models import import_aiogram

    import_aiogram()
    from aiogram.utils.token import TokenValidationError

    from bot.cli.database import require_usable
    from bot.program import TokenRefused, run_program

    await require_usable(address, settings)
    try:
        await run_program(settings, address)
    except (TokenRefused, TokenValidationError) as error:
        raise CommandFailed(
            "Telegram does not know this BOT_TOKEN; copy it again from https://t.me/BotFather"
        ) from error
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EADDRNOTAVAIL, errno.EACCES):
            raise
        raise CommandFailed(
            f"cannot listen on {settings.http_host}:{settings.http_port}: {os.strerror(error.errno)}; "
            "set HTTP_HOST and HTTP_PORT"
        ) from error


@contextmanager
def sigterm_exits() -> Iterator[None]:
    """Let SIGTERM end the block in good order also before the event loop takes over."""

    def leave(_number: int, _frame: FrameType | None) -> None:
        sys.exit(0)

    former = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, former)
