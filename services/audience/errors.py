"""Why nobody can tell who is meant, or a list is not taken."""

from collections.abc import Sequence

from services.audience.dto import TermFault
from services.errors import Refusal
from services.tables.dto import TableFault


class AudienceUnreadable(Refusal):
    """The expression is no audience: `term` as it was typed, what is wrong with it, the values that are possible."""

    def __init__(self, term: str, reason: TermFault, allowed: Sequence[str] = ()) -> None:
        super().__init__(f"{term}: {reason}")
        self.term = term
        self.reason = reason
        self.allowed = tuple(allowed)


class AudienceUnknown(Refusal):
    """The expression names what does not exist; `terms`: which, each as `group:ПИ-9-99`."""

    def __init__(self, terms: Sequence[str]) -> None:
        super().__init__(", ".join(terms))
        self.terms = tuple(terms)


class ListUnreadable(Refusal):
    """The file is not a list of people: `fault` says why it is no table, else the number in `row` cannot be trusted."""

    def __init__(self, *, fault: TableFault | None = None, row: int | None = None) -> None:
        super().__init__(fault.kind.value if fault else f"row {row}")
        self.fault = fault
        self.row = row


class ListNameUnusable(Refusal):
    """No list can be called so: the name is empty, too long, or has a quotation mark."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class ListEmpty(Refusal):
    """Nobody in the roster has any of the numbers, so there is no list; what was there before stays."""
