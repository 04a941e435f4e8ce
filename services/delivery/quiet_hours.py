"""The hours of the day in which nothing comes unasked but what is urgent."""

import re
from dataclasses import dataclass
from datetime import time

_SPAN = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d{2}))?")
_HOURS, _MINUTES = 24, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """From a time of day until another, local time, over midnight or not; equal times for no quiet hours at all."""

    start: time
    until: time

    @property
    def any(self) -> bool:
        """Whether there are quiet hours."""
        return self.start != self.until

    def __str__(self) -> str:
        return f"{self.start:%H:%M}–{self.until:%H:%M}"


NO_QUIET_HOURS = QuietHours(start=time(0), until=time(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hush:
    """What the sender goes by: the local time of day, and the quiet hours of whoever chose none of their own."""

    local: time
    usual: QuietHours


def read_quiet_hours(text: str) -> QuietHours | None:
    """Return the span that a person wrote (22:30-07:15, 22.30 – 7, 22-7), or None if it is none."""
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        return None
    start_hour, start_minute, hour, minute = (int(number or 0) for number in found.groups())
    if max(start_hour, hour) >= _HOURS or max(start_minute, minute) >= _MINUTES:
        return None
    span = QuietHours(start=time(start_hour, start_minute), until=time(hour, minute))
    return span if span.any else None
