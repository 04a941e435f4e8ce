"""The shortest way to one row, for the question that every update asks and that of the verification page.

SQLAlchemy's own execution costs twice the processor time of the driver's; here it decides how many people a small
server can serve (docs/adr/0006). Everything else goes the ordinary way.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final, cast

from asyncpg import InterfaceError, InternalClientError, OperatorInterventionError, PostgresConnectionError
from sqlalchemy import Select
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.ext.asyncio import AsyncConnection

#: What the driver says of a connection that was cut, by the network, the server or an administrator.
_LOST = (PostgresConnectionError, OperatorInterventionError, InterfaceError, InternalClientError, OSError)

_DIALECT: Final = PGDialect_asyncpg()  # type: ignore[no-untyped-call]


class WrittenSelect:
    """A select that SQLAlchemy has put into the driver's words once; `bindparam`s by name are its parameters."""

    def __init__(self, statement: Select[Any]) -> None:
        compiled = statement.compile(dialect=_DIALECT)
        self._text = str(compiled)
        self._arguments = {name: compiled.params[name] for name in compiled.positiontup or ()}

    async def fetch(self, connection: AsyncConnection, **parameters: object) -> Sequence[tuple[Any, ...]]:
        """Return the rows.

        Raises:
            ConnectionError: the connection is dead.
        """
        arguments = (self._arguments | parameters).values()
        async with _kept_alive(connection) as driver:
            rows = await driver.fetch(self._text, *arguments)
        return cast("Sequence[tuple[Any, ...]]", rows)


async def fetch_row(connection: AsyncConnection, statement: str, *arguments: object) -> tuple[Any, ...] | None:
    """Return the row of a statement with the driver's placeholders ($1), in the connection's transaction if any.

    Raises:
        ConnectionError: the connection is dead; it is taken out of the pool, so that nobody else gets it.
    """
    async with _kept_alive(connection) as driver:
        row = await driver.fetchrow(statement, *arguments)
    return cast("tuple[Any, ...] | None", row)


@asynccontextmanager
async def _kept_alive(connection: AsyncConnection) -> AsyncIterator[Any]:
    """Yield the driver's connection; SQLAlchemy's asynchronous way to it takes half as long as a statement."""
    opened = connection.sync_connection
    if opened is None:
        raise RuntimeError("the connection is not open")
    try:
        yield opened.connection.driver_connection
    except _LOST as error:
        await connection.invalidate(error)
        raise ConnectionError("the connection to the database was lost") from error
