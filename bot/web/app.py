"""The web server of the bot: one aiohttp application on one port."""

from types import TracebackType
from typing import Self

from aiogram import Bot
from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.container import Container
from bot.ingress import Ingress
from bot.settings import Settings
from bot.web.health import add_health_routes
from bot.web.webhook import Webhook

_MAX_BODY = 21 * 1024 * 1024


class WebServer:
    """Listens while the block lasts."""

    def __init__(self, settings: Settings, container: Container, ingress: Ingress, engine: AsyncEngine) -> None:
        self._settings = settings
        self._webhook = Webhook(settings, ingress)
        self._app = web.Application(client_max_size=_MAX_BODY)
        add_health_routes(self._app, engine)
        self._webhook.add_routes(self._app)
        self._runner = web.AppRunner(self._app, access_log=None)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, self._settings.http_host, self._settings.http_port).start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    async def set_webhook(self, bot: Bot) -> None:
        """Ask Telegram to bring the updates here."""
        await self._webhook.register(bot)
