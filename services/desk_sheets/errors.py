"""Why a spreadsheet of a queue is not taken, and what is wrong with its rows."""

from services.certificates.dto import FactRule
from services.errors import Refusal
from services.tables.dto import CellFlaw, TableFault


class SheetUnreadable(Refusal):
    """The file is no table, or none of its sheets has the columns by which a queue is known."""

    def __init__(self, fault: TableFault) -> None:
        super().__init__(fault.kind.value)
        self.fault = fault


class SheetGone(Refusal):
    """The spreadsheet that is to be confirmed is not kept any more: done, cancelled, replaced or too old."""


class SheetTooLong(Refusal):
    """More rows than are worked through at once."""

    def __init__(self, limit: int) -> None:
        super().__init__(str(limit))
        self.limit = limit


class RowUnknown(Refusal):
    """No request has the number of the row, or its number and version cannot be read."""


class RowRepeated(Refusal):
    """The request stands in an earlier row already."""


class BothDecided(Refusal):
    """The row says that the request is approved, and why it is refused."""


class ApprovalUnclear(Refusal):
    """The cell that approves says neither yes nor no."""


class CellUnusable(Refusal):
    """A cell does not say what its text says: a formula, an error, a text that became a day."""

    def __init__(self, flaw: CellFlaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


class FactHasNoPlace(Refusal):
    """A value is filled in that the paper does not say beside the others."""

    def __init__(self, rule: FactRule) -> None:
        super().__init__(rule.name)
        self.rule = rule


class RowDiffers(Refusal):
    """What would be done with the row is not what was shown."""
