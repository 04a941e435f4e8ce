"""What the import of units refuses."""

from services.errors import Refusal


class UnitsUnreadable(Refusal):
    """The file is not a table of units."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
