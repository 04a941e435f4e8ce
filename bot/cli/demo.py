"""`kabarchy demo`: everything on this machine, without a token and without the network."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

import asyncio
import errno
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.failures import CommandFailed

if TYPE_CHECKING:
    from bot.sandbox import World
    from bot.settings import Settings
    from services.linking.dto import IssuedLinkCode

_HOST = "127.0.0.1"
_MESSAGE_NUMBERS_SINCE = 1_750_000_000  # Unix time
_CHANNEL, _GROUP = -1_002_000_000_001, -1_002_000_000_002


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo")(demo)


def demo(
    port: Annotated[
        int, typer.Option(min=1, max=65534, help="The chat page; the bot's web pages take the next.")
    ] = 8080,
) -> None:
    """Try everything here: a local Telegram with a chat page, an invented university, the real bot."""
    from bot.cli.database import embedded_database
    from bot.cli.run import sigterm_exits
    from bot.cli.settings import command_settings

    with sigterm_exits():
        settings = command_settings()
        if settings.database_url:
            typer.echo("DATABASE_URL is set, but the demonstration keeps to its own embedded database.", err=True)
        for number in (port, port + 1):
            _require_free(number, port)
        typer.echo(f"Starting the demonstration in {settings.data_dir} …")
        with embedded_database(settings.data_dir, exclusive=True) as address:
            asyncio.run(_serve(_demo_settings(settings, address, port), address, port))


async def _serve(settings: "Settings", address: str, port: int) -> None:
    from bot.cli.demo_guide import show_guide
    from bot.lazy_models import import_aiogram

    import_aiogram()
    from bot.program import ended_by_signal, running
    from bot.sandbox import Sandbox

    token = settings.bot_token.get_secret_value()
    async with ended_by_signal():
        given = await _prepare(settings, address)
        async with Sandbox(port=port, token=token) as sandbox:
            _people(sandbox.world, given.codes)
            _places(sandbox.world, given.places)
            sandbox.world.flood.on = True
            async with running(settings, address):
                for telegram_id in sorted(given.known):
                    sandbox.world.start(telegram_id)  # chats of an earlier start are gone; the bot greets them again
                show_guide(sandbox.url, settings.data_dir, given.codes, given.tickets)
                await asyncio.Event().wait()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """What this start has. `codes`: one-time codes; `known`: who has talked to the bot; `places`: channels it is in.

    `tickets`: addresses of a survey's pages, each for one reply.
    """

    codes: "dict[int, IssuedLinkCode]"
    known: set[int]
    places: set[int]
    tickets: tuple[str, ...]


async def _prepare(settings: "Settings", address: str) -> _Given:
    from datetime import UTC, datetime

    from bot.cli.database import require_usable
    from bot.demonstration.university import DemonstrationUniversity, OthersRoster
    from services.db.engine import create_engine

    await require_usable(address, settings)
    engine = create_engine(address, pool_size=2)
    try:
        university = DemonstrationUniversity(engine, settings)
        await university.prepare(datetime.now(UTC).date())
        return _Given(
            codes=await university.issue_codes(),
            known=await university.list_known(),
            places=await university.list_channels(),
            tickets=await university.print_tickets(),
        )
    except OthersRoster as error:
        raise CommandFailed(
            f"the database under {settings.data_dir} holds another roster; set DATA_DIR to a new folder to try the "
            "demonstration"
        ) from error
    finally:
        await engine.dispose()


def _people(world: "World", codes: "Mapping[int, IssuedLinkCode]") -> None:
    from bot.cli.demo_guide import about_lines
    from bot.demonstration.personas import PERSONAS

    for persona in PERSONAS:
        world.add_user(
            persona.telegram_id,
            persona.first_name,
            last_name=persona.last_name,
            language_code=persona.language.value,
            phone=persona.phone,
            about_lines=about_lines(persona, codes.get(persona.telegram_id)),
        )
        # A message number of an earlier start would be taken for the same screen.
        world.conversations[persona.telegram_id].last_id = int(time.time()) - _MESSAGE_NUMBERS_SINCE


def _places(world: "World", known: "set[int]") -> None:
    """Let the administrator have a channel and a group, into which the bot can be brought on the page.

    `known`: where the bot was when the demonstration ended.
    """
    from bot.demonstration.personas import PERSONAS
    from services.access import Role

    owner = next(persona for persona in PERSONAS if Role.ADMIN in persona.roles)
    world.add_chat(_CHANNEL, "Университеттин жаңылыктары", owner.telegram_id, channel=True)
    world.add_chat(_GROUP, "Кураторлор", owner.telegram_id, channel=False)
    for number in (_CHANNEL, _GROUP):
        world.conversations[number].last_id = int(time.time()) - _MESSAGE_NUMBERS_SINCE
        world.conversations[number].bot_is_member = number in known


def _demo_settings(settings: "Settings", address: str, port: int) -> "Settings":
    """Return the settings with everything that leads outside turned inside."""
    from bot.settings import load_settings

    return load_settings(
        bot_token="42:demonstration",  # noqa: S106 -- opens nothing but the local Telegram
        telegram_api_url=f"http://{_HOST}:{port}",
        database_url=address,
        migration_database_url="",
        public_url=f"http://{_HOST}:{port + 1}",
        http_host=_HOST,
        http_port=port + 1,
        webhook_secret="",
        signing_p12=None,  # a real key must never sign invented papers
        operators_chat=None,
        quiet_hours="",  # whoever tries it at night sees everything at once, too
        data_dir=settings.data_dir,
    )


def _require_free(number: int, asked: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, number))
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
            raise CommandFailed(
                f"port {number} cannot be used ({error.strerror}); name another: kabarchy demo --port {asked + 10}"
            ) from error
