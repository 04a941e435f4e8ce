"""What every use case needs from outside: the time and the day, a transaction, a way to wake the workers."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, date, datetime, time
from typing import Protocol, TypeVar


class Clock(Protocol):
    """Tells the time; always aware, in UTC."""

    def now(self) -> datetime:
        """Return the present moment."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        return datetime.now(UTC)


class Calendar(Protocol):
    """The university's calendar day and time of day."""

    def today(self, now: datetime) -> date:
        """Return the day in the university's time zone."""
        ...

    def time_of_day(self, now: datetime) -> time:
        """Return the time that the university's clocks show, without a zone."""
        ...

    def moment_of(self, day: date, at: time) -> datetime:
        """Return the moment when the university's clocks show that time of that day."""
        ...


class Transaction(Protocol):
    """A unit of work: nothing of it stays unless `commit` returns."""

    async def commit(self) -> None:
        """Make everything done in this unit of work permanent."""
        ...


class Bell(Protocol):
    """Wakes the worker of a queue at once; without it the worker looks by itself a second later."""

    def ring(self) -> None:
        """Say that there may be work."""
        ...


class NoBell:
    """A bell for where no worker runs: those of other processes look by themselves."""

    def ring(self) -> None:
        """Wake nobody."""


UnitOfWork_co = TypeVar("UnitOfWork_co", covariant=True)

#: Opens a unit of work; leaving it without `commit` rolls back.
Factory = Callable[[], AbstractAsyncContextManager[UnitOfWork_co]]
