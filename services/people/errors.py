"""What the roster refuses."""

from services.errors import Refusal


class RosterUnreadable(Refusal):
    """The file is not a roster: not text, or its heading lacks columns."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TooManyRemovals(Refusal):
    """The import would take more than 5 % of a kind out of the roster."""

    def __init__(self, kind: str, removed: int, present: int) -> None:
        super().__init__(f"{removed} of {present} ({kind}) would be removed")
        self.kind = kind
        self.removed = removed
        self.present = present


class UnknownPerson(Refusal):
    """No such number in the roster."""

    def __init__(self, person_no: str) -> None:
        super().__init__()
        self.person_no = person_no


class NoSuchPerson(Refusal):
    """The person a button stands for does not exist."""
