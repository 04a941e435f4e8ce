"""A clock that stands until it is moved."""

from datetime import UTC, datetime, timedelta


class StandingClock:
    """Tells the same time until `advance`."""

    def __init__(self, moment: datetime = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """Return the moment."""
        return self.moment

    def advance(self, **duration: float) -> None:
        """Let time pass (`timedelta`'s words)."""
        self.moment += timedelta(**duration)


class SilentBell:
    """A bell that only counts how often it was rung."""

    def __init__(self) -> None:
        self.rung = 0

    def ring(self) -> None:
        """Count."""
        self.rung += 1
