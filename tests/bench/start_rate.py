"""/start of linked people, against a bare echo bot: updates a second, turn and turn about."""

import asyncio
import statistics
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL

from bot.sandbox import Sandbox
from tests.bench.people import link_students
from tests.bench.processes import environment, running, wait_until_ready
from tests.support.ports import held_port

_PEOPLE = 300
_UPDATES = 3_000
_ROUNDS = 4
_PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class StartRate:
    """Updates a second of each round; the ratio of the medians."""

    echo: tuple[float, ...]
    bot: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """The bot's rate as a share of the echo bot's."""
        return statistics.median(self.bot) / statistics.median(self.echo)


async def measure(database: URL, data_dir: Path) -> StartRate:
    """Start both programs, each on a Telegram of its own, and let them work by turns."""
    people = await link_students(database, _PEOPLE)
    async with Sandbox() as quiet, Sandbox() as sandbox, AsyncExitStack() as stack:
        for telegram in (quiet, sandbox):
            _populate(telegram, people)
        port = stack.enter_context(held_port())
        env = environment(sandbox, database, data_dir, port)
        echo_env = environment(quiet, database, data_dir, port)
        async with running("tests.bench.echo_bot", env=echo_env), running("bot", "run", env=env):
            await wait_until_ready(port)
            await _round(quiet, people, 300)
            await _round(sandbox, people, 300)
            rates: dict[str, list[float]] = {"echo": [], "bot": []}
            for _ in range(_ROUNDS):
                rates["echo"].append(await _round(quiet, people, _UPDATES))
                rates["bot"].append(await _round(sandbox, people, _UPDATES))
    return StartRate(echo=tuple(rates["echo"]), bot=tuple(rates["bot"]))


def _populate(sandbox: Sandbox, people: Sequence[int]) -> None:
    for telegram_id in people:
        sandbox.world.add_user(telegram_id, "Айзада", language_code="ky")
    sandbox.world.record = False


async def _round(sandbox: Sandbox, people: Sequence[int], count: int) -> float:
    """Queue `count` times /start and return how many a second were answered."""
    world = sandbox.world
    expected = _messages(sandbox, people) + 2 * count  # every /start and its answer
    begun = time.perf_counter()
    for number in range(count):
        world.send_text(people[number % len(people)], "/start")
    while _messages(sandbox, people) < expected:
        if time.perf_counter() - begun > _PATIENCE:
            raise TimeoutError("not all updates were answered")
        await asyncio.sleep(0.02)  # looking more often would take the processor from those who are measured
    return count / (time.perf_counter() - begun)


def _messages(sandbox: Sandbox, people: Sequence[int]) -> int:
    return sum(len(sandbox.world.conversations[telegram_id].messages) for telegram_id in people)
