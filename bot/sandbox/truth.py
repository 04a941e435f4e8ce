"""What really happened to the messages of the bot, whatever it was told."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.sandbox.flood import COUNTED, chat_number


class Answered(StrEnum):
    """What the bot was told; ``WAITING``: nothing yet."""

    WAITING = "waiting"
    CLEARLY = "clearly"
    BROKEN = "broken"
    NEVER = "never"


@dataclass(slots=True)
class Request:
    """A call that would make a message.

    Attributes:
        door: the port at which it came in.
        received: Unix time.
        message_id: of the message it made; None where it made none.
        status: of the answer, also of one that got lost.
        answered: ``CLEARLY`` with JSON, ``BROKEN`` with the page of a failing server, ``NEVER`` where the connection
            broke first, from either side.
        seconds: how long the answer took.
    """

    door: int
    method: str
    chat_id: int
    text: str
    received: float
    message_id: int | None = None
    status: int = 0
    answered: Answered = Answered.WAITING
    seconds: float = 0.0

    @property
    def accepted(self) -> bool:
        """Whether there is a message."""
        return self.message_id is not None


class Truth:
    """The record of all requests that would make a message; kept only if ``kept`` is set.

    Attributes:
        requests: oldest first.
        on_accepted: told as soon as there is a message, before the bot is told anything.
    """

    def __init__(self) -> None:
        self.kept = False
        self.requests: list[Request] = []
        self.on_accepted: Callable[[Request], None] | None = None

    def receive(self, door: int, method: str, params: dict[str, Any]) -> Request | None:
        """Begin the record of a call; None where none is kept of it."""
        if not self.kept or method not in COUNTED:
            return None
        words = str(params.get("text") or params.get("caption") or "")
        request = Request(door, method, chat_number(params.get("chat_id")), words, time.time())
        self.requests.append(request)
        return request

    def accept(self, request: Request | None, status: int, body: dict[str, Any]) -> None:
        """Note what the call did."""
        if request is None:
            return
        request.status = status
        if body.get("ok"):
            request.message_id = int(body["result"]["message_id"])
            if self.on_accepted is not None:
                self.on_accepted(request)


def end(request: Request | None, answered: Answered, status: int = 0) -> None:
    """Note what the bot was told."""
    if request is not None:
        request.answered = answered
        request.status = request.status or status
        request.seconds = time.time() - request.received
