"""Why an announcement is not shown, or its reading not noted."""

from datetime import datetime

from services.errors import Refusal


class NotInBulletin(Refusal):
    """There is no such announcement for this account: it was withdrawn, or is meant for others."""


class OnlyPreview(Refusal):
    """It has not begun to go out: whoever presses looks at a preview."""


class NotARecipient(Refusal):
    """It was not sent to this account, so nothing of it is to be confirmed."""


class AnnouncementWithdrawn(Refusal):
    """It was taken back: nobody is to read it any more."""


class NothingToCount(Refusal):
    """The announcement has not begun to go out: there are no readers yet."""


class NothingToConfirm(Refusal):
    """The announcement does not ask its readers for their word."""


class NobodyToRemind(Refusal):
    """Everybody who got it has confirmed it."""


class RemindedLately(Refusal):
    """A reminder went out less than a day ago; the next one may go out from `not_before` on."""

    def __init__(self, not_before: datetime) -> None:
        super().__init__()
        self.not_before = not_before
