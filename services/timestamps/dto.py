"""A time stamp on its way."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Unstamped:
    """A paper in the hand of whoever asks for its time stamp; `attempt` counts from 1."""

    certificate_id: int
    sha256: bytes
    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TimestampState:
    """How it stands with a certificate's time stamp. `wanted`: it was, or is to be, asked for."""

    number: str
    wanted: bool
    attempts: int
    next_at: datetime | None
    token: bytes | None
