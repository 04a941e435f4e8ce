"""Trouble on the way to Telegram, ordered by a test or from the demo page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What happens to a call."""

    REFUSED = "refused"
    DROPPED = "dropped"
    LOST = "lost"
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


class Faults:
    """The trouble still to come, oldest order first.

    Attributes:
        on_change: told whenever trouble is ordered, hits or ends.
    """

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self.on_change: Callable[[], None] | None = None

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

    def clear(self) -> None:
        """Everything works again."""
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
        return None

    def _order(self, fault: Fault) -> None:
        self._waiting.append(fault)
        self._changed()

    def _changed(self) -> None:
        if self.on_change is not None:
            self.on_change()
