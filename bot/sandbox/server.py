"""The server process of the sandbox."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from aiohttp import web

from bot.sandbox.bot_api import BotApi
from bot.sandbox.chat import ChatApi
from bot.sandbox.controls import Controls
from bot.sandbox.guard import guard, secure
from bot.sandbox.world import World

_HOST = "127.0.0.1"
_UPLOADS = 64 * 1024 * 1024


class Sandbox:
    """A local Telegram on loopback, to be entered with ``async with``.

    Attributes:
        url: base address of the Bot API and of the chat page, known once entered.
        urls: all such addresses, where ``doors`` asks for several; by its door a request tells who sent it.
        token, bot_id: whom the bot authorises as; the number is the token's first part, as in Telegram.
        world: people, chats and everything that happens.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        token: str = "42:sandbox",  # noqa: S107 - opens nothing but this sandbox
        bot_username: str = "kabarchy_demo_bot",
        bot_name: str = "Кабарчы",
        world: World | None = None,
        callback_timeout: float = 15.0,
        doors: int = 1,
    ) -> None:
        self.token = token
        self.bot_id = int(token.partition(":")[0])
        self.url = ""
        self.urls: list[str] = []
        self.world = world or World()
        self.world.introduce_bot(self.bot_id, bot_username, bot_name)
        self.world.callback_timeout = callback_timeout
        self._port = port
        self._doors = doors
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(middlewares=[guard], client_max_size=_UPLOADS)
        chat = ChatApi(self.world)
        app.add_routes(BotApi(self.world, self.token).routes())
        app.add_routes(chat.routes())
        app.add_routes(Controls(self.world).routes())
        app.on_response_prepare.append(secure)
        app.on_shutdown.append(chat.close)
        app.on_shutdown.append(self._stop_delivery)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        try:
            for number in range(self._doors):
                await web.TCPSite(self._runner, _HOST, self._port if number == 0 else 0).start()
        except OSError:
            await self._runner.cleanup()
            raise
        self.urls = [f"http://{_HOST}:{address[1]}" for address in self._runner.addresses]
        self.url = self.urls[0]
        return self

    def break_connections(self) -> int:
        """Breaks every connection there is, whatever is on it; returns how many."""
        server = self._runner.server if self._runner is not None else None
        broken = 0
        for connection in tuple(server.connections) if server is not None else ():
            if connection.transport is not None:
                connection.transport.abort()
                broken += 1
        return broken

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _stop_delivery(self, _: web.Application) -> None:
        await self.world.webhook.stop()
        self.world.updates.close()
