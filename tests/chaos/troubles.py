"""What goes wrong: kills, storms, broken connections, a database that fails, people who block the bot."""

import asyncio
import random
from collections import Counter
from collections.abc import Sequence

from bot.sandbox import Request, Sandbox, Storm
from tests.chaos.postgres import Database
from tests.chaos.replicas import Replica, Replicas

_LIFE = (0.2, 2.4)  # seconds from readiness
_ARMED = 0.5  # of the kills wait for the moment at which Telegram has a message and the bot does not know
_ARMED_SECONDS = 1.0
_WHILE_STARTING = 0.15  # of the kills hit one that may not be ready
_STARTING = (0.0, 0.6)
_BETWEEN_STORMS = (2.0, 6.0)
_STORM_SECONDS = (0.5, 2.5)
_BETWEEN_BREAKS = (2.0, 6.0)
_BETWEEN_FAILURES = (5.0, 14.0)
_LONGER_THAN_ANYBODY_WAITS = 23.0
_EVERYWHERE = ("sendMessage", "getMe")
_STORMS = {
    "lost answers": Storm(lost=0.3),
    "server errors": Storm(broken=0.3, broken_done=0.15, methods=_EVERYWHERE),
    "dropped requests": Storm(dropped=0.35, methods=_EVERYWHERE),
    "too many requests": Storm(limited=0.15, retry_after=1),
    "slow answers": Storm(slow=0.5, seconds=0.7),
    "everything": Storm(lost=0.1, broken=0.1, broken_done=0.1, dropped=0.1, limited=0.05, slow=0.2, seconds=0.4),
}


class Troubles:
    """Everything that goes wrong, each in a rhythm of its own.

    Attributes:
        counts: how often what happened.
    """

    def __init__(self, sandbox: Sandbox, replicas: Replicas, database: Database, seed: str) -> None:
        self._sandbox = sandbox
        self._replicas = replicas
        self._database = database
        self._seed = seed
        self._armed: dict[int, asyncio.Event] = {}
        self.counts: Counter[str] = Counter()
        self.blocked: set[int] = set()
        sandbox.world.truth.on_accepted = self._accepted

    async def kill(self, replica: Replica, over: asyncio.Event) -> None:
        """Kill one bot again and again: at any moment, or just when Telegram has taken a message of it."""
        chance = self._chance(f"kills of {replica.name}")
        while not over.is_set():
            if chance.random() < _WHILE_STARTING:
                await asyncio.sleep(chance.uniform(*_STARTING))
            else:
                await self._is_ready(replica)
                await asyncio.sleep(chance.uniform(*_LIFE))
            armed = chance.random() < _ARMED and await self._telegram_took_something(replica)
            if armed or self._replicas.freeze(replica):
                await self._replicas.kill(replica, armed=armed)

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

    async def _is_ready(self, replica: Replica) -> None:
        while replica.worker is None:
            await self._replicas.check(replica)
            await asyncio.sleep(0.02)

    async def _telegram_took_something(self, replica: Replica) -> bool:
        """Wait for that; the bot is frozen before it hears of it."""
        self._armed[replica.door] = asyncio.Event()
        try:
            await asyncio.wait_for(self._armed[replica.door].wait(), _ARMED_SECONDS)
        except TimeoutError:
            return self._armed.pop(replica.door, None) is None
        return True

    def _accepted(self, request: Request) -> None:
        if request.door not in self._armed:
            return
        replica = self._replicas.behind(request.door)
        if replica is not None and self._replicas.freeze(replica):
            self._armed.pop(request.door).set()

    def _chance(self, purpose: str) -> random.Random:
        return random.Random(f"{self._seed} {purpose}")  # noqa: S311 -- chance that can be repeated


async def _is_over(over: asyncio.Event, seconds: float) -> bool:
    """Wait so long; True if it is over before."""
    try:
        await asyncio.wait_for(over.wait(), seconds)
    except TimeoutError:
        return False
    return True
