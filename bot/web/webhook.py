"""Updates that Telegram brings: gathered while the database works, stored, then answered with 200.

One task of the supervisor stores, one batch after the other, so that updates are stored in the order in which they came
and a connection that Telegram closes takes nothing with it.
"""

import asyncio
import hashlib
import hmac
import json
import logging
from typing import Any

from aiogram import Bot
from aiohttp import web
from sqlalchemy.exc import DBAPIError

from bot.dispatcher import ALLOWED_UPDATES
from bot.ingress import Ingress
from bot.settings import Settings
from bot.supervisor import Supervisor
from bot.web.failures import STORAGE_AWAY, name_of

logger = logging.getLogger(__name__)

_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 -- the header's name
_LARGEST_BATCH = 200
#: Telegram posts one update of a chat after the other, whatever this is: the next one of the same kind (messages, taps)
#: waits for the 200 of the one before. So many connections let different people pass each other, never one's own
#: messages; forty, each answered in some milliseconds, are thousands of updates a second for all replicas together.
_CONNECTIONS = 40

_Gathered = tuple[dict[str, Any], asyncio.Future[bool]]


class Webhook:
    """`POST /telegram/<path>`; the path is derived from the secret, so it can be in no scanner's list."""

    def __init__(self, settings: Settings, ingress: Ingress, supervisor: Supervisor) -> None:
        self._secret = settings.webhook_secret.get_secret_value()
        self._public_url = settings.public_url
        self._enabled = settings.uses_webhook
        self._ingress = ingress
        self._supervisor = supervisor
        self._gathered: list[_Gathered] = []
        self._storing = False

    @property
    def path(self) -> str:
        """The path Telegram posts to."""
        return f"/telegram/{hashlib.sha256(self._secret.encode()).hexdigest()[:24]}"

    def add_routes(self, app: web.Application) -> None:
        """Listen, if a webhook is wanted."""
        if self._enabled:
            app.router.add_post(self.path, self._receive, name="webhook")

    async def register(self, bot: Bot) -> None:
        """Tell Telegram the address."""
        await bot.set_webhook(
            self._public_url + self.path,
            secret_token=self._secret,
            allowed_updates=ALLOWED_UPDATES,
            max_connections=_CONNECTIONS,
        )

    async def _receive(self, request: web.Request) -> web.Response:
        given = request.headers.get(_SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), self._secret.encode()):
            return web.Response(status=401)
        try:
            update = json.loads(await request.read())
        except (ValueError, RecursionError):
            return web.Response(status=400)
        if not isinstance(update, dict):
            return web.Response(status=400)
        if not await self._gather(update):  # Telegram brings it again
            return web.Response(status=503, headers={"Retry-After": "1"})
        return web.Response()

    def _gather(self, update: dict[str, Any]) -> asyncio.Future[bool]:
        """Hand an update to the task that stores; the future says whether it was."""
        stored: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._gathered.append((update, stored))
        if not self._storing:
            self._storing = True
            self._supervisor.start("storing updates", self._store_gathered())
        return stored

    async def _store_gathered(self) -> None:
        try:
            while self._gathered:
                batch, self._gathered = self._gathered[:_LARGEST_BATCH], self._gathered[_LARGEST_BATCH:]
                await self._store(batch)
        finally:
            self._storing = False
            _answer(self._gathered, stored=False)
            self._gathered = []

    async def _store(self, batch: list[_Gathered]) -> None:
        stored = False
        try:
            await self._ingress.accept([update for update, _ in batch])
            stored = True
        except DBAPIError as error:
            logger.warning("%d updates could not be stored: %s", len(batch), name_of(error))
            if len(batch) > 1:  # one that the database refuses must not hold up the others
                for one in batch:
                    await self._store([one])
        except STORAGE_AWAY as error:
            logger.warning("%d updates could not be stored: %s", len(batch), name_of(error))
        finally:
            _answer(batch, stored=stored)


def _answer(batch: list[_Gathered], *, stored: bool) -> None:
    for _, future in batch:
        if not future.done():  # a request that was broken off waits no more
            future.set_result(stored)
