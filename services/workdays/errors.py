"""What the calendar of working days refuses."""

from datetime import date

from services.errors import Refusal
from services.tables.dto import TableFault


class NoSuchChange(Refusal):
    """Nothing is noted about this day."""

    def __init__(self, day: date) -> None:
        super().__init__(day.isoformat())
        self.day = day


class DayOutOfReach(Refusal):
    """The day is too long ago or too far ahead."""

    def __init__(self, first: date, last: date) -> None:
        super().__init__(f"{first} to {last}")
        self.first = first
        self.last = last


class SourceNeeded(Refusal):
    """It is not said who decided that the day is worked otherwise."""


class SourceTooLong(Refusal):
    """The source is too long."""

    def __init__(self, limit: int) -> None:
        super().__init__(str(limit))
        self.limit = limit


class DecidedLater(Refusal):
    """The day of the decision lies in the future."""


class ChangesUnreadable(Refusal):
    """The file is not a table of changes: `fault` says why it is no table, `reason` what is wrong with a row."""

    def __init__(self, reason: str = "", *, fault: TableFault | None = None) -> None:
        super().__init__(reason or (fault.kind.value if fault else ""))
        self.reason = reason
        self.fault = fault
