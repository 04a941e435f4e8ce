"""Why no tickets are made."""

from collections.abc import Sequence

from services.errors import Refusal


class TicketsNotMeant(Refusal):
    """Only anonymous surveys are entered with tickets."""


class NoSuchGroup(Refusal):
    """The survey has no group of this code; `groups`: those it has."""

    def __init__(self, code: str, groups: Sequence[str]) -> None:
        super().__init__(code)
        self.code = code
        self.groups = tuple(groups)


class TicketsRunOut(Refusal):
    """A group gets no more tickets than `most` in all, of which `left` are not made yet: spare ones forge answers."""

    def __init__(self, most: int, left: int) -> None:
        super().__init__(f"{left} of {most}")
        self.most = most
        self.left = left


class TooManyTickets(Refusal):
    """At least one and at most `most` tickets are made at a time."""

    def __init__(self, most: int) -> None:
        super().__init__(f"1 to {most}")
        self.most = most
