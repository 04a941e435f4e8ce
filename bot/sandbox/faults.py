"""Trouble on the way to Telegram, ordered by a test or from the demo page."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What happens to a call."""

    REFUSED = "refused"
    DROPPED = "dropped"
    LOST = "lost"
    BROKEN = "broken"
    SLOW = "slow"


@dataclass(slots=True)
class Fault:
    """Trouble for the next ``count`` calls of one method, or of any.

    Attributes:
        count: hits still to come; 0 for all calls until it is cleared.
        method: as in the Bot API ("sendMessage"). None: any but getUpdates, which would otherwise use all of it up.
        status: HTTP status of a refusal. 500 and above carry an HTML body, as a broken proxy sends it.
        seconds: ``retry_after`` of a 429, or the delay of a slow answer.
    """

    kind: Kind
    method: str | None
    count: int
    status: int = 0
    seconds: float = 0
    description: str = ""

    def concerns(self, method: str) -> bool:
        """Whether a call of the method is hit."""
        return method == self.method if self.method is not None else method != "getUpdates"


@dataclass(frozen=True, slots=True, kw_only=True)
class Storm:
    """Trouble by chance, each with its probability; together not more than 1.

    Attributes:
        broken: answered with the page of a failing server (502), nothing done.
        broken_done: answered so, although it was done.
        dropped, lost: the connection breaks before, or after it was done.
        limited: 429.
        slow: done, answered after ``seconds``.
    """

    methods: tuple[str, ...] = ("sendMessage",)
    broken: float = 0.0
    broken_done: float = 0.0
    dropped: float = 0.0
    lost: float = 0.0
    limited: float = 0.0
    slow: float = 0.0
    seconds: float = 1.0
    retry_after: int = 1

    def strike(self, method: str, chance: random.Random) -> Fault | None:
        """What a call meets; mostly nothing."""
        if method not in self.methods:
            return None
        drawn = chance.random()
        for probability, fault in self._kinds():
            if drawn < probability:
                return fault
            drawn -= probability
        return None

    def _kinds(self) -> tuple[tuple[float, Fault], ...]:
        return (
            (self.broken, Fault(Kind.REFUSED, None, 1, 502, 0, "Bad Gateway")),
            (self.broken_done, Fault(Kind.BROKEN, None, 1, 502, 0, "Bad Gateway")),
            (self.dropped, Fault(Kind.DROPPED, None, 1)),
            (self.lost, Fault(Kind.LOST, None, 1)),
            (self.limited, Fault(Kind.REFUSED, None, 1, 429, self.retry_after)),
            (self.slow, Fault(Kind.SLOW, None, 1, seconds=self.seconds)),
        )


class Faults:
    """The trouble still to come, oldest order first; then what a storm brings.

    Attributes:
        on_change: told whenever trouble is ordered, hits or ends.
        struck: how often a storm has struck.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._waiting: list[Fault] = []
        self._clock = clock
        self._storm: tuple[Storm, float, random.Random] | None = None
        self.on_change: Callable[[], None] | None = None
        self.struck = 0

    def refuse(
        self,
        status: int = 429,
        *,
        method: str | None = None,
        count: int = 1,
        retry_after: int = 1,
        description: str = "",
    ) -> None:
        """The next calls are refused before they do anything: 429, 403, 500 (an HTML body) or any other status."""
        self._order(Fault(Kind.REFUSED, method, count, status, retry_after, description))

    def drop(self, *, method: str | None = None, count: int = 1) -> None:
        """The connection breaks before the call is processed."""
        self._order(Fault(Kind.DROPPED, method, count))

    def lose_answer(self, *, method: str | None = None, count: int = 1) -> None:
        """The call is processed, then the connection breaks: the bot cannot know that it happened."""
        self._order(Fault(Kind.LOST, method, count))

    def slow(self, seconds: float, *, method: str | None = None, count: int = 1) -> None:
        """The call is processed, its answer comes late."""
        self._order(Fault(Kind.SLOW, method, count, seconds=seconds))

    def storm(self, storm: Storm, seconds: float, seed: int) -> None:
        """For a time calls meet trouble by chance; the same seed brings the same, call by call."""
        self._storm = (storm, self._clock() + seconds, random.Random(seed))  # noqa: S311 - not a secret

    def clear(self) -> None:
        """Everything works again."""
        self._storm = None
        self._waiting.clear()
        self._changed()

    def waiting(self) -> list[Fault]:
        """What has not happened yet."""
        return list(self._waiting)

    def next_for(self, method: str) -> Fault | None:
        """Takes one hit from the oldest fault that concerns the method."""
        for fault in self._waiting:
            if fault.concerns(method):
                if fault.count:
                    fault.count -= 1
                    if fault.count == 0:
                        self._waiting.remove(fault)
                    self._changed()
                return fault
        return self._strike(method)

    def _strike(self, method: str) -> Fault | None:
        if self._storm is None:
            return None
        storm, until, chance = self._storm
        if self._clock() >= until:
            self._storm = None
            return None
        fault = storm.strike(method, chance)
        self.struck += fault is not None
        return fault

    def _order(self, fault: Fault) -> None:
        self._waiting.append(fault)
        self._changed()

    def _changed(self) -> None:
        if self.on_change is not None:
            self.on_change()
