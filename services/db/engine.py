"""The connection to PostgreSQL."""

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine


class DatabaseUrlError(ValueError):
    """The address of the database cannot be understood."""


def parse_database_url(address: str) -> URL:
    """Return the address with the asyncpg driver, whatever driver suffix it came with."""
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise DatabaseUrlError("DATABASE_URL is not an address like postgresql://user:password@host:5432/db") from error
    if url.get_backend_name() not in {"postgresql", "postgres"}:
        raise DatabaseUrlError(f"DATABASE_URL names {url.get_backend_name()}; only postgresql is supported")
    return url.set(drivername="postgresql+asyncpg")


#: The server ends a connection whose other side is silent for a minute, and with it that worker's locks.
_SESSION = {
    "application_name": "kabarchy",
    "timezone": "UTC",
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
}


def create_engine(url: URL | str, *, pool_size: int = 10) -> AsyncEngine:
    """Create the engine; connections are made when first needed.

    `pool_size`: a use case holds a connection for a few milliseconds, so ten serve some thousand updates a second.
    Errors do not quote the parameters of their statement: they are codes and people's data, and errors go into logs.
    """
    return create_async_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=30,
        hide_parameters=True,
        connect_args={"server_settings": _SESSION, "timeout": 10},
    )
