"""Bots that are killed at any moment and started again at once."""

import asyncio
import os
import re
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, InvalidRequestError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.support.nursery import ROOT, Nursery, lives

#: What a database says that is away.
AWAY = (DBAPIError, InvalidRequestError, PoolTimeoutError, OSError, TimeoutError)

_READY = re.compile(r"ready as worker (\d+)")
_PATIENCE = 0.3  # seconds: how long a frozen bot's last statements are waited for
# Also what others gave up while this worker lived and its life sign was lost with the database: had it not been killed,
# it could still have said what became of it.
_IN_HAND = text("""
    select d.notice_id, d.account_id from messages m join deliveries d on d.message_id = m.id
    where m.worker = :worker
      and (m.state = any(:states) and (m.settled_at is null or m.settled_at >= :since)
           or m.state = 'unknown' and m.error = 'the worker died while sending'
              and m.settled_at >= :since - interval '25 seconds')
""")
_ITS_STATEMENTS = text("""
    select count(*) from pg_stat_activity
    where application_name = :name and state = 'active'
""")

#: One notice for one account, as the database names it.
Told = tuple[int, int]


@dataclass(slots=True)
class Kill:
    """One kill -9. `in_hand`: what was `sending` in the database and had no receipt there, also if given up since."""

    worker: int
    at: float
    armed: bool
    in_hand: list[Told] = field(default_factory=list)
    counted: bool = False


@dataclass(slots=True)
class Replica:
    """One of the bots; its door tells the local Telegram who asks, its name tells the database."""

    door: int
    name: str
    environment: dict[str, str]
    logs: Path
    process: int = 0
    generation: int = 0
    dying: bool = False

    @property
    def log(self) -> Path:
        """What the process of now says."""
        return self.logs / f"{self.name}-{self.generation}.log"

    @property
    def worker(self) -> int | None:
        """Its number, once it is ready."""
        found = _READY.search(self.log.read_text()) if self.log.exists() else None
        return int(found[1]) if found else None


class Replicas:
    """All bots, and the record of their deaths."""

    def __init__(self, nursery: Nursery, engine: AsyncEngine) -> None:
        self._nursery = nursery
        self._engine = engine
        self.all: list[Replica] = []
        self.kills: list[Kill] = []
        self.ended_by_themselves: list[Path] = []

    async def add(self, replica: Replica) -> None:
        """Start one more."""
        self.all.append(replica)
        await self._start(replica)

    def behind(self, door: int) -> Replica | None:
        """Who uses this door."""
        return next((replica for replica in self.all if replica.door == door), None)

    def freeze(self, replica: Replica) -> bool:
        """Stop it in the middle of whatever it does, for good; False if it is dead or dying."""
        if replica.dying or not lives(replica.process):
            return False
        replica.dying = True
        os.kill(replica.process, signal.SIGSTOP)
        return True

    async def kill(self, replica: Replica, *, armed: bool) -> None:
        """End one that is frozen, after a look at what it had in hand, and start it again at once."""
        worker = replica.worker
        kill = Kill(worker or 0, time.time(), armed)
        if worker is not None:
            try:
                async with asyncio.timeout(_PATIENCE):
                    kill.in_hand = await self._in_hand(replica, worker)
                    kill.counted = True
            except AWAY:
                kill.counted = False
        os.kill(replica.process, signal.SIGKILL)
        self.kills.append(kill)
        await _gone(replica.process)
        await self._start(replica)

    async def check(self, replica: Replica) -> None:
        """Start one again that ended without being killed, and remember that it did."""
        if not replica.dying and not lives(replica.process):
            self.ended_by_themselves.append(replica.log)
            await self._start(replica)

    async def count_late(self) -> None:
        """Look, when the database is there again, what those had in hand at whose death it was not."""
        for kill in self.kills:
            if not kill.counted and kill.worker:
                kill.in_hand = await self._rows(kill.worker, ["sending", "unknown"], kill.at)
                kill.counted = True

    async def end(self) -> None:
        """End all of them."""
        for replica in self.all:
            if lives(replica.process):
                os.kill(replica.process, signal.SIGKILL)
                await _gone(replica.process)

    async def _in_hand(self, replica: Replica, worker: int) -> list[Told]:
        """Wait until the frozen bot's last statements are through, then look."""
        async with self._engine.connect() as connection:
            while (await connection.execute(_ITS_STATEMENTS, {"name": replica.name})).scalar_one():
                pass
        return await self._rows(worker, ["sending"], time.time())

    async def _rows(self, worker: int, states: list[str], since: float) -> list[Told]:
        moment = text("select to_timestamp(:since)")
        async with self._engine.connect() as connection:
            at = (await connection.execute(moment, {"since": since})).scalar_one()
            asked = {"worker": worker, "states": states, "since": at}
            return [(row[0], row[1]) for row in await connection.execute(_IN_HAND, asked)]

    async def _start(self, replica: Replica) -> None:
        replica.generation += 1
        log = replica.log
        environment = replica.environment
        replica.process = await asyncio.to_thread(
            self._nursery.fork, ["run"], environment, ROOT, log, log, log.with_suffix(".code")
        )
        replica.dying = False


async def _gone(process: int) -> None:
    while lives(process):  # noqa: ASYNC110 -- nothing tells of the end of another's child
        await asyncio.sleep(0.002)
