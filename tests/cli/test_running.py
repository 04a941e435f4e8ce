"""`run` and `doctor` against a local Telegram, on the server of the tests and on an embedded one."""

import asyncio
import signal
import socket
from pathlib import Path

from bot.sandbox import Sandbox
from tests.cli.console import Console, end
from tests.support.nursery import ROOT
from tests.unit.documents.invented import file_text

UNITS = ROOT / "bot" / "demonstration" / "data" / "units.csv"


def bot_settings(sandbox: Sandbox, port: int = 0) -> dict[str, str]:
    return {"BOT_TOKEN": sandbox.token, "TELEGRAM_API_URL": sandbox.url, "HTTP_PORT": str(port)}


async def until_it_polls(sandbox: Sandbox) -> None:
    await sandbox.world.wait_for(lambda: sandbox.world.updates.waits, timeout=30)


def postgres_of(folder: Path) -> list[str]:
    """The command lines of living processes that name a folder below this one."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            line = (process / "cmdline").read_bytes().decode(errors="replace")
        except OSError:  # it has just ended
            continue
        if str(folder) in line and "postgres" in line:
            found.append(line)
    return found


async def until_nothing_runs(folder: Path) -> None:
    for _ in range(200):
        if not postgres_of(folder):
            return
        await asyncio.sleep(0.05)
    raise AssertionError(postgres_of(folder))


async def test_run_serves_and_stops_on_sigterm(console: Console) -> None:
    async with Sandbox() as sandbox:
        process = await console.start("run", **bot_settings(sandbox))
        try:
            await until_it_polls(sandbox)
            process.send_signal(signal.SIGTERM)
            out, err = await asyncio.wait_for(process.communicate(), 20)
        finally:
            await end(process)
    assert (process.returncode, out) == (0, b"")
    assert b"Traceback" not in err


async def test_run_stops_on_sigterm_also_while_telegram_is_away(console: Console) -> None:
    away = {"BOT_TOKEN": "42:nobody", "TELEGRAM_API_URL": "http://127.0.0.1:9", "HTTP_PORT": "0"}
    process = await console.start("run", **away)
    try:
        assert process.stderr is not None
        async for line in process.stderr:
            if b"cannot be reached" in line:
                break
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.communicate(), 20)
    finally:
        await end(process)
    assert process.returncode == 0


async def test_a_refused_token_and_a_taken_port_end_in_one_line(console: Console) -> None:
    async with Sandbox() as sandbox:
        quiet = {**bot_settings(sandbox), "LOG_LEVEL": "ERROR"}
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            refused, crowded = await asyncio.gather(
                console.run_beside("run", **{**quiet, "BOT_TOKEN": "42:another"}),
                console.run_beside("run", **{**quiet, "HTTP_PORT": str(port)}),
            )
    assert (refused.code, refused.out, crowded.code, crowded.out) == (1, "", 1, "")
    assert "does not know this BOT_TOKEN" in refused.line
    assert f"127.0.0.1:{port}" in crowded.line


async def test_an_embedded_database_serves_commands_and_goes_with_its_owner(fresh: Console) -> None:
    imported = await fresh.run_beside("units", "import", UNITS, "--json")
    assert imported.json["added"] == 94  # a fresh machine needs no migrate
    await until_nothing_runs(fresh.folder)
    async with Sandbox() as sandbox:
        process = await fresh.start("run", **bot_settings(sandbox))
        try:
            await until_it_polls(sandbox)
            beside = await fresh.run_beside("role", "grant", "7001", "admin")  # on the server of `run`
            assert beside.code == 0
            process.kill()
            await until_nothing_runs(fresh.folder)
            _, err = await process.communicate()
            assert process.returncode == -signal.SIGKILL, err.decode()
        finally:
            await end(process)
    again = await fresh.run_beside("role", "grant", "7001", "admin")
    assert "held already" in again.line


async def test_two_commands_at_once_share_an_embedded_database(fresh: Console) -> None:
    ended = await asyncio.gather(*(fresh.run_beside("role", "grant", str(number), "admin") for number in (1, 2)))
    assert [item.code for item in ended] == [0, 0]


def test_a_closed_folder_ends_in_one_line(fresh: Console) -> None:
    closed = fresh.folder / "closed"
    closed.mkdir(mode=0o700)
    (closed / "file").touch()
    ended = fresh.run("migrate", DATA_DIR=str(closed / "file" / "var"))
    assert (ended.code, ended.out) == (1, "")
    assert "DATA_DIR" in ended.line


async def test_the_doctor_finds_a_good_machine_good(console: Console) -> None:
    async with Sandbox() as sandbox:
        ended = await console.run_beside("doctor", "--json", **bot_settings(sandbox))
    assert [item for item in ended.json["checks"] if item["state"] == "bad"] == []
    assert (ended.code, ended.err) == (0, "")
    subjects = {item["subject"] for item in ended.json["checks"]}
    assert {"settings", "database", "schema", "token", "signing key", "university file"} <= subjects
    assert {f"certificate study/{language}" for language in ("ky", "ru", "en")} <= subjects


def test_the_doctor_names_everything_that_would_fail(nowhere: Console) -> None:
    university = nowhere.write("university.toml", "format = 1")
    ended = nowhere.run("doctor", "--json", UNIVERSITY_FILE=str(university), WEBHOOK_SECRET="alone")
    bad = {item["subject"] for item in ended.json["checks"] if item["state"] == "bad"}
    assert bad >= {"database", "token", "university file", "webhook"}
    assert ended.code == 1
    assert "token" in ended.line


def test_the_doctor_counts_people_and_desks_of_unknown_units(console: Console) -> None:
    kinds = console.write("university.toml", file_text())
    heading, row = "person_no,kind,last_name,first_name,unit,birth_date", "S-1,student,Асан уулу,Нурлан,жок,2006-05-02"
    console.run("roster", "import", console.write("roster.csv", f"{heading}\n{row}\n"))
    checks = console.run("doctor", "--json", UNIVERSITY_FILE=str(kinds)).json["checks"]
    told = {item["subject"]: (item["state"], item["reason"]) for item in checks}
    assert told["roster"] == ("note", "1 people have a unit that no unit answers to")
    assert told["desk practice_office"] == ("note", "no unit has this code (internship)")


async def test_a_webhook_that_telegram_refuses_ends_in_one_line(console: Console) -> None:
    async with Sandbox() as sandbox:
        sandbox.world.faults.refuse(429, method="setWebhook", retry_after=1)  # is waited for
        https = "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
        sandbox.world.faults.refuse(400, method="setWebhook", description=https)
        settings = {**bot_settings(sandbox), "PUBLIC_URL": "http://kabarchy.example", "WEBHOOK_SECRET": "secret"}
        ended = await console.run_beside("run", **settings, LOG_LEVEL="ERROR")
    assert (ended.code, ended.out) == (1, "")
    assert "PUBLIC_URL" in ended.line
    assert "WEBHOOK_SECRET" in ended.line
