"""What is refused about reminders of plans."""

from services.errors import Refusal


class NoSuchPlan(Refusal):
    """The plan is not there, or it is closed."""


class NothingToWrite(Refusal):
    """The unit has nothing in the plan that a letter could tell."""
