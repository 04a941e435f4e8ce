"""Programs under measurement, each a process of its own on this machine."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Protocol

import aiohttp
from sqlalchemy import URL

_READY_SECONDS = 30.0
_PARENT, _USER, _SYSTEM = 1, 11, 12  # places in /proc/<process>/stat after the name; the last two in clock ticks


class LocalTelegram(Protocol):
    """A local Telegram, of this process or another."""

    url: str
    token: str


def environment(sandbox: LocalTelegram, database: URL, data_dir: Path, port: int) -> dict[str, str]:
    """Return the settings of a bot on this sandbox."""
    return {
        **os.environ,
        "BOT_TOKEN": sandbox.token,
        "TELEGRAM_API_URL": sandbox.url,
        "DATABASE_URL": database.render_as_string(hide_password=False),
        "DATA_DIR": str(data_dir),
        "HTTP_PORT": str(port),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "LOG_LEVEL": "WARNING",
    }


@asynccontextmanager
async def running(module: str, *arguments: str, env: Mapping[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run `python -m module` while the block lasts."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", module, *arguments, env=dict(env))
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
            await process.wait()


async def wait_until_ready(port: int) -> float:
    """Return the seconds until `/readyz` says so."""
    begun = time.perf_counter()
    async with aiohttp.ClientSession() as client:
        while time.perf_counter() - begun < _READY_SECONDS:
            try:
                async with client.get(f"http://127.0.0.1:{port}/readyz") as answer:
                    if answer.ok:
                        return time.perf_counter() - begun
            except aiohttp.ClientConnectionError:
                pass
            await asyncio.sleep(0.01)
    raise TimeoutError("the bot did not become ready")


def memory_of(process: int) -> int:
    """Return the resident memory of a process in bytes."""
    return _memory(process, "VmRSS:")


def peak_memory_of(process: int) -> int:
    """Return the most resident memory that a process has had, in bytes."""
    return _memory(process, "VmHWM:")


def processor_seconds_of(process: int) -> float:
    """Return how many seconds of a processor a process has used."""
    fields = _stat(process)
    return (int(fields[_USER]) + int(fields[_SYSTEM])) / os.sysconf("SC_CLK_TCK")


def parent_of(process: int) -> int:
    """Return the process that has started a process."""
    return int(_stat(process)[_PARENT])


def family_of(process: int) -> list[int]:
    """Return a process and those that it has started."""
    family = [process]
    for folder in Path("/proc").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):
            if folder.name.isdecimal() and parent_of(int(folder.name)) == process:
                family.append(int(folder.name))
    return family


def pin(process: int, cores: set[int]) -> None:
    """Let a process, and what it will start, run on these cores only."""
    with suppress(FileNotFoundError, ProcessLookupError):  # it has ended meanwhile
        for thread in Path(f"/proc/{process}/task").iterdir():
            os.sched_setaffinity(int(thread.name), cores)


def _stat(process: int) -> list[str]:
    return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()


def _memory(process: int, key: str) -> int:
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith(key))
    return int(line.split()[1]) * 1024
