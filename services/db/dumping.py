"""pg_dump and pg_restore: where they are, which fits the server, and running them.

The password goes to them in their environment, for everybody on the machine can read the arguments of a process.
"""

import asyncio
import re
import shutil
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL

from services.db.embedded import find_programs
from services.db.engine import libpq_environment

#: Since this version pg_restore sets a parameter that older servers do not know, and ends there.
_SETS_TRANSACTION_TIMEOUT = 17
_VERSION = re.compile(r"\(PostgreSQL\) (\d+)")


class DumpError(RuntimeError):
    """A dump could not be made, read or restored; the text is for the operator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A program of PostgreSQL and its major version."""

    path: Path
    major: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DumpPrograms:
    """What makes a dump, and what restores it."""

    dump: Program
    restore: Program

    async def write(self, url: URL, file: Path, snapshot: str) -> None:
        """Dump a database, as it is in a transaction's exported snapshot, into a file."""
        whole = ["--format=custom", "--no-owner", "--no-privileges", "--no-password"]
        await _run(self.dump, *whole, f"--snapshot={snapshot}", f"--file={file}", place=libpq_environment(url))

    async def read(self, file: Path, url: URL) -> None:
        """Restore a dump into an empty database, whole or not at all; everything belongs to the account of `url`."""
        place = libpq_environment(url)
        whole = ["--single-transaction", "--no-owner", "--no-privileges", "--no-password"]
        await _run(self.restore, *whole, f"--dbname={place['PGDATABASE']}", str(file), place=place)

    async def require_ours(self, file: Path) -> None:
        """Refuse a file that is no dump of this program's database."""
        try:
            contents = await _run(self.restore, "--list", str(file), place={})
        except DumpError as error:
            raise DumpError(f"{file} is not a whole backup: {error}") from error
        if " alembic_version " not in contents:
            raise DumpError(f"{file} is a dump of another program's database")


async def programs_for(server: int) -> DumpPrograms:
    """Return the programs that fit a server of this major version: its own version's, or newer ones that suit it.

    Raises:
        DumpError: there are none.
    """
    return DumpPrograms(dump=await _find("pg_dump", server), restore=await _find("pg_restore", server))


def choose(found: Iterable[Program], server: int) -> Program | None:
    """Return the program nearest to the server's version; an older one does not understand the server."""
    return min((one for one in found if _fits(one.major, server)), key=lambda one: one.major, default=None)


def _fits(major: int, server: int) -> bool:
    return major == server or (major > server and not server < _SETS_TRANSACTION_TIMEOUT <= major)


async def _find(name: str, server: int) -> Program:
    folder, in_path = find_programs(), shutil.which(name)
    paths = [*([folder / name] if folder else []), *([Path(in_path)] if in_path else [])]
    found: list[Program] = []
    for path in paths:
        found.append(Program(path=path, major=await _major_of(path)))
        if found[-1].major == server:
            break
    program = choose(found, server)
    if program is None:
        versions = ", ".join(str(one.major) for one in found)
        there = f"there is that of PostgreSQL {versions} only" if found else "there is none in PATH"
        raise DumpError(f"{name} of PostgreSQL {server}, the server's version, is needed, and {there}")
    return program


async def _major_of(path: Path) -> int:
    said = await _run(Program(path=path, major=0), "--version", place={})
    number = _VERSION.search(said)
    if number is None:
        raise DumpError(f"{path} does not say its version")
    return int(number[1])


async def _run(program: Program, *arguments: str, place: Mapping[str, str]) -> str:
    """Run a program to its end and return what it printed; it ends with us."""
    try:
        process = await asyncio.create_subprocess_exec(
            program.path, *arguments, stdin=DEVNULL, stdout=PIPE, stderr=PIPE, env={**place, "LC_ALL": "C"}
        )
    except OSError as error:
        raise DumpError(f"{program.path} cannot be run: {error.strerror}") from error
    try:
        printed, complaints = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise DumpError(_first_error(complaints.decode(errors="replace")) or f"{program.path.name} failed")
    return printed.decode(errors="replace")


def _first_error(complaints: str) -> str:
    """Return the line that names the failure; those after it quote statements and rows."""
    lines = complaints.strip().splitlines()
    return next((line for line in lines if "error:" in line), lines[0] if lines else "")
