"""`make bench`: all figures of docs/benchmarks.md in one run."""

import asyncio
import shutil
import statistics
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL

from tests.bench import machine, printing, roster, rush, search, start_rate, tap_to_pdf
from tests.bench.people import link_students
from tests.support import database

_CERTIFICATES = 60
_HUNDRED = 100
_PEOPLE, _MANY_PEOPLE = 20_000, 100_000


def main() -> None:
    """Measure and print a table in Markdown."""
    folder = Path(tempfile.mkdtemp(prefix="kabarchy-bench-"))
    folder.chmod(0o711)
    try:
        with database.server(durable=True) as postgres:
            asyncio.run(_measure(postgres, folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def _measure(postgres: URL, folder: Path) -> None:
    async with database.template(postgres) as template:
        async with database.clone(postgres, template) as url:
            rate = await start_rate.measure(url, folder)
        async with database.clone(postgres, template) as url:
            people = await link_students(url, _CERTIFICATES + 1)
            waits = await tap_to_pdf.measure(url, folder, people)
            start = await tap_to_pdf.measure_start(url, folder)
        async with database.clone(postgres, template) as url:
            rushed = await rush.measure(url, folder, await link_students(url, rush.PEOPLE))
        async with database.clone(postgres, template) as url:
            searches = await search.measure(url, _PEOPLE)
        async with database.clone(postgres, template) as url:
            large = await search.measure(url, _MANY_PEOPLE)
        async with database.clone(postgres, template) as url:
            imports = await asyncio.to_thread(roster.measure, url, folder)
        async with database.clone(postgres, template) as url:
            imports.append(await asyncio.to_thread(roster.measure_first_xlsx, url, folder))
    paper = printing.median(await asyncio.to_thread(printing.measure, folder))
    rows = [
        ("/start of a linked person, updates a second (median of rounds)", f"{statistics.median(rate.bot):.0f}", ""),
        ("bare aiogram echo bot beside it", f"{statistics.median(rate.echo):.0f}", ""),
        ("ratio", f"{rate.ratio:.2f}", ">= 0.45"),
        ("tap to PDF in the chat, idle, p50", f"{statistics.median(waits) * 1000:.0f} ms", ""),
        ("tap to PDF in the chat, idle, p95", f"{_p95(waits) * 1000:.0f} ms", "<= 500 ms"),
        ("rendering and signing, processor time, p50", f"{paper * 1000:.0f} ms", "<= 45 ms"),
        ("500 certificates asked for at once, a second (two rounds)", f"{min(rushed.rates):.1f}", ">= 12"),
        ("answers to others meanwhile, p95", f"{_p95(list(rushed.answers)) * 1000:.0f} ms", "<= 1000 ms"),
        ("memory of the bot after 1,000 certificates", f"{rushed.memory / 2**20:.0f} MB", "<= 200 MB"),
        ("search for a person among 20,000, p95", f"{_p95(searches) * 1000:.0f} ms", "<= 50 ms"),
        ("search for a person among 100,000, p95", f"{_p95(large) * 1000:.0f} ms", ""),
        ("`kabarchy run` ready on an existing database", f"{start:.2f} s", "<= 3 s"),
        *((one.what, f"{one.seconds:.1f} s, {one.megabytes:.0f} MB", "<= 30 s, <= 300 MB") for one in imports),
    ]
    print(f"{datetime.now(UTC):%Y-%m-%d}, {machine.describe()}\n")  # noqa: T201 -- the output of a command
    print("| what | measured | target |\n|---|---|---|")  # noqa: T201
    for what, measured, target in rows:
        print(f"| {what} | {measured} | {target} |")  # noqa: T201
    print(f"\nrounds: echo {_round(rate.echo)}; bot {_round(rate.bot)}")  # noqa: T201


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=_HUNDRED)[94]


def _round(rates: tuple[float, ...]) -> str:
    return ", ".join(f"{rate:.0f}" for rate in rates)


if __name__ == "__main__":
    main()
