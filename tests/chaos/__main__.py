"""`make chaos`: kill -9, storms and database failures by the hundred; then every message is accounted for."""

import argparse
import asyncio
import os
import random
import re
import secrets
import shutil
import sys
import tempfile
import time
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.sandbox import Sandbox
from services.db.engine import create_engine
from tests.bench import machine
from tests.bench.people import link_many
from tests.chaos.corrections import weigh_corrections
from tests.chaos.postgres import Database
from tests.chaos.replicas import AWAY, Replica, Replicas
from tests.chaos.troubles import Troubles
from tests.chaos.university import University
from tests.chaos.verdict import Judge, Verdict
from tests.support.nursery import Nursery

_PEOPLE = 300
_BLOCKED_FROM_THE_START = 5
_CALM = 15.0  # seconds before the end without database failures
_SETTLING = 200.0  # what was on its way to somebody while it was corrected is looked for as long as that
_CORRECTED_BEFORE = 70.0  # seconds before the end
_FAILURE = re.compile(r"^\w*(?:Error|Exception)\b.{0,60}|^.*background work .* failed.*$", re.MULTILINE)


@dataclass(slots=True)
class Run:
    """Everything of one run."""

    seed: str
    seconds: float
    sandbox: Sandbox
    engine: AsyncEngine
    database: Database
    replicas: Replicas
    university: University
    troubles: Troubles
    logs: Path
    settled: float = 0.0
    begun: float = 0.0
    trouble_seconds: float = 0.0


def main() -> None:
    """Run it, print what came of it; the exit code says whether all promises were kept."""
    parser = argparse.ArgumentParser(prog="make chaos", description=__doc__)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--seed", default=secrets.token_hex(3))
    parser.add_argument("--replicas", type=int, default=3)
    parser.add_argument("--keep", action="store_true", help="keep the folder with logs and database")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="kabarchy-chaos-"))
    folder.chmod(0o711)
    database = Database(folder / "database")
    nursery = Nursery(warm=True)
    kept = False
    try:
        database.start()
        kept = asyncio.run(_chaos(database, nursery, folder, asked))
    finally:
        nursery.close()
        database.stop()
        if asked.keep:
            _say(f"kept: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    sys.exit(0 if kept else 1)


async def _chaos(database: Database, nursery: Nursery, folder: Path, asked: argparse.Namespace) -> bool:
    async with AsyncExitStack() as stack:
        run = await _set_up(database, nursery, folder, asked, stack)
        _say(f"chaos of {run.seconds:.0f} s, seed {run.seed}, {asked.replicas} replicas; {machine.describe()}")
        await _trouble(run)
        await _settle(run)
        judge = Judge(run.university, run.troubles, run.sandbox.world.truth.requests, run.replicas.kills)
        verdict = await judge.judge(run.engine)
        verdict.findings.extend(await weigh_corrections(run.engine, run.sandbox.world))
        _report(run, verdict)
        return verdict.kept


async def _set_up(
    database: Database, nursery: Nursery, folder: Path, asked: argparse.Namespace, stack: AsyncExitStack
) -> Run:
    begun = time.monotonic()
    await database.prepare()
    people = await link_many(database.url, _PEOPLE)
    sandbox = await stack.enter_async_context(Sandbox(doors=asked.replicas))
    world = sandbox.world
    world.flood.on, world.truth.kept, world.record = True, True, False
    for number in people:
        world.add_user(number, "Айзада", language_code="ky")
        world.person(number).started = True
    engine = create_engine(database.url, pool_size=6)
    stack.push_async_callback(engine.dispose)
    replicas = Replicas(nursery, engine)
    stack.push_async_callback(replicas.end)
    troubles = Troubles(sandbox, replicas, database, asked.seed)
    for number in people[:_BLOCKED_FROM_THE_START]:
        world.block(number)
        troubles.blocked.add(number)
    for number, url in enumerate(sandbox.urls, 1):
        environment = _environment(sandbox, url, f"replica-{number}", database, folder)
        await replicas.add(Replica(int(url.rpartition(":")[2]), f"replica-{number}", environment, folder))
    university = University(engine, people, random.Random(f"{asked.seed} university"))  # noqa: S311 -- repeatable
    return Run(
        asked.seed, asked.seconds, sandbox, engine, database, replicas, university, troubles, folder, begun=begun
    )


def _environment(sandbox: Sandbox, url: str, name: str, database: Database, folder: Path) -> dict[str, str]:
    address = database.url.update_query_dict({"application_name": name})
    return {
        **os.environ,
        "BOT_TOKEN": sandbox.token,
        "TELEGRAM_API_URL": url,
        "DATABASE_URL": address.render_as_string(hide_password=False),
        "DATA_DIR": str(folder / "data"),
        "HTTP_PORT": "0",
        "PUBLIC_URL": "",
        "WEBHOOK_SECRET": "",
        "QUIET_HOURS": "",  # it may be night
        "DAILY_MESSAGES": "4",  # so that there are digests; the evening comes several times
    }


async def _trouble(run: Run) -> None:
    begun = time.monotonic()
    over, calm = asyncio.Event(), asyncio.Event()
    troubles, world = run.troubles, run.sandbox.world
    people = list(world.people)[: _BLOCKED_FROM_THE_START * 4]
    tasks = [
        run.university.work(over),
        *(troubles.kill(replica, over) for replica in run.replicas.all),
        troubles.storm(over),
        troubles.break_connections(over),
        troubles.fail_database(calm),
        troubles.block(people, over),
    ]
    running = asyncio.gather(*tasks)
    loop = asyncio.get_running_loop()
    loop.call_later(max(run.seconds - _CALM, run.seconds / 2), calm.set)
    loop.call_later(max(run.seconds - _CORRECTED_BEFORE, run.seconds / 2), run.university.stop_correcting)
    loop.call_later(run.seconds, over.set)
    loop.call_later(run.seconds, troubles.let_go)
    while not running.done():
        await asyncio.wait([running], timeout=10)
        _say(
            f"{time.monotonic() - begun:5.0f} s: {len(run.replicas.kills)} kills, "
            f"{sum(request.accepted for request in world.truth.requests)} messages arrived"
        )
    await running
    world.faults.clear()
    run.trouble_seconds = time.monotonic() - begun


async def _settle(run: Run) -> None:
    """Let everything that waits go out; what then still waits is lost."""
    begun = time.monotonic()
    while time.monotonic() - begun < _SETTLING:
        try:
            await run.university.let_evening_come()
            if await run.university.waiting() == 0:
                break
        except AWAY:
            pass
        for replica in run.replicas.all:
            await run.replicas.check(replica)
        await asyncio.sleep(0.2)
    run.settled = time.monotonic() - begun
    await run.replicas.count_late()


def _report(run: Run, verdict: Verdict) -> None:
    for what, figure in _figures(run, verdict):
        _say(f"{what}: {figure}")
    _say("")
    for finding in verdict.findings:
        _say(f"{'ok    ' if finding.kept else 'BROKEN'} {finding.promise}: {finding.found} (at most {finding.bound})")
        for case in () if finding.kept else finding.cases:
            _say(f"         {case}")
    if not verdict.kept:
        _say(f'\nAgain: make chaos ARGS="--seconds {run.seconds:.0f} --seed {run.seed}"')


def _figures(run: Run, verdict: Verdict) -> list[tuple[str, object]]:
    kills, world = run.replicas.kills, run.sandbox.world
    return [
        ("\nkill -9", len(kills)),
        ("  after Telegram took a message, before the bot heard of it", sum(kill.armed for kill in kills)),
        ("  with requests in hand", sum(bool(kill.in_hand) for kill in kills)),
        ("  while starting", sum(not kill.worker for kill in kills)),
        ("database", _counted(run.database.troubles)),
        ("Telegram", _counted(run.troubles.counts)),
        ("calls that storms struck", world.faults.struck),
        ("written", _counted(run.university.counts)),
        ("deliveries", _counted(verdict.ended)),
        ("requests to Telegram", len(world.truth.requests)),
        ("messages that arrived", verdict.arrived),
        ("answers that came twice (ADR 3)", verdict.twice),
        ("most messages in one second", world.flood.peak),
        ("refused by flood control", _counted(world.flood.refusals)),
        ("requests in hand at a kill", verdict.in_hand),
        ("requests answered ambiguously", verdict.ambiguous),
        ("UNKNOWN that had arrived", verdict.unknown_arrived),
        ("bots that ended by themselves", len(run.replicas.ended_by_themselves)),
        ("in the bots' logs", _counted(Counter(dict(_failures(run.logs).most_common(6))))),
        ("seconds of trouble", f"{run.trouble_seconds:.0f}"),
        ("seconds until all was settled", f"{run.settled:.1f}"),
        ("seconds in all", f"{time.monotonic() - run.begun:.0f}"),
    ]


def _failures(logs: Path) -> Counter[str]:
    """What the bots complained of, by kind."""
    found: Counter[str] = Counter()
    for log in logs.glob("*.log"):
        found.update(_FAILURE.findall(log.read_text(errors="replace")))
    return found


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{what} {number}" for what, number in sorted(counts.items())) or "nothing"


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
