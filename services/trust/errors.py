"""What is refused about personal talks."""

from datetime import datetime

from services.errors import Refusal


class NobodyFree(Refusal):
    """Nobody, or not this officer, has a free time any more."""


class SlotTaken(Refusal):
    """The time was booked by somebody else, taken back, or has begun."""


class TalkOpenAlready(Refusal):
    """The person has a talk with this officer already."""

    def __init__(self, starts_at: datetime) -> None:
        super().__init__(starts_at)
        self.starts_at = starts_at


class TalkOver(Refusal):
    """The talk was cancelled, has begun, or is somebody else's."""


class NoSuchSlot(Refusal):
    """The time is gone, or not this officer's."""


class SlotBooked(Refusal):
    """Somebody has booked the time."""


class TimesUnreadable(Refusal):
    """What was typed is no day with times."""


class TimesPast(Refusal):
    """The times lie in the past, or too far ahead; `farthest`: the last day that can be offered, in days from now."""

    def __init__(self, farthest: int) -> None:
        super().__init__(farthest)
        self.farthest = farthest


class TimesOverlap(Refusal):
    """The officer offers some of the times already."""


class PlaceNeeded(Refusal):
    """No place was typed, or a longer one than `longest` signs."""

    def __init__(self, longest: int) -> None:
        super().__init__(longest)
        self.longest = longest
