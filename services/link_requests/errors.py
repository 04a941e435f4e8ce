"""Why nobody is asked, or nothing decided."""

from datetime import datetime

from services.errors import Refusal


class RequestWaiting(Refusal):
    """The account has a request that waits already."""

    def __init__(self, since: datetime) -> None:
        super().__init__()
        self.since = since


class RequestsExhausted(Refusal):
    """Three requests of the account were refused; it is for the counter now."""


class RequestUnreadable(Refusal):
    """A typed fact is too short or too long."""


class RequestDecided(Refusal):
    """The request does not wait any more: a colleague decided it, or the asker withdrew it or was linked otherwise."""


class ReasonUnreadable(Refusal):
    """The reason is empty or too long."""


class AskerFrozen(Refusal):
    """The account that asks is frozen; it must be released first."""


class HolderNeedsCode(Refusal):
    """The person holds roles: they are linked by a code only, given into their hands."""
