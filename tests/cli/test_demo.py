"""`demo`: one command, no token, no network."""

import asyncio
import signal
from asyncio.subprocess import Process
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date

import aiohttp
import pytest

from bot.demonstration.planning import write_plan
from bot.demonstration.roster import list_entries, write_roster
from bot.demonstration.university import list_units
from services.deadlines.dto import AcademicYear
from services.people.dto import PersonKind, PersonStatus, RosterEntry
from services.people.roster_file import read_roster
from services.people.rules import phone_keys
from services.plan_files.reading import read_plan
from services.plan_import.understanding import understand
from services.responsibles.directory import Directory
from services.spelling import mend
from services.units.units_file import read_units
from tests.cli.console import Console, end
from tests.cli.test_running import until_nothing_runs
from tests.support.ports import held_ports


@pytest.fixture
def port() -> Iterator[int]:
    """A port for Telegram and the next one for the bot."""
    with held_ports(2) as first:
        yield first


@asynccontextmanager
async def demo(console: Console, port: int) -> AsyncIterator[Process]:
    process = await console.start("demo", "--port", str(port))
    try:
        assert process.stdout is not None
        async with asyncio.timeout(60):
            async for line in process.stdout:
                if f"Open http://127.0.0.1:{port}/" in line.decode():
                    break
            else:
                assert process.stderr is not None
                raise AssertionError((await process.stderr.read()).decode())
        yield process
    finally:
        await end(process)


async def fetch(address: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return answer.status, await answer.text()


async def printed_ticket(process: Process) -> str:
    assert process.stdout is not None
    async with asyncio.timeout(10):
        async for line in process.stdout:
            if "/s/" in (address := line.decode().strip()):
                return address
    raise AssertionError("no ticket was printed")


async def test_the_demo_shows_its_people_keeps_its_data_and_ends_with_ctrl_c(fresh: Console, port: int) -> None:
    async with demo(fresh, port) as process:
        status, page = await fetch(f"http://127.0.0.1:{port}/")
        assert (status, "<html" in page) == (200, True)
        _, people = await fetch(f"http://127.0.0.1:{port}/api/people?lang=en")
        assert "Айзада" in people
        assert "one-time code: " in people
        assert (await fetch(f"http://127.0.0.1:{port + 1}/healthz"))[0] == 200
        status, page = await fetch(await printed_ticket(process))
        assert (status, "нонимдүү" in page) == (200, True)
        taken = await fresh.run_beside("demo", "--port", str(port))
        assert (taken.code, str(port) in taken.line) == (1, True)
        process.send_signal(signal.SIGINT)
        _, err = await asyncio.wait_for(process.communicate(), 20)
        assert (process.returncode, err) == (0, b"")
    await until_nothing_runs(fresh.folder)
    file = fresh.folder / "var" / "demonstration-roster.csv"
    kept = await fresh.run_beside("roster", "import", file, "--dry-run", "--json")
    assert kept.json["unchanged"] == len(list_entries(date(2026, 11, 21)))
    async with demo(fresh, port):
        assert (await fetch(f"http://127.0.0.1:{port}/"))[0] == 200


async def test_the_demo_keeps_away_from_a_real_roster(fresh: Console, port: int) -> None:
    roster = fresh.write("roster.csv", "person_no,kind,last_name,first_name\nS-1,student,Маматова,Айзада\n")
    assert (await fresh.run_beside("roster", "import", roster)).code == 0
    refused = await fresh.run_beside("demo", "--port", str(port))
    assert refused.code == 1
    assert "holds another roster" in refused.line


def test_the_invented_roster_is_taken_without_a_rejected_row_on_any_day() -> None:
    for day in (date(2026, 9, 1), date(2027, 1, 31), date(2028, 2, 29), date(2030, 8, 31)):
        roster = read_roster(write_roster(day))
        assert roster.rejected == ()
        assert list(roster.entries) == [mended(entry) for entry in list_entries(day)]


def test_the_invented_plan_is_understood_but_for_one_day_and_one_party_on_any_day() -> None:
    directory = Directory(read_units(list_units()), [])
    for day in (date(2026, 9, 1), date(2027, 1, 31), date(2028, 2, 29), date(2030, 8, 31)):
        year = AcademicYear.of(day)
        document = read_plan(write_plan(day), year)
        read = understand(document, year, directory)
        assert (len(read.items), document.other_year) == (27, None)
        assert [item.row.number for item in read.items if not item.confirmed] == ["5.4"]
        assert [item.row.number for item in read.items if item.unresolved] == ["5.5"]
        assert all(item.has_responsible for item in read.items)
        assert {item.row.number: item.count_target for item in read.items if item.count_target} == {"1.5": 10, "3.3": 4}


def mended(entry: RosterEntry) -> RosterEntry:
    """The letters of one name look alike, as typists leave them."""
    return replace(entry, last_name=mend(entry.last_name))


def test_the_invented_people_stand_for_every_case() -> None:
    entries = list_entries(date(2026, 11, 21))
    students = [entry for entry in entries if entry.kind is PersonKind.STUDENT]
    assert {entry.status for entry in students} == set(PersonStatus)
    assert any(entry.last_name.endswith("кызы") for entry in students)
    assert any(entry.last_name.endswith("уулу") for entry in students)
    assert any(entry.visa_expires and entry.name_latin for entry in students)
    for gap in ("patronymic", "name_latin", "programme_en", "admission_order", "expected_graduation"):
        assert any(not getattr(entry, gap) for entry in students), gap
    assert len({entry.person_no for entry in entries}) == len(entries) > 300
    phones = Counter(key for entry in entries for key in phone_keys(entry.phone))
    assert [count for _, count in phones.most_common(3)] == [2, 2, 1], "one shared, one passed on, no more"
    assert any(not entry.phone for entry in students)
    assert any(len(phone_keys(entry.phone)) > 1 for entry in students)
    names = Counter((entry.group_name, entry.last_name, entry.first_name) for entry in students)
    assert max(names.values()) > 1, "two of the same name in a group"
    visas = [(entry.visa_expires - date(2026, 11, 21)).days for entry in students if entry.visa_expires]
    assert min(visas) < 0 < sorted(visas)[1] < 7
