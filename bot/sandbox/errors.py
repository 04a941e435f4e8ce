"""How the sandbox refuses a call."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """A call is answered with ``ok: false``.

    Attributes:
        code: the HTTP status, repeated in the body as ``error_code``.
        description: the whole text, with Telegram's prefix ("Bad Request: …").
        retry_after: seconds, only with 429.
        moved_to: the number that a group has now.
    """

    def __init__(
        self, code: int, description: str, *, retry_after: int | None = None, moved_to: int | None = None
    ) -> None:
        super().__init__(description)
        self.moved_to = moved_to
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def body(self) -> dict[str, Any]:
        """The JSON object a client receives."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        elif self.moved_to is not None:
            body["parameters"] = {"migrate_to_chat_id": self.moved_to}
        return body


def bad_request(reason: str) -> ApiError:
    """400, the refusal of nearly every wrong parameter."""
    return ApiError(400, f"Bad Request: {reason}")


def moved(chat_id: int) -> ApiError:
    """400: the group became a supergroup, which has another number."""
    return ApiError(400, "Bad Request: group chat was upgraded to a supergroup chat", moved_to=chat_id)


def forbidden(reason: str) -> ApiError:
    """403: the chat or person does not want to hear from the bot."""
    return ApiError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> ApiError:
    """409: two ways of receiving updates at once."""
    return ApiError(409, f"Conflict: {reason}")


def too_many_requests(seconds: int) -> ApiError:
    """429 with the pause Telegram asks for."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
