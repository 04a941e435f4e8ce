"""What the import of units refuses."""

from services.errors import Refusal
from services.tables.dto import TableFault


class UnitsUnreadable(Refusal):
    """The file is not a table of units: `fault` says why it is no table, `reason` what is wrong with the units."""

    def __init__(self, reason: str = "", *, fault: TableFault | None = None) -> None:
        super().__init__(reason or (fault.kind.value if fault else ""))
        self.reason = reason
        self.fault = fault
