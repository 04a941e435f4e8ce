"""What correcting and recalling refuse."""

from services.errors import Refusal


class NotOutYet(Refusal):
    """Nobody has got the announcement, so there is nothing to correct or to take back: it can simply be changed."""

    def __init__(self, announcement_id: int) -> None:
        super().__init__()
        self.announcement_id = announcement_id


class AlreadyWithdrawn(Refusal):
    """The announcement was taken back."""

    def __init__(self, announcement_id: int) -> None:
        super().__init__()
        self.announcement_id = announcement_id


class NothingCorrected(Refusal):
    """No text differs from the one that is out."""

    def __init__(self, announcement_id: int) -> None:
        super().__init__()
        self.announcement_id = announcement_id


class CorrectionChanged(Refusal):
    """The correction is not the one that was shown any more: it was changed, sent or dropped."""


class CorrectionNotSeen(Refusal):
    """Nobody approves a correction that was not shown to them as it is."""


class OwnCorrection(Refusal):
    """Nobody approves what they wrote themselves."""
