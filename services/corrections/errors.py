"""Why a fact is not corrected."""

from collections.abc import Sequence

from services.corrections.dto import Fact, FactForm
from services.errors import Refusal


class FactNeeded(Refusal):
    """Nobody is without a surname and a first name."""

    def __init__(self, fact: Fact) -> None:
        super().__init__(fact)
        self.fact = fact


class FactTooLong(Refusal):
    """The text is longer than the roster takes."""

    def __init__(self, fact: Fact, limit: int) -> None:
        super().__init__(fact)
        self.fact = fact
        self.limit = limit


class FactMalformed(Refusal):
    """The text is not what such a fact looks like."""

    def __init__(self, fact: Fact, form: FactForm) -> None:
        super().__init__(f"{fact} is not {form}")
        self.fact = fact
        self.form = form


class FactNotPrintable(Refusal):
    """The text holds signs that no paper of ours can show."""

    def __init__(self, fact: Fact, signs: Sequence[str]) -> None:
        super().__init__(f"{fact}: {len(signs)} signs")
        self.fact = fact
        self.signs = tuple(signs)


class GroupsUnknown(Refusal):
    """Nobody in the roster is in these groups."""

    def __init__(self, fact: Fact, names: Sequence[str]) -> None:
        super().__init__(f"{fact}: {len(names)} groups")
        self.fact = fact
        self.names = tuple(names)


class FactUnchanged(Refusal):
    """This is what is known already."""

    def __init__(self, fact: Fact) -> None:
        super().__init__(fact)
        self.fact = fact


class CorrectionEnded(Refusal):
    """The correction is not in force any more."""


class RosterBusy(Refusal):
    """The roster is being imported at this very moment."""
