"""A database of its own that can be made to fail."""

import asyncio
import os
import random
import signal
from collections import Counter
from pathlib import Path

from sqlalchemy import URL, make_url, text

from services.db.embedded import EmbeddedPostgres
from services.db.engine import create_engine
from services.db.schema import migrate
from tests.chaos.replicas import AWAY


class Database:
    """One durable server, one database on it."""

    def __init__(self, folder: Path) -> None:
        self._server = EmbeddedPostgres(folder, durable=True)
        self.url: URL = make_url("postgresql+asyncpg://")
        self.admin: URL = self.url
        self.troubles: Counter[str] = Counter()

    def start(self) -> None:
        """Start the server; in the main thread."""
        self.admin = make_url(self._server.start(exclusive=True))
        self.url = self.admin.set(database="chaos")

    def stop(self) -> None:
        """Stop it."""
        self._server.stop()

    async def prepare(self) -> None:
        """Create the database and its tables."""
        await self._execute('create database "chaos"')
        engine = create_engine(self.url, pool_size=2)
        await migrate(engine)
        await engine.dispose()

    async def fail(self, chance: random.Random) -> None:
        """Let it fail in one of four ways and come back."""
        trouble = chance.choice((self._cut, self._refuse, self._restart, self._crash))
        self.troubles[trouble.__name__.removeprefix("_")] += 1
        await trouble(chance.uniform(0.2, 1.5))
        await self._wait_until_back()

    async def _cut(self, _: float) -> None:
        """All connections break."""
        await self._execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'chaos'")

    async def _refuse(self, seconds: float) -> None:
        """All connections break and nobody gets in for a moment."""
        await self._execute("alter database chaos allow_connections false")
        try:
            await self._cut(0)
            await asyncio.sleep(seconds)
        finally:
            await self._execute("alter database chaos allow_connections true")

    async def _restart(self, seconds: float) -> None:
        """The server is stopped in order and started again."""
        await asyncio.to_thread(self._server.stop)
        await asyncio.sleep(seconds)
        self._server.start(exclusive=True)

    async def _crash(self, _: float) -> None:
        """One of the server's processes is killed: it ends all others and recovers from its log."""
        engine = create_engine(self.admin, pool_size=1)
        try:
            async with engine.connect() as connection:
                victim = (await connection.execute(text("select pg_backend_pid()"))).scalar_one()
                os.kill(victim, signal.SIGKILL)
        except AWAY:
            pass
        finally:
            await engine.dispose()

    async def _wait_until_back(self) -> None:
        while True:
            engine = create_engine(self.url, pool_size=1)
            try:
                async with asyncio.timeout(5), engine.connect() as connection:
                    await connection.execute(text("select true"))
            except AWAY:
                await asyncio.sleep(0.02)
            else:
                return
            finally:
                await engine.dispose()

    async def _execute(self, statement: str) -> None:
        engine = create_engine(self.admin, pool_size=1).execution_options(isolation_level="AUTOCOMMIT")
        try:
            async with engine.connect() as connection:
                await connection.execute(text(statement))
        finally:
            await engine.dispose()
