"""Running `kabarchy` in a process of its own."""

import asyncio
import json
import os
import subprocess
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


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

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
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
        done = subprocess.run(  # noqa: S603 -- our own program
            self._command(arguments),
            cwd=self.folder,
            env={**self.environment, **settings},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return Ended(code=done.returncode, out=done.stdout, err=done.stderr)

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
