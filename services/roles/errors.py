"""What the granting of roles refuses."""

from services.errors import Refusal


class UnknownHolder(Refusal):
    """Neither a number of the roster nor a Telegram id."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class AmbiguousHolder(Refusal):
    """The digits are both a number of the roster and the Telegram id of an account."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class UnknownUnit(Refusal):
    """No unit has this code."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code


class RoleNotHeld(Refusal):
    """There is no such grant to revoke."""


class RoleHeldAlready(Refusal):
    """The holder has this role already."""
