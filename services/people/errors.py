"""What the roster refuses."""

from datetime import datetime

from services.errors import Refusal
from services.people.dto import PersonKind
from services.tables.dto import TableFault


class RosterUnreadable(Refusal):
    """The file is not a roster: no table, or its heading lacks columns."""

    def __init__(self, fault: TableFault) -> None:
        super().__init__(fault.kind.value)
        self.fault = fault


class TooManyRemovals(Refusal):
    """The import would take more than 5 % of a kind out of the roster."""

    def __init__(self, kind: PersonKind, removed: int, present: int) -> None:
        super().__init__(f"{removed} of {present} ({kind}) would be removed")
        self.kind = kind
        self.removed = removed
        self.present = present


class DraftGone(Refusal):
    """The file that is to be confirmed is not kept any more: confirmed, cancelled, replaced or too old."""


class DraftDiffers(Refusal):
    """The roster has changed since the file was shown: more people would be removed, or rows cannot be taken."""


class NothingToUndo(Refusal):
    """No import of the last seven days is left that could be undone."""


class ImportUndone(Refusal):
    """The newest import was undone already; an earlier one must be named by its id, so that none is undone unseen."""

    def __init__(self, import_id: int, imported_at: datetime) -> None:
        super().__init__(f"the next one is {import_id}")
        self.import_id = import_id
        self.imported_at = imported_at


class NotTheLastImport(Refusal):
    """The import was undone already, or another one came after it; only the newest can be undone."""


class UnknownPerson(Refusal):
    """No such number in the roster."""

    def __init__(self, person_no: str) -> None:
        super().__init__()
        self.person_no = person_no


class NoSuchPerson(Refusal):
    """The person a button stands for does not exist."""
