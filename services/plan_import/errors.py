"""What the import of a plan refuses."""

from services.errors import Refusal
from services.tables.dto import TableFault


class OtherYear(Refusal):
    """The file's own title names another academic year than the one asked for."""

    def __init__(self, printed: str, asked: str) -> None:
        super().__init__(f"{printed}, not {asked}")
        self.printed = printed
        self.asked = asked


class PlanClosed(Refusal):
    """The plan is closed, or there is no such plan."""


class DecisionsUnreadable(Refusal):
    """The sheet that came back cannot be taken: no table (`fault`), or these rows of it (as a spreadsheet counts)."""

    def __init__(self, *, fault: TableFault | None = None, rows: tuple[int, ...] = ()) -> None:
        super().__init__(fault.kind.value if fault else ", ".join(map(str, rows)))
        self.fault = fault
        self.rows = rows


class DecisionsOutdated(Refusal):
    """Rows that the sheet corrects (as a spreadsheet counts) were decided otherwise since it was written."""

    def __init__(self, rows: tuple[int, ...]) -> None:
        super().__init__(", ".join(map(str, rows)))
        self.rows = rows


class PlanDraftGone(Refusal):
    """The file does not wait for its confirmation any more."""


class PlanDraftDiffers(Refusal):
    """Something changed since the difference was shown."""
