"""Running `kabarchy` in a process of its own."""

import asyncio
import json
import os
import signal
import sys
import tempfile
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from tests.support.nursery import ROOT, Nursery, lives

_PATIENCE = 60.0  # seconds
_numbers = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A command that has ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 -- whatever the document is
        """The one document on stdout; fails if anything else stands there."""
        return json.loads(self.out)

    @property
    def line(self) -> str:
        """The one line on stderr; fails if there are more, or a trace."""
        (line,) = self.err.splitlines()
        return line


class Console:
    """A terminal in an empty folder with settings of its own; nothing of the tester's environment comes in."""

    def __init__(self, nursery: Nursery, folder: Path, settings: Mapping[str, str]) -> None:
        self._nursery = nursery
        self._files = Path(tempfile.mkdtemp(prefix="kabarchy-console-"))
        self.folder = folder
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            "PYTHONFAULTHANDLER": "1",
            "COLUMNS": "200",
            **settings,
        }

    def run(self, *arguments: str | Path, **settings: str) -> Ended:
        """Run a command to its end."""
        number = next(_numbers)
        out, err, code = (self._files / f"{number}.{name}" for name in ("out", "err", "code"))
        process = self._nursery.fork(
            [*map(str, arguments)], {**self.environment, **settings}, self.folder, out, err, code
        )
        begun = time.monotonic()
        while lives(process):
            if time.monotonic() - begun > _PATIENCE:
                os.kill(process, signal.SIGKILL)
                raise TimeoutError(f"{arguments} did not end: {err.read_text()}")
            time.sleep(0.003)
        ended = int(code.read_text()) if code.exists() else -signal.SIGKILL
        return Ended(code=ended, out=out.read_text(), err=err.read_text())

    def run_all(self, *commands: Sequence[str | Path]) -> list[Ended]:
        """Run commands that have nothing to do with each other at the same time."""
        with ThreadPoolExecutor() as threads:
            return list(threads.map(lambda command: self.run(*command), commands))

    async def run_beside(self, *arguments: str | Path, **settings: str) -> Ended:
        """Run a command to its end while the test itself goes on serving."""
        return await asyncio.to_thread(self.run, *arguments, **settings)

    async def start(self, *arguments: str | Path, **settings: str) -> Process:
        """Start a command that stays."""
        return await asyncio.create_subprocess_exec(
            *self._command(arguments),
            cwd=self.folder,
            env={**self.environment, **settings},
            stdout=PIPE,
            stderr=PIPE,
        )

    def write(self, name: str, content: str | bytes) -> Path:
        """Put a file into the folder."""
        file = self.folder / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def append(self, name: str, original: Path, more: bytes) -> Path:
        """Put a copy of a file with some more bytes into the folder."""
        return self.write(name, original.read_bytes() + more)

    @staticmethod
    def _command(arguments: tuple[str | Path, ...]) -> list[str]:
        return [sys.executable, "-m", "bot", *map(str, arguments)]


async def end(process: Process) -> None:
    """End a process that a failed test may have left."""
    if process.returncode is None:
        process.kill()
    await process.communicate()
