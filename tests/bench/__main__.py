"""`make bench`: all figures of docs/benchmarks.md in one run, or one part of them (`--only delivery`)."""

import argparse
import asyncio
import shutil
import statistics
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL

from tests.bench import (
    agreement,
    audience,
    bulk,
    delivery,
    duties,
    machine,
    mutations,
    plan_files,
    plan_reminders,
    plan_reports,
    printing,
    register,
    roster,
    rush,
    search,
    start_rate,
    survey_closing,
    survey_page,
    survey_report,
    survey_taps,
    tap_to_pdf,
    verification,
)
from tests.bench.people import link_students
from tests.support import database

_CERTIFICATES = 60
_HUNDRED = 100
_PEOPLE, _MANY_PEOPLE = 20_000, 100_000
_ONE, _SEVERAL = 1, 3
_ITEMS = 20_000

Row = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Bench:
    """What the parts work with: a new database for each measurement, a folder, how many recipients of a broadcast."""

    new_database: Callable[[], AbstractAsyncContextManager[URL]]
    folder: Path
    recipients: int


def main() -> None:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--only", choices=_PARTS, help="one part of it")
    parser.add_argument(
        "--recipients",
        type=int,
        default=delivery.RECIPIENTS,
        help="of the broadcasts; 20,000 take 12 minutes each time",
    )
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="kabarchy-bench-"))
    folder.chmod(0o711)
    try:
        with database.server(durable=True) as postgres:
            asyncio.run(_measure(postgres, folder, [asked.only] if asked.only else list(_PARTS), asked.recipients))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def _measure(postgres: URL, folder: Path, parts: list[str], recipients: int) -> None:
    print(f"{datetime.now(UTC):%Y-%m-%d}, {machine.describe()}\n")  # noqa: T201 -- the output of a command
    print("| what | measured | target |\n|---|---|---|", flush=True)  # noqa: T201
    async with database.template(postgres) as template:

        @asynccontextmanager
        async def new_database() -> AsyncIterator[URL]:
            async with database.clone(postgres, template) as url:
                yield url

        bench = Bench(new_database, folder, recipients)
        for part in parts:
            for what, measured, target in await _PARTS[part](bench):
                print(f"| {what} | {measured} | {target} |", flush=True)  # noqa: T201


async def _start_rate(bench: Bench) -> list[Row]:
    async with bench.new_database() as url:
        rate = await start_rate.measure(url, bench.folder)
    return [
        (
            f"/start of a linked person, updates a second (median of rounds {_rounds(rate.bot)})",
            f"{statistics.median(rate.bot):.0f}",
            "",
        ),
        (f"bare aiogram echo bot beside it (rounds {_rounds(rate.echo)})", f"{statistics.median(rate.echo):.0f}", ""),
        ("ratio", f"{rate.ratio:.2f}", ">= 0.45"),
    ]


async def _certificates(bench: Bench) -> list[Row]:
    async with bench.new_database() as url:
        people = await link_students(url, _CERTIFICATES + 1)
        waits = await tap_to_pdf.measure(url, bench.folder, people)
        start = await tap_to_pdf.measure_start(url, bench.folder)
    paper = printing.median(await asyncio.to_thread(printing.measure, bench.folder))
    return [
        ("tap to PDF in the chat, idle, p50", f"{statistics.median(waits) * 1000:.0f} ms", ""),
        ("tap to PDF in the chat, idle, p95", f"{_p95(waits) * 1000:.0f} ms", "<= 500 ms"),
        ("rendering and signing, processor time, p50", f"{paper * 1000:.0f} ms", "<= 45 ms"),
        ("`kabarchy run` ready on an existing database", f"{start:.2f} s", "<= 3 s"),
    ]


async def _rush(bench: Bench) -> list[Row]:
    async with bench.new_database() as url:
        printed = await register.print_many(url, printing.key(bench.folder), rush.CERTIFICATES)
    async with bench.new_database() as url:
        rushed = await rush.measure(url, bench.folder, await link_students(url, rush.PEOPLE))
    return [
        ("500 certificates drawn, signed and stored, a second", f"{printed:.1f}", ">= 12"),
        ("500 certificates asked for at once, a second (two rounds)", f"{min(rushed.rates):.1f}", ">= 12"),
        ("answers to others meanwhile, p95", f"{_p95(list(rushed.answers)) * 1000:.0f} ms", "<= 1000 ms"),
        ("memory of the bot after 1,000 certificates", f"{rushed.memory / 2**20:.0f} MB", "<= 200 MB"),
    ]


async def _bulk(bench: Bench) -> list[Row]:
    async with bench.new_database() as url:
        issued = await bulk.measure(url, bench.folder)
    what = (
        f"a batch of {bulk.PEOPLE}: issued, printed, stored, in an archive ({issued.archive / 2**20:.0f} MB), a second"
    )
    return [
        (what, f"{issued.batch:.1f}", ">= 12"),
        ("the same asked for one after the other, a second", f"{issued.one_by_one:.1f}", ""),
    ]


async def _search(bench: Bench) -> list[Row]:
    rows = []
    for people, target in ((_PEOPLE, "<= 50 ms"), (_MANY_PEOPLE, "")):
        async with bench.new_database() as url:
            searches = await search.measure(url, people)
        rows.append((f"search for a person among {people:,}, p95", f"{_p95(searches) * 1000:.0f} ms", target))
    return rows


async def _duties(bench: Bench) -> list[Row]:
    async with bench.new_database() as url:
        looked = await duties.measure(url)
    what = f"`/plan` of a unit among {duties.UNITS} units and {duties.ITEMS:,} items, p95"
    return [
        (what, f"{_p95(looked.lists) * 1000:.0f} ms", "<= 150 ms"),
        ("one item of it with reports and history at hand, p95", f"{_p95(looked.cards) * 1000:.0f} ms", ""),
    ]


async def _plan_reports(bench: Bench) -> list[Row]:
    async with bench.new_database() as url:
        seconds = await plan_reports.measure(url, _ITEMS)
    said = ", ".join(f"{step} {took:.1f} s" for step, took in seconds.items())
    return [(f"state of a plan of {_ITEMS:,} items by 500 units", said, "seconds")]


async def _survey_report(bench: Bench) -> list[Row]:
    async with bench.new_database() as url:
        seconds = await survey_report.measure(url, _PEOPLE)
    said = ", ".join(f"{step} {took:.1f} s" for step, took in seconds.items())
    what = f"report on {_PEOPLE:,} replies to 20 questions, 12 units of 4 courses: {sum(seconds.values()):.1f} s in all"
    return [(what, said, "<= 5 s")]


async def _roster(bench: Bench) -> list[Row]:
    async with bench.new_database() as url:
        imports = await asyncio.to_thread(roster.measure, url, bench.folder)
    async with bench.new_database() as url:
        imports.append(await asyncio.to_thread(roster.measure_first_xlsx, url, bench.folder))
    return [(one.what, f"{one.seconds:.1f} s, {one.megabytes:.0f} MB", "<= 30 s, <= 300 MB") for one in imports]


async def _delivery(bench: Bench) -> list[Row]:
    rows = []
    for replicas in (_ONE, _SEVERAL):
        async with bench.new_database() as url:
            sent = await delivery.measure(url, bench.folder, replicas=replicas, recipients=bench.recipients)
        rows += sent.rows()
    async with bench.new_database() as url:
        planned = await delivery.plan(url, bench.folder)
    return rows + planned.rows()


async def _audience(bench: Bench) -> list[Row]:
    async with bench.new_database() as url:
        return (await audience.measure(url)).rows()


async def _plans(bench: Bench) -> list[Row]:
    async with bench.new_database() as url:
        return (await plan_reminders.measure(url)).rows()


async def _plan_files(bench: Bench) -> list[Row]:
    async with bench.new_database() as url:
        taken = await plan_files.measure(url)
    return [
        (f"a plan of {plan_files.ROWS:,} rows taken over, {what}", f"{seconds:.1f} s", "<= 10 s")
        for what, seconds in taken.seconds.items()
    ]


async def _correction(bench: Bench) -> list[Row]:
    async with bench.new_database() as url:
        corrected = await delivery.correct(url, bench.folder, recipients=bench.recipients)
    return corrected.rows()


async def _verification(bench: Bench) -> list[Row]:
    async with bench.new_database() as url:
        checked = await verification.measure(url, bench.folder)
    changed = mutations.Mutations()
    for key in mutations.new_keys():
        async with bench.new_database() as url:
            await mutations.measure(url, key, changed)
    return checked.rows() + changed.rows()


async def _survey_taps(bench: Bench) -> list[Row]:
    async with bench.new_database() as url:
        return (await survey_taps.measure(url, bench.folder)).rows()


async def _survey_page(bench: Bench) -> list[Row]:
    async with bench.new_database() as url:
        return (await survey_page.measure(url, bench.folder)).rows()


async def _agreement(bench: Bench) -> list[Row]:
    async with bench.new_database() as url:
        found = await agreement.measure(url, bench.folder)
    what = f"{agreement.CASES:,} good and bad papers, codes and pictures: all ways agree and are right"
    return [(what, f"{found.agreed:,} ({found.seconds:.0f} s)", f"{agreement.CASES:,}")]


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=_HUNDRED)[94]


def _rounds(rates: tuple[float, ...]) -> str:
    return ", ".join(f"{rate:.0f}" for rate in rates)


async def _survey_closing(bench: Bench) -> list[Row]:
    async with bench.new_database() as url:
        closed = await survey_closing.measure(url, bench.folder)
    what = f"a survey of {closed.closing.replies:,} replies, {closed.closing.texts:,} texts closed"
    return [
        (what, f"{closed.seconds:.1f} s", "<= 60 s"),
        ("longest wait for the event loop meanwhile", f"{closed.stall * 1000:.0f} ms", "<= 100 ms"),
        ("memory that it takes", f"{closed.memory:.0f} MB", ""),
    ]


_PARTS: Mapping[str, Callable[[Bench], Awaitable[list[Row]]]] = {
    "start": _start_rate,
    "certificates": _certificates,
    "rush": _rush,
    "bulk": _bulk,
    "search": _search,
    "duties": _duties,
    "plan_files": _plan_files,
    "plan_reports": _plan_reports,
    "roster": _roster,
    "delivery": _delivery,
    "audience": _audience,
    "correction": _correction,
    "plans": _plans,
    "survey_closing": _survey_closing,
    "survey_report": _survey_report,
    "verification": _verification,
    "survey_page": _survey_page,
    "agreement": _agreement,
    "survey_taps": _survey_taps,
}

if __name__ == "__main__":
    main()
