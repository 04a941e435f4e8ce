"""The connection to PostgreSQL."""

import os
from typing import Any

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

_SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
_CONNECT_SECONDS = 10.0
#: Variables that would lead libpq elsewhere than the address says.
_MISLEADING = ("PGHOSTADDR", "PGOPTIONS", "PGSERVICE")
#: The server ends a connection whose other side is silent for a minute, and with it that worker's locks.
_SESSION = {
    "application_name": "kabarchy",
    "timezone": "UTC",
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
}


class DatabaseUrlError(ValueError):
    """The address of the database cannot be understood."""


def parse_database_url(address: str, *, setting: str = "DATABASE_URL") -> URL:
    """Return the address with the asyncpg driver, whatever driver suffix it came with; `setting`: where it stood."""
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:
        raise DatabaseUrlError(f"{setting} is not an address like postgresql://user:password@host:5432/db") from error
    if url.get_backend_name() not in {"postgresql", "postgres"}:
        raise DatabaseUrlError(f"{setting} names {url.get_backend_name()}; only postgresql is supported")
    _connect_args(url, setting)
    return url.set(drivername="postgresql+asyncpg")


def create_engine(url: URL | str, *, pool_size: int = 10) -> AsyncEngine:
    """Create the engine; connections are made when first needed.

    `pool_size`: a use case holds a connection for a few milliseconds, so ten serve some thousand updates a second.
    Errors do not quote the parameters of their statement: they are codes and people's data, and errors go into logs.
    """
    url = make_url(url)
    return create_async_engine(
        _without_parameters(url),
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=30,
        hide_parameters=True,
        connect_args=_connect_args(url, "DATABASE_URL"),
    )


def libpq_environment(url: URL) -> dict[str, str]:
    """Return the environment in which PostgreSQL's own programs find what `create_engine` connects to."""
    arguments = _connect_args(url, "DATABASE_URL")
    place = dict(url.get_dialect()().create_connect_args(_without_parameters(url))[1])
    place |= {"sslmode": arguments.get("ssl"), "appname": arguments["server_settings"]["application_name"]}
    place["connect_timeout"] = None if arguments["timeout"] is None else int(arguments["timeout"])
    named = {f"PG{name.upper()}": _listed(value) for name, value in place.items() if value is not None}
    return {name: value for name, value in os.environ.items() if name not in _MISLEADING} | named


def _without_parameters(url: URL) -> URL:
    return url.set(query={name: value for name, value in url.query.items() if name in {"host", "port"}})


def _listed(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def _connect_args(url: URL, setting: str) -> dict[str, Any]:
    """Return the address's parameters, which have libpq's names, as asyncpg calls them."""
    session = dict(_SESSION)
    arguments: dict[str, Any] = {"timeout": _CONNECT_SECONDS, "server_settings": session}
    for name, values in url.normalized_query.items():
        value = values[-1]
        if name in {"sslmode", "ssl"}:
            arguments["ssl"] = _ssl_mode(value, setting)
        elif name == "connect_timeout":
            arguments["timeout"] = _seconds(value, setting)
        elif name == "application_name":
            session["application_name"] = value
        elif name == "port" and not all(port.isdecimal() for port in value.split(",")):
            raise DatabaseUrlError(f"{setting}: port must be a number")
        elif name not in {"host", "port"}:
            raise DatabaseUrlError(
                f"{setting}: the parameter {name} is not known; known are application_name, connect_timeout, host, "
                "port, sslmode"
            )
    return arguments


def _ssl_mode(value: str, setting: str) -> str:
    if value not in _SSL_MODES:
        raise DatabaseUrlError(f"{setting}: sslmode must be one of {', '.join(_SSL_MODES)}")
    return value


def _seconds(value: str, setting: str) -> float | None:
    """Return the bound on connecting; as with libpq, 0 means none."""
    if not value.isdecimal():
        raise DatabaseUrlError(f"{setting}: connect_timeout must be a number of seconds")
    return float(value) or None
