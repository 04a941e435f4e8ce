"""A database, a local Telegram in the test's process, and bots that are processes of their own."""

import asyncio
import os
import re
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import count, groupby
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
_QUESTIONS = {"ky": "Эмне кылууну каалайсыз?", "ru": "Что вы хотите сделать?", "en": "What would you like to do?"}
#: What every change of a language leaves behind: the effects of taps, in their order.
_EFFECTS = (
    "create table effects (id bigserial, telegram_id bigint, language text)",
    """create function note_effect() returns trigger language plpgsql as
    $$ begin insert into effects (telegram_id, language) values (new.telegram_id, new.language); return new; end $$""",
    """create trigger effects before update of language on accounts for each row execute function note_effect()""",
)


async def until(condition: Callable[[], Awaitable[T]], patience: float = 15.0, *, pause: float = 0.003) -> T:
    """Ask again and again, until the answer is yes."""
    deadline = time.monotonic() + patience
    while not (value := await condition()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"nothing after {patience} s")
        await asyncio.sleep(pause)
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

    @property
    def worker(self) -> int:
        """The number under which it works."""
        return int(re.findall(r"ready as worker (\d+)", self.log.read_text())[-1])

    async def stop(self) -> float:
        """Send the order to stop; returns after how many seconds it is gone, in good order."""
        begun = time.monotonic()
        await self.end(signal.SIGTERM)
        assert self.log.with_suffix(".code").read_text() == "0", self.log.read_text()
        return time.monotonic() - begun

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

    async def start(self, **own: str) -> BotProcess:
        """Start one more bot, perhaps with settings of its own, and wait until it is ready."""
        log = self.logs / f"{next(_logs)}.log"
        process = BotProcess(await asyncio.to_thread(self._fork, log, own), log)
        self.bots.append(process)
        await self.telegram.world.wait_for(lambda: process.has_logged("ready as worker") or not process.lives, 30)
        assert process.lives, log.read_text()
        return process

    def _fork(self, log: Path, own: Mapping[str, str]) -> int:
        return self.nursery.fork(["run"], {**self.environment, **own}, ROOT, log, log, log.with_suffix(".code"))

    async def holder(self, update: int) -> BotProcess:
        """The bot that has an update in hand, once one has it."""
        asked = "select worker from inbox where update_id = :update and done_at is null and worker is not null"
        ((worker,),) = await until(lambda: self.telegram.rows(asked, update=update))
        return next(process for process in self.bots if process.lives and process.worker == worker)

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
        await friend.presses(1, "cc:study:ky:0", wait=False)
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

    async def note_effects(self) -> None:
        """Keep, from now on, every effect of a tap on a language."""
        for statement in _EFFECTS:
            await self.telegram.execute(statement)

    async def effects(self, friend: Friend) -> list[str]:
        """The languages that were written, in their order, each as often as it was; not the one they began with."""
        asked = "select language from effects where telegram_id = :id order by id offset 1"
        return [language for (language,) in await self.telegram.rows(asked, id=friend.id)]

    async def end_all(self) -> None:
        """End every bot of this scene."""
        for process in self.bots:
            await process.end()


async def is_idle(stage: Scene) -> bool:
    """Whether everything that came in was served, and everything that was to go out went."""
    left = await stage.telegram.rows(
        "select 1 from inbox where done_at is null union all"
        " select 1 from messages where state in ('pending', 'claimed', 'sending')"
    )
    return not left and not stage.telegram.world.updates.pending()


def languages_heard(friend: Friend) -> list[str]:
    """The languages of the menus that came, in their order; a menu that came twice in a row counts once."""
    heard = [
        language
        for message in friend.messages
        for language, question in _QUESTIONS.items()
        if message.get("text", "").endswith(question)
    ]
    return [language for language, _ in groupby(heard)]


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
