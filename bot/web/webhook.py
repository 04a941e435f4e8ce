"""Updates that Telegram brings: gathered for a few milliseconds, stored, then answered with 200."""

import asyncio
import hashlib
import hmac
import json
from typing import Any

from aiogram import Bot
from aiohttp import web

from bot.dispatcher import ALLOWED_UPDATES
from bot.ingress import Ingress
from bot.settings import Settings

_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 -- the header's name
_GATHER_SECONDS = 0.003


class Webhook:
    """`POST /telegram/<path>`; the path is derived from the secret, so it can be in no scanner's list."""

    def __init__(self, settings: Settings, ingress: Ingress) -> None:
        self._secret = settings.webhook_secret.get_secret_value()
        self._public_url = settings.public_url
        self._enabled = settings.uses_webhook
        self._ingress = ingress
        self._gathered: list[tuple[dict[str, Any], asyncio.Future[None]]] = []
        self._storing: asyncio.Task[None] | None = None

    @property
    def path(self) -> str:
        """The path Telegram posts to."""
        return f"/telegram/{hashlib.sha256(self._secret.encode()).hexdigest()[:24]}"

    def add_routes(self, app: web.Application) -> None:
        """Listen, if a webhook is wanted."""
        if self._enabled:
            app.router.add_post(self.path, self._receive)

    async def register(self, bot: Bot) -> None:
        """Tell Telegram the address."""
        await bot.set_webhook(
            self._public_url + self.path,
            secret_token=self._secret,
            allowed_updates=ALLOWED_UPDATES,
            max_connections=40,
        )

    async def _receive(self, request: web.Request) -> web.Response:
        given = request.headers.get(_SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            return web.Response(status=401)
        try:
            update = json.loads(await request.read())
        except ValueError:
            return web.Response(status=400)
        if not isinstance(update, dict):
            return web.Response(status=400)
        await self._store(update)
        return web.Response()

    async def _store(self, update: dict[str, Any]) -> None:
        """Store together with what arrives in the same moment; raises if it could not be stored."""
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._gathered.append((update, stored))
        if len(self._gathered) == 1:
            await asyncio.sleep(_GATHER_SECONDS)
            batch, self._gathered = self._gathered, []
            await self._store_batch(batch)
        await stored

    async def _store_batch(self, batch: list[tuple[dict[str, Any], asyncio.Future[None]]]) -> None:
        try:
            await self._ingress.accept([update for update, _ in batch])
        except BaseException as error:
            for _, stored in batch:
                if not stored.done():
                    stored.set_exception(ConnectionError("the update could not be stored"))
            if not isinstance(error, OSError):
                raise
        else:
            for _, stored in batch:
                if not stored.done():
                    stored.set_result(None)
