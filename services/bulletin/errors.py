"""Why an announcement is not shown, or its reading not noted."""

from services.errors import Refusal


class NotInBulletin(Refusal):
    """There is no such announcement for this account: it was withdrawn, or is meant for others."""


class OnlyPreview(Refusal):
    """It has not begun to go out: whoever presses looks at a preview."""


class NotARecipient(Refusal):
    """It was not sent to this account, so nothing of it is to be confirmed."""


class AnnouncementWithdrawn(Refusal):
    """It was taken back: nobody is to read it any more."""
