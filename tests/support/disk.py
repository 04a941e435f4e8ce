"""What lies on the disk of PostgreSQL's server, as somebody sees it who has the disk and asks no server."""

import asyncio
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.db.embedded import find_programs

_FILES = """
    select pg_relation_filepath(oid), coalesce(
        (select t.relname from pg_class t where t.reltoastrelid = c.oid),
        (select t.relname from pg_index i join pg_class t on t.oid = i.indrelid where i.indexrelid = c.oid), relname)
    from pg_class c where pg_relation_filepath(oid) is not null
"""
_INSERT = re.compile(
    r"tx: +(?P<tx>\d+), lsn: (?P<lsn>[0-9A-F]+/[0-9A-F]+),.* desc: INSERT\S* off: (?P<off>\d+),?.*"
    r" rel \d+/(?P<rel>\d+/\d+) blk (?P<blk>\d+)"
)
#: The journal: what was written in the last hours, until it is used again.
JOURNAL = "pg_wal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Insert:
    """A row as the journal has it: into which table, in which transaction, at which place of journal and table."""

    table: str
    tx: int
    lsn: int
    ctid: str


class Disk:
    """The server's files, as far as they were written from now on.

    Where the server is on another machine, nothing is found and `is_readable` is false.
    """

    def __init__(self, engine: AsyncEngine, folder: Path) -> None:
        self._engine = engine
        self._folder = folder
        self._tables: dict[str, str] = {}
        self._begun = time.time()
        self.is_readable = os.access(folder / "PG_VERSION", os.R_OK)

    @classmethod
    async def of(cls, engine: AsyncEngine) -> "Disk":
        """Return the disk of an engine's server."""
        async with engine.connect() as connection:
            return cls(engine, Path(str(await connection.scalar(text("show data_directory")))))

    async def position(self) -> str:
        """Return how far the journal is."""
        return await self._ask("select cast(pg_current_wal_insert_lsn() as text)")

    async def name_tables(self, connection: AsyncConnection) -> None:
        """Learn which file is which table's, indexes and long values included; those of former files stay known."""
        self._tables |= {str(path): str(name) for path, name in await connection.execute(text(_FILES))}

    async def find(self, needles: Sequence[bytes]) -> set[str]:
        """Return the names of the tables, or else the paths, where one of the needles lies once all is written.

        This makes room in the journal: `list_inserts` does not see what was before.
        """
        await self._ask("select pg_switch_wal()")
        await self._ask("checkpoint")
        return await asyncio.to_thread(self._find, needles) if self.is_readable else set()

    async def list_inserts(self, begun: str) -> list[Insert]:
        """Return the rows that the journal has, from a position on."""
        end = await self.position()
        await self._ask("select pg_switch_wal()")
        return await asyncio.to_thread(lambda: list(self._list_inserts(begun, end))) if self.is_readable else []

    async def _ask(self, statement: str) -> str:
        async with self._engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            result = await connection.execute(text(statement))
            return str(result.scalar_one()) if result.returns_rows else ""

    def _find(self, needles: Sequence[bytes]) -> set[str]:
        found = set()
        for folder in (self._folder, self._folder.parent):
            for path in folder.rglob("*") if folder == self._folder else folder.glob("*.log"):
                if not path.is_file() or path.stat().st_mtime < self._begun:
                    continue
                content = path.read_bytes()
                if any(needle in content for needle in needles):
                    found.add(self._name(path))
        return found

    def _name(self, path: Path) -> str:
        if path.is_relative_to(self._folder / JOURNAL):
            return JOURNAL
        place = str(path.relative_to(self._folder.parent))
        return self._tables.get(place.partition("/")[2].partition(".")[0], place)

    def _list_inserts(self, begun: str, end: str) -> Iterator[Insert]:
        named = {path.removeprefix("base/"): name for path, name in self._tables.items()}
        for line in self._journal(begun, end):
            if (row := _INSERT.search(line)) is not None and row["rel"] in named:
                high, _, low = row["lsn"].partition("/")
                yield Insert(
                    table=named[row["rel"]],
                    tx=int(row["tx"]),
                    lsn=int(high, 16) << 32 | int(low, 16),
                    ctid=f"({row['blk']},{row['off']})",
                )

    def _journal(self, begun: str, end: str) -> list[str]:
        programs = find_programs()
        program = str(programs / "pg_waldump") if programs is not None else shutil.which("pg_waldump")
        if program is None:
            return []
        arguments = ["--path", str(self._folder / JOURNAL), "--start", begun, "--end", end, "--rmgr", "Heap"]
        ended = subprocess.run([program, *arguments], capture_output=True, text=True, check=True)  # noqa: S603 -- PostgreSQL's own
        return ended.stdout.splitlines()
