"""The PostgreSQL that the program starts itself."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from services.db.embedded import EmbeddedPostgres, EmbeddedPostgresError
from services.db.engine import create_engine

IS_ROOT = os.geteuid() == 0


@pytest.fixture
def folder() -> Iterator[Path]:
    """A DATA_DIR in memory that the account of the server can reach."""
    memory = Path("/dev/shm")  # noqa: S108 -- a folder in memory, where there is one
    made = Path(tempfile.mkdtemp(prefix="kabarchy-embedded-", dir=memory if memory.is_dir() else None))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def make(folder: Path) -> Iterator[Callable[[], EmbeddedPostgres]]:
    """A maker of launchers on one folder; all that they started is stopped in the end."""
    made: list[EmbeddedPostgres] = []

    def launcher() -> EmbeddedPostgres:
        made.append(EmbeddedPostgres(folder, durable=False))
        return made[-1]

    yield launcher
    for postgres in made:
        postgres.stop()


async def run(url: str, *statements: str) -> object:
    """Run statements; return the first value of the last one."""
    engine = create_engine(url, pool_size=1)
    try:
        async with engine.begin() as connection:
            for statement in statements:
                result = await connection.execute(text(statement))
            return result.scalar() if result.returns_rows else None
    finally:
        await engine.dispose()


def postmaster(folder: Path) -> int:
    return int((folder / "postgresql" / "data" / "postmaster.pid").read_text().splitlines()[0])


def owner_of(process_id: int) -> int:
    return Path(f"/proc/{process_id}").stat().st_uid


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in ten seconds"
        time.sleep(0.01)


def is_gone(process_id: int) -> bool:
    stat = Path(f"/proc/{process_id}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


async def test_server_starts_stops_and_keeps_its_data(make: Callable[[], EmbeddedPostgres]) -> None:
    postgres = make()
    assert not postgres.is_running
    url = postgres.start()
    assert postgres.is_running
    await run(url, "create table kept (name text)", "insert into kept values ('Айзада')")
    postgres.stop()
    assert not postgres.is_running
    postgres.stop()  # a second time it does nothing
    assert await run(make().start(), "select name from kept") == "Айзада"


async def test_server_speaks_utf_8_and_utc_and_listens_on_no_port(make: Callable[[], EmbeddedPostgres]) -> None:
    url = make().start()
    assert await run(url, "show server_encoding") == "UTF8"
    assert await run(url, "show timezone") == "UTC"
    assert await run(url, "show listen_addresses") == ""
    assert await run(url, "select lower('ӨҮҢ')") == "өүң"


@pytest.mark.skipif(not IS_ROOT, reason="only root hands over to another account")
async def test_server_never_runs_as_root(make: Callable[[], EmbeddedPostgres], folder: Path) -> None:
    make().start()
    assert owner_of(postmaster(folder)) != 0


async def test_second_user_attaches_to_the_running_server_and_does_not_stop_it(
    make: Callable[[], EmbeddedPostgres], folder: Path
) -> None:
    owner, guest = make(), make()
    url = owner.start()
    number = postmaster(folder)
    assert guest.start() == url
    assert guest.is_running
    guest.stop()
    assert owner.is_running
    assert postmaster(folder) == number
    assert await run(url, "select 1") == 1


async def test_owner_who_wants_the_server_alone_is_refused_in_one_line_while_another_has_it(
    make: Callable[[], EmbeddedPostgres],
) -> None:
    make().start()
    with pytest.raises(EmbeddedPostgresError, match="another kabarchy process uses the database under") as refused:
        make().start(exclusive=True, patience=0)
    assert "\n" not in str(refused.value)


async def test_owner_who_waits_gets_the_server_when_the_other_ends(
    make: Callable[[], EmbeddedPostgres], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = make(), make()
    first.start()
    monkeypatch.setattr("services.db.embedded.time.sleep", lambda _seconds: first.stop())
    second.start(exclusive=True, patience=10)
    assert second.is_running


async def test_data_survive_a_killed_postmaster(folder: Path) -> None:
    postgres = EmbeddedPostgres(folder)  # durable, as in production
    try:
        url = postgres.start()
        await run(url, "create table kept (name text)", "insert into kept values ('Айзада')")
        killed = postmaster(folder)
        os.kill(killed, signal.SIGKILL)
        wait_until(lambda: is_gone(killed))
        assert not postgres.is_running
        postgres.stop()  # takes note of the end, as the killed owner's parent would
        successor = EmbeddedPostgres(folder)
        try:
            assert await run(successor.start(exclusive=True), "select name from kept") == "Айзада"
        finally:
            successor.stop()
    finally:
        postgres.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process of its parent's end")
def test_server_ends_with_a_killed_owner(folder: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from services.db.embedded import EmbeddedPostgres;"
        "EmbeddedPostgres(Path(sys.argv[1]), durable=False).start(); print('ready', flush=True); time.sleep(60)"
    )
    owner = subprocess.Popen([sys.executable, "-c", program, folder], stdout=subprocess.PIPE)  # noqa: S603 -- ours
    with owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == b"ready\n"
        server = postmaster(folder)
        owner.kill()
    wait_until(lambda: is_gone(server))


async def test_stale_pid_file_with_the_number_of_another_living_process_is_no_server(
    make: Callable[[], EmbeddedPostgres], folder: Path
) -> None:
    """In a container numbers are small and come again: after a kill the old one belongs to somebody else."""
    postgres = make()
    postgres.start()
    pid_file = folder / "postgresql" / "data" / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    killed = postmaster(folder)
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: is_gone(killed))
    postgres.stop()
    lines[0] = str(os.getppid())
    pid_file.write_text("\n".join(lines) + "\n")
    successor = make()
    wait_until(lambda: not successor.is_running)  # the killed one's children hold its socket until they notice
    lines[0] = str(killed)  # what is left to PostgreSQL itself: the number is nobody's
    pid_file.write_text("\n".join(lines) + "\n")
    assert await run(successor.start(exclusive=True), "select 1") == 1


async def test_long_data_dir_has_its_socket_elsewhere(folder: Path) -> None:
    deep = folder / ("long-" * 20)
    deep.mkdir(mode=0o711)
    postgres = EmbeddedPostgres(deep, durable=False)
    try:
        url = postgres.start()
        assert str(deep) not in url
        assert await run(url, "select 1") == 1
    finally:
        postgres.stop()


@pytest.mark.skipif(not IS_ROOT, reason="an ordinary user's server runs as that user")
async def test_data_dir_that_the_servers_account_cannot_reach_is_refused_in_one_line(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(EmbeddedPostgresError) as refused:
        EmbeddedPostgres(closed / "var").start()
    message = str(refused.value)
    assert f"DATA_DIR {closed / 'var'} cannot be reached" in message
    assert f"because {closed} is closed" in message
    assert "\n" not in message
    assert closed.stat().st_mode & 0o777 == 0o700  # nobody's folder was opened


async def test_data_of_another_version_are_refused_in_one_line(
    make: Callable[[], EmbeddedPostgres], folder: Path
) -> None:
    postgres = make()
    postgres.start()
    postgres.stop()
    (folder / "postgresql" / "data" / "PG_VERSION").write_text("16\n")
    with pytest.raises(EmbeddedPostgresError, match="belong to PostgreSQL 16, the program is 18") as refused:
        make().start()
    assert "\n" not in str(refused.value)


async def test_server_is_started_in_the_main_thread_only(make: Callable[[], EmbeddedPostgres]) -> None:
    errors: list[str] = []

    def start() -> None:
        try:
            make().start()
        except RuntimeError as error:
            errors.append(str(error))

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    assert errors == ["the embedded PostgreSQL must be started in the main thread"]


async def test_server_that_does_not_start_says_why_in_one_line(
    make: Callable[[], EmbeddedPostgres], folder: Path
) -> None:
    postgres = make()
    postgres.start()
    postgres.stop()
    (folder / "postgresql" / "data" / "postgresql.conf").write_text("nonsense = on\n")
    with pytest.raises(EmbeddedPostgresError, match=r"PostgreSQL did not start: .*nonsense") as refused:
        make().start()
    assert "\n" not in str(refused.value)
