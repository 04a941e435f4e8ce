"""Telegram's flood control: how many messages a bot may send, and what it is told when it sends more."""

from __future__ import annotations

import math
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.errors import too_many_requests

_SECOND, _MINUTE = 1.0, 60.0
_REMEMBERED = 200_000

#: Calls that put a new message into a chat.
COUNTED = frozenset({"sendMessage", "sendDocument", "sendPhoto", "copyMessage", "forwardMessage"})


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message that was let in.

    Attributes:
        moment: on the clock that only goes forward.
        at: Unix time.
    """

    moment: float
    at: float
    chat_id: int
    method: str


class FloodControl:
    """What Telegram's FAQ for bots says of limits, taken at its strictest.

    At most 30 messages in any second for the whole bot; about one a second to a person, with a burst of twenty
    ("we may allow short bursts"); 20 in any minute to a group. What counts is a call that would make a message
    (``COUNTED``), also where it is then refused for another reason. Edits, answers to taps and chat actions make none:
    the FAQ speaks of messages only, so they pass. Whoever sends too much is refused with 429 until ``retry_after`` is
    over: everything of the bot, or of the one chat it wrote too much to.

    Attributes:
        on: whether anything is refused. What is let in is counted in any case.
        counted: the calls that count; a measurement may add those that change messages.
        per_second, burst, per_minute: of the bot, of a person, of a group.
        penalty: seconds of silence after too much.
        arrivals: what was let in, oldest first (the newest 200,000).
        total: how much was let in since the beginning.
        refusals: how often was refused, by reason ("bot", "chat", "group").
        peak: the most that came within any one second.
    """

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, unix: Callable[[], float] = time.time, penalty: float = 3.0
    ) -> None:
        self.on = False
        self.counted = COUNTED
        self.per_second, self.burst, self.per_minute = 30, 20, 20
        self.penalty = penalty
        self._clock, self._unix = clock, unix
        self.forget()

    def forget(self) -> None:
        """Begin a new record; whoever was silenced may speak."""
        self.arrivals: deque[Arrival] = deque(maxlen=_REMEMBERED)
        self.total = 0
        self.refusals: Counter[str] = Counter()
        self.peak = 0
        self._last_second: deque[float] = deque()
        self._groups: dict[int, deque[float]] = {}
        self._people: dict[int, float] = {}
        self._silenced: dict[int | None, float] = {}

    def admit(self, method: str, chat_id: object) -> None:
        """Count a call of the bot.

        Raises:
            ApiError: 429, it was too much.
        """
        if method not in self.counted:
            return
        self._admit(method, chat_number(chat_id))

    def _admit(self, method: str, chat_id: int) -> None:
        now = self._clock()
        _drop(self._last_second, now - _SECOND)
        if self.on:
            self._require_silence_is_over(now, chat_id)
            if len(self._last_second) >= self.per_second:
                self._silence(None, now, "bot")
            if chat_id < 0:
                self._admit_to_group(chat_id, now)
            else:
                self._admit_to_person(chat_id, now)
        self._last_second.append(now)
        self.peak = max(self.peak, len(self._last_second))
        self.total += 1
        self.arrivals.append(Arrival(now, self._unix(), chat_id, method))

    def _require_silence_is_over(self, now: float, chat_id: int) -> None:
        for whose, reason in ((None, "bot"), (chat_id, "group" if chat_id < 0 else "chat")):
            until = self._silenced.get(whose, 0.0)
            if until > now:
                self.refusals[reason] += 1
                raise too_many_requests(max(1, math.ceil(until - now)))
            self._silenced.pop(whose, None)

    def _admit_to_person(self, chat_id: int, now: float) -> None:
        """Keep, for each person, the moment at which everything sent would have come at one a second."""
        paid = max(self._people.get(chat_id, now), now)
        if paid - now > self.burst - 1:
            self._silence(chat_id, now, "chat")
        self._people[chat_id] = paid + _SECOND

    def _admit_to_group(self, chat_id: int, now: float) -> None:
        came = self._groups.setdefault(chat_id, deque())
        _drop(came, now - _MINUTE)
        if len(came) >= self.per_minute:
            self._silence(chat_id, now, "group")
        came.append(now)

    def _silence(self, whose: int | None, now: float, reason: str) -> None:
        self._silenced[whose] = now + self.penalty
        self.refusals[reason] += 1
        raise too_many_requests(max(1, math.ceil(self.penalty)))


def chat_number(chat_id: object) -> int:
    """The number of a chat as it was received; 0 where it is none."""
    try:
        return int(str(chat_id))
    except ValueError:
        return 0


def _drop(moments: deque[float], before: float) -> None:
    """Drop the moments up to and with this one: a second is over when it is over."""
    while moments and moments[0] <= before:
        moments.popleft()
