"""Buttons of this feature; they carry ids only."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from services.plan_desk.dto import DecisionKey, DecisionKind


class ListDecisions(CallbackData, prefix="pq"):
    """Look at what waits; `kind`: of one kind, empty for all of it."""

    kind: str = ""
    page: int = 0


class _Decision(CallbackData, prefix="pq0"):
    """About a decision as it was shown."""

    kind: DecisionKind
    id: int
    version: int = 0

    @property
    def key(self) -> DecisionKey:
        """Which decision."""
        return DecisionKey(kind=self.kind, id=self.id, version=self.version)


class OpenDecision(_Decision, prefix="pqo"):
    """Look at what a unit asks."""


class AgreeTo(_Decision, prefix="pqa"):
    """Accept the report, grant the day as asked, or release the unit."""


class Wording(StrEnum):
    """What is typed about a decision."""

    COMMENT = "c"
    DAY = "d"
    UNIT = "u"


class TypeAbout(_Decision, prefix="pqt"):
    """Type a comment with which it is sent back, another day, or a part of another unit's name."""

    wording: Wording


class GiveTo(CallbackData, prefix="pqg"):
    """Give a disputed item to another unit."""

    id: int
    version: int
    unit_id: int
