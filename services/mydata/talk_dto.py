"""What is kept about personal talks: for some days only."""

from dataclasses import dataclass
from datetime import datetime

from services.trust.dto import TalkState, Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkData:
    """A talk that the person booked."""

    starts_at: datetime
    place: str
    officer: str
    topic: Topic
    state: TalkState


@dataclass(frozen=True, slots=True, kw_only=True)
class TalksData:
    """The person's talks; `offered`: when the times begin that the person offers to others, of whom nothing is said."""

    booked: tuple[TalkData, ...] = ()
    offered: tuple[datetime, ...] = ()
