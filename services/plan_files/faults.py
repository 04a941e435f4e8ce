"""What is wrong with a table, said as what is wrong with a plan's file."""

from services.plan_files.errors import PlanFault, PlanFileUnreadable
from services.tables.dto import FaultKind, TableUnreadable

_FAULTS = {
    FaultKind.EMPTY: PlanFault.EMPTY,
    FaultKind.PROTECTED: PlanFault.PROTECTED,
    FaultKind.UNPACKS_TOO_LARGE: PlanFault.UNPACKS_TOO_LARGE,
    FaultKind.TOO_MANY_ROWS: PlanFault.TOO_MANY_ROWS,
    FaultKind.TOO_MANY_COLUMNS: PlanFault.TOO_MANY_COLUMNS,
    FaultKind.LETTERS: PlanFault.LETTERS,
    FaultKind.NOT_A_TABLE: PlanFault.NOT_A_PLAN_FILE,
    FaultKind.NOT_CSV: PlanFault.NOT_A_PLAN_FILE,
}


def as_plan_fault(error: TableUnreadable) -> PlanFileUnreadable:
    """Return the refusal of a file whose tables cannot be read."""
    return PlanFileUnreadable(_FAULTS.get(error.fault.kind, PlanFault.DAMAGED), limit=error.fault.limit)
