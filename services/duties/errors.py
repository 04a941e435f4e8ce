"""Refusals of duties."""

from datetime import date

from services.errors import Refusal
from services.plans.dto import DutyState


class NoSuchDuty(Refusal):
    """The item, the time it is due or the unit's part in it is gone."""


class DutyChanged(Refusal):
    """The item or the duty is not what the screen showed."""


class NotAtThisPoint(Refusal):
    """This cannot be done with a duty in this state."""

    def __init__(self, state: DutyState) -> None:
        super().__init__(state)
        self.state = state


class OnlyInformed(Refusal):
    """The unit takes part in the item without answering for it."""


class ItemOver(Refusal):
    """The item was cancelled, or its plan is closed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class DutyWordsNeeded(Refusal):
    """Words are asked for, and not too many."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class NoSuchColleague(Refusal):
    """The person holds no role in the unit any more."""


class ExtensionWaits(Refusal):
    """A wish for another day waits for the coordinator already."""


class DayNotLater(Refusal):
    """The day is past, or not after the one that holds."""

    def __init__(self, after: date) -> None:
        super().__init__(after)
        self.after = after


class DayTooFar(Refusal):
    """The day lies beyond every plan."""

    def __init__(self, last: date) -> None:
        super().__init__(last)
        self.last = last


class HeldInFuture(Refusal):
    """What is reported is said to have been held on a day that has not come, or long before the plan."""


class NumberUnusable(Refusal):
    """A count or an attendance is no number, or an impossible one."""

    def __init__(self, least: int, most: int) -> None:
        super().__init__(least, most)
        self.least = least
        self.most = most


class EvidenceForbidden(Refusal):
    """The content of a file is of no type that is taken."""


class EvidenceTooLarge(Refusal):
    """A file, or all of a report together, is too large."""

    def __init__(self, limit_megabytes: int) -> None:
        super().__init__(limit_megabytes)
        self.limit_megabytes = limit_megabytes


class EvidenceTooMuch(Refusal):
    """There are too many pieces."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class LinkUnusable(Refusal):
    """The text is no address that a browser opens."""


class EvidenceWanted(Refusal):
    """The plan asks for a document, and there is none beside the report."""


class NoSuchEvidence(Refusal):
    """The piece of evidence is gone, or was a link."""


class ReportLookedAt(Refusal):
    """The report was decided or withdrawn before."""
