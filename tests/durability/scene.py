"""A database, a local Telegram in the test's process, and bots that are processes of their own."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TypeVar

from sqlalchemy import URL, text

from bot.sandbox import Sandbox
from tests.support.friends import Friend
from tests.support.nursery import ROOT, Nursery, lives
from tests.support.people import AIZADA
from tests.support.ports import held_port
from tests.support.telegram import Telegram, office

T = TypeVar("T")

_logs = count(1)


async def until(condition: Callable[[], Awaitable[T]], patience: float = 15.0) -> T:
    """Ask again and again, until the answer is yes."""
    deadline = time.monotonic() + patience
    while not (value := await condition()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"nothing after {patience} s")
        await asyncio.sleep(0.003)
    return value


@dataclass(frozen=True, slots=True)
class BotProcess:
    """One bot."""

    number: int
    log: Path

    @property
    def lives(self) -> bool:
        """Whether it still runs."""
        return lives(self.number)

    def has_logged(self, words: str) -> bool:
        """Whether something stands in its log."""
        return self.log.exists() and words in self.log.read_text()

    async def end(self, number: signal.Signals = signal.SIGKILL) -> None:
        """Send a signal and wait until it is gone."""
        if self.lives:
            os.kill(self.number, number)

        async def is_gone() -> bool:
            return not self.lives

        await until(is_gone)


@dataclass(slots=True)
class Scene:
    """One university with its bots."""

    telegram: Telegram
    url: URL
    environment: dict[str, str]
    logs: Path
    nursery: Nursery
    bots: list[BotProcess] = field(default_factory=list)

    async def start(self) -> BotProcess:
        """Start one more bot and wait until it is ready."""
        log = self.logs / f"{next(_logs)}.log"
        process = BotProcess(await asyncio.to_thread(self._fork, log), log)
        self.bots.append(process)
        await self.telegram.world.wait_for(lambda: process.has_logged("ready as worker") or not process.lives, 30)
        assert process.lives, log.read_text()
        return process

    def _fork(self, log: Path) -> int:
        return self.nursery.fork(["run"], self.environment, ROOT, log, log, log.with_suffix(".code"))

    async def one_bot(self) -> BotProcess:
        """The bot that runs now, or a new one; all others are ended."""
        living = [process for process in self.bots if process.lives]
        for process in living[1:]:
            await process.end()
        self.bots = living[:1]
        return living[0] if living else await self.start()

    async def aizada(self) -> Friend:
        """A student who has not asked for anything yet."""
        return await self.telegram.meet("Айзада", AIZADA)

    async def confirms(self, friend: Friend) -> int:
        """Tap the last button of an order; returns the update's number."""
        await friend.presses(1, "cc:study:ky", wait=False)
        return self.telegram.last_update()

    @asynccontextmanager
    async def locked(self, table: str, mode: str = "access exclusive") -> AsyncIterator[None]:
        """Let nobody pass a table, so that a bot stands still there."""
        async with self.telegram.engine.connect() as connection:
            await connection.execute(text(f"lock table {table} in {mode} mode"))
            yield
            await connection.rollback()

    async def somebody_waits(self) -> bool:
        """Whether a bot stands before a locked table."""
        waiting: int = await self.telegram.value(
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
            " and query not like '%pg_advisory_lock%'"
        )
        return waiting > 0

    async def end_all(self) -> None:
        """End every bot of this scene."""
        for process in self.bots:
            await process.end()


@asynccontextmanager
async def scene(mode: str, url: URL, folder: Path, nursery: Nursery) -> AsyncIterator[Scene]:
    """Set the scene for polling or for the webhook; no bot runs yet."""
    async with AsyncExitStack() as stack:
        port = stack.enter_context(held_port())
        sandbox = await stack.enter_async_context(Sandbox())
        telegram = await stack.enter_async_context(office(url, sandbox))
        sandbox.world.webhook.longest_pause = 0.5
        environment = {
            **os.environ,
            "BOT_TOKEN": sandbox.token,
            "TELEGRAM_API_URL": sandbox.url,
            "DATABASE_URL": url.render_as_string(hide_password=False),
            "DATA_DIR": str(folder),
            "HTTP_PORT": str(port) if mode == "webhook" else "0",
            "PUBLIC_URL": f"http://127.0.0.1:{port}" if mode == "webhook" else "",
            "WEBHOOK_SECRET": "a-secret-of-the-tests" if mode == "webhook" else "",
        }
        set_up = Scene(telegram, url, environment, folder, nursery)
        try:
            yield set_up
        finally:
            await set_up.end_all()
