"""What the import of a plan refuses."""

from services.errors import Refusal


class NoPlanItems(Refusal):
    """The file has tables, but no row of them is an item."""


class OtherYear(Refusal):
    """The file's own title names another academic year than the one asked for."""

    def __init__(self, printed: str, asked: str) -> None:
        super().__init__(f"{printed}, not {asked}")
        self.printed = printed
        self.asked = asked


class PlanClosed(Refusal):
    """The plan is closed, or there is no such plan."""


class PlanDraftGone(Refusal):
    """The file does not wait for its confirmation any more."""


class PlanDraftDiffers(Refusal):
    """Something changed since the difference was shown."""
