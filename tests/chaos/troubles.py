"""What goes wrong: kills, storms, broken connections, a database that fails, people who block the bot."""

import asyncio
import contextlib
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.sandbox import Request, Sandbox, Storm
from tests.chaos.postgres import Database
from tests.chaos.replicas import Replica, Replicas

_STARTING, _STARTING_SECONDS = 0.15, (0.0, 0.6)  # so many of the kills hit one that may not be ready yet
_READY, _READY_SECONDS = 0.25, (0.0, 1.0)  # so many come some time after that, whatever it does
_MESSAGES = (1, 20)  # the others wait until Telegram has taken so many messages of it, and hit it at that very moment
_MOMENT_LATER, _LATER_SECONDS = 0.5, (0.0, 0.15)  # or a moment later
_PATIENCE = 8.0  # seconds: somebody who has nothing to send is killed as well
_BETWEEN_STORMS = (2.0, 6.0)
_STORM_SECONDS = (0.5, 2.5)
_BETWEEN_BREAKS = (2.0, 6.0)
_BETWEEN_FAILURES = (5.0, 14.0)
_LONGER_THAN_ANYBODY_WAITS = 23.0
_SENDING = ("sendMessage", "editMessageText")
_EVERYWHERE = (*_SENDING, "getMe")
_STORMS = {
    "lost answers": Storm(lost=0.3, methods=_SENDING),
    "server errors": Storm(broken=0.3, broken_done=0.15, methods=_EVERYWHERE),
    "dropped requests": Storm(dropped=0.35, methods=_EVERYWHERE),
    "too many requests": Storm(limited=0.15, retry_after=1, methods=_SENDING),
    "slow answers": Storm(slow=0.5, seconds=0.7, methods=_SENDING),
    "everything": Storm(
        lost=0.1, broken=0.1, broken_done=0.1, dropped=0.1, limited=0.05, slow=0.2, seconds=0.4, methods=_SENDING
    ),
}


@dataclass(slots=True)
class _Waited:
    """How many messages of a bot are still waited for, and what then."""

    messages: int
    reached: asyncio.Event
    freeze: bool


class Troubles:
    """Everything that goes wrong, each in a rhythm of its own.

    Attributes:
        counts: how often what happened.
        blocked: who ever blocked the bot.
        breaks: when all connections were broken, Unix time.
    """

    def __init__(self, sandbox: Sandbox, replicas: Replicas, database: Database, seed: str) -> None:
        self._sandbox = sandbox
        self._replicas = replicas
        self._database = database
        self._seed = seed
        self._waited: dict[int, _Waited] = {}
        self.counts: Counter[str] = Counter()
        self.blocked: set[int] = set()
        self.breaks: list[float] = []
        sandbox.world.truth.on_accepted = self._accepted

    async def kill(self, replica: Replica, over: asyncio.Event) -> None:
        """Kill one bot again and again: at any moment, or just when Telegram has taken a message of it."""
        chance = self._chance(f"kills of {replica.name}")
        while not over.is_set():
            await self._let_live(replica, chance, over)
            armed = replica.dying
            if armed or (not over.is_set() and self._replicas.freeze(replica)):
                await self._replicas.kill(replica, armed=armed)

    def let_go(self) -> None:
        """End all waiting for messages."""
        for waited in self._waited.values():
            waited.reached.set()

    async def _let_live(self, replica: Replica, chance: random.Random, over: asyncio.Event) -> None:
        """Wait for the moment of its death; it may be frozen already then."""
        kind = chance.random()
        if kind < _STARTING:
            await asyncio.sleep(chance.uniform(*_STARTING_SECONDS))
            return
        while replica.worker is None and not over.is_set():
            await self._replicas.check(replica)
            await asyncio.sleep(0.02)
        if kind < _STARTING + _READY:
            await asyncio.sleep(chance.uniform(*_READY_SECONDS))
            return
        freeze = chance.random() >= _MOMENT_LATER
        await self._telegram_took(chance.randint(*_MESSAGES), replica, freeze=freeze)
        if not freeze:
            await asyncio.sleep(chance.uniform(*_LATER_SECONDS))

    async def storm(self, over: asyncio.Event) -> None:
        """Let Telegram have its moods."""
        chance = self._chance("storms")
        while not await _is_over(over, chance.uniform(*_BETWEEN_STORMS)):
            name = chance.choice(list(_STORMS))
            self.counts[name] += 1
            self._sandbox.world.faults.storm(_STORMS[name], chance.uniform(*_STORM_SECONDS), chance.randrange(2**32))
            if chance.random() < 0.15:
                self.counts["answers that never come"] += 1
                self._sandbox.world.faults.slow(_LONGER_THAN_ANYBODY_WAITS, method="sendMessage")

    async def break_connections(self, over: asyncio.Event) -> None:
        """Break all connections with Telegram at once."""
        chance = self._chance("connections")
        while not await _is_over(over, chance.uniform(*_BETWEEN_BREAKS)):
            self.counts["all connections broken"] += 1
            self.breaks.append(time.time())
            self._sandbox.break_connections()

    async def fail_database(self, over: asyncio.Event) -> None:
        """Let the database fail and come back."""
        chance = self._chance("database")
        while not await _is_over(over, chance.uniform(*_BETWEEN_FAILURES)):
            await self._database.fail(chance)

    async def block(self, people: Sequence[int], over: asyncio.Event) -> None:
        """Let people stop the bot and come back."""
        chance = self._chance("people")
        while not await _is_over(over, chance.uniform(1.0, 4.0)):
            person = chance.choice(people)
            if self._sandbox.world.person(person).blocked:
                self._sandbox.world.unblock(person)
            else:
                self._sandbox.world.block(person)
                self.blocked.add(person)

    async def _telegram_took(self, messages: int, replica: Replica, *, freeze: bool) -> None:
        """Wait until Telegram took so many messages of a bot; `freeze` it before it hears of the last one."""
        waited = self._waited[replica.door] = _Waited(messages, asyncio.Event(), freeze)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(waited.reached.wait(), _PATIENCE)
        self._waited.pop(replica.door, None)

    def _accepted(self, request: Request) -> None:
        waited, replica = self._waited.get(request.door), self._replicas.behind(request.door)
        if waited is None or replica is None:
            return
        waited.messages -= 1
        if waited.messages <= 0 and (not waited.freeze or self._replicas.freeze(replica)):
            del self._waited[request.door]
            waited.reached.set()

    def _chance(self, purpose: str) -> random.Random:
        return random.Random(f"{self._seed} {purpose}")  # noqa: S311 -- chance that can be repeated


async def _is_over(over: asyncio.Event, seconds: float) -> bool:
    """Wait so long; True if it is over before."""
    try:
        await asyncio.wait_for(over.wait(), seconds)
    except TimeoutError:
        return False
    return True
