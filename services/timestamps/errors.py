"""Why there is no time stamp to be handed out."""

from datetime import datetime

from services.errors import Refusal


class NoSuchPaper(Refusal):
    """No certificate has this code."""


class NeverWanted(Refusal):
    """The certificate was signed without a time-stamp authority."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


class NotYetStamped(Refusal):
    """The authority has not answered yet."""

    def __init__(self, number: str, attempts: int, next_at: datetime | None) -> None:
        super().__init__(number)
        self.number = number
        self.attempts = attempts
        self.next_at = next_at
