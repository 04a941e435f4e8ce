"""What time stamps need from storage and from the authority."""

from datetime import datetime
from typing import Protocol

from services.ports import Transaction
from services.timestamps.dto import TimestampState, Unstamped


class TimestampRepository(Protocol):
    """Time stamps of certificates, and those that are still to be got."""

    async def want(self, certificate_id: int, now: datetime) -> None:
        """Let a time stamp be asked for."""
        ...

    async def claim(self, now: datetime) -> Unstamped | None:
        """Take the one that has waited longest; nobody else takes it before it is put off or some minutes are over."""
        ...

    async def put_off(self, certificate_id: int, until: datetime) -> None:
        """Ask for it again later."""
        ...

    async def keep(self, certificate_id: int, token: bytes, now: datetime) -> None:
        """Store a token; the first one stays."""
        ...

    async def find_by_code(self, code: str) -> TimestampState | None:
        """Return how it stands with the time stamp of a certificate."""
        ...


class TimestampsUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def timestamps(self) -> TimestampRepository:
        """Time stamps."""
        ...


class NotStamped(Exception):  # noqa: N818 -- states a fact
    """The authority gave no time stamp that holds; the text is for the log and the operator."""


class TimeStamper(Protocol):
    """A time-stamp authority (RFC 3161)."""

    async def stamp(self, sha256: bytes) -> bytes:
        """Return a token over a digest, checked.

        Raises:
            NotStamped: the authority is away, refuses, or its token does not hold.
        """
        ...
