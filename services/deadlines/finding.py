"""Finds the line of a cell that is a deadline, where a plan prints it below the indicator."""

from collections.abc import Sequence

from services.deadlines.dto import AcademicYear, Deadline, DeadlineKind
from services.deadlines.reading import read_deadline
from services.languages import Language

_SILENT = frozenset({DeadlineKind.NONE, DeadlineKind.UNKNOWN, DeadlineKind.ON_EVENT, DeadlineKind.PER_OTHER_PLAN})


def find_deadline(
    lines: Sequence[str], year: AcademicYear, language: Language | None = None
) -> tuple[int, Deadline] | None:
    """Return the place of the one line that is wholly a deadline, and how it is read.

    Conservative, for what is found is cut out of the cell: a line counts only if it gives days and all of its words are
    understood; two such lines are no answer. A line that names an event or another plan may be the indicator's own.
    """
    found = [
        (place, deadline)
        for place, line in enumerate(lines)
        if (deadline := read_deadline(line, year, language)).sure and deadline.kind not in _SILENT
    ]
    return found[0] if len(found) == 1 else None
