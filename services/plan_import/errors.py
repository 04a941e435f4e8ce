"""What the import of a plan refuses."""

from services.errors import Refusal


class NoPlanItems(Refusal):
    """The file has tables, but no row of them is an item."""


class ManyItemsMissing(Refusal):
    """Items of the plan are not in the file, and nobody said that they are to go."""

    def __init__(self, missing: int, stored: int) -> None:
        super().__init__(f"{missing} of {stored}")
        self.missing = missing
        self.stored = stored


class OtherYear(Refusal):
    """The file's own title names another academic year than the one asked for."""

    def __init__(self, printed: str, asked: str) -> None:
        super().__init__(f"{printed}, not {asked}")
        self.printed = printed
        self.asked = asked


class NoUnits(Refusal):
    """No units are known yet, so nobody could answer for anything."""


class PlanClosed(Refusal):
    """The plan is closed, or there is no such plan."""


class PlanDraftGone(Refusal):
    """The file does not wait for its confirmation any more."""


class PlanDraftDiffers(Refusal):
    """Something changed since the difference was shown."""
