"""Settings of a plan's reminders."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSettings:
    """What of a plan's reminders is to be otherwise; None stays as it is."""

    ladder: tuple[int, ...] | None = None
    overdue_every: int | None = None
    escalates: bool | None = None
    reminds_from: date | None = None
    closed: bool | None = None
