"""Whole databases: what stands in one, a second one beside it, and the exchange of the two."""

import hashlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

import asyncpg
from sqlalchemy import URL, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.db.engine import create_engine

_LONGEST_NAME = 63  # bytes
_LOBBIES = ("postgres", "template1")
_IN_USE, _NO_RIGHT = "55006", "42501"
_TABLES = """
    select oid::regclass::text from pg_class
    where relkind in ('r', 'p') and relnamespace = current_schema()::regnamespace order by 1
"""
_TRUNCATED = """
    select oid::regclass::text from pg_class
    where relkind = 'r' and relnamespace = current_schema()::regnamespace and relname = any(:tables) order by 1
"""
_NOTHING = """
    select not exists (
        select from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') and n.nspname !~ '^pg_temp'
    )
"""
_OTHERS = """
    select distinct coalesce(nullif(application_name, ''), 'a program without a name') from pg_stat_activity
    where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid() order by 1
"""
# The locale stands in a column that was renamed in PostgreSQL 17.
_MANNER = """
    select pg_encoding_to_char(encoding), datcollate, datctype, datlocprovider::text,
           coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale'), pg_get_userbyid(datdba)
    from pg_database d where datname = :name
"""

#: What closings and the nightly shuffle empty.
TRUNCATED = ("sealed_replies", "survey_marks")

IsolationLevel = Literal["AUTOCOMMIT", "READ COMMITTED"]


class DatabasesError(RuntimeError):
    """A database could not be made, exchanged or dropped; the text is for the operator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A moment of a database: its name on the server, the schema's revision, rows by table (where counted)."""

    id: str
    revision: str | None
    rows: dict[str, int] = field(default_factory=dict)


@asynccontextmanager
async def snapshot(engine: AsyncEngine, *, counted: bool) -> AsyncIterator[Snapshot]:
    """Hold a moment of the database for others to look at while the block lasts; writers are not hindered.

    Tables that are emptied by TRUNCATE are locked before: what is truncated later is empty for earlier moments, too.
    """
    async with engine.execution_options(isolation_level="REPEATABLE READ").connect() as connection:
        for table in await _truncated(connection):
            await connection.execute(text(f"lock table {table} in access share mode"))
        number = (await connection.execute(text("select pg_export_snapshot()"))).scalar_one()
        tables = list((await connection.execute(text(_TABLES))).scalars())
        revision = None
        if "alembic_version" in tables:
            revision = (await connection.execute(text("select version_num from alembic_version"))).scalar_one_or_none()
        rows = await _count(connection, tables) if counted else {}
        yield Snapshot(id=number, revision=revision, rows=rows)


async def server_version(engine: AsyncEngine) -> int:
    """Return the server's major version."""
    return int(str(await _ask(engine, "show server_version_num"))) // 10_000


async def current_name(engine: AsyncEngine) -> str:
    """Return the database's name."""
    return str(await _ask(engine, "select current_database()"))


async def is_empty(engine: AsyncEngine) -> bool:
    """Whether nothing stands in the database."""
    return bool(await _ask(engine, _NOTHING))


async def list_others(engine: AsyncEngine) -> list[str]:
    """Return the names of the other programs that are connected to the database."""
    async with engine.connect() as connection:
        return list((await connection.execute(text(_OTHERS))).scalars())


async def analyze(engine: AsyncEngine) -> None:
    """Let the server look at what stands in the tables, so that it plans well from the first question on."""
    async with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        await connection.execute(text("analyze"))


class Neighbour:
    """A new database beside another, made like it and belonging to the same account.

    `purpose` ends its name. One that an earlier try left there is dropped.
    """

    def __init__(self, url: URL, purpose: str) -> None:
        self._base = url
        self._elder = str(url.database)
        self.name = beside(self._elder, purpose)

    @property
    def url(self) -> URL:
        """Its address."""
        return self._base.set(database=self.name)

    async def create(self) -> None:
        """Make it, empty."""
        async with self._lobby("AUTOCOMMIT") as connection:
            *manner, owner = (await connection.execute(text(_MANNER), {"name": self._elder})).one()
            await _execute(connection, f"drop database if exists {_quoted(self.name)}")
            await _execute(
                connection,
                f"create database {_quoted(self.name)} template template0 owner {_quoted(owner)} {_described(*manner)}",
            )

    async def drop(self) -> None:
        """Drop it, whoever is connected."""
        await self._drop(self.name)

    async def take_the_place(self) -> None:
        """Exchange the names in one transaction, then drop the elder database. Nobody may be connected to either."""
        former = beside(self._elder, "before_restore")
        await self._drop(former)
        async with self._lobby("READ COMMITTED") as connection, connection.begin():
            await _execute(connection, f"alter database {_quoted(self._elder)} rename to {_quoted(former)}")
            await _execute(connection, f"alter database {_quoted(self.name)} rename to {_quoted(self._elder)}")
        await self._drop(former)

    async def _drop(self, name: str) -> None:
        async with self._lobby("AUTOCOMMIT") as connection:
            await _execute(connection, f"drop database if exists {_quoted(name)} with (force)")

    @asynccontextmanager
    async def _lobby(self, isolation: IsolationLevel) -> AsyncIterator[AsyncConnection]:
        """Connect to a database that every server has: none can be renamed or dropped from inside."""
        engine = await self._find_lobby()
        try:
            async with engine.execution_options(isolation_level=isolation).connect() as connection:
                yield connection
        finally:
            await engine.dispose()

    async def _find_lobby(self) -> AsyncEngine:
        names = [name for name in _LOBBIES if name != self._elder]
        for name in names:
            engine = create_engine(self._base.set(database=name), pool_size=1)
            try:
                async with engine.connect():
                    return engine
            except (OSError, DBAPIError, asyncpg.PostgresError):
                await engine.dispose()
        raise DatabasesError(f"the account may not connect to {' or '.join(names)}, from where databases are made")


def beside(name: str, purpose: str) -> str:
    """Return the name of a database that belongs to another one."""
    whole = f"{name}_{purpose}"
    if len(whole.encode()) <= _LONGEST_NAME:
        return whole
    return f"kabarchy_{hashlib.sha256(name.encode()).hexdigest()[:12]}_{purpose}"


def _described(encoding: str, collate: str, ctype: str, provider: str, locale: str | None) -> str:
    """Return how a database is to be made so that its texts sort as in another."""
    manner = f"encoding {_text(encoding)} lc_collate {_text(collate)} lc_ctype {_text(ctype)}"
    match provider, locale:
        case "i", str():
            return f"{manner} locale_provider icu icu_locale {_text(locale)}"
        case "b", str():
            return f"{manner} locale_provider builtin builtin_locale {_text(locale)}"
    return manner


async def _truncated(connection: AsyncConnection) -> list[str]:
    """Return those of the tables that there are; in a transaction of its own, for the first look fixes the moment."""
    found = list((await connection.execute(text(_TRUNCATED), {"tables": list(TRUNCATED)})).scalars())
    await connection.rollback()
    return found


async def _count(connection: AsyncConnection, tables: Sequence[str]) -> dict[str, int]:
    if not tables:
        return {}
    counts = " union all ".join(f"select {_text(table)} as name, count(*) as number from {table}" for table in tables)  # noqa: S608 -- names
    counted = await connection.exec_driver_sql(counts)
    return {row["name"]: row["number"] for row in counted.mappings()}


async def _ask(engine: AsyncEngine, question: str) -> Any:  # noqa: ANN401 -- whatever was asked
    async with engine.connect() as connection:
        return (await connection.execute(text(question))).scalar_one()


async def _execute(connection: AsyncConnection, statement: str) -> None:
    """Execute what makes, renames or drops a database."""
    try:
        await connection.exec_driver_sql(statement)
    except DBAPIError as error:
        state = getattr(error.orig, "sqlstate", None)
        if state == _IN_USE:
            raise DatabasesError(f"{_reason(error)}: end whatever is connected to it first") from error
        if state == _NO_RIGHT:
            raise DatabasesError(
                f"{_reason(error)}: the account must own the database and have the right CREATEDB "
                "(MIGRATION_DATABASE_URL may name another account)"
            ) from error
        raise


def _reason(error: DBAPIError) -> str:
    return str(error.orig.__cause__ if error.orig else error).splitlines()[0]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
