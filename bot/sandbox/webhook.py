"""Delivery of updates to the bot's own web server."""

from __future__ import annotations

import asyncio
import re
import time
from collections import deque
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.sandbox.errors import bad_request
from bot.sandbox.updates import Update, UpdateQueue

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_CONNECTIONS = 40
_MOST_CONNECTIONS = 100
_OK = range(200, 300)


class Webhook:
    """Posts every update until the bot answers with 2xx.

    As in Telegram, updates of one chat go one after another and different chats side by side, on at most
    ``max_connections`` connections; with 1 the order of all updates is kept.

    Attributes:
        first_pause: seconds before an update is posted again; doubles up to ``longest_pause``. Shorter than
            Telegram's, so that a demo and a test need not wait.
    """

    def __init__(self, updates: UpdateQueue) -> None:
        self.url = ""
        self.max_connections = _CONNECTIONS
        self.first_pause = 0.1
        self.longest_pause = 5.0
        self.answer_timeout = 60.0
        self._updates = updates
        self._secret = ""
        self._last_error: tuple[int, str] | None = None
        self._lanes: dict[int, deque[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None
        self._slots = asyncio.Semaphore(_CONNECTIONS)

    async def set(self, url: str, *, secret: str = "", max_connections: int | None = None) -> None:
        """Starts delivery of everything that waits.

        Raises:
            ApiError: an address that Telegram would not post to; http is accepted for this machine only.
        """
        parts = urlsplit(url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if secret and not _SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        await self.stop()
        self.url, self._secret, self._last_error = url, secret, None
        self.max_connections = min(max(max_connections or _CONNECTIONS, 1), _MOST_CONNECTIONS)
        self._slots = asyncio.Semaphore(self.max_connections)
        self._session = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=self.answer_timeout),
            connector=aiohttp.TCPConnector(limit=self.max_connections),
        )
        self._updates.interrupt("setWebhook")
        self._updates.on_put = self._enqueue
        for update in self._updates.pending():
            self._enqueue(update)

    async def stop(self) -> None:
        """Stops delivery; what was not taken stays in the queue."""
        self.url, self._updates.on_put = "", None
        tasks, self._tasks, self._lanes = self._tasks, set(), {}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    def info(self) -> dict[str, Any]:
        """The Bot API's WebhookInfo."""
        info: dict[str, Any] = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates.pending()),
        }
        if self.url:
            info["max_connections"] = self.max_connections
            info["ip_address"] = "127.0.0.1"
        if self._last_error is not None:
            info["last_error_date"], info["last_error_message"] = self._last_error
        if self._updates.allowed:
            info["allowed_updates"] = self._updates.allowed
        return info

    def forget(self) -> None:
        """What waits for delivery is not delivered any more."""
        for lane in self._lanes.values():
            lane.clear()

    def _enqueue(self, update: Update) -> None:
        key = _lane_of(update) if self.max_connections > 1 else 0
        lane = self._lanes.get(key)
        if lane is not None:
            lane.append(update)
            return
        self._lanes[key] = deque([update])
        task = asyncio.get_running_loop().create_task(self._run_lane(key))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run_lane(self, key: int) -> None:
        lane = self._lanes[key]
        while lane:
            update = lane[0]
            pause = self.first_pause
            while lane and lane[0] is update and not await self._post(update):
                await asyncio.sleep(pause)
                pause = min(pause * 2, self.longest_pause)
            if lane and lane[0] is update:  # and nothing was forgotten meanwhile
                lane.popleft()
            self._updates.confirm(update)
        del self._lanes[key]

    async def _post(self, update: Update) -> bool:
        assert self._session is not None  # noqa: S101 - lanes run only between set() and stop()
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._secret} if self._secret else {}
        try:
            async with self._slots, self._session.post(self.url, json=update, headers=headers) as response:
                await response.read()
                if response.status in _OK:
                    return True
                reason = f"Wrong response from the webhook: {response.status} {response.reason}"
        except TimeoutError:
            reason = "Read timeout expired"
        except aiohttp.ClientConnectorError:
            reason = "Connection refused"
        except aiohttp.ClientError:
            reason = "Webhook connection closed"
        self._last_error = int(time.time()), reason
        return False


def _lane_of(update: Update) -> int:
    """The chat an update belongs to; a button's chat is that of its message."""
    payload = next(value for key, value in update.items() if key != "update_id")
    chat = payload.get("chat") or payload.get("message", {}).get("chat") or payload["from"]
    number: int = chat["id"]
    return number
