"""A broadcast to thousands at the highest pace, with one replica and with three; a million recipients planned."""

import asyncio
import statistics
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import AsyncEngine

from services.access import OPERATOR
from services.db.engine import create_engine
from services.db.uow import unit_of_work_factory
from services.delivery.dto import Tally, Urgency
from services.languages import Language
from services.ports import SystemClock
from services.revisions.dto import ShownCorrection
from services.revisions.service import RevisionService
from tests.bench.people import link_many
from tests.bench.processes import environment, peak_memory_of, processor_seconds_of, running, wait_until_ready
from tests.bench.telegram import RemoteTelegram, remote_telegram
from tests.support.announcing import open_broadcast
from tests.support.clock import SilentBell
from tests.support.papers import BishkekCalendar
from tests.support.ports import held_ports

RECIPIENTS = 20_000
PACE = 28
_CHATTING = 10
_MILLION = 1_000_000
_WORDS = (
    "<b>Жатакана</b>\n\n9-декабрда саат 10:00дөн 14:00гө чейин 2-жатаканада суу болбойт. Суроолоруңуз болсо, "
    "жатакананын коменданты менен байланышыңыз."
)
_CORRECTED = _WORDS.replace("10:00", "11:00")
_PATIENCE = 1.3  # of the time that it takes at the highest pace
_WARM_UP = 3.0  # seconds: what a replica does once, at its start, belongs to other figures
_HUNDRED = 100
_SETTINGS = {"QUIET_HOURS": "", "DAILY_MESSAGES": "5", "MESSAGES_PER_SECOND": f"{PACE}", "WEBHOOK_SECRET": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """What was measured.

    `share`: of the highest pace, from the first message to the last; `peak`: messages in any one second, answers to
    those who chat included; `processor`: seconds a second, of the busiest replica; `memory`: bytes, of the largest.
    """

    replicas: int
    arrived: int
    share: float
    peak: int
    refused: int
    answers: tuple[float, ...]
    processor: float
    memory: int

    def rows(self) -> list[tuple[str, str, str]]:
        """Return the lines of the table."""
        many = f"{self.arrived:,} recipients, {self.replicas} replica{'s' if self.replicas > 1 else ''}"
        p95 = statistics.quantiles(self.answers, n=_HUNDRED)[94]
        return [
            (f"{many}: share of {PACE} a second, first to last", f"{self.share:.3f}", ">= 0.97"),
            (f"{many}: most messages in any second", f"{self.peak}", "<= 30"),
            (f"{many}: refused by flood control (429)", f"{self.refused}", "0"),
            (f"{many}: answers to others meanwhile, p95", f"{p95 * 1000:.0f} ms", "<= 1000 ms"),
            (f"{many}: processor of a replica", f"{self.processor * _HUNDRED:.0f} %", "<= 25 %"),
            (f"{many}: memory of a replica", f"{self.memory / 2**20:.0f} MB", "<= 250 MB"),
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A million recipients: seconds from the command to the last delivery written, memory of the replica in bytes."""

    seconds: float
    deliveries: int
    memory: int

    def rows(self) -> list[tuple[str, str, str]]:
        """Return the lines of the table."""
        return [
            (f"{self.deliveries:,} deliveries planned", f"{self.seconds:.1f} s", "<= 30 s"),
            (
                f"{self.deliveries:,} deliveries planned: memory of a replica",
                f"{self.memory / 2**20:.0f} MB",
                "<= 250 MB",
            ),
        ]


async def measure(database: URL, data_dir: Path, *, replicas: int, recipients: int) -> Broadcast:
    """Send one broadcast to so many on an empty database."""
    people = await link_many(database, recipients + _CHATTING)
    asked, chatting = people[:recipients], people[recipients:]
    engine = create_engine(database, pool_size=2)
    try:
        async with (
            remote_telegram(asked, chatting) as telegram,
            _replicas(telegram, database, data_dir, replicas) as bots,
        ):
            await asyncio.sleep(_WARM_UP)
            await telegram.forget()
            spent, begun = [processor_seconds_of(bot.pid) for bot in bots], time.perf_counter()
            await _announce(engine, asked)
            await _wait_for(telegram, recipients)
            seconds = time.perf_counter() - begun
            processor = max(processor_seconds_of(bot.pid) - was for bot, was in zip(bots, spent, strict=True))
            record = await telegram.record()
            return Broadcast(
                replicas=replicas,
                arrived=len(record.arrivals),
                share=(len(record.arrivals) - 1) / (record.arrivals[-1] - record.arrivals[0]) / PACE,
                peak=record.peak,
                refused=record.refused,
                answers=tuple(record.answers),
                processor=processor / seconds,
                memory=max(peak_memory_of(bot.pid) for bot in bots),
            )
    finally:
        await engine.dispose()


async def plan(database: URL, data_dir: Path, *, recipients: int = _MILLION) -> Plan:
    """Announce something to very many and wait until every delivery is written."""
    people = await link_many(database, recipients)
    engine = create_engine(database, pool_size=2)
    try:
        async with (
            remote_telegram(people[:1], []) as telegram,
            _replicas(telegram, database, data_dir, 1) as (bot,),
        ):
            begun = time.perf_counter()
            command = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "announce", "--ky", _WORDS, "--fallback", "ky"),
                env={**environment(telegram, database, data_dir, 0), "HTTP_PORT": "0"},
                stdout=asyncio.subprocess.DEVNULL,
            )
            if await command.wait():
                raise RuntimeError("the announcement was refused")
            await _until_begun(engine)
            seconds = time.perf_counter() - begun
            return Plan(seconds=seconds, deliveries=await _deliveries(engine), memory=peak_memory_of(bot.pid))
    finally:
        await engine.dispose()


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What was measured of a correction; `readers`: who has one message, and in it the corrected text."""

    recipients: int
    readers: int
    tally: Tally
    share: float
    peak: int
    refused: int
    answers: tuple[float, ...]

    def rows(self) -> list[tuple[str, str, str]]:
        """Return the lines of the table."""
        many = f"{self.recipients:,} messages corrected"
        p95 = statistics.quantiles(self.answers, n=_HUNDRED)[94]
        return [
            (f"{many}: share of {PACE} a second, first to last", f"{self.share:.3f}", ">= 0.97"),
            (f"{many}: most requests in any second", f"{self.peak}", "<= 30"),
            (f"{many}: refused by flood control (429)", f"{self.refused}", "0"),
            (f"{many}: answers to others meanwhile, p95", f"{p95 * 1000:.0f} ms", "<= 1000 ms"),
            (f"{many}: chats with nothing but the corrected text", f"{self.readers:,}", f"{self.recipients:,}"),
            (f"{many}: sent by the record", f"{self.tally.sent:,}", f"{self.recipients:,}"),
        ]


async def correct(database: URL, data_dir: Path, *, recipients: int) -> Correction:
    """Send one broadcast to so many, and then correct every message of it."""
    people = await link_many(database, recipients + _CHATTING)
    asked, chatting = people[:recipients], people[recipients:]
    engine = create_engine(database, pool_size=2)
    try:
        async with remote_telegram(asked, chatting) as telegram, _replicas(telegram, database, data_dir, 1):
            await asyncio.sleep(_WARM_UP)
            await telegram.forget()
            await _announce(engine, asked)
            await _wait_for(telegram, recipients)
            await telegram.watch_changes()
            revisions = RevisionService(
                unit_of_work_factory(engine), SystemClock(), BishkekCalendar(), SilentBell(), approval_above=0
            )
            (announcement,) = await _announcements(engine)
            written = await revisions.write(OPERATOR, announcement, ShownCorrection(), Language.KY, _CORRECTED)
            await revisions.send(OPERATOR, written.id, written.version)
            await _wait_for(telegram, recipients)
            await asyncio.sleep(1)
            (running,) = (await revisions.get(OPERATOR, announcement)).begun
            record = await telegram.record()
            return Correction(
                recipients=recipients,
                readers=await telegram.count_readers("саат 11:00дөн"),
                tally=running.tally,
                share=(len(record.arrivals) - 1) / (record.arrivals[-1] - record.arrivals[0]) / PACE,
                peak=record.peak,
                refused=record.refused,
                answers=tuple(record.answers),
            )
    finally:
        await engine.dispose()


@asynccontextmanager
async def _replicas(
    telegram: RemoteTelegram, database: URL, data_dir: Path, count: int
) -> AsyncIterator[Sequence[asyncio.subprocess.Process]]:
    """Run so many bots."""
    async with AsyncExitStack() as stack:
        first = stack.enter_context(held_ports(count))
        bots = []
        for port in range(first, first + count):
            env = environment(telegram, database, data_dir, port) | _SETTINGS
            bots.append(await stack.enter_async_context(running("bot", "run", env=env)))
        for port in range(first, first + count):
            await wait_until_ready(port)
        yield bots


async def _announce(engine: AsyncEngine, accounts: Sequence[int]) -> None:
    async with engine.begin() as connection:
        await open_broadcast(connection, _WORDS, Urgency.NORMAL, accounts, datetime.now(UTC))


async def _announcements(engine: AsyncEngine) -> Sequence[int]:
    async with engine.connect() as connection:
        return (await connection.scalars(text("select id from announcements"))).all()


async def _wait_for(telegram: RemoteTelegram, messages: int) -> None:
    deadline = time.perf_counter() + messages / PACE * _PATIENCE + 30
    while await telegram.count() < messages:
        if time.perf_counter() > deadline:
            return
        await asyncio.sleep(1)


async def _until_begun(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        while not await connection.scalar(text("select exists (select from broadcasts)")):
            await connection.rollback()
            await asyncio.sleep(0.1)


async def _deliveries(engine: AsyncEngine) -> int:
    async with engine.connect() as connection:
        return int(await connection.scalar(text("select count(*) from deliveries")) or 0)
