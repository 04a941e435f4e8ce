"""The shortest way to one row, for the question that every update asks.

SQLAlchemy's own execution costs twice the processor time of the driver's; here it decides how many people a small
server can serve (docs/adr/0006). Everything else goes the ordinary way.
"""

from typing import Any, cast

from asyncpg import InterfaceError, InternalClientError, OperatorInterventionError, PostgresConnectionError
from sqlalchemy.ext.asyncio import AsyncConnection

#: What the driver says of a connection that was cut, by the network, the server or an administrator.
_LOST = (PostgresConnectionError, OperatorInterventionError, InterfaceError, InternalClientError, OSError)


async def fetch_row(connection: AsyncConnection, statement: str, *arguments: object) -> tuple[Any, ...] | None:
    """Return the row of a statement with the driver's placeholders ($1), in the connection's transaction if any.

    Raises:
        ConnectionError: the connection is dead; it is taken out of the pool, so that nobody else gets it.
    """
    raw = await connection.get_raw_connection()
    try:
        row = await raw.driver_connection.fetchrow(statement, *arguments)  # type: ignore[union-attr]
    except _LOST as error:
        await connection.invalidate(error)
        raise ConnectionError("the connection to the database was lost") from error
    return cast("tuple[Any, ...] | None", row)
