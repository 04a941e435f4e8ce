"""Certificates asked for by many at once, what others in the chat feel of it, and the memory afterwards."""

import asyncio
import itertools
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL

from bot.sandbox import Sandbox
from tests.bench.processes import environment, memory_of, running, wait_until_ready
from tests.support.ports import held_port

_ROUNDS = 2  # together a thousand certificates
_CHATTERS = 10
_PAUSE = 1.0  # seconds between the messages of those who only chat
_PATIENCE = 300.0

#: Asked for in each round.
CERTIFICATES = 500
#: People that `measure` needs.
PEOPLE = CERTIFICATES + _CHATTERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Rush:
    """What was measured: certificates a second from the first tap to the last PDF, answers in seconds, bytes."""

    rates: tuple[float, ...]
    answers: tuple[float, ...]
    memory: int


async def measure(database: URL, data_dir: Path, people: Sequence[int]) -> Rush:
    """Let five hundred confirm at the same moment, twice, in different languages; others send /help meanwhile."""
    async with Sandbox() as sandbox:
        world = sandbox.world
        for telegram_id in people:
            world.add_user(telegram_id, "Айзада", language_code="ky")
        world.record = False
        with held_port() as port:
            async with running("bot", "run", env=environment(sandbox, database, data_dir, port)) as bot:
                await wait_until_ready(port)
                rates, answers = [], []
                for language in ("ky", "ru")[:_ROUNDS]:
                    rate, heard = await _round(sandbox, people, language)
                    rates.append(rate)
                    answers += heard
                return Rush(rates=tuple(rates), answers=tuple(answers), memory=memory_of(bot.pid))


async def _round(sandbox: Sandbox, people: Sequence[int], language: str) -> tuple[float, list[float]]:
    asking, chatting = people[:CERTIFICATES], people[CERTIFICATES:]
    screens = await _confirmation_screens(sandbox, asking, language)
    papers = _papers(sandbox, asking)
    over = asyncio.Event()
    chats = asyncio.gather(*(_chat(sandbox, person, over) for person in chatting))
    begun = time.perf_counter()
    for person, screen in screens.items():
        sandbox.world.press(person, screen, f"cc:study:{language}:0")
    await _until(lambda: _papers(sandbox, asking) == papers + CERTIFICATES)
    seconds = time.perf_counter() - begun
    over.set()
    return CERTIFICATES / seconds, list(itertools.chain.from_iterable(await chats))


async def _confirmation_screens(sandbox: Sandbox, people: Sequence[int], language: str) -> dict[int, int]:
    """Bring everybody to the last tap; return the message whose button it is."""
    world = sandbox.world
    before = {person: len(world.bot_messages(person)) for person in people}
    for person in people:
        world.send_text(person, "/certificate")
    await _until(lambda: all(len(world.bot_messages(person)) > before[person] for person in people))
    screens = {person: int(world.bot_messages(person)[-1]["message_id"]) for person in people}
    for data, prefix in (("ck:study", "cl:"), (f"cl:study:{language}", "cc:")):
        for person, screen in screens.items():
            world.press(person, screen, data)
        await _until(lambda prefix=prefix: all(_offers(sandbox, person, prefix) for person in people))  # type: ignore[misc]  # a lambda's default has no type
    return screens


async def _chat(sandbox: Sandbox, person: int, over: asyncio.Event) -> list[float]:
    """Send /help again and again; return how long each answer took."""
    seconds = []
    while not over.is_set():
        before, begun = len(sandbox.world.bot_messages(person)), time.perf_counter()
        sandbox.world.send_text(person, "/help")
        await sandbox.world.wait_for(lambda: len(sandbox.world.bot_messages(person)) > before, 60)  # noqa: B023 -- awaited at once
        seconds.append(time.perf_counter() - begun)
        await asyncio.sleep(_PAUSE)
    return seconds


def _papers(sandbox: Sandbox, people: Sequence[int]) -> int:
    return sum("document" in message for person in people for message in sandbox.world.bot_messages(person))


def _offers(sandbox: Sandbox, person: int, prefix: str) -> bool:
    rows = sandbox.world.bot_messages(person)[-1].get("reply_markup", {}).get("inline_keyboard", [])
    return any(button.get("callback_data", "").startswith(prefix) for row in rows for button in row)


async def _until(condition: Callable[[], bool]) -> None:
    begun = time.perf_counter()
    while not condition():
        if time.perf_counter() - begun > _PATIENCE:
            raise TimeoutError("the rush did not end")
        await asyncio.sleep(0.05)
